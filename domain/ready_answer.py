"""What a ready answer may say: a title that fits a button, and a text with {name} and {number} in it."""

from __future__ import annotations

import re

from domain.reading import read_text
from domain.refusal import Reason, Refused

LONGEST_TITLE = 60  # UTF-16 units of a button
LONGEST_TEXT = 3000
NAMES = frozenset({"name", "number"})
BRACES = re.compile(r"\{[^{}]*\}|[{}]")
KNOWN = re.compile("|".join(re.escape(f"{{{name}}}") for name in sorted(NAMES)))


def read_title(text: str) -> str:
    """A title in one line. Refused: EMPTY, TOO_LONG."""
    return read_text(text, 1, LONGEST_TITLE).replace("\n", " ")


def read_words(text: str) -> str:
    """A text. Refused: EMPTY, TOO_LONG; UNKNOWN_PLACEHOLDER (facts: found) for braces around anything but a name."""
    text = read_text(text, 1, LONGEST_TEXT)
    for found in BRACES.findall(text):
        if found.strip("{}") not in NAMES:
            raise Refused(Reason.UNKNOWN_PLACEHOLDER, found=found[:40])
    return text


def fill_in(text: str, name: str, number: str) -> str:
    """The text as its author reads it; what stands in a name is never filled in itself."""
    values = {"{name}": name, "{number}": number}
    return KNOWN.sub(lambda found: values[found[0]], text)
