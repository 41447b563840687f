"""Telephone: whom to call since the bot cannot reach them, and who has called us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.call import CallOutcome, CallTask
from domain.contacts import readable
from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action, Member, allowed
from domain.ticket import Ticket, TicketKind, TicketState
from handlers.answer_words import region_name
from handlers.conversation import Press, Turn
from handlers.figures import moment
from handlers.language import _
from handlers.screen import Button, Reply, Screen, button, in_columns, reply, rows
from handlers.shared_buttons import FillForCall, work_button
from handlers.staff.screens import desk_button
from handlers.staff.texts import lot_title
from handlers.ticket_texts import KINDS, content
from usecases import call_tasks, staff
from usecases.call_tasks import Call
from usecases.competitions import running_lots
from usecases.register_call import read_call, regions_of_lot, register_call

ROOM = 900  # characters of each answer that did not arrive
UNKNOWN = "-"
FOCUS = "call:"  # "call:question:19-5:27": the caller's words are being written
CALLERS = (TicketKind.QUESTION, TicketKind.COMPLAINT, TicketKind.APPEAL, TicketKind.TECHNICAL)


class ToCalls(CallbackData, prefix="w_calls"):
    """Whom to call."""


class OpenCall(CallbackData, prefix="w_call"):
    """One of them, with the number."""

    id: int


class NoteCall(CallbackData, prefix="w_called"):
    """What came of the call (a value of domain.call.CallOutcome); `tries` before it, so that none is noted twice."""

    id: int
    outcome: str
    tries: int


class RegisterCall(CallbackData, prefix="w_phone"):
    """Somebody called: choose the kind, the lot, the region (or UNKNOWN), then write."""

    kind: str = ""
    lot: str = ""
    region: str = ""


OUTCOMES: Mapping[CallOutcome, Callable[[], str]] = {
    CallOutcome.REACHED: lambda: _("✅ Told them"),
    CallOutcome.NO_ANSWER: lambda: _("🔁 No answer"),
    CallOutcome.WRONG_NUMBER: lambda: _("✖️ Wrong number"),
}


def see_calls(turn: Turn, _data: object) -> Reply:
    found = call_tasks.calls_due(turn.work, turn.person)
    turn.go(Place.WORK)
    return reply(_list(found))


def open_call(turn: Turn, data: OpenCall) -> Reply:
    call = call_tasks.open_call(turn.work, turn.person, data.id)
    turn.go(Place.WORK)
    return reply(_one(call))


def note_call(turn: Turn, data: NoteCall) -> Reply:
    if data.outcome not in set(CallOutcome):
        raise Refused(Reason.OLD_BUTTON)
    over = call_tasks.note_call(turn.work, turn.person, data.id, CallOutcome(data.outcome), data.tries)
    note = _("Written down.") if over else _("Written down. They are on the list again in two working hours.")
    return see_calls(turn, None).noting(note)


def register(turn: Turn, data: RegisterCall) -> Reply:
    """The kind, the lot and the region where there are several, then the words."""
    staff.demand(turn.work, turn.person, Action.REGISTER_CALL, data.lot or None)
    turn.go(Place.WORK)
    if data.kind not in CALLERS:
        return reply(_kinds())
    lots = _lots(turn)
    if data.lot not in lots and len(lots) != 1:
        return reply(_which_lot(data.kind, lots))
    lot = data.lot if data.lot in lots else lots[0]
    regions = regions_of_lot(lot)
    if data.region not in (*regions, UNKNOWN) and len(regions) > 1:
        return reply(_which_region(data.kind, lot, regions))
    region = data.region if len(regions) > 1 else "".join(regions)
    return turn.at(Place.WORK, f"{FOCUS}{data.kind}:{lot}:{region}")


def take_call(turn: Turn, text: str) -> Reply:
    """The caller's words were written: their ticket."""
    _focus, kind, lot, *rest = turn.person.focus.split(":")
    region = next((one for one in rest if one != UNKNOWN), None)
    ticket = register_call(turn.work, turn.person, lot, TicketKind(kind), read_call(text), region)
    turn.go(Place.WORK)
    return reply(_registered(ticket))


def redraw(turn: Turn) -> Reply | None:
    """The wish for the caller's words, as long as the right is there."""
    _focus, kind, lot, *_region = turn.person.focus.split(":")
    members = staff.members_of(turn.work, turn.person)
    may = any(allowed(one, Action.REGISTER_CALL, lot) for one in members)
    return reply(_ask(TicketKind(kind))) if may else None


