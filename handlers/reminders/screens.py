"""A message of reminders: the texts of the rules filled in, and the buttons that lead to what they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.local_time import local_day
from domain.reminder import MEETINGS, Base, Who
from handlers.answer_words import title
from handlers.figures import moment, number, short_day, short_moment, time_left, until
from handlers.language import _, ngettext, words
from handlers.screen import Button, Rows, Screen, button, rows
from handlers.shared_buttons import ToApplication, ToCheck, ToStatus, ToTicket
from usecases.reminder_dates import Matter
from usecases.review_draft import Review
from usecases.say_reminders import Message

MOST_NAMED = 6  # of what is missing
# Dates of which the first moment counts; of the others the last before them.
BEGINNINGS = frozenset({Base.CAMPAIGN_FROM, Base.INTAKE_OPENS, Base.RESULTS, Base.BEGINS, *MEETINGS})


class Tomorrow(CallbackData, prefix="rmt"):
    """Say this message once more tomorrow; `first`: the reminder it is named by."""

    first: int


def message(said: Message, review: Review | None, now: datetime) -> Screen:
    """Everything in one message, the most urgent first."""
    matters = sorted(said.matters, key=lambda one: one.base)
    texts = [_filled(one, review, now) for one in matters]
    return Screen("\n\n".join(texts), _buttons(said, matters))


def promised(at: datetime) -> str:
    return _("I will remind you: {moment}.").format(moment=short_moment(at))


def needless() -> str:
    return _("Tomorrow there will be nothing to remind of: it is done, or its time is over by then.")


def _filled(one: Matter, review: Review | None, now: datetime) -> str:
    values: Mapping[str, Callable[[], str]] = {
        "date": lambda: moment(one.base) if one.rule.base in BEGINNINGS else until(one.base),
        "day": lambda: short_day(local_day(one.base)),
        "left": lambda: _left(now, one.base),
        "competition": lambda: html.quote(words(one.competition.competition.name)) if one.competition else "",
        "closes": lambda: until(one.competition.competition.dates.intake_closes) if one.competition else "",
        "missing": lambda: _missing(one, review),
        "report": lambda: short_day(one.report_day),
        "number": lambda: html.quote(one.occasion.number),
        "place": lambda: _place(one),
    }
    return words(one.rule.text_at(now, one.base)).strip().format_map(_Asked(values))


def _place(one: Matter) -> str:
    """Where the meeting is held."""
    meeting = one.competition.competition.meetings[one.rule.base] if one.competition else None
    return html.quote(words(meeting.place)) if meeting else ""


class _Asked(dict[str, str]):
    """Only what a text names is put into words."""

    def __init__(self, values: Mapping[str, Callable[[], str]]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, name: str) -> str:
        return self._values[name]()


def _left(now: datetime, end: datetime) -> str:
    """Days while there is more than one, then hours, the last one begun counted in."""
    if end - now > timedelta(days=1):
        return time_left(now, end)
    hours = max(1, ceil((end - now) / timedelta(hours=1)))
    return ngettext("{hours} hour left", "{hours} hours left", hours).format(hours=number(hours))


def _missing(one: Matter, review: Review | None) -> str:
    """What the draft lacks; nothing of a draft that is not the one they are at."""
    if review is None or review.draft.id != one.occasion.subject:
        return ""
    names = [title(key) for key in review.missing] + [words(slot.title) for slot in review.missing_slots]
    if not names:
        return _("Everything is filled in. All that is left is to send it.")
    named = "; ".join(html.quote(name) for name in names[:MOST_NAMED])
    if more := len(names) - MOST_NAMED:
        named = _more(named, more) if more > 0 else named
    return _("Still missing: {names}.").format(names=named)


def _more(named: str, more: int) -> str:
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=named, count=number(more)
    )


def _buttons(said: Message, matters: Sequence[Matter]) -> Rows:
    """The way to each thing once, then tomorrow."""
    ways = dict.fromkeys(_way(one) for one in matters)
    again = button(_("Remind me tomorrow"), Tomorrow(first=said.first)) if said.tomorrow else None
    return rows(*ways, again)


def _way(one: Matter) -> Button:
    match one.rule.who:
        case Who.DRAFT_UNFINISHED:
            return button(_("Go on with my application"), ToApplication())
        case Who.MAY_APPLY | Who.REGION_UNKNOWN:
            return button(_("May I apply?"), ToCheck())
        case Who.APPLICATION_RETURNED | Who.IN_SELECTION | Who.IN_COMMISSION | Who.WINNER:
            return button(_("My application"), ToStatus())
        case Who.TICKET_WAITS:
            return button(_("Open {number}").format(number=one.occasion.number), ToTicket(ticket=one.occasion.subject))
