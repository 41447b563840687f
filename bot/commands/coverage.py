"""`bot coverage`: the figures of lots and years for whoever sits at the machine, as a table or a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from bot.clock import system_clock
from bot.commands.opening import in_transaction, settings_or_exit
from domain.local_time import local_day
from domain.refusal import Refused
from domain.regions import LANGUAGES
from handlers.coverage.screens import unplaced
from handlers.coverage.sheets import lot_head, lot_line, spreadsheet
from handlers.coverage.texts import method
from handlers.language import speaking
from usecases.coverage import CoverageView, Links, coverage_report, links_of
from usecases.staff import lots as every_lot
from usecases.work import Work


@click.command()
@click.option("--year", type=int, help="Without it: this year.")
@click.option("--lot", "lots", multiple=True, help="Only this lot; several times for several.")
@click.option("--language", type=click.Choice(LANGUAGES), default="ru", show_default=True)
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write a spreadsheet here."
)
def coverage(year: int | None, lots: tuple[str, ...], language: str, xlsx: Path | None) -> None:
    """People reached in each lot, beside the number it owes, and how they are counted."""
    known = every_lot()
    if unknown := [lot for lot in lots if lot not in known]:
        raise click.ClickException(f"There is no lot {unknown[0]}. Lots: {', '.join(known)}.")
    asked = year or local_day(system_clock()).year
    try:
        view, links = in_transaction(settings_or_exit(), lambda work: _counted(work, asked, lots or known))
    except Refused:
        raise click.ClickException(f"Nothing was counted in {asked}.") from None
    with speaking(language):
        for line in table(view):
            click.echo(line)
        if xlsx:
            xlsx.write_bytes(spreadsheet(view, links).content())


def _counted(work: Work, year: int, lots: tuple[str, ...]) -> tuple[CoverageView, Links]:
    return coverage_report(work, year, lots), links_of(work, lots)


def table(view: CoverageView) -> list[str]:
    """A line a lot with what each column is, those of no lot, and the method."""
    head = lot_head()
    lines = []
    for one in view.lots:
        told = [f"{name}: {value}" for name, value in zip(head[2:], lot_line(one)[2:], strict=True)]
        lines.append(f"{one.lot}, {one.year}. " + "; ".join(told))
    return [*lines, unplaced(view), method()]
