"""The screens of "My data"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.consent import Consent, ConsentKind
from handlers.figures import moment, number
from handlers.language import _, ngettext
from handlers.my_data.texts import consent_state, consent_title
from handlers.my_data.value_words import what_was_opened
from handlers.screen import Attachment, Button, Rows, Screen, button, rows
from handlers.shared_buttons import ToLanguages, ToMenu, menu_button
from usecases.my_data import Opening, Sent, Summary

MOST_OPENINGS = 30  # lines; all of them are in the file
MOST_APPLICATIONS = 10  # lines; who applies and withdraws again and again has more


class Look(CallbackData, prefix="d"):
    """Show a screen of "My data"; the empty path is the first one."""

    path: str


class Copy(CallbackData, prefix="dcopy"):
    """Everything, as a file."""


def look(label: str, path: str) -> Button:
    return button(label, Look(path=path))


def overview(view: Summary, consents: Sequence[tuple[ConsentKind, Consent | None]]) -> Screen:
    """What is stored, in a few lines, and everything one can do with it."""
    lines = [
        _("First message: {moment}").format(moment=moment(view.since)),
        _("Check whether you may apply: {moment}").format(moment=moment(view.checked_at)) if view.checked_at else None,
        _draft(view),
        *_applications(view.applications),
        *(f"{consent_title(kind)}: {consent_state(consent)}" for kind, consent in consents),
        _("Requests to a person: {count}").format(count=number(view.requests)) if view.requests else None,
        _("Messages the bot sent by itself: {count}").format(count=number(view.notifications)),
    ]
    stored = "\n".join(f"• {line}" for line in lines if line)
    footer = _(
        "Of your Telegram account its number is stored, and with a request to a person your first name, encrypted: "
        "no picture, no phone number."
    )
    return Screen("\n\n".join([_("<b>My data</b>"), stored, footer]), _doors())


def _doors() -> Rows:
    return rows(
        button(_("Everything in one file"), Copy()),
        (look(_("Correct"), "correct"), look(_("Consents"), "consents")),
        (look(_("Notifications"), "notifications"), button(_("Language"), ToLanguages())),
        look(_("Who opened my data"), "openings"),
        look(_("Erase my data"), "erase"),
        menu_button(),
    )


def _draft(view: Summary) -> str | None:
    if view.draft_touched_at is None:
        return None
    return _("Application being written: {answers} answers, {documents} files, last changed {moment}").format(
        answers=number(view.answers), documents=number(view.documents), moment=moment(view.draft_touched_at)
    )


def _applications(all_of_them: Sequence[Sent]) -> list[str]:
    """The newest, and how many earlier ones the file has."""
    newest_first = sorted(all_of_them, key=lambda one: one.sent_at, reverse=True)
    lines = [_sent(one) for one in newest_first[:MOST_APPLICATIONS]]
    if earlier := len(newest_first) - len(lines):
        lines.append(_("Earlier applications (they are in the file): {count}").format(count=number(earlier)))
    return lines


def _sent(one: Sent) -> str:
    if one.withdrawn_at:
        words = _("Application {number}: sent {sent}, withdrawn {withdrawn}")
        return words.format(number=one.number, sent=moment(one.sent_at), withdrawn=moment(one.withdrawn_at))
    return _("Application {number}: sent {sent}").format(number=one.number, sent=moment(one.sent_at))


def copy(name: str, content: Callable[[], bytes]) -> Screen:
    """The file with everything."""
    text = _(
        "Everything that is stored about you, opened. Your identity number is in it: send this file to nobody.\n\n"
        "The documents are listed; their contents are the files you sent into this chat yourself."
    )
    return Screen(text, rows(look(_("My data"), ""), menu_button()), attachment=Attachment(name, content))


def openings(all_of_them: Sequence[Opening]) -> Screen:
    """Who opened the data: honestly nobody, when nobody did."""
    if all_of_them:
        lines = [f"• {moment(one.at)}: {html.quote(what_was_opened(one.what))}" for one in all_of_them[:MOST_OPENINGS]]
        head = ngettext(
            "Your data was opened {count} time:", "Your data was opened {count} times:", len(all_of_them)
        ).format(count=number(len(all_of_them)))
        text = "\n".join([head, *lines])
    else:
        text = _("So far nobody has opened your data.")
    note = _("Every opening by an employee is written down here with its time. Your own looking is not.")
    return Screen("\n\n".join([_("<b>Who opened my data</b>"), text, note]), back())


def erased() -> Screen:
    """Nothing is left to go back to."""
    text = _(
        "Your data is erased. Files are removed from the storage within the hour.\n\n"
        "This chat itself is on your phone and at Telegram: you can clear it there. "
        "If you write to the bot again, you begin as a newcomer."
    )
    return Screen(text, rows(button(_("Begin anew"), ToMenu())))


def back() -> Rows:
    return rows((look(_("My data"), ""), menu_button()))
