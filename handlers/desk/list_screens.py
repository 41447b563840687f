"""The lists of the desk: the overview with what is mine, the queue, everything in a supervisor's lots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.ticket import Ticket
from handlers.desk.buttons import Lay, Mine, Queue, Take, TakeNext, Watch
from handlers.desk.screens import turning
from handlers.figures import number, short_moment
from handlers.language import _
from handlers.screen import Button, Screen, button, in_pairs, neighbours, rows
from handlers.shared_buttons import ToDesk, work_button
from handlers.ticket_texts import KINDS, STATES
from usecases.desk import MOST_COUNTED, PAGE, Desk
from usecases.ticket_choice import Watched

ANY = "-"


def overview(view: Desk, now: datetime, *, watches: bool) -> Screen:
    """Who waits, what is mine, what is overdue."""
    lines = [
        _("<b>🎧 Desk</b>"),
        _("Waiting: {waiting}\nOverdue: {overdue}\nMine: {mine}").format(
            waiting=_count(view.waiting), overdue=_count(view.overdue), mine=number(view.held)
        ),
        _("To take one by its number, simply write the number or its last digits."),
    ]
    mine = [button(_mine(one, view, now), Lay(ticket=one.id)) for one in view.mine]
    late = button(_("Overdue"), Queue(kind=ANY, lot=ANY, late=True, page=0)) if view.overdue else None
    watch = button(_("Everything in my lots"), Watch(page=0)) if watches else None
    take = button(_("▶️ Take next"), TakeNext(held=view.held)) if view.waiting else None
    all_of_it = button(_("Queue"), Queue(kind=ANY, lot=ANY, late=False, page=0))
    around = neighbours(view.page, range(view.pages), lambda there: Mine(page=there))
    ways = rows(take, *mine, around, (all_of_it, late) if late else all_of_it, watch, _back())
    return Screen("\n\n".join(lines), ways)


def queue(found: Sequence[Ticket], kept: Sequence[Ticket], asked: Queue, lots: Sequence[str], now: datetime) -> Screen:
    """A page of the queue, by deadline; narrowed by kind and lot. `kept`: what this person may not have."""
    lines = [_("<b>Overdue</b>") if asked.late else _("<b>Queue</b>")]
    lines += [_line(one, now) for one in found[:PAGE]] or [_("Nothing waits here.")]
    if kept:
        why = _("Not for you: about a decision or an answer of yours, so a colleague handles it.")
        lines += ["", why, *(_line(one, now) for one in kept)]
    taken = [button(_("Take {number}").format(number=one.number), Take(ticket=one.id)) for one in found[:PAGE]]
    kinds = [button(_chosen(KINDS[kind](), asked.kind == kind), _narrowed(asked, kind=kind)) for kind in KINDS]
    by_lot = tuple(button(_chosen(lot, asked.lot == lot), _narrowed(asked, lot=lot)) for lot in lots)
    around = turning(asked.page, len(found) > PAGE, lambda page: asked.model_copy(update={"page": page}))
    narrowing = [*in_pairs(kinds), by_lot[:4] if len(by_lot) > 1 else ()]
    ways = rows(*taken, *[line for line in narrowing if line], around or None, button(_("Desk"), ToDesk()))
    return Screen("\n".join(lines), ways)


def watched(found: Sequence[Ticket], which: Watched, page: int, now: datetime) -> Screen:
    """What is in one's lots, whoever holds it: ours to answer, their authors', or closed."""
    heads = {
        Watched.OWED: _("<b>Everything in my lots that waits for us</b>"),
        Watched.WAITING: _("<b>Everything in my lots that waits for its author</b>"),
        Watched.CLOSED: _("<b>Everything in my lots that is closed</b>"),
    }
    labels = {Watched.OWED: _("For us"), Watched.WAITING: _("For authors"), Watched.CLOSED: _("Closed ones")}
    kinds = tuple(button(_chosen(label, one is which), Watch(page=0, which=one)) for one, label in labels.items())
    lines = [heads[which]]
    lines += [f"{_line(one, now)} · {STATES[one.state]()}" for one in found[:PAGE]] or [_("Nothing waits here.")]
    look = [button(_("Open {number}").format(number=one.number), Lay(ticket=one.id)) for one in found[:PAGE]]
    around = turning(page, len(found) > PAGE, lambda there: Watch(page=there, which=which))
    return Screen("\n".join(lines), rows(*look, around or None, kinds, button(_("Desk"), ToDesk())))


def _mine(ticket: Ticket, view: Desk, now: datetime) -> str:
    sign = "🔴" if ticket.overdue(now) else "✉️" if ticket.id in view.unread else "•"
    return f"{sign} {ticket.number} · {KINDS[ticket.kind]()} · {STATES[ticket.state]()}"


def _line(ticket: Ticket, now: datetime) -> str:
    sign = "🔴" if ticket.overdue(now) else "•"
    at = ticket.due_by or ticket.closed_at
    when = f" · {short_moment(at)}" if at else ""
    return f"{sign} <b>{ticket.number}</b> · {KINDS[ticket.kind]()}{when}"


def _count(value: int) -> str:
    return _("{count} or more").format(count=number(value)) if value >= MOST_COUNTED else number(value)


def _chosen(label: str, yes: bool) -> str:
    return f"✓ {label}" if yes else label


def _narrowed(asked: Queue, **by: str) -> Queue:
    """The queue narrowed by a kind or a lot; pressed again, wide again."""
    wide = {key: ANY if getattr(asked, key) == value else str(value) for key, value in by.items()}
    return asked.model_copy(update={**wide, "page": 0})


def _back() -> tuple[Button, ...]:
    return (work_button(),)
