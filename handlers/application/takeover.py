"""The applicant takes over what an operator has filled in: from a notification, a link, or a code typed in the menu."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from aiogram.types import Message

from domain.notification import Kind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.application import takeover_screens as screens
from handlers.conversation import Conversation, Turn
from handlers.language import _, ngettext
from handlers.screen import SILENCE, Reply, Screen, button, reply, rows
from handlers.shared_buttons import ToReview
from usecases.take_over import choose, decline, offer, redeem, take_over

CODE = re.compile(r"\d{4}[\s-]?\d{4}")  # as it is dictated, or copied from the message


def conversation() -> Conversation:
    return Conversation(
        place=Place.TAKEOVER,
        commands={"code": code_typed},
        links={"fill_": code_typed},
        presses={
            screens.See: lambda turn, data: turn.at(Place.TAKEOVER, str(data.id)),
            screens.Prefer: prefer,
            screens.Take: take,
            screens.Decline: declined,
        },
        words=words,
        redraw=redraw,
        notices={Kind.ASSISTED: offered},
        ahead=ahead,
    )


def redraw(turn: Turn) -> Reply:
    """The offer; the menu when it is over."""
    key, _colon, what = turn.person.focus.partition(":")
    found = offer(turn.work, turn.person, int(key)) if key.isdecimal() else None
    if found is None:
        return turn.at(Place.MENU)
    return reply(screens.ask_decline(found) if what else screens.offered(found))


def offered(turn: Turn, facts: Mapping[str, Any]) -> Reply:
    """The call centre has filled something in; or their code has confirmed it."""
    if "taken" in facts:
        return reply(Screen(_taken(facts["taken"]), rows(button(_("Look through and send"), ToReview()))))
    found = offer(turn.work, turn.person, facts["assistance"])
    return reply(screens.offered(found)) if found else SILENCE


def ahead(turn: Turn, message: Message) -> Reply | None:
    """Eight digits in the menu are a code: nothing else there is."""
    text = (message.text or "").strip()
    return code_typed(turn, text) if turn.person.place is Place.MENU and CODE.fullmatch(text) else None


def code_typed(turn: Turn, text: str) -> Reply:
    """A code that the call centre has dictated or sent."""
    found = redeem(turn.work, turn.person, re.sub(r"\D", "", text))
    if found.assistance_id is not None:
        return turn.at(Place.TAKEOVER, str(found.assistance_id))
    if not found.tries_left:
        return turn.current().noting(_("That were too many wrong codes. Please try again in an hour."))
    return turn.current().noting(_("I do not know this code, or it is no longer valid. Please ask the call centre."))


def prefer(turn: Turn, data: screens.Prefer) -> Reply:
    choose(turn.work, turn.person, data.id, data.key, theirs=data.theirs)
    return turn.at(Place.TAKEOVER, str(data.id))


def take(turn: Turn, data: screens.Take) -> Reply:
    """Into their own application; first the consent where it is missing."""
    try:
        count = take_over(turn.work, turn.person, data.id)
    except Refused as refused:
        if refused.reason is not Reason.NO_CONSENT:
            raise
        note = _("First your consent. Then press “To the application”: what the call centre wrote down waits there.")
        return turn.at(Place.CONSENT).noting(note)
    return turn.at(Place.REVIEW).noting(_taken(count))


def declined(turn: Turn, data: screens.Decline) -> Reply:
    """Ask first."""
    if not data.sure:
        return turn.at(Place.TAKEOVER, f"{data.id}:no")
    decline(turn.work, turn.person, data.id)
    return turn.at(Place.MENU).noting(_("It is erased. Your own answers stay as they were."))


def words(turn: Turn, message: Message) -> Reply:
    """Nothing is typed here, but for one's code once more."""
    text = (message.text or "").strip()
    return (
        code_typed(turn, text)
        if CODE.fullmatch(text)
        else turn.current().noting(_("Please choose one of the buttons."))
    )


def _taken(count: int) -> str:
    text = ngettext(
        "{count} answer stands in your application now, marked ☎️. Please look through it.",
        "{count} answers stand in your application now, marked ☎️. Please look through them.",
        count,
    )
    return text.format(count=count)
