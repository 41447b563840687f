"""`bot demo`: apart from the other commands, so that it need not wait for what they import."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.demo import FOLDER, PORT
from bot.demo import demo as run_demo
from bot.log import set_up_logs


@click.command()
@click.option("--port", default=PORT, show_default=True, help="The chat page's port, or the next free one.")
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
def demo(port: int, folder: Path) -> None:
    """Show the bot at work with no Telegram: a chat page in the browser."""
    set_up_logs(readable=True)
    asyncio.run(run_demo(folder, port))
