"""What the database says in one English word, as the person whose it is reads it: states, kinds, roles, regions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.application import Role
from domain.assistance import AssistState
from domain.call import CallOutcome
from domain.consent import ConsentKind
from domain.coverage import Channel
from domain.documents import DocumentState
from domain.notification import Outcome
from domain.staff import Presence
from domain.ticket import Media, Side, TicketEvent
from handlers.answer_words import region_name
from handlers.language import _, words
from handlers.my_data.texts import consent_title, kind_words
from handlers.role_words import ROLE
from handlers.state_words import STATES
from handlers.ticket_texts import DELIVERIES, KINDS, MEDIA
from handlers.ticket_texts import STATES as TICKET_STATES
from usecases.my_data import Names

Say = Callable[[], str]

LANGUAGE: Mapping[str, Say] = {"kk": lambda: _("Kazakh"), "ru": lambda: _("Russian")}
DRAFTS: Mapping[str, Say] = {
    "open": lambda: _("being written"),
    "sent": lambda: _("sent in"),
    "discarded": lambda: _("thrown away"),
    "assisted": lambda: _("the call centre is filling it in"),
}
DOCUMENTS: Mapping[str, Say] = {
    DocumentState.FETCHING: lambda: _("still arriving"),
    DocumentState.STORED: lambda: _("received"),
    DocumentState.REFUSED: lambda: _("not taken"),
}
ASSISTANCES: Mapping[str, Say] = {
    AssistState.FILLING: lambda: _("the call centre is filling it in"),
    AssistState.OFFERED: lambda: _("you are asked whether you take it over"),
    AssistState.TAKEN: lambda: _("you took it over"),
    AssistState.DECLINED: lambda: _("you declined"),
    AssistState.DROPPED: lambda: _("the call centre threw it away"),
    AssistState.EXPIRED: lambda: _("its time ran out"),
}
SENDING: Mapping[str, Say] = {
    Outcome.DUE: lambda: _("waits for its time"),
    Outcome.SENDING: lambda: _("on its way"),
    Outcome.SENT: lambda: _("sent to you"),
    Outcome.FAILED: lambda: _("did not reach you"),
    Outcome.DONE: lambda: _("not needed any more"),
    Outcome.MUTED: lambda: _("you had switched it off"),
    "lapsed": lambda: _("too late to be of use"),
}
ACTORS: Mapping[str, Say] = {
    Role.APPLICANT: lambda: _("you"),
    Role.ORGANISER: lambda: _("the organiser"),
    Role.COMMISSION: lambda: _("the commission"),
    Role.PROGRAMME: lambda: _("the programme"),
}
SIDES: Mapping[str, Say] = {
    Side.AUTHOR: lambda: _("yours"),
    Side.OPERATOR: lambda: _("the call centre's"),
    Side.NOTE: lambda: _("a note between colleagues"),
}
STEPS: Mapping[str, Say] = {
    TicketEvent.OPENED: lambda: _("registered"),
    TicketEvent.TAKEN: lambda: _("an operator took it"),
    TicketEvent.RELEASED: lambda: _("back in the queue"),
    TicketEvent.PASSED: lambda: _("passed to a colleague"),
    TicketEvent.ANSWERED: lambda: _("answered"),
    TicketEvent.UNDELIVERED: lambda: _("the answer did not arrive"),
    TicketEvent.CLOSED: lambda: _("closed"),
    TicketEvent.REOPENED: lambda: _("opened again"),
    TicketEvent.RATED: lambda: _("rated"),
    TicketEvent.ASSISTED: lambda: _("an operator began to fill in the application"),
    TicketEvent.CARD_OPENED: lambda: _("an operator opened the application"),
}
CLOSERS: Mapping[str, Say] = {Side.AUTHOR: lambda: _("you"), Side.OPERATOR: lambda: _("the call centre")}
CALLS: Mapping[str, Say] = {
    CallOutcome.REACHED: lambda: _("you were told"),
    CallOutcome.NO_ANSWER: lambda: _("nobody answered"),
    CallOutcome.WRONG_NUMBER: lambda: _("a wrong number"),
}
CHANNELS: Mapping[str, Say] = {
    Channel.BOT: lambda: _("you wrote to the bot"),
    Channel.SOURCE: lambda: _("you came by a link of ours"),
    Channel.ANNOUNCEMENT: lambda: _("you got an announcement"),
}
PRESENCES: Mapping[str, Say] = {
    Presence.OFF: lambda: _("no"),
    Presence.ON_DUTY: lambda: _("yes"),
    Presence.PAUSE: lambda: _("on a break"),
}
OPENED: Mapping[str, Say] = {"document": lambda: _("a document"), "application": lambda: _("the application")}
MEDIUM: Mapping[str, Say] = {**{str(one): say for one, say in MEDIA.items()}, Media.TEXT: lambda: _("text")}

# By the column alone, or by table and column where a column means different things.
WORDS: Mapping[str, Mapping[Any, Say]] = {
    "language": LANGUAGE,
    "staff_role": ROLE,
    "presence": PRESENCES,
    "channel": CHANNELS,
    "side": SIDES,
    "media": MEDIUM,
    "role": ACTORS,
    "closed_by": CLOSERS,
    "outcome": CALLS,
    "draft.state": DRAFTS,
    "document.state": DOCUMENTS,
    "application.state": STATES,
    "application_event.state": STATES,
    "assistance.state": ASSISTANCES,
    "ticket.state": TICKET_STATES,
    "ticket.kind": KINDS,
    "ticket_delivery.state": DELIVERIES,
    "ticket_event.what": STEPS,
    "opening.what": OPENED,
    "notification.state": SENDING,
    "reminder.state": SENDING,
}


def value_words(table: str, column: str, value: Any, names: Names) -> Any:
    """A value of this column as its person reads it; as it is where there are no other words for it."""
    if value is None:
        return None
    known = WORDS.get(f"{table}.{column}") or WORDS.get(column) or {}
    if isinstance(value, str) and value in known:
        return known[value]()
    match f"{table}.{column}":
        case "consent.kind":
            return consent_title(ConsentKind(value))
        case "notification.kind" | "call_task.why":
            return kind_words(value)
        case "person.muted":
            return [_switch(one, names) for one in value]
        case "reminder.rule":
            return words(names.rules[value]) if value in names.rules else value
        case "document.slot":
            return words(names.papers[value]) if value in names.papers else value
        case _other:
            return _region(value) if column == "region" and value else value


def what_was_opened(what: str) -> str:
    return OPENED[what]() if what in OPENED else what


def _switch(switch: str, names: Names) -> str:
    """What somebody has switched off: a kind of notification, or a rule's reminders."""
    return words(names.switches[switch]) if switch in names.switches else kind_words(switch)


def _region(kato: str) -> str:
    try:
        return f"{region_name(kato)} ({kato})"
    except KeyError:
        return kato
