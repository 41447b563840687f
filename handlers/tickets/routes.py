"""The author's side at a glance: from "ask or complain" to the rating. Where typed words belong: `incoming.py`."""

from __future__ import annotations

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.ticket import ASKED, TicketKind
from handlers.answer_words import region_name
from handlers.common_questions import common_question
from handlers.competition_facts import fill
from handlers.conversation import Conversation, Turn
from handlers.language import _, language
from handlers.screen import Reply, Screen, reply
from handlers.shared_buttons import Ask, ToTicket, ToTickets
from handlers.tickets import buttons, incoming, notices, screens, waiting
from handlers.tickets.opening import go_on, nearest
from handlers.tickets.position import Asking, asking, focus_of, kind_focus, number_after
from usecases import author_tickets, rate_ticket
from usecases.author_tickets import own_ticket, own_tickets
from usecases.open_ticket import matter
from usecases.own_competition import own_competition
from usecases.ticket_clock import office
from usecases.ticket_region import regions_to_ask, say_region
from usecases.waiting_words import waiting as words_waiting


def conversation() -> Conversation:
    return Conversation(
        place=Place.TICKETS,
        commands={"tickets": lambda turn, rest: turn.at(Place.TICKETS), "ask": lambda turn, rest: _ask(turn, "")},
        presses={
            ToTickets: lambda turn, data: turn.at(Place.TICKETS),
            ToTicket: lambda turn, data: _at(turn, data.ticket),
            Ask: lambda turn, data: _ask(turn, data.about),
            buttons.ChooseKind: choose_kind,
            buttons.SeeAnswer: see_answer,
            buttons.Helped: helped,
            buttons.OpenAnyway: open_anyway,
            buttons.ChooseRegion: choose_region,
            buttons.ListPage: lambda turn, data: reply(_list(turn, data.page)),
            buttons.GoOnWaiting: waiting.go_on_waiting,
            buttons.WhoseWords: waiting.turn_page,
            buttons.PutInto: incoming.put_into,
            buttons.ShowEarlier: show_earlier,
            buttons.Close: close,
            buttons.Reopen: reopen,
            buttons.Rate: rate,
        },
        words=incoming.content,
        content=incoming.content,
        redraw=redraw,
        notices=notices.NOTICES,
        ahead=incoming.ahead,
        changed=incoming.changed,
    )


def redraw(turn: Turn) -> Reply:
    """What the focus says, from the database alone; the list when that is gone."""
    try:
        return _drawn(turn, turn.person.focus)
    except Refused:
        return reply(_list(turn))


def _drawn(turn: Turn, focus: str) -> Reply:
    if (ticket := number_after(focus, "t")) is not None:
        return reply(_ticket(turn, ticket))
    if (rated := number_after(focus, "rate")) is not None:
        return reply(screens.ask_comment(own_ticket(turn.work, turn.person, rated).ticket))
    what, _colon, rest = focus.partition(":")
    if what == "kind":
        about, _colon, message = rest.partition(":")
        return reply(screens.choose_kind(about.replace("-", ":"), int(message or 0)))
    return reply(_asking(turn, what) if what else _list(turn))


def choose_kind(turn: Turn, data: buttons.ChooseKind) -> Reply:
    """What it is; with words that were kept already it is opened at once."""
    if data.kind not in set(ASKED):
        raise Refused(Reason.OLD_BUTTON)
    one = Asking(TicketKind(data.kind), data.about.replace("-", ":"), data.message)
    if one.message:
        author_tickets.held_words(turn.work, turn.person, one.message)
        return go_on(turn, one)
    return turn.at(Place.TICKETS, focus_of("words", one))


def see_answer(turn: Turn, data: buttons.SeeAnswer) -> Reply:
    """Read a common answer, or go back to the list."""
    one = _same(turn, "offer", data.message)
    try:
        return turn.at(Place.TICKETS, focus_of("offer", Asking(one.kind, one.about, one.message, _known(data.key))))
    except KeyError as error:
        raise Refused(Reason.OLD_BUTTON) from error


def helped(turn: Turn, data: buttons.Helped) -> Reply:
    """No ticket is needed: what was written is deleted."""
    _same(turn, "offer", data.message)
    author_tickets.forget_words(turn.work, turn.person, data.message)
    return turn.at(Place.MENU).noting(_("Glad it helped. Nothing was registered."))


