"""A ticket's number as people type it: letters of either alphabet, small ones, any dash, without the zeros."""

from __future__ import annotations

import re
import unicodedata

DIGITS = 6  # of the last part at least
LONGEST = 40
_ALIKE = str.maketrans({"Т": "T", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"})
_WHOLE = re.compile(r"(T-[0-9]+(?:-[0-9]+)?-[0-9]{4})-([0-9]+)")
_LAST = re.compile(r"[0-9]+")


def whole_number(text: str) -> str | None:
    """The number that this text is, as we write it; None when it is anything else."""
    found = _WHOLE.fullmatch(_plain(text))
    return f"{found[1]}-{found[2].zfill(DIGITS)}" if found else None


def last_digits(text: str) -> str | None:
    """The last part of a number, when the text is nothing but that."""
    plain = _plain(text)
    return plain.zfill(DIGITS) if _LAST.fullmatch(plain) else None


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text.strip().removeprefix("№"))
    return "".join(plain.upper().split()).translate(_ALIKE)
