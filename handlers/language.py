"""The language a screen is being made in, and the words in it.

`_` is gettext: its argument is a short English sentence with named placeholders. Between `speaking(...)` and
the end of its block every `_` answers in that language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from domain.regions import LANGUAGES, Words
from locales import catalogue

DEFAULT = LANGUAGES[0]
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Make screens in this language; in the default one for a person who has not chosen yet."""
    token = _language.set(language or DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


def switch(language: str) -> None:
    """From here on in this block the other language: for the press that changes it."""
    _language.set(language)


def language() -> str:
    return _language.get()


def _(message: str) -> str:
    return catalogue(_language.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return catalogue(_language.get()).ngettext(one, many, count)


def guess(language_code: str | None) -> str:
    """The language to offer first, from the code a Telegram client sends (IETF tag, often missing)."""
    code = (language_code or "").split("-")[0].lower()
    return "ru" if code in {"ru", "be", "uk"} else "kk"


def words(both: Words) -> str:
    """Words that a coordinator wrote in both languages."""
    return both.of(_language.get())
