"""An operator fills in an application for a caller: the applicant's own questions, on a draft of the office's.

Focus: "7" the question asked now · "7:all" what is written · "7:page:2" · "7:drop". A button of the form is packed
into one that says which assistance it belongs to, so that it can never touch the operator's own application.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from aiogram import html
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from domain.assistance import Assistance, AssistState
from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.application import assisting_screens as screens
from handlers.application import buttons as b
from handlers.application import routes
from handlers.application.going import here, writing
from handlers.conversation import Conversation, Press, Turn
from handlers.language import _
from handlers.screen import SILENCE, Reply, Screen, button, reply, rows
from handlers.shared_buttons import EditAnswer, FillFor, FillForCall, ToDesk
from usecases import assist, begin_assistance
from usecases.assist import Typed
from usecases.fill_draft import touch

FORM = (
    *(b.Choose, b.Tick, b.Ticked, b.Skip, b.Keep, b.Back, b.Confirm, b.Deny, b.TakeWords, EditAnswer),
    *(b.AddRow, b.OpenRow, b.EditCell, b.RemoveRow, b.TurnPage, b.FinishTable),
)
PAUSE = b.Pause.__prefix__
SEPARATOR = "|"  # between the parts of the packed button, since ":" parts the outer one


class Theirs(CallbackData, prefix="fa"):
    """A button of the form, pressed for the caller."""

    id: int
    data: str


def conversation() -> Conversation:
    return Conversation(
        place=Place.ASSIST,
        presses={
            FillFor: begin,
            FillForCall: begin_for_call,
            Theirs: press,
            screens.Resume: lambda turn, data: _show(turn, data.id),
            screens.Overview: lambda turn, data: _show(turn, data.id, ":all"),
            screens.ShowPage: lambda turn, data: _show(turn, data.id, f":page:{data.page}"),
            screens.HandOver: hand_over,
            screens.TakeBack: take_back,
            screens.Drop: drop,
            screens.ToTicketOf: to_ticket,
        },
        words=words,
        redraw=redraw,
        notices={Kind.ASSIST_ENDED: ended},
    )


def begin(turn: Turn, data: FillFor) -> Reply:
    """From a request on the desk. Refused as `begin_assistance.begin_for_ticket`."""
    found = begin_assistance.begin_for_ticket(turn.work, turn.person, data.ticket, data.lot)
    if isinstance(found, tuple):
        return reply(screens.choose_lot(data.ticket, found))
    return turn.at(Place.ASSIST, str(found)).noting(screens.begun(), alarm=True)


def begin_for_call(turn: Turn, data: FillForCall) -> Reply:
    """From the list of calls. Refused as `begin_assistance.begin_for_call`."""
    found = begin_assistance.begin_for_call(turn.work, turn.person, data.task)
    return turn.at(Place.ASSIST, str(found)).noting(screens.begun(), alarm=True)


def press(turn: Turn, data: Theirs) -> Reply:
    """A step of the form in the caller's application. Refused as the step, or as `assist.writable`."""
    inner = data.data.replace(SEPARATOR, ":")
    turn.assisting = data.id
    if inner.partition(":")[0] == PAUSE:
        return _show(turn, data.id, ":all")
    kind, step = _form().get(inner.partition(":")[0], (None, None))
    if kind is None or step is None:
        raise Refused(Reason.OLD_BUTTON)
    try:
        unpacked = kind.unpack(inner)
    except (TypeError, ValueError) as error:
        raise Refused(Reason.OLD_BUTTON) from error
    return _theirs(turn, data.id, step(turn, unpacked))


def words(turn: Turn, message: Message) -> Reply:
    """Typed words: the answer to the question asked now, or the code that the caller dictates."""
    key, what = _focus(turn)
    if assist.prepared(turn.work, turn.person, key).assistance.state is AssistState.OFFERED:
        return _confirm(turn, key, message.text or "")
    if what:
        return turn.current().noting(_("Please choose one of the buttons."))
    turn.assisting = key
    return _theirs(turn, key, routes.words(turn, message))


def redraw(turn: Turn) -> Reply:
    """What the focus says, from the database alone; the desk when it is over."""
    try:
        key, what = _focus(turn)
        return _theirs(turn, key, _drawn(turn, key, what))
    except Refused:
        return turn.at(Place.DESK)


def hand_over(turn: Turn, data: screens.HandOver) -> Reply:
    assist.hand_over(turn.work, turn.person, data.id)
    return turn.at(Place.ASSIST, f"{data.id}:all")


