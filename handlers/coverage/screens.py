"""Screens of the figures: several lots in a line each, one lot in full."""

from __future__ import annotations

from aiogram import html

from domain.coverage import Coverage, OutreachKind, Share, percent
from handlers.coverage.buttons import ToChart, ToEntries, ToSheets, ToSources
from handlers.coverage.texts import CHANNELS, method, place_words
from handlers.figures import fraction, number
from handlers.language import _, ngettext
from handlers.screen import Button, Rows, Screen, button, in_columns, rows
from handlers.shared_buttons import ToCoverage, work_button
from usecases.coverage import CoverageView, Shares
from usecases.order import order


def several(view: Shares) -> Screen:
    """A line a lot, each with its own goal; whoever was reached in two lots stands in both."""
    lines = [f"• {one.lot}: {of_goal(one)}" for one in view.lots]
    parts = [_title(view.year), "\n".join(lines), unplaced(view), _method()]
    lots = [button(one.lot, ToCoverage(year=view.year, lot=one.lot)) for one in view.lots]
    sheets = button(_("📄 Spreadsheet"), ToSheets(year=view.year))
    ways = (*in_columns(lots, 2), *_years(view, ""), *rows(sheets, work_button()))
    return Screen("\n\n".join(parts), ways)


def one_lot(view: CoverageView, *, back: bool) -> Screen:
    """Everything about a lot's year. `back`: there are other lots to go back to."""
    (one,) = view.lots
    parts = [head(one), _people(one), _by_hand(one), unplaced(view), _method()]
    files = (
        button(_("📈 Picture"), ToChart(year=one.year, lot=one.lot)),
        button(_("📄 Spreadsheet"), ToSheets(year=one.year, lot=one.lot)),
    )
    ways = rows(
        button(_("🔗 Links and QR codes"), ToSources(lot=one.lot)),
        button(_("📝 Events and posts"), ToEntries(lot=one.lot, year=one.year)),
        files,
        button(_("All my lots"), ToCoverage(year=one.year)) if back else None,
    )
    return Screen("\n\n".join(parts), (*ways, *_years(view, one.lot), *rows(work_button())))


def with_file(one: Coverage | None, year: int) -> str:
    """What stands under a picture or a spreadsheet."""
    figures = [head(one), of_goal(one)] if one else [_title(year)]
    return "\n".join([*figures, "", _method()])


def of_goal(one: Coverage | Share) -> str:
    """People told apart, of how many, in per cent."""
    share = fraction(percent(one.people, one.goal))
    return _("{people} of {goal} ({share} %)").format(people=number(one.people), goal=number(one.goal), share=share)


def head(one: Coverage) -> str:
    return "\n".join([_title(one.year), html.quote(place_words(one.lot))])


def back_to(lot: str, year: int = 0) -> Button:
    return button(_("📡 Coverage"), ToCoverage(lot=lot, year=year))


def _title(year: int) -> str:
    return _("<b>📡 Information coverage, {year}</b>").format(year=year)


def _people(one: Coverage) -> str:
    lines = [_("<b>Each person once: {figure}</b>").format(figure=of_goal(one))]
    channels = one.by_channel()
    lines += [f"• {say()}: {number(channels[channel])}" for channel, say in CHANNELS.items()]
    regions = one.by_region(region.kato for region in order().lot(one.lot))
    told = [f"{place_words(one.lot, kato)} {number(people)}" for kato, people in regions.items() if kato]
    if regions[""]:
        told.append(_("region not named {people}").format(people=number(regions[""])))
    return "\n".join([*lines, _("By region: {regions}").format(regions=html.quote(", ".join(told)))])


def _by_hand(one: Coverage) -> str:
    events, posts = one.counted(OutreachKind.EVENT), one.counted(OutreachKind.POST)
    texts = [
        ngettext("{count} event: {people} people", "{count} events: {people} people", len(events)),
        ngettext("{count} post: {people} views", "{count} posts: {people} views", len(posts)),
    ]
    lines = [
        texts[0].format(count=number(len(events)), people=number(one.attended)),
        texts[1].format(count=number(len(posts)), people=number(one.read)),
    ]
    share = fraction(percent(one.at_most, one.goal))
    together = _("With these, at most {people} ({share} %): people may repeat.")
    if awaited := sum(each.awaited for each in one.outreach):
        lines.append(_("Proof awaited, not counted: {count}").format(count=number(awaited)))
    return "\n".join([*lines, together.format(people=number(one.at_most), share=share)])


def unplaced(view: CoverageView | Shares) -> str:
    """Those of whom no lot is known."""
    text = ngettext(
        "{count} person has not named a region: in no lot's figure.",
        "{count} people have not named a region: in no lot's figure.",
        view.unplaced,
    )
    return text.format(count=number(view.unplaced))


def _method() -> str:
    return f"<i>{method()}</i>"


def _years(view: CoverageView | Shares, lot: str) -> Rows:
    """One year back and on, where there is one."""
    near = [year for year in (view.year - 1, view.year + 1) if view.first_year <= year <= view.last_year]
    return (tuple(button(str(year), ToCoverage(year=year, lot=lot)) for year in near),) if near else ()
