"""The official words of both consents, as kept in `locales/*/consent.md`, with the organiser's name in them."""

from __future__ import annotations

import re
from functools import cache

from aiogram import html

from domain.consent import ConsentKind
from handlers.figures import number
from handlers.language import _, language, ngettext, words
from handlers.long_texts import pages
from locales import long_text
from usecases.competitions import InForce

FILE = "consent.md"
HEADING = re.compile(r"(?m)^# (\w+)\n")


def consent_pages(kind: ConsentKind, competitions: tuple[InForce, ...]) -> tuple[str, ...]:
    """The words in pages, about the one competition that concerns the person, or about several possible ones."""
    if len(competitions) == 1:
        organiser = html.quote(words(competitions[0].competition.organiser))
    else:
        organiser = _("the organisation that runs the competition in your region")
    count = max(one.competition.keep_years for one in competitions)
    years = ngettext("{count} year", "{count} years", count).format(count=number(count))
    return pages(_section(language(), kind).format(organiser=organiser, years=years))


@cache
def _section(spoken: str, kind: ConsentKind) -> str:
    parts = HEADING.split(long_text(spoken, FILE))
    return dict(zip(parts[1::2], parts[2::2], strict=True))[kind].strip()
