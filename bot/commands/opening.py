"""How a command opens what it needs: the settings, a database, a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

import click

from bot.clock import system_clock
from bot.settings import BadSettings, Settings, load_settings
from bot.transactions import Transactions
from db.session import Database
from db.vault import Vault
from usecases.work import Work

T = TypeVar("T")


def settings_or_exit() -> Settings:
    """The settings; with any fault the command ends here, having named them all."""
    try:
        return load_settings()
    except BadSettings as bad:
        raise click.ClickException("The settings are not in order:\n  " + "\n  ".join(bad.faults)) from None


def in_transaction(settings: Settings, step: Callable[[Work], T]) -> T:
    """Run one step in one transaction of its own."""

    async def run() -> T:
        database = Database(settings.database_url)
        try:
            vault = Vault(settings.data_key.get_secret_value())
            return await Transactions(database, vault, system_clock).run(step)
        finally:
            await database.close()

    return asyncio.run(run())
