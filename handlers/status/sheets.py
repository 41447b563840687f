"""An application drawn on A4 pages.

The font is Noto Sans: the fonts that PDF readers bring along lack Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ and the tenge sign. The
variable font is taken as it is (regular weight); cutting a bold one out of it would cost seven seconds a run, so
headings are larger.
"""

from __future__ import annotations

import logging
from functools import cache

import fontpkg  # type: ignore[import-untyped]
from fpdf import FPDF, XPos, YPos

from handlers.status.paper import Paper, Section

FONT = "NotoSans"
WIDTH = 0  # to the right margin
TITLE, HEADING, TEXT, SMALL = 17, 13, 10.5, 8.5  # points
# Stands for the number of pages until it is known. fpdf2's own mark could be typed into an answer; this one, of
# the private use area, is taken out of every answer (domain/reading.py) and file name (domain/documents.py).
ALL_PAGES = "\ue00000"  # as wide as the longest number of pages
DARK, GREY = (20, 20, 20), (110, 110, 110)

# fpdf2 writes a line of log for every emoji that the font lacks; the reader sees a small box.
logging.getLogger("fpdf").setLevel(logging.ERROR)


class _Sheets(FPDF):
    """A4 pages with the number of the application and of the page at the foot."""

    def __init__(self, foot: str, page: str) -> None:
        super().__init__(format="A4")
        self._foot, self._page = foot, page
        self.alias_nb_pages(ALL_PAGES)
        self.add_font(FONT, fname=_font())
        self.set_margins(20, 18)
        self.set_auto_page_break(True, margin=20)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*GREY)
        self.cell(WIDTH, 5, self._foot, align="L", new_x=XPos.LMARGIN)
        page = self._page.format(page=self.page_no(), pages=self.str_alias_nb_pages)
        self.cell(WIDTH, 5, page, align="R")

    def words(self, text: str, size: float, colour: tuple[int, int, int] = DARK, gap: float = 0) -> None:
        """A paragraph over the whole width, `gap` millimetres after it."""
        self.set_font(FONT, size=size)
        self.set_text_color(*colour)
        self.multi_cell(WIDTH, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(gap)


def drawn(paper: Paper) -> bytes:
    """The PDF."""
    sheets = _Sheets(paper.title, paper.page)
    sheets.set_title(paper.title)
    sheets.set_lang(paper.language)
    sheets.set_creation_date(paper.made_at)
    sheets.add_page()
    sheets.words(paper.title, TITLE, gap=2)
    for fact in paper.facts:
        sheets.words(fact, TEXT, GREY)
    for section in paper.sections:
        _section(sheets, section)
    return bytes(sheets.output())


def _section(sheets: _Sheets, section: Section) -> None:
    sheets.ln(6)
    _keep_together(sheets)
    sheets.words(section.title, HEADING, gap=1)
    sheets.line(sheets.l_margin, sheets.get_y(), sheets.w - sheets.r_margin, sheets.get_y())
    sheets.ln(2.5)
    for question, answer in section.answers:
        _keep_together(sheets)
        sheets.words(question, SMALL, GREY, gap=0.3)
        sheets.words(answer, TEXT, gap=2.5)


def _keep_together(sheets: _Sheets) -> None:
    """A heading or question never stands alone at the foot of a page."""
    if sheets.will_page_break(18):
        sheets.add_page()


@cache
def _font() -> str:
    return str(fontpkg.path("Noto Sans"))
