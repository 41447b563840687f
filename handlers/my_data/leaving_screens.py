"""Screens where data leaves: correcting, taking a consent back, erasing. Each says first what will follow."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.competition import Competition
from domain.consent import Consent, ConsentKind
from domain.contacts import readable
from domain.local_time import local_day
from handlers.figures import day
from handlers.language import _, words
from handlers.my_data.screens import back, look
from handlers.my_data.texts import consent_state, consent_title
from handlers.screen import Button, Screen, button, rows
from handlers.shared_buttons import ToCheck, ToReview, ToStatus, menu_button
from usecases.erase_person import Staying
from usecases.my_data import Summary
from usecases.withdraw_consent import Consequence


class Withdraw(CallbackData, prefix="forget"):
    """Take this consent back: the last press, after what follows was said."""

    kind: ConsentKind


class Give(CallbackData, prefix="dgive"):
    """Read the words of this consent again, and answer them anew."""

    kind: ConsentKind


class Erase(CallbackData, prefix="erase"):
    """Erase for ever: the last press."""


def correct(view: Summary, organiser: Competition | None) -> Screen:
    """What can be corrected, and by whom."""
    parts, doors = [_("<b>Correct my data</b>")], list[Button]()
    if view.draft_touched_at:
        parts.append(_("Your application is not sent yet: every answer and file can be changed in the review."))
        doors.append(button(_("To the review"), ToReview()))
    if any(one.withdrawn_at is None for one in view.applications):
        parts.append(_sent_words(organiser))
        doors.append(button(_("My application"), ToStatus()))
    if view.checked_at:
        parts.append(_("The check whether you may apply can be answered anew at any time."))
        doors.append(button(_("May I apply?"), ToCheck()))
    if not doors:
        parts.append(_("There is nothing to correct yet: you have given no answers."))
    return Screen("\n\n".join(parts), (*rows(*doors), *back()))


def _sent_words(organiser: Competition | None) -> str:
    text = _(
        "Your application is sent, and what was sent is not changed behind the commission's back. While applications "
        "are open you can withdraw it, correct it and send it anew. After that the organiser corrects a phone number "
        "or a misspelt name at your request, and returns the application if something in it must be mended."
    )
    if organiser is None:
        return text
    named = _("Organiser: {name}, {phone}")
    return f"{text}\n\n" + named.format(
        name=html.quote(words(organiser.organiser)), phone=readable(organiser.call_centre.phone)
    )


def consents(standing: Sequence[tuple[ConsentKind, Consent | None]]) -> Screen:
    """Both consents, each with what can be done."""
    lines = [f"<b>{consent_title(kind)}</b>\n{consent_state(one)}" for kind, one in standing]
    text = "\n\n".join([_("You can take a consent back at any time. First you will see what follows from it."), *lines])
    return Screen(text, (*rows(*(_consent_button(kind, one) for kind, one in standing)), *back()))


def _consent_button(kind: ConsentKind, one: Consent | None) -> Button:
    given = one is not None and one.agreed
    if given:
        label = _("Withdraw: keeping data") if kind is ConsentKind.PROCESSING else _("Withdraw: publishing")
        return look(label, f"withdraw/{kind}")
    label = _("Read and give: keeping data") if kind is ConsentKind.PROCESSING else _("Read and give: publishing")
    return button(label, Give(kind=kind))


def withdraw(kind: ConsentKind, follows: Consequence) -> Screen:
    """What taking this consent back means, before it is done."""
    parts = [_("<b>Withdraw the consent: {consent}</b>").format(consent=consent_title(kind)), *_follows(kind, follows)]
    buttons = rows(button(_("Withdraw"), Withdraw(kind=kind)), look(_("Leave it as it is"), "consents"))
    return Screen("\n\n".join(parts), buttons)


def _follows(kind: ConsentKind, follows: Consequence) -> list[str]:
    if kind is ConsentKind.PUBLICATION:
        return [
            _("Your name and project will be taken off our pages; the number of your application stays there instead."),
            _("Neither points nor results change. What others have copied is beyond our reach."),
        ]
    parts = [_("No new data of yours will be taken; for another application you will be asked again.")]
    if follows.draft:
        parts.append(_("The application you are writing will be erased, with its files. This cannot be undone."))
    if follows.withdrawn:
        numbers = ", ".join(follows.withdrawn)
        parts.append(
            _("Your application {numbers} will be withdrawn and will not be considered.").format(numbers=numbers)
        )
    return [*parts, *stays(follows.staying)]


def withdrawn(kind: ConsentKind) -> str:
    return _("The consent is withdrawn: {consent}.").format(consent=consent_title(kind))


def erase(view: Summary, staying: Sequence[Staying]) -> Screen:
    """The first question: what goes, and what must stay, and why."""
    parts = [
        _("<b>Erase my data</b>"),
        _("Checks, unsent and withdrawn applications, files, requests, messages and consents will be erased for ever."),
    ]
    kept = {one.number for one in staying}
    leaving = [one.number for one in view.applications if not one.withdrawn_at and one.number not in kept]
    if leaving:
        gone = _("Your application {numbers} goes too, and takes no part in the competition any more.")
        parts.append(gone.format(numbers=", ".join(leaving)))
    buttons = rows(look(_("Erase"), "erase/sure"), look(_("Keep everything"), ""))
    return Screen("\n\n".join([*parts, *stays(staying)]), buttons)


def sure() -> Screen:
    """The second question."""
    text = _("Are you quite sure? After this press nobody can bring your data back, neither you nor we.")
    return Screen(text, rows(button(_("Yes, erase for ever"), Erase()), look(_("No, keep everything"), "")))


def erased_but(staying: Sequence[Staying]) -> Screen:
    """Erased, but for what had to stay."""
    text = _("Everything else is erased. Files are removed from the storage within the hour.")
    return Screen("\n\n".join([text, *stays(staying)]), rows(look(_("My data"), ""), menu_button()))


def stays(staying: Sequence[Staying]) -> list[str]:
    """What must stay and why, if anything."""
    words_of_one = _(
        "Application {number} stays (last day: {day}): the selection has begun, others are ranked against it, and the "
        "protocol must be kept. Only what the selection needs is kept, with the consents and your account's number, "
        "so that you can be told the outcome."
    )
    return [words_of_one.format(number=one.number, day=day(local_day(one.until))) for one in staying]
