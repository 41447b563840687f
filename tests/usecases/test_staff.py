"""Invitations, memberships and rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.tables import StaffInvitationRow, StaffMemberRow
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, Role
from tests.factories import NOW, a_person
from tests.life import dump
from tests.staff import hired
from usecases import staff
from usecases.meet_person import known_person
from usecases.work import Work

FIVE, SIX = frozenset({"19-5"}), frozenset({"19-6"})


def refused(reason: Reason) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda error: error.reason is reason)


def test_a_link_makes_a_member_once(work: Work) -> None:
    made = staff.invite(work, None, Role.OPERATOR, FIVE, "Сәуле")
    assert made.expires_at == NOW + timedelta(days=3)
    person = a_person(work)
    joined = staff.join(work, person, made.token, "Saule")
    assert joined == Member(joined.id, person.id, Role.OPERATOR, FIVE, "Сәуле", present_since=NOW)
    assert staff.members_of(work, known_person(work, 1001)) == (joined,)
    with refused(Reason.INVITATION_USED):
        staff.join(work, a_person(work, 1002), made.token, "")
    assert not known_person(work, 1002).staff


def test_the_same_person_may_open_their_link_again(work: Work) -> None:
    made = staff.invite(work, None, Role.OPERATOR, FIVE)
    first = staff.join(work, a_person(work), made.token, "Saule")
    assert staff.join(work, known_person(work, 1001), made.token, "Saule") == first
    assert work.session.scalar(select(func.count()).select_from(StaffMemberRow)) == 1
    staff.leave(work, known_person(work, 1001), first.id)
    with refused(Reason.INVITATION_USED):
        staff.join(work, known_person(work, 1001), made.token, "Saule")


def test_a_link_expires_and_can_be_withdrawn(work: Work) -> None:
    boss = hired(work, Role.ADMINISTRATOR, 1, "*")
    late, void = (staff.invite(work, boss, Role.MENTOR, FIVE) for _ in range(2))
    after = replace(work, now=NOW + timedelta(days=3))
    with refused(Reason.INVITATION_EXPIRED):
        staff.join(after, a_person(work), late.token, "")
    shown = staff.invitations(work, boss)
    staff.withdraw_invitation(work, boss, shown[0].id)
    with refused(Reason.INVITATION_EXPIRED):
        staff.join(work, a_person(work), void.token, "")
    with refused(Reason.NOT_FOUND):
        staff.withdraw_invitation(work, boss, shown[0].id)
    with refused(Reason.INVITATION_UNKNOWN):
        staff.join(work, a_person(work), "x" * 32, "")


def test_only_a_hash_of_the_token_is_kept(work: Work) -> None:
    made = staff.invite(work, None, Role.OPERATOR, FIVE)
    assert len(made.token) == 32
    assert made.token not in repr(dump(work))
    assert work.session.scalar(select(StaffInvitationRow.token_hash)) == work.vault.keyed_hash(made.token)


def test_who_used_a_link_is_shown_to_whoever_may_invite_there(work: Work) -> None:
    boss, other = hired(work, Role.ADMINISTRATOR, 1, "19-5"), hired(work, Role.ADMINISTRATOR, 2, "19-6")
    made = staff.invite(work, boss, Role.OPERATOR, FIVE)
    staff.join(work, a_person(work), made.token, "Saule")
    (seen, own) = staff.invitations(work, boss)
    assert (seen.used_by, seen.used_at, seen.withdrawn) == ("Saule", NOW, False)
    assert own.used_by == "administrator 1"
    assert [one.used_by for one in staff.invitations(work, other)] == ["administrator 2"]
    with refused(Reason.NOT_ALLOWED):
        staff.invitations(work, hired(work, Role.SUPERVISOR, 3))


def test_the_same_role_again_adds_its_lots_and_another_role_stands_beside(work: Work) -> None:
    hired(work, Role.OPERATOR, 1, "19-5")
    hired(work, Role.OPERATOR, 1, "19-6")
    person = hired(work, Role.MENTOR, 1, "19-7")
    assert [(one.role, one.lots) for one in staff.members_of(work, person)] == [
        (Role.OPERATOR, FIVE | SIX),
        (Role.MENTOR, frozenset({"19-7"})),
    ]
    person = hired(work, Role.OPERATOR, 1, "*")
    assert staff.members_of(work, person)[0].lots == frozenset()


def test_who_used_a_link_is_known_when_they_have_left(work: Work) -> None:
    boss = hired(work, Role.ADMINISTRATOR, 1)
    person = hired(work, Role.OPERATOR, 2, name="Сәуле")
    staff.remove(work, boss, staff.members_of(work, person)[0].id)
    assert "Сәуле" in {one.used_by for one in staff.invitations(work, boss)}


def test_an_administrator_of_a_lot_gives_and_takes_nothing_beyond_it(work: Work) -> None:
    boss = hired(work, Role.ADMINISTRATOR, 1, "19-5")
    for of in (SIX, FIVE | SIX, frozenset[str]()):
        with refused(Reason.NOT_ALLOWED):
            staff.invite(work, boss, Role.ADMINISTRATOR, of)
    both = staff.members_of(work, hired(work, Role.OPERATOR, 2, "19-5", "19-6"))[0]
    with refused(Reason.NOT_ALLOWED):
        staff.remove(work, boss, both.id)
    everywhere = hired(work, Role.ADMINISTRATOR, 3, "*")
    assert staff.remove(work, everywhere, both.id) == both


def test_demand_finds_the_membership_that_allows(work: Work) -> None:
    hired(work, Role.MENTOR, 1, "19-6")
    person = hired(work, Role.OPERATOR, 1, "19-5")
    assert staff.demand(work, person, Action.REGISTER_CALL, "19-5").role is Role.OPERATOR
    assert staff.demand(work, person, Action.TAKE_TICKET, None).role is Role.MENTOR
    with pytest.raises(Refused) as error:
        staff.demand(work, person, Action.REGISTER_CALL, "19-6")
    assert (error.value.reason, error.value.facts) == (
        Reason.NOT_ALLOWED,
        {"action": "register_call", "lot": "19-6"},
    )


def test_of_a_person_who_is_no_staff_nothing_is_asked(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(work)
    monkeypatch.setattr(work.session, "execute", lambda *_: pytest.fail("a statement for nothing"))
    assert staff.members_of(work, person) == ()


def test_whoever_leaves_loses_everything_at_once(work: Work) -> None:
    person = hired(work, Role.OPERATOR, 1)
    (member,) = staff.members_of(work, person)
    staff.leave(work, person, member.id)
    with refused(Reason.NOT_ALLOWED):  # with the person as an open turn still knows them
        staff.demand(work, person, Action.TAKE_TICKET, "19-5")
    assert not known_person(work, 1).staff
    with refused(Reason.NOT_FOUND):
        staff.leave(work, person, member.id)
    with refused(Reason.NOT_FOUND):
        staff.remove(work, None, member.id)


def test_with_a_role_left_the_person_stays_staff(work: Work) -> None:
    hired(work, Role.OPERATOR, 1)
    person = hired(work, Role.MENTOR, 1)
    staff.leave(work, person, staff.members_of(work, person)[0].id)
    assert [one.role for one in staff.members_of(work, known_person(work, 1))] == [Role.MENTOR]


def test_colleagues_are_those_of_shared_lots(work: Work) -> None:
    chief = hired(work, Role.SUPERVISOR, 1, "19-5")
    hired(work, Role.OPERATOR, 2, "19-5")
    hired(work, Role.OPERATOR, 3, "19-6")
    hired(work, Role.ADMINISTRATOR, 4, "*")
    assert [one.name for one in staff.colleagues(work, chief)] == ["supervisor 1", "operator 2", "administrator 4"]
    with refused(Reason.NOT_ALLOWED):
        staff.colleagues(work, known_person(work, 2))


def test_an_unknown_lot_and_a_long_name_make_no_link(work: Work) -> None:
    with refused(Reason.NOT_FOUND):
        staff.invite(work, None, Role.OPERATOR, frozenset({"99-9"}))
    with refused(Reason.TOO_LONG):
        staff.invite(work, None, Role.OPERATOR, FIVE, "x" * 61)
