"""The application being written: opened, begun, saved, discarded. Every change is saved at once.

Reading a draft holds its row until the transaction ends, so that two answers never overwrite each other.
Personal answers are sealed, the others plain; whoever reads a Draft sees them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from db import documents, drafts
from domain import draft as drawing
from domain.assistance import filled_by
from domain.draft import Cursor, Doubt, Filling, Pending, Progress, first
from domain.draft_steps import begin, settle
from domain.form import Answers
from domain.person import Person
from usecases.checks import latest_check
from usecases.competitions import InForce, in_force
from usecases.reached import named_in_draft, named_region
from usecases.sealed_answers import sealed_apart, together
from usecases.work import Work


@dataclass(frozen=True)
class Draft:
    """A person's application being written.

    `competition` is the version in force now; `touched_under` the one it was last saved under: where they
    differ, the filling has already been fitted to the new one. `filled_by`: who gave an answer (person id), where
    it was not the applicant; `filler`: who gives those that come now, None for the applicant.
    """

    id: int
    competition: InForce
    touched_under: InForce
    filling: Filling
    begun_at: datetime
    touched_at: datetime
    filled_by: Mapping[str, int] = field(default_factory=dict)
    filler: int | None = None
    assistance: int = 0  # the number of the assistance that it is being prepared in; 0 for the applicant's own

    @property
    def answers(self) -> Answers:
        return self.filling.answers

    @property
    def cursor(self) -> Cursor:
        return self.filling.cursor

    @property
    def pending(self) -> Pending | None:
        return self.filling.pending

    @property
    def moved(self) -> bool:
        """Whether the competition has a newer version than the draft was last saved under."""
        return self.competition.version_id != self.touched_under.version_id


def open_draft(work: Work, person: Person) -> Draft | None:
    """The person's open draft (the last touched of several), held; None when there is none."""
    stored = drafts.open_draft(work.session, person.id)
    return loaded(work, stored) if stored else None


def begin_draft(work: Work, person: Person, competition: InForce, **answers: Any) -> Draft:
    """A new draft with what the eligibility check and `answers` tell already; the open one if there is one."""
    values = stored_values(work, fresh(work, person, competition, **answers), competition)
    stored = drafts.begin(work.session, person.id, competition.id, work.now, **values)
    if region := answers.get("region"):
        named_region(work, person.id, region)
    return loaded(work, stored)


def fresh(work: Work, person: Person, competition: InForce, **answers: Any) -> Filling:
    """The filling that somebody begins with who has no draft yet: what the check and `answers` tell."""
    check = latest_check(work, person)
    return begin({**(check.answers if check else {}), **answers}, competition.competition)


def save(work: Work, draft: Draft, filling: Filling) -> Draft:
    """Write the filling, under the competition's version in force, as touched now, and who gave its answers."""
    marks = filled_by(draft.answers, draft.filled_by, filling.answers, draft.filler)
    values = stored_values(work, filling, draft.competition)
    drafts.change(work.session, draft.id, **values, filled_by=marks, touched_at=work.now)
    region = filling.answers.get("region")
    if region and region != draft.answers.get("region") and not draft.assistance:
        named_in_draft(work, draft.id, region)
    return replace(draft, filling=filling, touched_under=draft.competition, touched_at=work.now, filled_by=marks)


def progress(draft: Draft, documents: tuple[int, int] = (0, 0)) -> Progress:
    """Answered questions out of those this person is asked; with document slots (filled, all) if given."""
    return drawing.progress(draft.answers, draft.competition.competition, documents)


def mark_sent(work: Work, draft: Draft) -> None:
    """The draft became an application: it is open no more."""
    drafts.change(work.session, draft.id, state=drafts.SENT, touched_at=work.now)


def discard(work: Work, draft: Draft) -> None:
    """Throw the draft away: its answers and files are erased at once, only the rows' dates stay."""
    erase(work, draft.id)
    documents.remove_all(work.session, draft.id, work.now)


def erase(work: Work, draft_id: int) -> None:
    """Its answers go at once, and with them who gave them."""
    empty: dict[str, Any] = {
        "cursor": "",
        "answers": {},
        "sealed": b"",
        "pending": b"",
        "filled_by": {},
        "phone_mark": None,
    }
    drafts.change(work.session, draft_id, state=drafts.DISCARDED, touched_at=work.now, **empty)


def stored_values(work: Work, filling: Filling, competition: InForce) -> dict[str, Any]:
    """A filling as a draft's row keeps it."""
    plain, sealed = sealed_apart(work, filling.answers)
    pending = filling.pending
    waiting = {"key": pending.key, "value": pending.value, "doubt": pending.doubt} if pending else {}
    return {
        "version_id": competition.version_id,
        "cursor": str(filling.cursor),
        "answers": plain,
        "sealed": sealed,
        "pending": work.vault.seal_data(waiting),
        "phone_mark": phone_mark(work, filling.answers["phone"]) if filling.answers.get("phone") else None,
    }


def phone_mark(work: Work, phone: str) -> int:
    """A number below zero that stands for a telephone number (E.164), by the key: the same number, the same mark."""
    return -int(work.vault.keyed_hash(f"phone:{phone}")[:15], 16)


def loaded(work: Work, stored: drafts.StoredDraft) -> Draft:
    """A stored draft with its answers opened, fitted to the version in force."""
    now, then = in_force(work, stored.now), in_force(work, stored.then)
    answers = together(work, stored.answers, stored.sealed)
    filling = Filling(answers, Cursor.read(stored.cursor), _pending(work, stored.pending))
    if now.version_id != then.version_id:
        filling = settle(filling, now.competition)
    if not filling.cursor.key:
        filling = replace(filling, cursor=first(filling.answers, now.competition))
    return Draft(stored.id, now, then, filling, stored.begun_at, stored.touched_at, stored.filled_by)


def _pending(work: Work, sealed: bytes) -> Pending | None:
    waiting = work.vault.open_data(sealed)
    return Pending(waiting["key"], waiting["value"], Doubt(waiting["doubt"])) if waiting else None
