"""Whether a screen speaks its language: an English word on it is one that no catalogue has."""

from __future__ import annotations

import re

from handlers.screen import Screen

# Names, and words that stand in Latin letters in both languages.
KNOWN = frozenset(re.findall(r"\w+", "Telegram WhatsApp Instagram NEET ZHAS PROJECT SMS UTC PDF JPG PNG DOCX"))
NOT_WORDS = re.compile(r"</?[a-z]+>|&\w+;|/[a-z]+|\S+@\S+")


def english(screen: Screen, *known: str) -> set[str]:
    """Latin words on the screen and its buttons that have no business there; `known`: what the test itself put in."""
    text = " ".join([screen.text, *(one.label for row in screen.buttons for one in row)])
    return set(re.findall(r"[A-Za-z]{3,}", NOT_WORDS.sub(" ", text))) - KNOWN - set(known)