def take_back(turn: Turn, data: screens.TakeBack) -> Reply:
    assist.take_back(turn.work, turn.person, data.id)
    return turn.at(Place.ASSIST, f"{data.id}:all")


def drop(turn: Turn, data: screens.Drop) -> Reply:
    """Ask first."""
    if not data.sure:
        return _show(turn, data.id, ":drop")
    one = assist.drop(turn.work, turn.person, data.id)
    return _to_desk(turn, one).noting(_("It is erased."))


def to_ticket(turn: Turn, data: screens.ToTicketOf) -> Reply:
    """What is written stays; the button there leads back to it."""
    return _to_desk(turn, assist.prepared(turn.work, turn.person, data.id).assistance)


def ended(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """The caller has taken it over, does not want it, or has what a colleague filled in."""
    found = assist.ended(turn.work, turn.person, facts["assistance"])
    if found is None:
        return SILENCE
    state, name = found
    said = {
        AssistState.TAKEN: _("✅ {name} has taken over what you filled in. They send it themselves."),
        AssistState.DECLINED: _("{name} does not want what you filled in: it is erased."),
        AssistState.DROPPED: _(
            "{name} has opened with a code what a colleague filled in. What you filled in for them is erased."
        ),
    }
    if state not in said:
        return SILENCE
    text = said[state].format(name=html.quote(name) or _("The caller"))
    return reply(Screen(text, rows(button(_("Desk"), ToDesk()))))


def _show(turn: Turn, key: int, where: str = "") -> Reply:
    """Go there. Refused as `assist.prepared`."""
    assist.prepared(turn.work, turn.person, key)
    return turn.at(Place.ASSIST, f"{key}{where}")


def _to_desk(turn: Turn, one: Assistance) -> Reply:
    """To the request that it began with, if there is one."""
    return turn.at(Place.DESK, f"t:{one.ticket_id}" if one.ticket_id else "")


def _drawn(turn: Turn, key: int, what: str) -> Reply:
    view = assist.prepared(turn.work, turn.person, key)
    if view.assistance.state is AssistState.OFFERED:
        return reply(screens.offered(view))
    if what == "drop":
        return reply(screens.ask_drop(view))
    if what.startswith("page:"):
        return reply(screens.page(view, int(what.removeprefix("page:"))))
    turn.assisting = key
    draft = touch(turn.work, writing(turn))
    return here(turn, draft) if draft.cursor.key and not what else reply(screens.overview(view))


def _confirm(turn: Turn, key: int, typed: str) -> Reply:
    """The code from the caller's chat. Refused(CONSENT_IN_CHAT)."""
    view = assist.prepared(turn.work, turn.person, key)
    match assist.confirm(turn.work, turn.person, key, typed):
        case Typed.RIGHT:
            note = _("✅ Confirmed. The answers stand in the caller's application; the rest is up to them.")
            return _to_desk(turn, view.assistance).noting(note)
        case Typed.WRONG:
            return turn.current().noting(_("That is not the code. Please ask once more."))
        case Typed.VOID:
            return turn.current().noting(_("No code is valid any more. Take it back and hand it over once more."))


def _theirs(turn: Turn, key: int, answer: Reply) -> Reply:
    """Every button of the form belongs to this assistance, and the screen says whose application it is."""
    shown = tuple(_packed(turn, key, screen) for screen in answer.screens)
    return replace(answer, screens=shown)


def _packed(turn: Turn, key: int, screen: Screen) -> Screen:
    form = {*_form(), PAUSE}
    mine = [one for line in screen.buttons for one in line if (one.data or "").partition(":")[0] in form]
    if not mine:
        return screen
    packed = {one: button(one.label, Theirs(id=key, data=(one.data or "").replace(":", SEPARATOR))) for one in mine}
    buttons = tuple(tuple(packed.get(one, one) for one in line) for line in screen.buttons)
    head = screens.header(assist.prepared(turn.work, turn.person, key))
    text = screen.text if screen.text.startswith(head) else f"{head}\n{screen.text}"
    return replace(screen, text=text, buttons=buttons)


@cache
def _form() -> dict[str, tuple[type[CallbackData], Press]]:
    """The presses of the form that an operator may make for somebody."""
    presses = routes.conversation().presses
    return {kind.__prefix__: (kind, presses[kind]) for kind in FORM}


def _focus(turn: Turn) -> tuple[int, str]:
    """Which assistance, and where in it. Refused(OLD_BUTTON)."""
    key, _colon, what = turn.person.focus.partition(":")
    if not key.isdecimal():
        raise Refused(Reason.OLD_BUTTON)
    return int(key), what
