"""`bot competition`: check a competition's file, put it in force, see what is in force."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.opening import in_transaction, settings_or_exit
from bot.fault_words import fault_line
from domain.competition_file import Faults, read_competition
from domain.regions import Words
from usecases.competitions import competitions_in_force, load_competition
from usecases.order import order

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def competition() -> None:
    """Competitions as files: check, load, list."""


@competition.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Name every fault of FILE with its line. The rules' texts stand beside it as NAME-rules.kk.md and .ru.md."""
    try:
        one = read_competition(file.read_text("utf-8"), order(), rules_beside(file))
    except Faults as faults:
        raise click.ClickException(_listed(file, faults)) from None
    click.echo(f"{file}: in order. {one.name.ru}, {', '.join(sorted(one.quotas))}, {one.dates.intake_closes:%d.%m.%Y}")


@competition.command()
@click.argument("file", type=FILE)
def load(file: Path) -> None:
    """Put FILE in force; if a competition of this code is there already, as its next version."""
    settings = settings_or_exit()
    text, rules = file.read_text("utf-8"), rules_beside(file)
    try:
        loaded = in_transaction(settings, lambda work: load_competition(work, text, rules))
    except Faults as faults:
        raise click.ClickException(_listed(file, faults)) from None
    click.echo(f"{loaded.competition.code}: version {loaded.number} is in force.")


@competition.command("list")
def list_all() -> None:
    """The competitions in force, with version and stage."""
    settings = settings_or_exit()
    for line in in_transaction(
        settings,
        lambda work: [
            f"{one.competition.code}  version {one.number}  {one.competition.stage(work.now)}"
            for one in competitions_in_force(work)
        ],
    ):
        click.echo(line)


def rules_beside(file: Path) -> Words:
    """The rules' official texts that belong to a competition's file; empty where there is none."""
    texts = {code: file.with_name(f"{file.stem}-rules.{code}.md") for code in ("kk", "ru")}
    kk, ru = (texts[code].read_text("utf-8") if texts[code].exists() else "" for code in ("kk", "ru"))
    return Words(kk, ru)


def _listed(file: Path, faults: Faults) -> str:
    return "\n".join([f"{file} is not in order:", *(fault_line(fault) for fault in faults.faults)])
