"""Pictures that are drawn: an empty sheet, and the PNG of what stands on it.

Both run after the transaction, in a thread. matplotlib, which takes a second to import, is imported by the first
picture; its own font, DejaVu Sans, has every Kazakh letter.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def sheet(width: float, height: float, dots: int, layout: Literal["constrained"] | None = None) -> Figure:
    """An empty sheet of so many inches, with so many dots an inch."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=dots, layout=layout)
    FigureCanvasAgg(figure)
    return figure


def png(figure: Figure) -> bytes:
    """What was drawn."""
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()
