"""`bot competition`: check a competition's file, put it in force, see what is in force."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.opening import in_transaction, settings_or_exit
from bot.fault_words import fault_line
from domain.competition_file import Examined, Fault, examine
from domain.regions import Words
from handlers.language import speaking
from usecases.competitions import competitions_in_force
from usecases.order import order
from usecases.put_in_force import put_in_force

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "kk", "ru"]), default="en", show_default=True, help="Language of the faults."
)


@click.group()
def competition() -> None:
    """Competitions as files: check, load, list.

    A competition is a folder with its file, such as programme/samples/competition.toml, and the official
    rules beside it: rules.kk.md and rules.ru.md.
    """


@competition.command()
@click.argument("file", type=FILE)
@LANGUAGE
def check(file: Path, language: str) -> None:
    """Name every fault of FILE with its line; exit 1 if there is any."""
    with speaking(language):
        _examined(file)
    click.echo(f"{file}: in order.")


@competition.command()
@click.argument("file", type=FILE)
@LANGUAGE
def load(file: Path, language: str) -> None:
    """Put FILE in force; if a competition of this code is there already, as its next version."""
    settings = settings_or_exit()
    with speaking(language):
        _examined(file)
    text, rules = file.read_text("utf-8"), rules_beside(file)
    loaded = in_transaction(settings, lambda work: put_in_force(work, text, rules))
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
    """The official rules that belong to a competition's file; empty where there are none."""
    kk, ru = (file.with_name(f"rules.{code}.md") for code in ("kk", "ru"))
    return Words(*(path.read_text("utf-8") if path.exists() else "" for path in (kk, ru)))


def _examined(file: Path) -> Examined:
    """The file looked through; with any fault the command ends here, having named them all."""
    examined = examine(file.read_text("utf-8"), order(), rules_beside(file))
    if examined.warnings:
        click.echo(_listed("Worth a look:", examined.warnings), err=True)
    if examined.faults:
        raise click.ClickException(_listed(f"{file} is not in order:", examined.faults))
    return examined


def _listed(title: str, faults: tuple[Fault, ...]) -> str:
    return "\n  ".join([title, *(fault_line(fault) for fault in faults)])
