"""The screens of the two consents, and what comes after them."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from domain.consent import VERSION, ConsentKind
from handlers.consent.texts import consent_pages
from handlers.language import _
from handlers.screen import Button, Rows, Screen, button, rows
from handlers.shared_buttons import ToApplication, ToData, menu_button
from usecases.competitions import InForce


class Answer(CallbackData, prefix="consent"):
    """The answer to these words about this competition (0: none is known yet)."""

    kind: ConsentKind
    version: int
    competition: int
    agreed: bool


class Turned(CallbackData, prefix="conpage"):
    """Another page of the words."""

    kind: ConsentKind
    page: int


def ask(kind: ConsentKind, competitions: tuple[InForce, ...], page: int = 0) -> Screen:
    """One page of the words; the answers stand under the last one."""
    texts = consent_pages(kind, competitions)
    page = min(page, len(texts) - 1)
    heading = _heading(kind)
    if len(texts) > 1:
        heading += " " + _("(page {page} of {pages})").format(page=page + 1, pages=len(texts))
    last = page == len(texts) - 1
    under = _answers(kind, competitions) if last else ()
    return Screen(f"<b>{heading}</b>\n\n{texts[page]}", (*_turning(kind, page, last), *under, (menu_button(),)))


def done(*, publication: bool) -> Screen:
    """Both questions are answered."""
    if publication:
        answer = _("Your name and project may be published with the results.")
    else:
        answer = _("Your name will not be published: only the number of your application will be shown.")
    text = _("Thank you, your answers are kept. {publication}\n\nBoth can be changed in “My data” at any time.")
    buttons = rows(button(_("To the application"), ToApplication()), (button(_("My data"), ToData()), menu_button()))
    return Screen(text.format(publication=answer), buttons)


def nothing_to_ask() -> Screen:
    """No competition is taking applications: nobody needs anybody's data."""
    text = _("No competition is taking applications now, so no personal data is asked for, and no consent.")
    return Screen(text, rows(menu_button()))


def not_now() -> str:
    return _("All right. Nothing was saved. The questions and answers stay open to you; come back when you like.")


def _heading(kind: ConsentKind) -> str:
    match kind:
        case ConsentKind.PROCESSING:
            return _("1 of 2. Consent to keep your personal data")
        case ConsentKind.PUBLICATION:
            return _("2 of 2. Consent to publish (as you like)")


def _answers(kind: ConsentKind, competitions: tuple[InForce, ...]) -> Rows:
    about = competitions[0].id if len(competitions) == 1 else 0
    yes = Answer(kind=kind, version=VERSION, competition=about, agreed=True)
    no = Answer(kind=kind, version=VERSION, competition=about, agreed=False)
    refuse = _("Not now") if kind is ConsentKind.PROCESSING else _("Do not publish")
    agree = _("I agree") if kind is ConsentKind.PROCESSING else _("You may publish")
    return rows(button(agree, yes), button(refuse, no))


def _turning(kind: ConsentKind, page: int, last: bool) -> Rows:
    turns: list[Button] = []
    if page:
        turns.append(button(_("Back"), Turned(kind=kind, page=page - 1)))
    if not last:
        turns.append(button(_("Read on"), Turned(kind=kind, page=page + 1)))
    return (tuple(turns),) if turns else ()
