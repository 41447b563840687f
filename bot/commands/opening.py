"""How a command opens what it needs: the settings, a database, a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from bot.clock import system_clock
from bot.settings import BadSettings, Settings, load_settings
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
            return await database.transaction(lambda session: step(_work(session, vault)))
        finally:
            await database.close()

    return asyncio.run(run())


def _work(session: Session, vault: Vault) -> Work:
    return Work(session, system_clock(), vault)
