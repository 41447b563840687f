"""The words of every reason a rule may refuse with: what was wrong and what is wanted instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiogram import html

from domain.refusal import Reason, Refused
from handlers.answer_words import region_name
from handlers.figures import money, number, size, until
from handlers.language import _, ngettext

Facts = Mapping[str, Any]
HEIC = frozenset({"heic", "heif"})  # what iPhones make of pictures


def refusal_words(refused: Refused) -> str:
    """One or two sentences in the language of the screen."""
    return WORDS[refused.reason](refused.facts)


def _too_long(facts: Facts) -> str:
    return ngettext(
        "That is too long: {length} characters, and at most {limit} fit. Please make it shorter.",
        "That is too long: {length} characters, and at most {limit} fit. Please make it shorter.",
        facts["length"],
    ).format(length=number(facts["length"]), limit=number(facts["limit"]))


def _unclear(facts: Facts) -> str:
    if len(facts["candidates"]) == 1:
        return _("I am not sure which region you mean. Perhaps this one?")
    return _("Several regions are called so. Please choose one.")


def _too_short(facts: Facts) -> str:
    return _("Please say a little more: at least {limit} characters.").format(limit=number(facts["limit"]))


def _formats(facts: Facts) -> str:
    return ", ".join(facts["formats"])


def _wrong_type(facts: Facts) -> str:
    if facts.get("sent") in HEIC:
        return _("A HEIC picture cannot be taken as a file. Send it once more as a photo, not as a file.")
    return _("Files of this type cannot be taken. Send one of these: {formats}.").format(formats=_formats(facts))


def _not_what_it_says(facts: Facts) -> str:
    if facts.get("sent") in HEIC:
        return _("A HEIC picture cannot be taken as a file. Send it once more as a photo, not as a file.")
    return _("The file is not what its name says. Send a real file of one of these types: {formats}.").format(
        formats=_formats(facts)
    )


WORDS: dict[Reason, Callable[[Facts], str]] = {
    Reason.EMPTY: lambda f: _("I got an empty message. Please write your answer."),
    Reason.TOO_LONG: _too_long,
    Reason.TOO_SHORT: _too_short,
    Reason.NOT_A_CHOICE: lambda f: _("Please choose one of the buttons."),
    Reason.NOTHING_TICKED: lambda f: _("Please tick at least one."),
    Reason.WORDS_WANTED: lambda f: _("Here I need words. Please write your answer."),
    Reason.FILE_WANTED: lambda f: _("Here I need a file or a photo."),
    Reason.NOT_A_NAME: lambda f: _("A name is written with letters only, as on your ID card."),
    Reason.NOT_AN_EMAIL: lambda f: _("This does not look like an e-mail address. Example: aigerim@example.kz"),
    Reason.NOT_A_PHONE: lambda f: _("This does not look like a phone number. Example: +7 701 000 00 00"),
    Reason.FOREIGN_PHONE: lambda f: _("This number is not from Kazakhstan. Is it right?"),
    Reason.NOT_A_NUMBER: lambda f: _("Please write a number in digits. Example: 25"),
    Reason.NOT_WHOLE: lambda f: _("Please write whole tenge, without a fraction."),
    Reason.NUMBER_TOO_SMALL: lambda f: _("The number must be at least {limit}.").format(limit=number(f["limit"])),
    Reason.NUMBER_TOO_BIG: lambda f: _("The number must be at most {limit}.").format(limit=number(f["limit"])),
    Reason.NOT_A_DATE: lambda f: _("I could not read the date. Write day, month and year, like this: 04.05.2001"),
    Reason.IMPOSSIBLE_DATE: lambda f: _("There is no such day in the calendar: {written}.").format(
        written=html.quote(f["written"])
    ),
    Reason.AMBIGUOUS_YEAR: lambda f: _("Please write the year with four digits, like this: 04.05.2001"),
    Reason.DATE_IN_FUTURE: lambda f: _("This day has not come yet. Please check the year."),
    Reason.DATE_TOO_OLD: lambda f: _("This is more than 120 years ago. Please check the year."),
    Reason.BEFORE_PROGRAMME: lambda f: _("The programme began in {year}. Please check the year.").format(
        year=f["year"]
    ),
    Reason.LINK_TWICE: lambda f: _("This address stands already in entry No. {number}.").format(number=f["number"]),
    Reason.IIN_LENGTH: lambda f: _("An IIN has 12 digits; I counted {digits}.").format(digits=f["digits"]),
    Reason.IIN_CHECK_DIGIT: lambda f: _("One of the digits seems to be mistyped. Please compare with your ID card."),
    Reason.IIN_BIRTH_DATE: lambda f: _("The first six digits of an IIN are a birth date; these are not a date."),
    Reason.IIN_TAKEN: lambda f: _(
        "There is already an application with this IIN in this competition. "
        "If you did not send it, write to the call centre."
    ),
    Reason.UNKNOWN_REGION: lambda f: _("I do not know such a region. Write its name or choose a button."),
    Reason.REGION_ELSEWHERE: lambda f: _(
        "This competition is not for {region}: it is for {regions}. Please choose one of the buttons."
    ).format(region=region_name(f["region"]), regions=", ".join(map(region_name, f["regions"]))),
    Reason.REGION_UNCLEAR: _unclear,
    Reason.TOO_MANY_ROWS: lambda f: _("There can be at most {limit} lines.").format(limit=number(f["limit"])),
    Reason.OVER_MAXIMUM: lambda f: _(
        "The budget comes to {total}, and a grant is at most {maximum}. Please reduce it."
    ).format(total=money(f["total"]), maximum=money(f["maximum"])),
    Reason.FILE_TOO_BIG: lambda f: _("The file is too big: {size}, and at most {limit} can be sent.").format(
        size=size(f["size"]), limit=size(f["limit"])
    ),
    Reason.FILE_EMPTY: lambda f: _("The file is empty. Please send it once more."),
    Reason.FILE_TYPE: _wrong_type,
    Reason.FILE_NOT_WHAT_IT_SAYS: _not_what_it_says,
    Reason.FILE_BROKEN: lambda f: _("The file is damaged or did not arrive whole. Please send it once more."),
    Reason.FILE_GONE: lambda f: _("Telegram did not give me the file. Please send it once more."),
    Reason.FILE_TWICE: lambda f: _("This file is already here. If there is another page, please send that one."),
    Reason.TOO_MANY_FILES: lambda f: _("At most {limit} files fit here. Remove one first.").format(
        limit=number(f["limit"])
    ),
    Reason.PICTURE_TOO_SMALL: lambda f: _(
        "The picture is too small to read ({width}×{height}). Please photograph the whole page once more, closer."
    ).format(width=f["width"], height=f["height"]),
    Reason.NO_CONSENT: lambda f: _("First I need your consent to keep your personal data."),
    Reason.NOT_OPEN: lambda f: _("No competition is taking applications now."),
    Reason.INTAKE_CLOSED: lambda f: _("Applications closed on {closed_at}. What you wrote is kept.").format(
        closed_at=until(f["closed_at"])
    ),
    Reason.INCOMPLETE: lambda f: _("Something is still missing. I have listed it below."),
    Reason.ALREADY_SENT: lambda f: _("Your application is already sent. Its number is {number}.").format(
        number=f["number"]
    ),
    Reason.NOT_A_MOVE: lambda f: _("This cannot be done with the application any more."),
    Reason.WITHDRAWAL_CLOSED: lambda f: _(
        "Applications closed on {closed_at}. Until then an application could be withdrawn; now it takes part in "
        "the selection. If you have changed your mind, tell the organiser."
    ).format(closed_at=until(f["closed_at"])),
    Reason.NOT_FOUND: lambda f: _("There is nothing like that any more. Here is where you are."),
    Reason.TOO_LATE: lambda f: _("It is too late for that."),
    Reason.OLD_BUTTON: lambda f: _("This button is old. Here is where you are now."),
    Reason.NOT_A_STEP: lambda f: _("This cannot be done with the request as it is now."),
    Reason.NOTHING_WAITS: lambda f: _("Nothing waits in your queue now."),
    Reason.HELD_BY_ANOTHER: lambda f: _("{number} has been taken by a colleague.").format(number=f["number"]),
    Reason.NOT_HELD: lambda f: _("Take {number} first: nobody else must be answering it.").format(number=f["number"]),
    Reason.NUMBER_UNCLEAR: lambda f: _("Several requests end with these digits. Please write the whole number."),
    Reason.OWN_TICKET: lambda f: _("This request is your own: a colleague handles it."),
    Reason.ABOUT_YOU: lambda f: _("This is about a decision or an answer of yours: a colleague handles it."),
    Reason.NOTHING_SAID: lambda f: _("First write the words, in each language it is sent in."),
    Reason.NOBODY_MEANT: lambda f: _("Nobody belongs to this: there is nobody to send it to."),
    Reason.OWN_ANNOUNCEMENT: lambda f: _("This announcement is your own: a colleague approves it."),
    Reason.CHANGED_SINCE: lambda f: _(
        "It has changed since you were shown it, so nothing was decided. Please look at it as it is now."
    ),
    Reason.NOT_A_LINK: lambda f: _("This does not look like a link. Example: https://example.kz"),
    Reason.NOT_A_LIST: lambda f: _("I found no numbers of applications or telephones in it."),
    Reason.LIST_NOT_READ: lambda f: _("A list is still being read or could not be: please wait, or untick it."),
    Reason.NOT_A_MOMENT: lambda f: _("I could not read this time."),
    Reason.MOMENT_PAST: lambda f: _("Choose a time within the next half year: this one cannot be."),
    Reason.NOT_FOR_MANY: lambda f: _("An announcement is made of words, photos, videos and files. Send one of these."),
    Reason.ASSISTED_BY_ANOTHER: lambda f: _("A colleague is filling it in for this caller now."),
    Reason.CONSENT_IN_CHAT: lambda f: _(
        "The code is right, but the caller has not given their consent yet. They give it in their own chat: "
        "there they press “Take it over”."
    ),
    Reason.UNKNOWN_PLACEHOLDER: lambda f: _(
        "Nothing can be put in for {found}. In braces stand only {{name}} and {{number}}, written so. "
        "Please correct the text and send it once more."
    ).format(found=f["found"]),
    Reason.RATED_ALREADY: lambda f: _("You have rated this already. Thank you!"),
    Reason.REOPEN_OVER: lambda f: ngettext(
        "A closed request can be opened again for {days} day. Please write a new one.",
        "A closed request can be opened again for {days} days. Please write a new one.",
        f["days"],
    ).format(days=number(f["days"])),
    Reason.NOT_ALLOWED: lambda f: _("Your role does not allow this."),
    Reason.INVITATION_UNKNOWN: lambda f: _(
        "I do not know this invitation. Please open the link exactly as you were sent it, or ask for a new one."
    ),
    Reason.INVITATION_USED: lambda f: _(
        "This invitation has been used already: each works once. Please ask for a new one."
    ),
    Reason.INVITATION_EXPIRED: lambda f: _("This invitation is no longer valid. Please ask for a new one."),
}
