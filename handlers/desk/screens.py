"""The screens of a ticket on the desk, with everything said in it. The lists: `list_screens.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.ticket import Media, Side, Ticket
from handlers.desk.buttons import (
    Card,
    CloseNow,
    Files,
    Lay,
    Page,
    PassNow,
    PassOn,
    Ready,
    SendHeld,
    TakeInstead,
    TakeNext,
    Write,
)
from handlers.figures import moment
from handlers.language import _
from handlers.screen import Button, Screen, button, rows
from handlers.shared_buttons import FillFor, ToDesk
from handlers.ticket_texts import STATES, content, heading, pages_of
from usecases.desk import OnDesk
from usecases.ticket_words import Said

HELD_SHOWN = 3
RATING_SHOWN = 300  # characters of what was written with a rating


def on_desk(view: OnDesk, now: datetime, page: int | None = None) -> tuple[Screen, tuple[Said, ...]]:
    """A ticket on the desk, and what of it is shown."""
    pages = pages_of(view.said, lambda one: who(one, view))
    place = len(pages) - 1 if page is None else min(max(page, 0), len(pages) - 1)
    text = "\n\n".join(part for part in (header(view, now), pages[place][0], _what_now(view)) if part)
    pages_around = turning(place, place + 1 < len(pages), lambda there: Page(ticket=view.ticket.id, page=there))
    return Screen(text, rows(pages_around or None, *_steps(view))), pages[place][1]


def header(view: OnDesk, now: datetime) -> str:
    """Whose ticket this is; nothing goes to an author before this was shown."""
    ticket = view.ticket
    languages = {"kk": _("writes in Kazakh"), "ru": _("writes in Russian")}
    author = html.quote(view.author) or _("author")
    lines = [f"🎫 {heading(ticket)}"]
    lines.append(
        f"👤 {author}, {languages[ticket.language]}"
        + (" · " + _("Lot {lot}").format(lot=ticket.lot) if ticket.lot else "")
    )
    state = STATES[ticket.state]()
    if ticket.due_by:
        sign = "🔴" if ticket.overdue(now) else "🕘"
        state += f" · {sign} " + _("answer by {moment}").format(moment=moment(ticket.due_by))
    lines.append(state)
    if view.author_gone:
        lines.append(_("⛔ The author has blocked the bot: answers do not arrive. Please telephone."))
    if about := ticket.context.get("number") or ticket.context.get("ticket"):
        lines.append(_("About: {number}").format(number=about))
    if ticket.rating is not None:
        lines.append(_("⭐ Rated {rating} of 5").format(rating=ticket.rating))
    if view.rating_words:
        lines.append(f"<i>{html.quote(view.rating_words[:RATING_SHOWN])}</i>")
    return "\n".join(lines)


def ask_words(view: OnDesk, what: str, now: datetime) -> Screen:
    """What is typed next is a note, the closing words, or the note with a transfer."""
    key = view.ticket.id
    say = {
        "note": _("Write a note: only colleagues see it."),
        "close": _("Write how it was settled: {author} receives it, and the request is closed."),
        "pass": _("Write a note for whoever gets it, or pass it on without one."),
    }[what].format(author=html.quote(view.author) or _("author"))
    now_button = {
        "note": None,
        "close": button(_("Close without words"), CloseNow(ticket=key)),
        "pass": button(_("Without a note"), PassNow(ticket=key)),
    }[what]
    return Screen(f"{header(view, now)}\n\n{say}", rows(now_button, button(_("Back"), Lay(ticket=key))))


def sent_to(ticket: Ticket, author: str) -> Screen:
    """An answer is on its way: to whom."""
    text = _("📤 {number} → {author}. To correct it, edit your message.").format(
        number=ticket.number, author=html.quote(author) or _("author")
    )
    return Screen(text, rows(button(_("Open {number}").format(number=ticket.number), Lay(ticket=ticket.id))))


def held(message: int, words: str, ticket: Ticket, author: str) -> Screen:
    """Typed before it was clear whose ticket lay here."""
    text = _(
        "Not sent yet: you wrote this before {number} was on the screen.\n\n<i>{words}</i>\n\nSend it to {author}?"
    ).format(number=ticket.number, words=words, author=html.quote(author) or _("author"))
    send = _("Send to {author} · {number}").format(author=author or _("author"), number=ticket.number)
    return Screen(
        text,
        rows(
            button(send, SendHeld(message=message, ticket=ticket.id)),
            button(_("Do not send"), SendHeld(message=message, ticket=0)),
        ),
    )


def number_typed(message: int, found: Ticket, here: Ticket, author: str) -> Screen:
    """A ticket's number was typed while another ticket lay here."""
    author = author or _("author")
    text = _("Not sent yet: {number} is the number of a request. Send it to {author} as words, or open that request?")
    send = _("Send to {author} · {number}").format(author=author, number=here.number)
    instead = button(_("Open {number}").format(number=found.number), TakeInstead(message=message, number=found.number))
    return Screen(
        text.format(number=found.number, author=html.quote(author)),
        rows(
            instead if found.id != here.id else None,
            button(send, SendHeld(message=message, ticket=here.id)),
            button(_("Do not send"), SendHeld(message=message, ticket=0)),
        ),
    )


