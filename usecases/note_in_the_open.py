"""What stands in the open beside sealed answers, noted for whoever answered before the program noted it.

A year of birth is for announcements to an age, a telephone's mark finds a caller; both are noted with every new answer
(`usecases/checks.py`, `usecases/drafts.py`). A step of the database cannot make them up: it has no key. So
`bot migrate` runs these after it took a step; where all is noted they change nothing. A batch, a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from db import checks, drafts, people
from db.vault import SealBroken
from usecases.drafts import phone_mark
from usecases.sealed_answers import together
from usecases.work import Work

BATCH = 500


def note_births(work: Work, last: int) -> int | None:
    """Years of birth of people who have a check but no year; their newest check counts, so the newest go first.

    `last`: the check that the batch before ended with, 0 for the first. The same of this batch; None: no more.
    """
    found = checks.of_unknown_year(work.session, last, BATCH)
    for one in found:
        if born := _answer(work, one.answers, one.sealed, "birth_date"):
            people.note_birth_year(work.session, one.person_id, int(born[:4]))
    return found[-1].id if found else None


def note_phones(work: Work, last: int) -> int | None:
    """Marks of telephones in drafts, open or sent, that have none. `last` and the result: as for births, of drafts."""
    found = drafts.unmarked(work.session, last, BATCH)
    for draft_id, answers, sealed in found:
        if phone := _answer(work, answers, sealed, "phone"):
            drafts.mark_phone(work.session, draft_id, phone_mark(work, phone))
    return found[-1][0] if found else None


STEPS: tuple[Callable[[Work, int], int | None], ...] = (note_births, note_phones)


def _answer(work: Work, answers: Mapping[str, Any], sealed: bytes, key: str) -> str | None:
    """None also where the seal is broken: that is told elsewhere, and whoever it is can still be served."""
    try:
        given: str | None = together(work, answers, sealed).get(key)
    except SealBroken:
        return None
    return given
