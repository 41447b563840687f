"""The webhook as Telegram knows it: look at it, or take it away when the bot is put out of service."""

from __future__ import annotations

import asyncio

import click
from aiogram.exceptions import TelegramAPIError

from bot.assembly import assemble
from bot.commands.opening import settings_or_exit
from bot.log import where


@click.group()
def webhook() -> None:
    """Where Telegram brings updates. `run` sets it with UPDATES=webhook and removes it with UPDATES=polling."""


@webhook.command()
def show() -> None:
    """Its address, how many updates wait, and what went wrong last."""
    click.echo(_ask(remove=False))


@webhook.command()
def remove() -> None:
    """Take it away. Updates wait with Telegram, for 24 hours, until the bot runs again."""
    click.echo(_ask(remove=True))


def _ask(*, remove: bool) -> str:
    try:
        return asyncio.run(_asked(remove))
    except TelegramAPIError as error:
        raise click.ClickException(f"Telegram cannot be asked ({where(error)})") from None


async def _asked(remove: bool) -> str:
    program = assemble(settings_or_exit())
    try:
        if remove:
            await program.bot.delete_webhook()
        told = await program.bot.get_webhook_info()
    finally:
        await program.bot.session.close()
        await program.database.close()
    lines = [f"address: {told.url or 'none'}", f"waiting: {told.pending_update_count}"]
    if told.last_error_message:
        lines.append(f"last error: {told.last_error_message} ({told.last_error_date:%Y-%m-%d %H:%M} UTC)")
    return "\n".join(lines)
