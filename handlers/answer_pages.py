"""Answers laid out on pages that fit into Telegram messages, however long they are.

A page holds answers of one section. An answer too long for a page goes on over several, cut at the end of a
line or a word where there is one. Room is counted in UTF-16 units of the quoted text: never less than
Telegram counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aiogram import html

from domain.form import Question
from handlers.answer_words import title
from handlers.language import _
from handlers.screen import Rows, button, in_pairs, units
from handlers.shared_buttons import EditAnswer

ROOM = 3200  # of 4096; the rest is for the page's head, titles' tags and a note above
MOST_BLOCKS = 12  # edit buttons on one page


@dataclass(frozen=True)
class Block:
    """One answer, or a part of one: plain words, not quoted. `part` counts from 1; 0 for a whole answer."""

    key: str
    title: str
    text: str
    part: int = 0


@dataclass(frozen=True)
class Page:
    """Blocks of one section."""

    section: str
    blocks: tuple[Block, ...]


def size(text: str) -> int:
    """UTF-16 units of the text once quoted."""
    return units(html.quote(text))


def pages_of(questions: Iterable[Question], block: Callable[[str], Block]) -> list[Page]:
    """All pages of these questions, section after section; `block`: a question's answer, by its key."""
    apart = groupby(questions, key=lambda one: one.section)
    return [page for section, asked in apart for page in lay_out(section, [block(one.key) for one in asked])]


def block_text(block: Block) -> str:
    """The answer under its title, as HTML."""
    name = html.quote(block.title)
    if block.part:
        name = _("{title} (part {part})").format(title=name, part=block.part)
    return f"<b>{name}</b>\n{html.quote(block.text)}"


def edits(keys: Iterable[str]) -> Rows:
    """A button for each of these questions, which leads to it."""
    return in_pairs([button(f"✏️ {title(key)}", EditAnswer(key=key)) for key in dict.fromkeys(keys)])


def lay_out(section: str, blocks: Sequence[Block]) -> Iterator[Page]:
    """The pages of a section, in order; none for a section without blocks."""
    page: list[Block] = []
    for block in (part for whole in blocks for part in _parts(whole)):
        if page and (_room_of(page) + _room_of([block]) > ROOM or len(page) == MOST_BLOCKS):
            yield Page(section, tuple(page))
            page = []
        page.append(block)
    if page:
        yield Page(section, tuple(page))


def _parts(block: Block) -> list[Block]:
    room = ROOM - size(block.title) - 10
    texts = list(_cut(block.text, room))
    if len(texts) == 1:
        return [block]
    return [Block(block.key, block.title, text, number) for number, text in enumerate(texts, 1)]


def _cut(text: str, room: int) -> Iterator[str]:
    """Pieces of at most `room` units, which together say the whole text."""
    while size(text) > room:
        end = _longest(text, room)
        breaks = (text.rfind("\n", 0, end) + 1, text.rfind(" ", 0, end) + 1)
        end = next((place for place in breaks if place > end // 2), end)
        yield text[:end].rstrip()
        text = text[end:].lstrip("\n ")
    yield text


def _longest(text: str, room: int) -> int:
    """How many characters fit."""
    low, high = 1, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= room else (low, middle - 1)
    return low


def _room_of(blocks: Sequence[Block]) -> int:
    return sum(size(block.title) + size(block.text) + 10 for block in blocks)
