"""What every step of an assistance needs, and its end: its answers are erased at once, whatever the end."""

from __future__ import annotations

from collections.abc import Sequence

from db import assistance
from domain.assistance import OPEN, TRIES_WITHIN, Assistance, AssistState
from domain.staff import Action, Member, allowed
from usecases.drafts import erase
from usecases.work import Work

AT_ONCE = 100


def end(work: Work, one: Assistance, state: AssistState) -> bool:
    """It is over; False when it was before."""
    closed = {"state": state, "ended_at": work.now, "code": b"", "code_hash": None, "code_until": None}
    if one.state not in OPEN or not assistance.change(work.session, one, **closed):
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
