"""Who may handle which ticket: the table of rights, and over it that an appeal is only for those who watch."""

from __future__ import annotations

from domain.staff import RIGHTS, Action, Member, Role, allowed
from domain.ticket import Ticket, TicketKind

# Roles whose people answer authors; experts do not.
QUEUES = (Role.OPERATOR, Role.SUPERVISOR, Role.COORDINATOR, Role.ACCOUNTANT, Role.MENTOR)

# What makes somebody the one who looks at the matter; whoever may not can still note something and pass it on.
_DECIDES = frozenset({Action.TAKE_TICKET, Action.ANSWER_TICKET, Action.CLOSE_TICKET})


def needed(kind: TicketKind, action: Action) -> Action:
    """The right that this step asks for with a ticket of this kind."""
    return Action.ANSWER_APPEAL if kind is TicketKind.APPEAL and action in _DECIDES else action


def may_handle(member: Member, ticket: Ticket, action: Action) -> bool:
    """Whether this membership allows the step with this ticket, itself and for its kind."""
    lot = ticket.lot or None
    return allowed(member, action, lot) and allowed(member, needed(ticket.kind, action), lot)


def queues_for(kind: TicketKind) -> tuple[Role, ...]:
    """The roles into whose queue such a ticket may be put."""
    return tuple(role for role in QUEUES if needed(kind, Action.TAKE_TICKET) in RIGHTS[role])


def queues_of(member: Member) -> tuple[str, ...]:
    """Whose queues a membership serves: its own role's; who watches over a lot serves appeals and operators', too."""
    own = member.role.value
    if not allowed(member, Action.ANSWER_APPEAL, None):
        return (own,)
    return tuple(dict.fromkeys((own, Role.SUPERVISOR.value, Role.OPERATOR.value)))


def may_take(member: Member, ticket: Ticket) -> bool:
    """Whether the ticket stands in a queue that this membership serves, and may become its holder's."""
    return ticket.role in queues_of(member) and may_handle(member, ticket, Action.TAKE_TICKET)
