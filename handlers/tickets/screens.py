"""The screens of an author's tickets."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import html

from domain.ticket import ASKED, Side, Ticket, TicketState
from handlers.answer_words import region_name
from handlers.common_questions import CommonQuestion
from handlers.figures import moment
from handlers.language import _
from handlers.screen import Button, Rows, Screen, button, in_pairs, neighbours, rows
from handlers.shared_buttons import Ask, ToTicket, ToTickets, menu_button
from handlers.ticket_texts import KINDS, heading, pages_of, working_hours_left
from handlers.tickets.buttons import (
    ChooseKind,
    ChooseRegion,
    Close,
    GoOnWaiting,
    Helped,
    ListPage,
    OpenAnyway,
    Rate,
    Reopen,
    SeeAnswer,
    ShowEarlier,
)
from handlers.tickets.position import Asking
from handlers.tickets.texts import AUTHOR_STATES, PROMPTS, history_lines, hours_lines
from usecases.author_tickets import REOPEN_WITHIN, OwnTicket
from usecases.ticket_clock import Office
from usecases.ticket_words import Said

LISTED = 10  # on one page


def listed(found: Sequence[Ticket], page: int, pages: int, waiting: int) -> Screen:
    """A page of one's own tickets, the way to a new one, and to what still waits for a word of theirs."""
    lines = [_("<b>My questions and complaints</b>")]
    lines.append(
        _("Choose one to read it or to write more.")
        if found
        else _("There are none yet. A living person answers here.")
    )
    if waiting:
        lines.append(
            _(
                "Messages that still wait for you to say where they belong: {count}. If you do not, I register them."
            ).format(count=waiting)
        )
    chosen = [button(_label(one), ToTicket(ticket=one.id)) for one in found]
    turning = neighbours(page, range(pages), lambda there: ListPage(page=there))
    go_on = button(_("Go on with what I wrote"), GoOnWaiting()) if waiting else None
    return Screen("\n\n".join(lines), rows(*chosen, turning, go_on, button(_("Ask or complain"), Ask()), menu_button()))


def choose_kind(about: str, message: int) -> Screen:
    """What is it? A complaint is never argued with."""
    text = _("<b>Ask or complain</b>\n\nA living person reads this and answers here. What is it?")
    key = about.replace(":", "-")
    buttons = [button(KINDS[kind](), ChooseKind(kind=kind, about=key, message=message)) for kind in ASKED]
    return Screen(text, rows(*buttons, (button(_("My requests"), ToTickets()), menu_button())))


def ask_words(one: Asking) -> Screen:
    """Write, or speak, or send."""
    how = _("Write it in your own words, in Kazakh or Russian, or send a voice message, photos or files.")
    text = f"<b>{KINDS[one.kind]()}</b>\n\n{PROMPTS[one.kind]()}\n\n{how}"
    return Screen(text, rows(button(_("Back"), Ask(about=one.about.replace(":", "-"))), menu_button()))


def offered(one: Asking, questions: Sequence[CommonQuestion]) -> Screen:
    """Perhaps the answer is known; if not, one press sends what was written to a person."""
    text = _("Perhaps the answer is here already. If not, I pass on what you wrote: you need not write it again.")
    known = [button(question.title, SeeAnswer(message=one.message, key=question.key)) for question in questions]
    return Screen(text, rows(*known, button(_("Ask a person"), OpenAnyway(message=one.message)), menu_button()))


def common_answer(one: Asking, question: CommonQuestion, text: str) -> Screen:
    """A common answer: did it help?"""
    return Screen(
        f"<b>{html.quote(question.title)}</b>\n\n{text}",
        rows(
            button(_("Thanks, that helped"), Helped(message=one.message)),
            button(_("No, ask a person"), OpenAnyway(message=one.message)),
            button(_("Back"), SeeAnswer(message=one.message, key="")),
        ),
    )


def choose_region(ticket: Ticket, regions: Sequence[str]) -> Screen:
    """Several call centres: whose is it?"""
    text = f"<b>{ticket.number}</b>\n\n{_which_region()}"
    back = button(_("Back"), ToTicket(ticket=ticket.id))
    return Screen(text, (*_regions(ticket, regions), *rows((back, menu_button()))))


def registered(ticket: Ticket, office: Office, regions: Sequence[str] = (), *, late: bool = False) -> Screen:
    """It is registered: the number, by when, and what happens next. `late`: nobody had pressed anything."""
    assert ticket.answer_by
    lines = [
        _("You had not said what your message is about, so I have registered it: it will not be lost.") if late else "",
        _("✅ Registered: <b>{number}</b>\n{kind}").format(number=ticket.number, kind=KINDS[ticket.kind]()),
        _by_when(ticket, office),
        hours_lines(office),
        _("The answer comes into this chat. You can write more right here: it will be added.") if not late else "",
        _which_region() if regions else "",
    ]
    mine = button(_("My requests"), ToTickets())
    open_it = button(_("Open {number}").format(number=ticket.number), ToTicket(ticket=ticket.id)) if late else None
    text = "\n\n".join(line for line in lines if line)
    return Screen(text, (*_regions(ticket, regions), *rows(open_it, (mine, menu_button()))))