def open_anyway(turn: Turn, data: buttons.OpenAnyway) -> Reply:
    return go_on(turn, _same(turn, "offer", data.message), offer=False)


def choose_region(turn: Turn, data: buttons.ChooseRegion) -> Reply:
    """Whose call centre a registered ticket is for; without a region it is asked."""
    if data.kato:
        ticket = say_region(turn.work, turn.person, data.ticket, data.kato)
        told = _("{number} is with this call centre now: {region}.")
        return _at(turn, ticket.id).noting(told.format(number=ticket.number, region=region_name(data.kato)))
    ticket = own_ticket(turn.work, turn.person, data.ticket).ticket
    turn.go(Place.TICKETS, f"t:{ticket.id}")
    return reply(screens.choose_region(ticket, regions_to_ask(turn.work, ticket)))


def show_earlier(turn: Turn, data: buttons.ShowEarlier) -> Reply:
    """Another page of what was said."""
    turn.go(Place.TICKETS, f"t:{data.ticket}")
    return reply(_ticket(turn, data.ticket, data.page))


def close(turn: Turn, data: buttons.Close) -> Reply:
    """Settled: and how was it?"""
    ticket = author_tickets.close_own(turn.work, turn.person, data.ticket)
    turn.go(Place.TICKETS, f"t:{ticket.id}")
    return reply(screens.closed(ticket, by_author=True))


def reopen(turn: Turn, data: buttons.Reopen) -> Reply:
    ticket = author_tickets.reopen(turn.work, turn.person, data.ticket)
    return _at(turn, ticket.id).noting(_("{number} is open again.").format(number=ticket.number))


def rate(turn: Turn, data: buttons.Rate) -> Reply:
    ticket = rate_ticket.rate(turn.work, turn.person, data.ticket, data.stars)
    return turn.at(Place.TICKETS, f"rate:{ticket.id}")


def _ask(turn: Turn, about: str) -> Reply:
    return turn.at(Place.TICKETS, kind_focus(about.replace("-", ":")))


def _at(turn: Turn, ticket_id: int) -> Reply:
    own_ticket(turn.work, turn.person, ticket_id)
    return turn.at(Place.TICKETS, f"t:{ticket_id}")


def _ticket(turn: Turn, ticket_id: int, page: int | None = None) -> Screen:
    view = own_ticket(turn.work, turn.person, ticket_id)
    ask_region = bool(regions_to_ask(turn.work, view.ticket))
    return screens.one_ticket(view, office(turn.work, view.ticket.lot), page, ask_region=ask_region)


def _list(turn: Turn, page: int = 0) -> Screen:
    turn.go(Place.TICKETS)
    found, pages = own_tickets(turn.work, turn.person, page, screens.LISTED)
    return screens.listed(found, min(max(page, 0), pages - 1), pages, len(words_waiting(turn.work, turn.person)))


def _asking(turn: Turn, what: str) -> Screen:
    """A step before the ticket is open; the list when its words are gone."""
    try:
        one = asking(turn.person.focus)
        if what == "words":
            return screens.ask_words(one)
        if one.key:
            return screens.common_answer(one, common_question(language(), one.key), _answer(turn, one))
        return screens.offered(one, [common_question(language(), key) for key in nearest(turn, one)])
    except (Refused, KeyError):
        return _list(turn)


def _answer(turn: Turn, one: Asking) -> str:
    """A common answer, filled in where it depends on a competition."""
    question = common_question(language(), one.key)
    about = matter(turn.work, turn.person, one.about).competition or own_competition(turn.work, turn.person)
    if question.answer_closed is not None and about is None:
        return question.answer_closed
    return fill(question.answer, about.competition) if about and question.answer_closed is not None else question.answer


def _known(key: str) -> str:
    return common_question(language(), key).key if key else ""


def _same(turn: Turn, what: str, message: int) -> Asking:
    """What is being asked, if the button was made for it."""
    if turn.person.place is not Place.TICKETS or not turn.person.focus.startswith(f"{what}:"):
        raise Refused(Reason.OLD_BUTTON)
    one = asking(turn.person.focus)
    if one.message != message:
        raise Refused(Reason.OLD_BUTTON)
    return one
