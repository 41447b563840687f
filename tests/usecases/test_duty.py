"""On duty, on a pause, off; capacity; giving out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from db import staff as stored
from domain.refusal import Reason, Refused
from domain.staff import Action, Presence, Role, allowed, may_be_given
from tests.factories import NOW
from tests.staff import hired
from usecases import duty, staff
from usecases.duty import Duty
from usecases.work import Work


def test_duty_is_one_for_all_roles_of_a_person(work: Work) -> None:
    hired(work, Role.OPERATOR, 1, "19-5")
    person = hired(work, Role.MENTOR, 1, "19-6")
    assert duty.duty_of(staff.members_of(work, person)) == Duty(Presence.OFF, NOW, 5)
    later = replace(work, now=NOW + timedelta(hours=1))
    assert duty.change_duty(later, person, Presence.ON_DUTY) == Duty(Presence.ON_DUTY, later.now, 5)
    assert [one.presence for one in staff.members_of(work, person)] == [Presence.ON_DUTY] * 2
    again = replace(work, now=NOW + timedelta(hours=2))
    assert duty.change_duty(again, person, Presence.ON_DUTY).since == later.now
    duty.change_capacity(work, person, 10)
    assert duty.duty_of(staff.members_of(work, person)) == Duty(Presence.ON_DUTY, later.now, 10)


def test_a_role_gained_while_on_duty_is_on_duty(work: Work) -> None:
    person = hired(work, Role.OPERATOR, 1)
    duty.change_duty(work, person, Presence.ON_DUTY)
    duty.change_capacity(work, person, 10)
    hired(replace(work, now=NOW + timedelta(hours=1)), Role.COORDINATOR, 1)
    hired(replace(work, now=NOW + timedelta(hours=1)), Role.MENTOR, 1)
    operator, coordinator, mentor = staff.members_of(work, person)
    assert coordinator.presence is Presence.OFF  # coordinators have no duty
    assert (mentor.presence, mentor.present_since, mentor.capacity) == (Presence.ON_DUTY, operator.present_since, 10)


def test_pressing_again_takes_along_a_role_that_stayed_off(work: Work) -> None:
    person = hired(work, Role.OPERATOR, 1)
    duty.change_duty(work, person, Presence.ON_DUTY)
    hired(work, Role.MENTOR, 1)
    mentor = staff.members_of(work, person)[1]
    stored.change(work.session, mentor.id, presence=Presence.OFF)  # as older versions of the program left it
    later = replace(work, now=NOW + timedelta(hours=1))
    assert duty.change_duty(later, person, Presence.ON_DUTY).since == NOW
    assert [one.presence for one in staff.members_of(work, person)] == [Presence.ON_DUTY] * 2


def test_nobody_leaves_a_role_on_duty(work: Work) -> None:
    person = hired(work, Role.OPERATOR, 1)
    duty.change_duty(work, person, Presence.ON_DUTY)
    chief = hired(work, Role.SUPERVISOR, 2)
    assert [one.presence for one in duty.roster(work, chief)] == [Presence.ON_DUTY, Presence.OFF]
    staff.leave(work, person, staff.members_of(work, person)[0].id)
    assert [one.name for one in duty.roster(work, chief)] == ["supervisor 2"]


@pytest.mark.parametrize("role", Role)
def test_rights(work: Work, role: Role) -> None:
    person = hired(work, role, 1)
    (member,) = staff.members_of(work, person)
    tries: dict[Action, Callable[[], object]] = {
        Action.GO_ON_DUTY: lambda: duty.change_duty(work, person, Presence.PAUSE),
        Action.SEE_DUTY: lambda: duty.roster(work, person),
        Action.SWITCH_DISTRIBUTION: lambda: duty.switch_distribution(work, person, "19-5", on=True),
    }
    for action, attempt in tries.items():
        if allowed(member, action, "19-5"):
            attempt()
        else:
            with pytest.raises(Refused) as error:
                attempt()
            assert error.value.reason is Reason.NOT_ALLOWED
    assert (duty.duty_of((member,)) is not None) is allowed(member, Action.GO_ON_DUTY, None)


def test_giving_out_is_switched_by_lot(work: Work) -> None:
    chief = hired(work, Role.SUPERVISOR, 1, "19-5")
    duty.switch_distribution(work, chief, "19-5", on=True)
    assert duty.distributing(work) == {"19-5"}
    with pytest.raises(Refused):
        duty.switch_distribution(work, chief, "19-6", on=True)
    duty.switch_distribution(work, chief, "19-5", on=False)
    assert duty.distributing(work) == frozenset()


def test_who_may_be_given_one_more(work: Work) -> None:
    person = hired(work, Role.OPERATOR, 1, "19-5")
    (off,) = staff.members_of(work, person)
    duty.change_duty(work, person, Presence.ON_DUTY)
    (on,) = staff.members_of(work, person)
    assert may_be_given(on, "19-5", on.capacity - 1)
    assert not may_be_given(on, "19-5", on.capacity)
    assert not may_be_given(on, "19-6", 0)
    assert not may_be_given(off, "19-5", 0)
