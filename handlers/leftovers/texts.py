"""The words for what was not expected."""

from __future__ import annotations

from aiogram import html
from aiogram.enums import ContentType

from domain.competition import CallCentre
from domain.contacts import readable
from handlers.language import _, words


def what_i_do() -> str:
    return _(
        "I tell you whether you may apply for a grant, take your application with its documents, "
        "and say where it stands.\n\n"
        "/check — may I apply?\n/apply — my application\n/status — where is it now\n"
        "/ask — ask a person or complain\n/tickets — my questions and complaints\n"
        "/questions — questions and rules\n/data — my data\n/notifications — what I write to you unasked\n"
        "/language — language\n/menu — menu"
    )


def for_staff() -> str:
    """What whoever works in the office finds besides."""
    return _("For those who work here:\n/work — the office\n/desk — the desk\n/next — take the next request")


def ask_a_person(centre: CallCentre) -> str:
    """Where a living person answers."""
    return _("To talk to a person: ☎️ {phone}, {email}\n{hours}").format(
        phone=readable(centre.phone), email=html.quote(centre.email), hours=html.quote(words(centre.hours))
    )


def choose_from_menu() -> str:
    return _("I did not quite understand. Choose below, and we will go on.")


def edited() -> str:
    return _("I see that you changed a message. A saved answer is changed with its own button, not by editing.")


def cannot_use(kind: ContentType) -> str:
    """Why a message of this kind is not taken here."""
    match kind:
        case ContentType.VOICE | ContentType.AUDIO | ContentType.VIDEO_NOTE:
            return _("I cannot listen to recordings yet. Please write it in words.")
        case ContentType.STICKER | ContentType.ANIMATION:
            return _("Nice one! But here I need words or a button.")
        case ContentType.PHOTO | ContentType.DOCUMENT | ContentType.VIDEO:
            return _("I did not expect a file here. Documents are sent in the application, at their own step.")
        case ContentType.LOCATION | ContentType.VENUE:
            return _("I cannot read places from a map. Please write the address in words.")
        case ContentType.CONTACT:
            return _("I did not expect a contact here.")
        case _other:
            return _("I cannot use this kind of message. Please write it in words.")


def private_only() -> str:
    return _("I answer only in a private chat, so that your data stays yours. Write to me directly.")


def machine_away() -> str:
    """While the database or the disk is away: said to whoever wrote meanwhile."""
    return _(
        "I cannot write anything down right now: something on our side needs mending. What you sent is not lost: "
        "it waits, and I will answer as soon as I can. There is no need to send it again."
    )
