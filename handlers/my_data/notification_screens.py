"""What is sent unasked: which reminders are ahead, what can be switched off, what always comes and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.notification import AT_WORK, BY_RULE, COMPULSORY, Kind, optional_kinds
from domain.quiet_hours import QuietHours
from handlers.figures import moment
from handlers.language import _, words
from handlers.my_data.screens import back
from handlers.my_data.texts import kind_title, kind_words
from handlers.screen import Button, Screen, button, rows
from usecases.coming_reminders import Ahead, Coming

MOST_AHEAD = 6  # lines
ON, OFF = "🔔", "🔕"


class Mute(CallbackData, prefix="dmute"):
    """Switch a kind of notification, or of reminder, off or on."""

    kind: str
    muted: bool


def notifications(muted: Collection[str], ahead: Ahead) -> Screen:
    """The list with its switches."""
    always = "\n".join(f"• {kind_words(kind)}" for kind in Kind if kind in COMPULSORY - AT_WORK - BY_RULE)
    switchable = [_line(str(kind), kind_words(kind), muted) for kind in optional_kinds()]
    switchable += [_line(one.switch, html.quote(words(one.about)), muted) for one in ahead.rules]
    parts = [
        _("<b>Notifications</b>"),
        _ahead(ahead.coming),
        _("These you can switch off and on below:\n{list}").format(list="\n".join(switchable)),
        _("These always come:\n{list}").format(list=always),
    ]
    if ahead.quiet.since != ahead.quiet.until:
        parts.append(_quiet(ahead.quiet))
    switches = [
        *(_switch(str(kind), kind_title(kind), muted) for kind in optional_kinds()),
        *(_switch(one.switch, words(one.title), muted) for one in ahead.rules),
    ]
    return Screen("\n\n".join(parts), (*rows(*switches), *back()))


def _quiet(hours: QuietHours) -> str:
    text = _("From {since} to {until} nobody is written to, unless they wait for an answer.")
    return text.format(since=f"{hours.since:%H:%M}", until=f"{hours.until:%H:%M}")


def _line(switch: str, sentence: str, muted: Collection[str]) -> str:
    return f"{OFF if switch in muted else ON} {sentence}"


def _ahead(coming: Sequence[Coming]) -> str:
    if not coming:
        return _("No reminder is ahead for you at present.")
    lines = [f"• {moment(one.at)}: {html.quote(words(one.rule.title))}" for one in coming[:MOST_AHEAD]]
    return _("The next reminders for you:\n{list}").format(list="\n".join(lines))


def _switch(switch: str, title: str, muted: Collection[str]) -> Button:
    off = switch in muted
    return button(f"{OFF if off else ON} {title}", Mute(kind=switch, muted=not off))
