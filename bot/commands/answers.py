"""`bot answers`: the ready answers that operators send with one press, from a file that a coordinator writes."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.opening import in_transaction, settings_or_exit
from usecases.ready_answers import load_ready_answers
from usecases.staff import lots


@click.group()
def answers() -> None:
    """Ready answers of the call centre."""


@answers.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lot", default="", help="Only this lot's; without it, every lot's.")
def load(file: Path, lot: str) -> None:
    """Put the answers of FILE in force, in place of those that were (see programme/samples/ready_answers.toml)."""
    if lot and lot not in lots():
        raise click.ClickException(f"There is no lot {lot}.")
    text = file.read_text("utf-8")
    try:
        count = in_transaction(settings_or_exit(), lambda work: load_ready_answers(work, lot, text))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{count} answers")
