"""Rights: every role × every action, written out once more by hand so that a slip in the table shows."""

from __future__ import annotations

import pytest

from domain.staff import RIGHTS, Action, Member, Role, actions, allowed, may_rule

# One letter a role: Operator, Supervisor, Coordinator, Expert, accountant ($), Mentor, Administrator.
LETTERS = {
    "O": Role.OPERATOR,
    "S": Role.SUPERVISOR,
    "C": Role.COORDINATOR,
    "E": Role.EXPERT,
    "$": Role.ACCOUNTANT,
    "M": Role.MENTOR,
    "A": Role.ADMINISTRATOR,
}
WHO = {
    Action.SEE_QUEUE: "OSC$M",
    Action.TAKE_TICKET: "OSC$M",
    Action.ANSWER_TICKET: "OSC$M",
    Action.NOTE_TICKET: "OSC$M",
    Action.TRANSFER_TICKET: "OSC$M",
    Action.CLOSE_TICKET: "OSC$M",
    Action.GO_ON_DUTY: "OS$M",
    Action.OPEN_APPLICATION: "OSC",
    Action.FILL_FOR_CALLER: "OS",
    Action.REGISTER_CALL: "OS",
    Action.CALL_PEOPLE: "OS",
    Action.REASSIGN_TICKET: "SC",
    Action.ANSWER_APPEAL: "SC",
    Action.MAKE_READY_ANSWER: "SC",
    Action.SWITCH_DISTRIBUTION: "SC",
    Action.SEE_DUTY: "SCA",
    Action.SEE_FIGURES: "SCA",
    Action.ANNOUNCE: "CA",
    Action.APPROVE_ANNOUNCEMENT: "CA",
    Action.SEE_COVERAGE: "SCA",
    Action.MAKE_SOURCE: "C",
    Action.REPORT_COVERAGE: "C",
    Action.SEE_STAFF: "SCA",
    Action.BIND_GROUP: "CA",
    Action.INVITE_STAFF: "A",
    Action.REMOVE_STAFF: "A",
}


def a_member(role: Role, *lots: str) -> Member:
    return Member(1, 1, role, frozenset(lots), "Сәуле")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_every_role_and_every_action(role: Role, action: Action) -> None:
    expected = role in {LETTERS[letter] for letter in WHO[action]}
    assert allowed(a_member(role, "19-5"), action, "19-5") is expected
    assert allowed(a_member(role), action, "19-5") is expected
    assert allowed(a_member(role, "19-5"), action, None) is expected
    assert not allowed(a_member(role, "19-5"), action, "19-6")


def test_the_table_names_every_role() -> None:
    assert set(RIGHTS) == set(Role)
    assert set(WHO) == set(Action)


def test_what_one_role_allows_gives_nothing_in_the_lots_of_another() -> None:
    operator, mentor = a_member(Role.OPERATOR, "19-5"), a_member(Role.MENTOR, "19-6")
    assert not any(allowed(one, Action.REGISTER_CALL, "19-6") for one in (operator, mentor))
    assert actions((operator, mentor)) == RIGHTS[Role.OPERATOR] | RIGHTS[Role.MENTOR]
    assert actions(()) == frozenset()


@pytest.mark.parametrize(
    ("own", "theirs", "may"),
    [
        ((), (), True),
        ((), ("19-5",), True),
        (("19-5",), ("19-5",), True),
        (("19-5", "19-6"), ("19-5",), True),
        (("19-5",), ("19-5", "19-6"), False),
        (("19-5",), (), False),
    ],
)
def test_nobody_gives_or_takes_more_lots_than_they_have(
    own: tuple[str, ...], theirs: tuple[str, ...], may: bool
) -> None:
    assert may_rule(a_member(Role.ADMINISTRATOR, *own), Action.INVITE_STAFF, frozenset(theirs)) is may
    assert not may_rule(a_member(Role.SUPERVISOR, *own), Action.INVITE_STAFF, frozenset(theirs))
