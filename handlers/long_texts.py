"""Long texts in pieces that fit a message: broken between paragraphs, else between lines, else between words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

PAGE = 3200  # characters; Telegram takes 4096, and a heading and a note are added
TAG = re.compile(r"</?[bi]>")
QUOTED_TAG = re.compile(r"&lt;(/?[bi])&gt;")


def pages(text: str, most: int = PAGE) -> tuple[str, ...]:
    """The text in pages of at most `most` characters; at least one. Tags are kept where a paragraph fits whole."""
    paragraphs = (part for paragraph in text.strip().split("\n\n") for part in _fitting(paragraph, most))
    return tuple(_packed(paragraphs, "\n\n", most)) or ("",)


def trusted_little(text: str) -> str:
    """An official text for Telegram: <b> and <i> stay where they pair within a paragraph; else it is as written."""
    return "\n\n".join(_safe(paragraph) for paragraph in text.split("\n\n"))


def _safe(paragraph: str) -> str:
    quoted = QUOTED_TAG.sub(r"<\1>", escape(unescape(paragraph), quote=False))
    opened: list[str] = []
    for tag in TAG.findall(quoted):
        if not tag.startswith("</"):
            opened.append(tag[1])
        elif not opened or opened.pop() != tag[2]:
            return TAG.sub("", quoted)
    return TAG.sub("", quoted) if opened else quoted


def _fitting(paragraph: str, most: int) -> Iterable[str]:
    """The paragraph if it fits, else its lines or words together as far as they fit, without tags."""
    if len(paragraph) <= most:
        return [paragraph]
    lines = (part for line in TAG.sub("", paragraph).split("\n") for part in _broken(line, most))
    return _packed(lines, "\n", most)


def _broken(line: str, most: int) -> Iterable[str]:
    if len(line) <= most:
        return [line]
    words = (word[i : i + most] for word in line.split(" ") for i in range(0, max(1, len(word)), most))
    return _packed(words, " ", most)


def _packed(parts: Iterable[str], glue: str, most: int) -> list[str]:
    """Neighbours glued together as long as they fit."""
    packed: list[str] = []
    for part in parts:
        if packed and len(packed[-1]) + len(glue) + len(part) <= most:
            packed[-1] += glue + part
        else:
            packed.append(part)
    return packed
