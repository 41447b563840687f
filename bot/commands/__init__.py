"""Commands of the command line, one file a subject, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

# Name of the command: where it stands. In the order in which --help lists them.
COMMANDS = {
    "run": "machine",
    "demo": "demo",
    "check": "machine",
    "migrate": "machine",
    "move": "move",
    "key": "machine",
    "competition": "competitions",
    "staff": "staff",
    "tickets": "tickets",
    "answers": "answers",
    "reminders": "reminders",
    "coverage": "coverage",
    "documents": "documents",
    "updates": "updates",
    "webhook": "webhook",
}


class Commands(click.Group):
    """Finds a command's module by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"bot.commands.{COMMANDS[cmd_name]}"), cmd_name)
        return found


@click.group(cls=Commands)
def program() -> None:
    """The ZHAS PROJECT bot.

    On a new machine: make a key with `key`, fill in .env (see .env.example), then `check`, `migrate`,
    `competition load FILE` and `run`. To see it at work without Telegram: `demo`.
    """
