"""Commands for whoever keeps the machine: run, demo, check, migrate, key."""

from __future__ import annotations

import asyncio

import click

from bot.assembly import assemble
from bot.checks import look_over
from bot.clock import system_clock
from bot.commands.opening import settings_or_exit
from bot.log import set_up_logs
from bot.run import run_to_the_end
from bot.settings import Settings
from bot.transactions import Transactions
from db import migrate as migrations
from db.session import Database
from db.vault import Vault
from usecases.note_in_the_open import STEPS


@click.command()
def run() -> None:
    """Run the bot until Ctrl-C or SIGTERM."""
    settings = settings_or_exit()
    set_up_logs(readable=False)
    if not asyncio.run(_up_to_date(settings)):
        raise click.ClickException("The database is not up to date: run `python -m bot migrate` first.")
    run_to_the_end(lambda: assemble(settings))


@click.command()
def check() -> None:
    """Look over the settings, the database, files, disk, token, texts and what waits; exit 1 if anything is wrong."""
    settings = settings_or_exit()
    findings = asyncio.run(look_over(settings))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.fine else 'BAD '} {finding.what}: {finding.words}")
    if not all(finding.fine for finding in findings):
        raise SystemExit(1)


@click.command()
@click.option("--note", is_flag=True, help="Note what older answers tell though no step was taken: if it broke off.")
def migrate(note: bool) -> None:
    """Bring the database up to date; where a step was taken, also note in the open what older answers tell."""
    settings = settings_or_exit()

    async def main() -> None:
        migrations.make_folder(settings.database_url)
        database = Database(settings.database_url)
        try:
            stepped = not await migrations.up_to_date(database)
            await migrations.migrate(database)
            if stepped or note:
                await _note(Transactions(database, Vault(settings.data_key.get_secret_value()), system_clock))
        finally:
            await database.close()

    asyncio.run(main())
    click.echo("The database is up to date.")


@click.command()
def key() -> None:
    """Print a new DATA_KEY. Whoever loses it loses all personal data; keep a copy apart from the machine."""
    click.echo(Vault.new_key())


async def _note(transactions: Transactions) -> None:
    for step in STEPS:
        last: int | None = 0
        while last is not None:
            last = await transactions.run(step, last)


async def _up_to_date(settings: Settings) -> bool:
    migrations.make_folder(settings.database_url)
    database = Database(settings.database_url)
    try:
        return await migrations.up_to_date(database)
    finally:
        await database.close()
