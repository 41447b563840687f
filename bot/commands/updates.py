"""`bot updates`: look at updates that were set aside, and replay them after a repair."""

from __future__ import annotations

import asyncio
import json

import click

from bot.assembly import assemble
from bot.commands.opening import in_transaction, settings_or_exit
from bot.log import set_up_logs
from bot.settings import Settings
from db import people
from usecases.set_aside import release, waiting


@click.group()
def updates() -> None:
    """Updates that kept failing and were set aside."""


@updates.command("list")
def list_all() -> None:
    """Their numbers, times and errors (no content: it is personal data)."""
    for number, error, at in in_transaction(settings_or_exit(), lambda work: people.updates_set_aside(work.session)):
        click.echo(f"{number}  {at:%Y-%m-%d %H:%M:%S} UTC  {error}")


@updates.command()
@click.argument("number", type=int)
def replay(number: int) -> None:
    """Handle update NUMBER once more, as if it had just come."""
    settings = settings_or_exit()
    set_up_logs(readable=True)
    raw = in_transaction(settings, lambda work: waiting(work, number))
    if raw is None:
        raise click.ClickException(f"No update {number} is set aside.")  # noqa: S608 - no SQL
    if asyncio.run(_replay(settings, raw)):
        raise click.ClickException("It failed again and stays set aside.")
    in_transaction(settings, lambda work: release(work, number))
    click.echo("Handled.")


async def _replay(settings: Settings, raw: str) -> int:
    program = assemble(settings)
    await program.intake.take(json.loads(raw))
    await program.bot.session.close()
    await program.database.close()
    return program.intake.failed
