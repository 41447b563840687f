"""A QR picture to print: the link as squares, the bot's name, a line in each language.

`poster` runs after the transaction, in a thread. It is drawn at the size of an A6 sheet, 300 dots an inch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from handlers.drawing import png, sheet

WIDTH, HEIGHT, DOTS = 4.13, 5.83, 300  # inches (A6), dots an inch
QUIET = 4  # light squares around, as ISO/IEC 18004 wants them


@dataclass(frozen=True)
class Poster:
    """What is printed: lines above the squares, and where it is to hang below them in small letters."""

    lines: Sequence[str]
    place: str


def poster(one: Poster, link: str) -> bytes:
    """A PNG of this link (https://t.me/BOT?start=CODE)."""
    figure = sheet(WIDTH, HEIGHT, DOTS)
    figure.text(0.5, 0.93, "ZHAS PROJECT", ha="center", va="center", fontsize=22, weight="bold")
    for place, line in enumerate(one.lines):
        figure.text(0.5, 0.85 - place * 0.05, line, ha="center", va="center", fontsize=10.5)
    side = 0.96
    axes = figure.add_axes((0.02, 0.11, side, side * WIDTH / HEIGHT))
    axes.imshow(squares(link), cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    axes.set_axis_off()
    name = "@" + link.removeprefix("https://t.me/").partition("?")[0]
    figure.text(0.5, 0.085, name, ha="center", va="center", fontsize=15, weight="bold")
    figure.text(0.5, 0.035, one.place, ha="center", va="center", fontsize=6, color="#666666")
    return png(figure)


def squares(link: str) -> list[list[int]]:
    """The link as a QR code with its quiet margin: 0 dark, 1 light. A quarter of it may be soiled or torn."""
    code = segno.make(link, error="q", micro=False)
    return [[0 if dark else 1 for dark in row] for row in code.matrix_iter(border=QUIET)]
