"""An application on paper: a PDF to keep, print or show.

`paper_bytes` runs after the transaction, in a thread, so it is given words only. How it is drawn stands in `sheets.py`:
fpdf2 takes thirty MB of memory and is imported by the first paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Section:
    """A heading with questions and their answers, as plain words (no HTML)."""

    title: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Paper:
    """Everything that stands on it; `page` has the placeholders {page} and {pages}."""

    language: str
    number: str
    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    page: str
    made_at: datetime


def paper_bytes(paper: Paper) -> bytes:
    """The PDF; the same paper gives the same bytes."""
    from handlers.status.sheets import drawn

    return drawn(paper)
