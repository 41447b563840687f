"""Uploaded lists in the chat: taken as a file or as a message, and what became of their lines."""

from __future__ import annotations

from aiogram import html
from aiogram.types import Message

from domain.announcement import Announcement
from domain.audience import Part
from domain.refusal import Reason, Refused
from handlers.announcements.buttons import Do, Pick, Sample
from handlers.conversation import Turn
from handlers.figures import number
from handlers.language import _, ngettext
from handlers.refusals import refusal_words
from handlers.screen import Reply, Screen, button, reply, rows
from usecases import announcement_lists as lists
from usecases.announcement_lists import Listed


def taken(turn: Turn, pick: Pick, message: Message) -> Reply:
    """A list for this condition. Refused(NOT_A_LIST) for what is neither a file nor words."""
    part, file = Part(pick.part), message.document
    if file:
        about = (file.file_id, file.file_name or "", file.file_size or 0)
        return reply(screen(*lists.list_from_file(turn.work, turn.person, pick.id, part, pick.place, about)))
    words = message.text or (message.contact.phone_number if message.contact else "")
    if not words:
        raise Refused(Reason.NOT_A_LIST)
    return reply(screen(*lists.list_from_words(turn.work, turn.person, pick.id, part, pick.place, words)))


def screen(one: Announcement, listed: Listed) -> Screen:
    """What became of a list; from here on to the audience."""
    lines = [_("<b>📋 List №{number}</b>").format(number=listed.id), ""]
    if listed.reading:
        lines.append(_("It is being read; you will be told how many people are on it."))
    elif listed.reason:
        lines += [refusal_words(lists.why(listed)), "", _("Until you untick it, the announcement does not go out.")]
    else:
        lines += _outcome(one, listed)
    who = button(_("👥 Who it goes to"), Do(id=one.id, what="who"))
    count = None if listed.reading or listed.reason else button(_("🔢 Count and look"), Sample(id=one.id))
    return Screen("\n".join(lines), rows(who, count))


def _outcome(one: Announcement, listed: Listed) -> list[str]:
    found = ngettext("Found: <b>{count} person</b>", "Found: <b>{count} people</b>", listed.found)
    lines = [found.format(count=number(listed.found))]
    lines.append(_("Numbers in the list: {count}").format(count=number(listed.given)))
    if listed.twice:
        lines.append(_("Named again, counted once: {count}").format(count=number(listed.twice)))
    if listed.missing:
        lines.append(_("Not found: {count}").format(count=number(listed.missing)))
        lines += _examples(listed.missing_first, listed.missing)
    if listed.unread:
        lines.append(_("Lines without such a number: {count}").format(count=number(listed.unread)))
        lines += _examples(listed.unread_first, listed.unread)
    if listed.missing:
        lines += ["", _("People are found by the numbers of applications and by telephones given in applications.")]
        if one.lots:
            lines.append(_("Only people of your lots are looked for."))
    return lines


def _examples(first: tuple[str, ...], many: int) -> list[str]:
    more = ["• …"] if many > len(first) else []
    return [*(f"• {html.quote(line)}" for line in first), *more]
