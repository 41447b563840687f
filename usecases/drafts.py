"""The application being written: opened, begun, filled, discarded. Every change is saved at once.

Reading a draft holds its row until the transaction ends, so that two answers never overwrite each other.
Personal answers are sealed, the others plain; whoever reads a Draft sees them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db import drafts
from domain import draft as steps
from domain.draft import Cursor, Doubt, Pending, Progress
from domain.form import PERSONAL, Answers
from domain.person import Person
from usecases.competitions import InForce, latest, version_of
from usecases.work import Work


@dataclass(frozen=True)
class Draft:
    """A person's application being written.

    `competition` is the version in force now; `began_under` the one it was last touched under.
    """

    id: int
    competition: InForce
    began_under: InForce
    answers: Answers
    cursor: Cursor
    pending: Pending | None
    begun_at: datetime
    touched_at: datetime


def open_draft(work: Work, person: Person) -> Draft | None:
    """The person's open draft (the last touched of several), held; None when there is none."""
    stored = drafts.open_draft(work.session, person.id)
    return _draft(work, stored) if stored else None


def progress(draft: Draft, documents: tuple[int, int] = (0, 0)) -> Progress:
    """Answered questions out of those this person is asked; with document slots (filled, all) if given."""
    return steps.progress(draft.answers, draft.competition.competition, documents)


def mark_sent(work: Work, draft: Draft) -> None:
    """The draft became an application: it is open no more."""
    drafts.change(work.session, draft.id, state=drafts.SENT, touched_at=work.now)


def discard(work: Work, draft: Draft) -> None:
    """Throw the draft away: its answers are erased at once, only the row's dates stay."""
    drafts.change(
        work.session,
        draft.id,
        state=drafts.DISCARDED,
        cursor="",
        answers={},
        sealed=b"",
        pending=b"",
        touched_at=work.now,
    )


def save(work: Work, draft: Draft) -> Draft:
    """Write the draft as it is now, under the competition's version in force."""
    drafts.change(work.session, draft.id, **_values(work, draft))
    return replace(draft, began_under=draft.competition, touched_at=work.now)


def sealed_apart(work: Work, answers: Answers) -> tuple[dict[str, Any], bytes]:
    """Answers as they are stored: the plain ones, and the personal ones sealed."""
    plain = {key: value for key, value in answers.items() if key not in PERSONAL}
    personal = {key: value for key, value in answers.items() if key in PERSONAL}
    return plain, work.vault.seal_data(personal)


def together(work: Work, plain: Mapping[str, Any], sealed: bytes) -> dict[str, Any]:
    """Stored answers as one mapping again: the other way of `sealed_apart`."""
    return {**plain, **work.vault.open_data(sealed)}


def _values(work: Work, draft: Draft) -> dict[str, Any]:
    plain, sealed = sealed_apart(work, draft.answers)
    pending = draft.pending
    waiting = {"key": pending.key, "value": pending.value, "doubt": pending.doubt} if pending else {}
    return {
        "version_id": draft.competition.version_id,
        "cursor": str(draft.cursor),
        "answers": plain,
        "sealed": sealed,
        "pending": work.vault.seal_data(waiting),
        "touched_at": work.now,
    }


def _draft(work: Work, stored: drafts.StoredDraft) -> Draft:
    waiting = work.vault.open_data(stored.pending)
    pending = Pending(waiting["key"], waiting["value"], Doubt(waiting["doubt"])) if waiting else None
    return Draft(
        stored.id,
        latest(work, stored.competition_id),
        version_of(work, stored.version_id),
        together(work, stored.answers, stored.sealed),
        Cursor.read(stored.cursor),
        pending,
        stored.begun_at,
        stored.touched_at,
    )
