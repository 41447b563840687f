"""Button data of the information coverage. Rights are asked for at each press, so an open button gives nothing."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ToChart(CallbackData, prefix="v_chart"):
    """A lot's year as a picture."""

    year: int
    lot: str


class ToSheets(CallbackData, prefix="v_xlsx"):
    """A lot's year as a spreadsheet; empty lot: all that one sees."""

    year: int
    lot: str = ""


class ToSources(CallbackData, prefix="v_srcs"):
    """The links of a lot, this page of them (from 0)."""

    lot: str
    page: int = 0


class ToSource(CallbackData, prefix="v_src"):
    """One link; `picture`: its QR picture to print."""

    id: int
    picture: bool = False


class MakeSource(CallbackData, prefix="v_make"):
    """A new link, step by step: what for, then where (a lot or a region's KATO code)."""

    kind: str = ""
    where: str = ""


class ToEntries(CallbackData, prefix="v_list"):
    """Events and posts of a lot and year, this page of them (from 0)."""

    lot: str
    year: int
    page: int = 0


class ToEntry(CallbackData, prefix="v_one"):
    """One event or post; `proofs`: show what proves it."""

    id: int
    proofs: bool = False


class Enter(CallbackData, prefix="v_enter"):
    """A new event or post: which, then where."""

    kind: str = ""
    where: str = ""


class Fill(CallbackData, prefix="v_fill"):
    """An answer to the step that is being asked: this value; empty: none."""

    step: str
    value: str = ""


class Correct(CallbackData, prefix="v_fix"):
    """Write one field of this version of an entry anew."""

    id: int
    version: int
    field: str


class TakeOut(CallbackData, prefix="v_out"):
    """Take this version of an entry out of the count, or put it back."""

    id: int
    version: int
    out: bool
