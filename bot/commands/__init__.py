"""Commands of the command line, one file a subject."""

from __future__ import annotations

import click

from bot.commands.competitions import competition
from bot.commands.documents import documents
from bot.commands.machine import check, demo, key, migrate, run
from bot.commands.tickets import tickets
from bot.commands.updates import updates


@click.group()
def program() -> None:
    """The ZHAS PROJECT bot.

    On a new machine: make a key with `key`, fill in .env (see .env.example), then `check`, `migrate`,
    `competition load FILE` and `run`. To see it at work without Telegram: `demo`.
    """


for command in (run, demo, check, migrate, key, competition, tickets, documents, updates):
    program.add_command(command)
