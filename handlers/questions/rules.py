"""The official rules of a competition, section by section as its "## " headings divide them."""

from __future__ import annotations

import re
from functools import lru_cache

from aiogram import html

from domain.regions import Words
from handlers.language import _, language, words
from handlers.long_texts import pages, trusted_little
from handlers.questions.screens import paged, see, ways_back
from handlers.screen import Screen, in_columns
from usecases.competitions import InForce

AT_ONCE = 20  # headings on one page of the contents
HEADING = re.compile(r"(?m)^## +(.+)\n?")
TITLE = re.compile(r"(?m)^# .*\n?")


def contents(one: InForce, kato: str, page: int) -> Screen:
    """The sections to choose from; `kato` is the region whose competition it is."""
    headings = [heading for heading, _text in _sections(one.competition.rules_text, language())]
    shown, turning = paged(list(enumerate(headings)), page, AT_ONCE, ("rules", kato))
    buttons = [see(heading, "rule", kato, one.version_id, place, 0) for place, heading in shown]
    text = _("<b>Official rules</b>\n{competition}\n\nVersion {version}. Choose a section.").format(
        competition=html.quote(words(one.competition.name)), version=one.number
    )
    return Screen(text, (*in_columns(buttons, 1), *turning, *ways_back()))


def section(one: InForce, kato: str, place: int, page: int) -> Screen:
    """One page of one section. IndexError when there is no such page."""
    heading, text = _sections(one.competition.rules_text, language())[place]
    shown, turning = paged(pages(text), page, 1, ("rule", kato, one.version_id, place))
    back = see(_("Contents"), "rules", kato, place // AT_ONCE)
    return Screen(f"<b>{html.quote(heading)}</b>\n\n{shown[0]}", (*turning, *ways_back(back)))


def no_rules() -> Screen:
    text = _("There is no competition now. Its official rules will stand here in full once there is one.")
    return Screen(text, ways_back())


@lru_cache(maxsize=64)
def _sections(rules: Words, spoken: str) -> tuple[tuple[str, str], ...]:
    """Headings with their texts; what stands before the first heading belongs to a section of its own."""
    before, *parts = HEADING.split(TITLE.sub("", rules.of(spoken)))
    found = [
        (heading.strip(), trusted_little(text.strip())) for heading, text in zip(parts[::2], parts[1::2], strict=True)
    ]
    if before.strip():
        found.insert(0, ("…", trusted_little(before.strip())))
    return tuple(found)
