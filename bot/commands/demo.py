"""`bot demo`: apart from the other commands, so that it need not wait for what they import."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.clock import system_clock
from bot.demo import FOLDER, PORT
from bot.demo import demo as run_demo
from bot.log import set_up_logs
from bot.loop import run_in_loop
from domain.local_time import ALMATY

FURTHEST = timedelta(days=3660)


class Ahead(click.ParamType[timedelta]):
    """Day and time of Almaty, as how far ahead of now they are."""

    name = "YYYY-MM-DD HH:MM"

    def convert(self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        try:
            words = " ".join(value.replace("T", " ").split())
            at = datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ALMATY)
        except ValueError:
            self.fail(f'"{value}" is no moment. Write day and time of Almaty, like this: --at "2026-11-27 22:30".')
        ahead = at - system_clock()
        if abs(ahead) > FURTHEST:
            self.fail(f'"{value}" is more than ten years away.')
        return ahead


@click.command()
@click.option("--port", default=PORT, show_default=True, help="The chat page's port, or the next free one.")
@click.option(
    "--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True, help="What is written stays here."
)
@click.option(
    "--at",
    "ahead",
    type=Ahead(),
    default=timedelta(0),
    help="Time of Almaty at the start; the clock goes on from there. It tries the quiet hours, deadlines and "
    "reminders. To go back in time, name another folder.",
)
def demo(port: int, folder: Path, ahead: timedelta) -> None:
    """Show the bot at work with no Telegram: a chat page in the browser."""
    set_up_logs(readable=True)
    run_in_loop(run_demo(folder, port, ahead))
