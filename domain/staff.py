"""Who works in a lot's office and what each may do: one table, asked at every press.

A person is staff by *membership*: a role, for some lots or for all. One person may have several, and each stands
alone: what one allows in its lots gives nothing in the lots of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the office."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    EXPERT = "expert"
    ACCOUNTANT = "accountant"
    MENTOR = "mentor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What may be allowed or not."""

    SEE_QUEUE = "see_queue"
    TAKE_TICKET = "take_ticket"
    ANSWER_TICKET = "answer_ticket"
    NOTE_TICKET = "note_ticket"
    TRANSFER_TICKET = "transfer_ticket"
    CLOSE_TICKET = "close_ticket"
    REASSIGN_TICKET = "reassign_ticket"
    ANSWER_APPEAL = "answer_appeal"
    OPEN_APPLICATION = "open_application"  # the full one; the masked card comes with the ticket
    FILL_FOR_CALLER = "fill_for_caller"
    REGISTER_CALL = "register_call"
    CALL_PEOPLE = "call_people"  # the list of those who can be reached by telephone only
    MAKE_READY_ANSWER = "make_ready_answer"
    GO_ON_DUTY = "go_on_duty"
    SEE_DUTY = "see_duty"  # who is on duty, with how many tickets
    SWITCH_DISTRIBUTION = "switch_distribution"
    SEE_FIGURES = "see_figures"
    BIND_GROUP = "bind_group"  # a Telegram group gets cards of a lot's requests
    SEE_COVERAGE = "see_coverage"
    MAKE_SOURCE = "make_source"  # a link of its own for a school, a partner, a poster
    REPORT_COVERAGE = "report_coverage"  # enter and correct events and posts
    SEE_STAFF = "see_staff"
    INVITE_STAFF = "invite_staff"
    REMOVE_STAFF = "remove_staff"
    ANNOUNCE = "announce"  # write to many at once
    APPROVE_ANNOUNCEMENT = "approve_announcement"  # a colleague's, never one's own


_HANDLE = frozenset(
    {
        Action.SEE_QUEUE,
        Action.TAKE_TICKET,
        Action.ANSWER_TICKET,
        Action.NOTE_TICKET,
        Action.TRANSFER_TICKET,
        Action.CLOSE_TICKET,
    }
)
_PASSED_ON = _HANDLE | {Action.GO_ON_DUTY}  # tickets that are passed on to a trade: its people answer them
_DESK = _PASSED_ON | {
    Action.OPEN_APPLICATION,
    Action.FILL_FOR_CALLER,
    Action.REGISTER_CALL,
    Action.CALL_PEOPLE,
}
_WATCH = frozenset(
    {
        Action.REASSIGN_TICKET,
        Action.ANSWER_APPEAL,
        Action.MAKE_READY_ANSWER,
        Action.SEE_DUTY,
        Action.SWITCH_DISTRIBUTION,
        Action.SEE_FIGURES,
        Action.SEE_COVERAGE,
        Action.SEE_STAFF,
    }
)

# The one table of rights. Experts judge and therefore speak with no author; who rules over the staff reads no
# author's matters; appeals are answered by whoever watches, never at the desk that decided.
RIGHTS: Mapping[Role, frozenset[Action]] = {
    Role.OPERATOR: _DESK,
    Role.SUPERVISOR: _DESK | _WATCH,
    Role.COORDINATOR: _WATCH
    | _HANDLE
    | {
        Action.OPEN_APPLICATION,
        Action.BIND_GROUP,
        Action.ANNOUNCE,
        Action.APPROVE_ANNOUNCEMENT,
        Action.MAKE_SOURCE,
        Action.REPORT_COVERAGE,
    },
    Role.EXPERT: frozenset(),
    Role.ACCOUNTANT: _PASSED_ON,
    Role.MENTOR: _PASSED_ON,
    Role.ADMINISTRATOR: frozenset(
        {
            Action.SEE_STAFF,
            Action.INVITE_STAFF,
            Action.REMOVE_STAFF,
            Action.SEE_FIGURES,
            Action.SEE_COVERAGE,
            Action.SEE_DUTY,
            Action.BIND_GROUP,
            Action.ANNOUNCE,
            Action.APPROVE_ANNOUNCEMENT,
        }
    ),
}


class Presence(StrEnum):
    """Whether somebody is at work now."""

    OFF = "off"
    ON_DUTY = "on_duty"
    PAUSE = "pause"


@dataclass(frozen=True)
class Member:
    """One membership of one person. No lots named: every lot, also those to come."""

    id: int
    person_id: int
    role: Role
    lots: frozenset[str]
    name: str  # as colleagues know them
    language: str | None = None  # the person's
    presence: Presence = Presence.OFF
    present_since: datetime | None = None
    capacity: int = 5  # tickets held at once that distribution stops at

    def serves(self, lot: str) -> bool:
        """Whether this lot is theirs."""
        return not self.lots or lot in self.lots


def allowed(member: Member, action: Action, lot: str | None) -> bool:
    """Whether this membership allows the action in this lot; None: in any lot of theirs."""
    return action in RIGHTS[member.role] and (lot is None or member.serves(lot))


def may_be_given(member: Member, lot: str, held: int) -> bool:
    """Whether distribution may give this member one more ticket of this lot, with so many in hand."""
    here = member.presence is Presence.ON_DUTY and allowed(member, Action.TAKE_TICKET, lot)
    return here and held < member.capacity


def may_rule(member: Member, action: Action, lots: frozenset[str]) -> bool:
    """Whether somebody may do this to a membership of these lots (none: all): only if every one of them is theirs."""
    return action in RIGHTS[member.role] and (not member.lots or (bool(lots) and lots <= member.lots))


def lots_for(members: Iterable[Member], action: Action) -> frozenset[str] | None:
    """The lots in which these memberships allow the action (empty: all); None when in none."""
    found = [one.lots for one in members if action in RIGHTS[one.role]]
    if not found:
        return None
    return frozenset().union(*found) if all(found) else frozenset()


def covers(mine: frozenset[str], lots: frozenset[str]) -> bool:
    """Whether all of these lots are among one's own; empty: every lot."""
    return not mine or (bool(lots) and lots <= mine)


def actions(members: Iterable[Member]) -> frozenset[Action]:
    """All that a person may do somewhere: for the menu. Each press asks again, for its lot."""
    return frozenset().union(*(RIGHTS[one.role] for one in members))
