"""A picture of the weeks: what came in, what was closed, how much of it was answered in time.

`picture` runs after the transaction, in a thread: it is given numbers and words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.drawing import png, sheet

WIDTH, HEIGHT, DOTS = 5.6, 4.2, 180  # inches, dots an inch: on a phone's width the words can still be read
MOST_LEVEL = 4  # names of groups that stand side by side; more of them are turned
CAME, DONE, IN_TIME = "#4c78a8", "#9ecae9", "#e45756"


@dataclass(frozen=True)
class Chart:
    """Columns by group with a line of percents over them; the words of title and legend."""

    title: str
    names: Sequence[str]
    came: Sequence[int]
    closed: Sequence[int]
    in_time: Sequence[int | None]  # percent
    legend: tuple[str, str, str]


def picture(chart: Chart) -> bytes:
    """A PNG."""
    from matplotlib.ticker import MaxNLocator

    figure = sheet(WIDTH, HEIGHT, DOTS, layout="constrained")
    axes = figure.add_subplot()
    places = range(len(chart.names))
    axes.bar([place - 0.2 for place in places], chart.came, 0.4, color=CAME, label=chart.legend[0])
    axes.bar([place + 0.2 for place in places], chart.closed, 0.4, color=DONE, label=chart.legend[1])
    axes.set_xticks(list(places), list(chart.names))
    if len(chart.names) > MOST_LEVEL:
        axes.tick_params(axis="x", labelrotation=45)
        for name in axes.get_xticklabels():
            name.set(ha="right", rotation_mode="anchor")
    axes.set_title(chart.title)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    percents = axes.twinx()
    known = [(place, share) for place, share in enumerate(chart.in_time) if share is not None]
    percents.plot(*zip(*known, strict=True), color=IN_TIME, marker="o", label=chart.legend[2]) if known else None
    percents.set_ylim(0, 105)
    percents.yaxis.set_major_formatter("{x:.0f} %")
    figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize="small", columnspacing=1.2)
    return png(figure)
