"""A picture of a lot's year: how far it is from its goal, and the people first reached in each month.

`picture` runs after the transaction, in a thread: it is given numbers and words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.drawing import png, sheet

WIDTH, HEIGHT, DOTS = 8.0, 5.5, 120  # inches, dots an inch
COLOURS = ("#4c78a8", "#f58518", "#54a24b", "#9ecae9", "#d9d9d9")


@dataclass(frozen=True)
class Chart:
    """`parts`: name and number of what adds up towards the goal; `months`: people by month, in the same order."""

    title: str
    months_title: str
    goal: int
    goal_name: str
    parts: Sequence[tuple[str, int]]
    months: Sequence[Sequence[int]]
    month_names: Sequence[str]


def picture(chart: Chart) -> bytes:
    """A PNG."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    figure = sheet(WIDTH, HEIGHT, DOTS, layout="constrained")
    way, year = figure.subplots(2, 1, height_ratios=(1, 3))
    reached = 0
    for (name, people), colour in zip(chart.parts, COLOURS, strict=True):
        way.barh([0], [people], left=reached, color=colour, label=name)
        reached += people
    way.axvline(chart.goal, color="#e45756", label=chart.goal_name)
    way.set_yticks([])
    way.set_title(chart.title)
    way.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    way.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.0f}".replace(",", "\u202f")))
    below = [0] * 12
    for people_by_month, colour in zip(chart.months, COLOURS, strict=False):
        year.bar(range(12), people_by_month, 0.7, bottom=below, color=colour)
        below = [low + more for low, more in zip(below, people_by_month, strict=True)]
    year.set_xticks(range(12), list(chart.month_names))
    year.set_title(chart.months_title, fontsize=10)
    year.yaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return png(figure)
