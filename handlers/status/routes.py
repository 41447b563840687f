"""The status of a sent application. `focus` of the place: "12" (its id), "12:receipt", "12:withdraw", or empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import Conversation, Turn
from handlers.language import _
from handlers.screen import Attachment, Reply, Screen, reply
from handlers.shared_buttons import ToStatus
from handlers.status import screens
from handlers.status.paper import paper_bytes
from handlers.status.paper_words import paper_of
from handlers.status.screens import (
    AskWithdraw,
    KeepReceipt,
    SendPaper,
    ShowReceipt,
    ShowStatus,
    Withdraw,
    WriteAnew,
)
from usecases.change_application import withdraw_application
from usecases.competitions import taking_applications
from usecases.drafts import open_draft
from usecases.own_applications import Standing, sent_answers, standing_of
from usecases.write_anew import write_anew


def conversation() -> Conversation:
    return Conversation(
        place=Place.STATUS,
        commands={"status": lambda turn, rest: turn.at(Place.STATUS)},
        presses={
            ToStatus: lambda turn, data: turn.at(Place.STATUS),
            ShowStatus: lambda turn, data: _at(turn, data.application),
            KeepReceipt: lambda turn, data: replace(_at(turn, data.application), fresh=True),
            ShowReceipt: lambda turn, data: _at(turn, data.application, "receipt"),
            AskWithdraw: lambda turn, data: _at(turn, data.application, "withdraw"),
            Withdraw: withdraw,
            WriteAnew: begin_anew,
            SendPaper: send_paper,
        },
        redraw=redraw,
        notices={Kind.APPLICATION: news},
    )


def redraw(turn: Turn) -> Reply:
    """What the focus says, from the database alone."""
    key, _colon, part = turn.person.focus.partition(":")
    view = standing_of(turn.work, turn.person, int(key) if key else None)
    if view is None:
        begun = open_draft(turn.work, turn.person) is not None
        return reply(screens.nothing_sent(begun=begun, taking=taking_applications(turn.work)))
    return reply(PARTS.get(part, _status)(turn, view))


def withdraw(turn: Turn, data: Withdraw) -> Reply:
    withdraw_application(turn.work, turn.person, data.application)
    return _at(turn, data.application).noting(_("The application is taken back."))


def begin_anew(turn: Turn, data: WriteAnew) -> Reply:
    """A new draft from the withdrawn application, and on to looking it through; first the consent, if taken back."""
    try:
        write_anew(turn.work, turn.person, data.application)
    except Refused as refused:
        if refused.reason is not Reason.NO_CONSENT:
            raise
        return turn.at(Place.CONSENT)
    return turn.at(Place.REVIEW)


def send_paper(turn: Turn, data: SendPaper) -> Reply:
    """The answers as a PDF, made after the commit from words alone."""
    paper = paper_of(sent_answers(turn.work, turn.person, data.application), turn.work.now)
    number = paper.number
    file = Attachment(f"{number}.pdf", partial(paper_bytes, paper))
    return reply(Screen(screens.paper_caption(number), attachment=file), fresh=True)


def news(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """The application has moved: where it is now (which may be further than when this was queued)."""
    view = standing_of(turn.work, turn.person, facts["application"])
    assert view
    return reply(screens.news(view))


def _at(turn: Turn, application: int, part: str = "") -> Reply:
    if standing_of(turn.work, turn.person, application) is None:
        raise Refused(Reason.NOT_FOUND)
    return turn.at(Place.STATUS, f"{application}:{part}" if part else str(application))


def _status(_turn: Turn, view: Standing) -> Screen:
    return screens.status(view)


def _receipt(turn: Turn, view: Standing) -> Screen:
    return screens.receipt(sent_answers(turn.work, turn.person, view.application.id), view)


def _ask_withdraw(_turn: Turn, view: Standing) -> Screen:
    """The question; where it can no longer be asked, the status that says why."""
    return screens.ask_withdraw(view) if view.may_withdraw else screens.status(view)


PARTS: dict[str, Callable[[Turn, Standing], Screen]] = {"receipt": _receipt, "withdraw": _ask_withdraw}