def _lots(turn: Turn) -> list[str]:
    """Lots with a competition in which this person registers calls; all of theirs where none of them has one."""
    members = staff.members_of(turn.work, turn.person)
    mine = [lot for lot in sorted(staff.lots()) if _serves(members, lot)]
    running = running_lots(turn.work)
    return [lot for lot in mine if lot in running] or mine


def _serves(members: Sequence[Member], lot: str) -> bool:
    return any(allowed(one, Action.REGISTER_CALL, lot) for one in members)


def _list(found: Sequence[CallTask]) -> Screen:
    if found:
        first = _("The bot cannot reach these people, and something important waits for them.")
        text = "\n".join([first, *(_line(one) for one in found)])
    else:
        text = _("There is nobody to call now.")
    head = _("<b>📞 People to call</b>")
    buttons = [button(one.number, OpenCall(id=one.id)) for one in found]
    return Screen(f"{head}\n\n{text}", (*in_columns(buttons, 2), *rows(work_button())))


def _line(task: CallTask) -> str:
    text = _("• {number}: {why}, since {since}")
    return text.format(number=task.number, why=_why(task), since=moment(task.added_at))


def _one(call: Call) -> Screen:
    tongue = _("speaks Russian") if call.language == "ru" else _("speaks Kazakh")
    lines = [
        _("<b>{name}</b>, {tongue}").format(name=html.quote(call.name) or _("Name not known"), tongue=tongue),
        readable(call.phone) if call.phone else _("No phone number is known: if they write again, ask for it."),
        _about(call.task),
        _("Calls so far: {count}").format(count=call.task.tries),
        _("That you have seen this number is written down."),
    ]
    lines += [f"\n🎫 {one.number}: {content(one.words, ROOM)}" for one in call.unheard]
    outcomes = [
        button(say(), NoteCall(id=call.task.id, outcome=one, tries=call.task.tries)) for one, say in OUTCOMES.items()
    ]
    fill = button(_("📝 Fill in an application with them"), FillForCall(task=call.task.id)) if call.may_fill else None
    return Screen("\n".join(lines), rows(*outcomes, fill, button(_("📞 People to call"), ToCalls())))


def _about(task: CallTask) -> str:
    text = _("Application {number}: {why}") if task.application_id else _("Request {number}: {why}")
    return text.format(number=task.number, why=_why(task))


def _why(task: CallTask) -> str:
    match task.why:
        case Kind.APPLICATION:
            return _("news of the application")
        case Kind.TICKET_REPLY:
            return _("an answer to their request")
        case _other:
            return _("a message")


def _kinds() -> Screen:
    kinds = [button(KINDS[kind](), RegisterCall(kind=kind)) for kind in CALLERS]
    text = _("<b>☎️ Somebody called us</b>\n\nWhat was it about?")
    return Screen(text, rows(*kinds, work_button()))


def _which_lot(kind: str, lots: Sequence[str]) -> Screen:
    buttons: list[Button] = [button(lot_title(lot)[:60], RegisterCall(kind=kind, lot=lot)) for lot in lots]
    return Screen(_("For which lot?"), rows(*buttons, work_button()))


def _which_region(kind: str, lot: str, regions: Sequence[str]) -> Screen:
    named = [button(region_name(one), RegisterCall(kind=kind, lot=lot, region=one)) for one in regions]
    unknown = button(_("They did not say"), RegisterCall(kind=kind, lot=lot, region=UNKNOWN))
    return Screen(_("Which region is the caller from?"), rows(*named, unknown, work_button()))


def _ask(kind: TicketKind) -> Screen:
    text = _(
        "<b>{kind}</b>\n\nWrite in one message, each on a line of its own: the caller's number, their name, then what "
        "they want. Example:\n\n<code>+7 701 000 00 00\nAigerim\nAsks whether part-time students may apply</code>"
    )
    return Screen(text.format(kind=KINDS[kind]()), rows(button(_("Back"), RegisterCall()), work_button()))


def _registered(ticket: Ticket) -> Screen:
    due = moment(ticket.due_by or ticket.opened_at)
    text = _("Registered: <b>{number}</b>. Tell the caller this number. The answer is due by {due}.")
    lines = [text.format(number=ticket.number, due=due)]
    if ticket.state is TicketState.TAKEN:
        lines.append(_("The request is in your hands."))
    again = button(_("☎️ Somebody called us"), RegisterCall())
    return Screen("\n".join(lines), rows((desk_button(), again), work_button()))


PRESSES: Mapping[type[CallbackData], Press] = {
    ToCalls: see_calls,
    OpenCall: open_call,
    NoteCall: note_call,
    RegisterCall: register,
}
