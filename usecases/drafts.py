"""The application being written: opened, begun, saved, discarded. Every change is saved at once.

Reading a draft holds its row until the transaction ends, so that two answers never overwrite each other.
Personal answers are sealed, the others plain; whoever reads a Draft sees them together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db import documents, drafts
from domain import draft as drawing
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
    differ, the filling has already been fitted to the new one.
    """

    id: int
    competition: InForce
    touched_under: InForce
    filling: Filling
    begun_at: datetime
    touched_at: datetime

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
    return _draft(work, stored) if stored else None


def begin_draft(work: Work, person: Person, competition: InForce, **answers: Any) -> Draft:
    """A new draft with what the eligibility check and `answers` tell already; the open one if there is one."""
    check = latest_check(work, person)
    known = {**(check.answers if check else {}), **answers}
    filling = begin(known, competition.competition)
    values = _values(work, filling, competition)
    stored = drafts.begin(work.session, person.id, competition.id, work.now, **values)
    if region := answers.get("region"):
        named_region(work, person.id, region)
    return _draft(work, stored)


def save(work: Work, draft: Draft, filling: Filling) -> Draft:
    """Write the filling, under the competition's version in force, as touched now."""
    drafts.change(work.session, draft.id, **_values(work, filling, draft.competition), touched_at=work.now)
    region = filling.answers.get("region")
    if region and region != draft.answers.get("region"):
        named_in_draft(work, draft.id, region)
    return replace(draft, filling=filling, touched_under=draft.competition, touched_at=work.now)


def progress(draft: Draft, documents: tuple[int, int] = (0, 0)) -> Progress:
    """Answered questions out of those this person is asked; with document slots (filled, all) if given."""
    return drawing.progress(draft.answers, draft.competition.competition, documents)


def mark_sent(work: Work, draft: Draft) -> None:
    """The draft became an application: it is open no more."""
    drafts.change(work.session, draft.id, state=drafts.SENT, touched_at=work.now)


def discard(work: Work, draft: Draft) -> None:
    """Throw the draft away: its answers and files are erased at once, only the rows' dates stay."""
    empty = {"cursor": "", "answers": {}, "sealed": b"", "pending": b""}
    drafts.change(work.session, draft.id, state=drafts.DISCARDED, touched_at=work.now, **empty)
    documents.remove_all(work.session, draft.id, work.now)


def _values(work: Work, filling: Filling, competition: InForce) -> dict[str, Any]:
    plain, sealed = sealed_apart(work, filling.answers)
    pending = filling.pending
    waiting = {"key": pending.key, "value": pending.value, "doubt": pending.doubt} if pending else {}
    return {
        "version_id": competition.version_id,
        "cursor": str(filling.cursor),
        "answers": plain,
        "sealed": sealed,
        "pending": work.vault.seal_data(waiting),
    }


def _draft(work: Work, stored: drafts.StoredDraft) -> Draft:
    now, then = in_force(work, stored.now), in_force(work, stored.then)
    answers = together(work, stored.answers, stored.sealed)
    filling = Filling(answers, Cursor.read(stored.cursor), _pending(work, stored.pending))
    if now.version_id != then.version_id:
        filling = settle(filling, now.competition)
    if not filling.cursor.key:
        filling = replace(filling, cursor=first(filling.answers, now.competition))
    return Draft(stored.id, now, then, filling, stored.begun_at, stored.touched_at)


def _pending(work: Work, sealed: bytes) -> Pending | None:
    waiting = work.vault.open_data(sealed)
    return Pending(waiting["key"], waiting["value"], Doubt(waiting["doubt"])) if waiting else None
