"""Questions about an answer before it is taken: an IIN read back, a foreign number, words after a long pause."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.contacts import readable
from domain.draft import Doubt, Pending
from domain.identity import birth_date_of, grouped
from handlers.application.buttons import Confirm, Deny, TakeWords
from handlers.figures import day
from handlers.language import _
from handlers.screen import Button, Rows, Screen, button, rows
from usecases.drafts import Draft

SHOWN = 30  # characters of typed words on a button


def doubt(pending: Pending, draft: Draft, navigation: Rows) -> Screen:
    """The question about what waits, with yes and no."""
    answers = rows(
        (
            button(_("Yes, that is right"), Confirm(key=pending.key)),
            button(_("No, write again"), Deny(key=pending.key)),
        )
    )
    return Screen(_text(pending, draft), (*answers, *navigation[-1:]))


def long_away() -> str:
    return _("Welcome back! Everything you wrote is saved. This is where we stopped:")


def take_words(pending: Pending) -> Button:
    """What was typed after a long pause can still be the answer."""
    words = " ".join(str(pending.value).split())
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
    return button(_("Take “{words}” as the answer").format(words=shown), TakeWords(key=pending.key))


def _text(pending: Pending, draft: Draft) -> str:
    match pending.doubt:
        case Doubt.FOREIGN_PHONE:
            text = _("This number is from another country: <code>{phone}</code>. Is it right?")
            return text.format(phone=readable(pending.value))
        case Doubt.OTHERS_CONTACT:
            text = _("This is the contact of another person: <code>{phone}</code>. Shall I take it as your number?")
            return text.format(phone=readable(pending.value))
        case _other:
            return _iin_or_date(pending, draft)


def _iin_or_date(pending: Pending, draft: Draft) -> str:
    answers: dict[str, Any] = {**draft.answers, pending.key: pending.value}
    read_back = _("Please compare with your ID card, digit by digit:\n\n<code>{iin}</code>\n\nIs it right?")
    if pending.doubt is Doubt.READ_BACK:
        return read_back.format(iin=grouped(answers["iin"]))
    suggested = birth_date_of(answers["iin"])
    assert suggested
    return _(
        "Your IIN is <code>{iin}</code>, and its digits suggest {suggested}. Your date of birth is {written}. "
        "That happens and is not an error; I only ask: is what you wrote right?"
    ).format(
        iin=grouped(answers["iin"]),
        suggested=day(suggested),
        written=day(date.fromisoformat(answers["birth_date"])),
    )