def dropped() -> str:
    return _("All right, it is not sent.")


def corrected(ticket: Ticket, author: str) -> Screen:
    """An answer was changed after sending it."""
    text = _("✏️ {number} → {author}: the correction is on its way.")
    return told(text.format(number=ticket.number, author=html.quote(author) or _("author")), ticket)


def closed(ticket: Ticket) -> str:
    return _("{number} is closed.").format(number=ticket.number)


def short(one: Said) -> str:
    """The beginning of a message."""
    return content(one.words, 300)


def told(text: str, ticket: Ticket) -> Screen:
    """A line about a ticket, and the way to it."""
    return Screen(text, rows(button(_("Open {number}").format(number=ticket.number), Lay(ticket=ticket.id))))


def who(one: Said, view: OnDesk) -> str:
    if one.side is Side.AUTHOR:
        return view.author or _("author")
    return view.names.get(one.writer_id or 0, _("colleague"))


def _what_now(view: OnDesk) -> str:
    if not view.mine:
        return _("You see this as a supervisor: that you opened it is written down.")
    if not view.ticket.open:
        return _("It is closed.")
    return _("What you write now goes to {author}.").format(author=html.quote(view.author) or _("author"))


def _steps(view: OnDesk) -> list[Button | tuple[Button, ...] | None]:
    key, back = view.ticket.id, button(_("Desk"), ToDesk())
    files = any(one.words.media is not Media.TEXT for one in view.said)
    known = view.ticket.context.keys() & {"application", "check"}
    about = button(_("What it is about"), Card(ticket=key, full=False)) if known else None
    shown = button(_("Files"), Files(ticket=key)) if files else None
    if not view.mine or not view.ticket.open:
        again = button(_("Pass on"), PassOn(ticket=key)) if view.ticket.open else None
        return [again, shown, back]
    return [
        (button(_("Ready answers"), Ready(ticket=key, answer=0)), button(_("Note"), Write(ticket=key, what="note"))),
        (button(_("Pass on"), PassOn(ticket=key)), button(_("Close"), Write(ticket=key, what="close"))),
        tuple(filter(None, (about, shown))) or None,
        button(_("📝 Fill in an application with them"), FillFor(ticket=key)) if view.may_fill else None,
        (back, button(_("▶️ Take next"), TakeNext(held=view.held))),
    ]


def turning(page: int, more: bool, to: Callable[[int], CallbackData]) -> tuple[Button, ...]:
    """To the pages before and after."""
    earlier = (button(_("Earlier"), to(page - 1)),) if page else ()
    return (*earlier, *((button(_("Later"), to(page + 1)),) if more else ()))