def added(ticket: Ticket) -> Screen:
    """One's words have arrived."""
    text = _("✅ Added to {number}.").format(number=ticket.number)
    if ticket.due_by:
        text += " " + _("We answer by {moment}.").format(moment=moment(ticket.due_by))
    return Screen(text, rows(button(_("Open {number}").format(number=ticket.number), ToTicket(ticket=ticket.id))))


def changed(ticket: Ticket | None) -> str:
    """One's message was changed after sending it."""
    if ticket is None:
        return _("I have kept the change.")
    return _("The change has been added to {number}; what you wrote first is kept too.").format(number=ticket.number)


def note(text: str, ticket: Ticket | None) -> Screen:
    """A line about a ticket, with the way to it."""
    open_it = button(_("Open {number}").format(number=ticket.number), ToTicket(ticket=ticket.id)) if ticket else None
    return Screen(text, rows(open_it))


def one_ticket(view: OwnTicket, office: Office, page: int | None = None, *, ask_region: bool = False) -> Screen:
    """A ticket: where it is, what was said, what can be done."""
    ticket = view.ticket
    pages = pages_of(view.said, _who)
    place = len(pages) - 1 if page is None else min(max(page, 0), len(pages) - 1)
    parts = [heading(ticket), _state(ticket, office), history_lines(view.steps), pages[place][0]]
    if ticket.open:
        parts.append(_("Whatever you write now is added to this request."))
    region = button(_("Say which region it is about"), ChooseRegion(ticket=ticket.id, kato="")) if ask_region else None
    turning = tuple(
        button(label, ShowEarlier(ticket=ticket.id, page=there))
        for label, there in ((_("Earlier"), place - 1), (_("Later"), place + 1))
        if 0 <= there < len(pages)
    )
    return Screen("\n\n".join(part for part in parts if part), rows(turning or None, region, *_steps(view)))


def closed(ticket: Ticket, *, by_author: bool) -> Screen:
    """It is closed: how was it?"""
    days = REOPEN_WITHIN.days
    text = (
        _("<b>{number}</b> is closed. Thank you!") if by_author else _("<b>{number}</b> has been settled and closed.")
    ).format(number=ticket.number)
    text += "\n\n" + _("Not settled after all? Within {days} days you can open it again.").format(days=days)
    if ticket.rating is None:
        text += "\n\n" + _("How did we answer? 1 is bad, 5 is very good.")
    return Screen(text, rows(_stars(ticket), *_after(ticket)))


def ask_comment(ticket: Ticket) -> Screen:
    """Rated: a few words, if they like."""
    text = _("Thank you for rating {number}: {stars}. If you like, write a few words about it.").format(
        number=ticket.number, stars="⭐" * (ticket.rating or 0)
    )
    return Screen(text, rows(button(_("Without words"), ToTicket(ticket=ticket.id)), menu_button()))


def _which_region() -> str:
    return _("Which region is it about? Choose it, and your request goes straight to its call centre.")


def _regions(ticket: Ticket, regions: Sequence[str]) -> Rows:
    chosen = (button(region_name(kato), ChooseRegion(ticket=ticket.id, kato=kato)) for kato in regions)
    return in_pairs(sorted(chosen, key=lambda one: one.label))


def _label(ticket: Ticket) -> str:
    return f"{ticket.number} · {KINDS[ticket.kind]()} · {AUTHOR_STATES[ticket.state]()}"


def _by_when(ticket: Ticket, office: Office) -> str:
    assert ticket.answer_by
    text = _("We answer by <b>{moment}</b> (in {left} at the latest).")
    return text.format(moment=moment(ticket.answer_by), left=working_hours_left(office.left(ticket.answer_by)))


def _state(ticket: Ticket, office: Office) -> str:
    lines = [_("Registered: {moment}").format(moment=moment(ticket.opened_at))]
    lines.append(_("Now: {state}").format(state=AUTHOR_STATES[ticket.state]()))
    if ticket.due_by:
        lines.append(_("We answer by {moment}.").format(moment=moment(ticket.due_by)))
    if ticket.state is TicketState.CLOSED and ticket.closed_at:
        lines.append(_("Closed: {moment}").format(moment=moment(ticket.closed_at)))
    return "\n".join(lines)


def _steps(view: OwnTicket) -> list[Button | tuple[Button, ...] | None]:
    ticket, back = view.ticket, (button(_("My requests"), ToTickets()), menu_button())
    if ticket.open:
        return [button(_("It is settled, close it"), Close(ticket=ticket.id)), back]
    stars = _stars(ticket) if ticket.rating is None else None
    return [stars, *(_after(ticket) if view.may_reopen else [_complain(ticket)]), back]


def _stars(ticket: Ticket) -> tuple[Button, ...]:
    return tuple(button(f"{stars} ⭐", Rate(ticket=ticket.id, stars=stars)) for stars in range(1, 6))


def _after(ticket: Ticket) -> list[Button | tuple[Button, ...] | None]:
    return [button(_("Not settled: open it again"), Reopen(ticket=ticket.id)), _complain(ticket)]


def _complain(ticket: Ticket) -> Button:
    return button(_("Complain about the answer"), Ask(about=f"ticket-{ticket.id}"))


def _who(one: Said) -> str:
    return _("You") if one.side is Side.AUTHOR else _("Call centre")
