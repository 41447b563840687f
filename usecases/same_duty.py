"""Duty is one for all roles of a person: a role that is gained while at work is at work, too."""

from __future__ import annotations

from collections.abc import Sequence

from db import staff
from domain.staff import RIGHTS, Action, Member, Role, allowed
from usecases.work import Work


def same_duty(work: Work, member_id: int, role: Role, before: Sequence[Member]) -> None:
    """Put a new membership on the duty of those that the person had before; nothing for a role that has none."""
    first = next((one for one in before if allowed(one, Action.GO_ON_DUTY, None)), None)
    if first is None or Action.GO_ON_DUTY not in RIGHTS[role]:
        return
    now = {"presence": first.presence, "presence_since": first.present_since, "capacity": first.capacity}
    staff.change(work.session, member_id, **now)
