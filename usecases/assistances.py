"""What every step of an assistance needs, and its end: its answers are erased at once, whatever the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db import assistance
from domain.assistance import OPEN, TRIES_WITHIN, Assistance, AssistState
from domain.draft import Filling
from domain.person import Person
from domain.staff import Action, Member, allowed
from usecases.competitions import InForce
from usecases.drafts import erase, fresh, open_draft
from usecases.work import Work

AT_ONCE = 100
NO_CODE: Mapping[str, Any] = {"code": b"", "code_hash": None, "code_until": None}  # columns


def end(work: Work, one: Assistance, state: AssistState) -> bool:
    """It is over; False when it was before."""
    if one.state not in OPEN or not assistance.change(work.session, one, state=state, ended_at=work.now, **NO_CODE):
        return False
    erase(work, one.draft_id)
    return True


def end_of_unserved(work: Work, operator_id: int, left: Sequence[Member]) -> int:
    """What somebody is filling in whom their memberships do not allow it any more; how many."""
    filling = assistance.filled_by(work.session, operator_id)
    lost = [one for one in filling if not any(allowed(mine, Action.FILL_FOR_CALLER, one.lot) for mine in left)]
    return sum(end(work, one, AssistState.DROPPED) for one in lost)


def end_expired(work: Work) -> int:
    """What nobody took over in time; how many. A timer asks."""
    assistance.forget_tries(work.session, work.now - TRIES_WITHIN)
    late = assistance.expired(work.session, work.now, AT_ONCE)
    return sum(end(work, one, AssistState.EXPIRED) for one in late)


def code_hash(work: Work, code: str) -> str:
    """How a code that opens a prepared application stands in the database."""
    return work.vault.keyed_hash(f"takeover:{code}")


def valid_code(work: Work, one: Assistance) -> str:
    """The code that can be dictated now; empty without one, or when its time is over."""
    valid = one.code and one.code_until and one.code_until > work.now
    return work.vault.open(one.code).decode() if valid else ""


def own_filling(work: Work, person: Person, one: InForce) -> Filling:
    """What the applicant has answered themselves: in their draft, or else in the check."""
    own = open_draft(work, person)
    return own.filling if own and own.competition.id == one.id else fresh(work, person, one)
