"""`bot reminders`: whom the bot reminds of what, now or at any moment; a file of rules checked and put in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from bot.commands.opening import in_transaction, settings_or_exit
from bot.fault_words import fault_line
from domain.competition_faults import Faults
from domain.local_time import ALMATY
from domain.reminder import Rules
from domain.reminder_file import read_rules
from handlers.language import speaking
from usecases.forecast_reminders import Forecast, Step, forecast
from usecases.reminder_rules import load_rules
from usecases.work import Work

T = TypeVar("T")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "kk", "ru"]), default="en", show_default=True, help="Language of the faults."
)


@click.group(invoke_without_command=True)
@click.option("--at", type=click.DateTime(FORMATS), help="At this moment instead of now; Kazakhstan's time.")
@click.pass_context
def reminders(context: click.Context, at: datetime | None) -> None:
    """Whom the bot reminds of what, counted: now, or what would be due at another moment. Nothing is sent."""
    if context.invoked_subcommand is None:
        moment = at.replace(tzinfo=ALMATY).astimezone(UTC) if at else None
        click.echo(in_transaction(settings_or_exit(), lambda work: _told(forecast(work, moment or work.now))))


@reminders.command()
@click.argument("file", type=FILE)
@LANGUAGE
def check(file: Path, language: str) -> None:
    """Name every fault of FILE with its line; exit 1 if there is any (a model: programme/reminders.toml)."""
    rules = _in_order(lambda: read_rules(file.read_text("utf-8")), language)
    click.echo(f"{file}: in order, {len(rules.all)} reminder(s).")


@reminders.command()
@click.argument("file", type=FILE)
@LANGUAGE
def load(file: Path, language: str) -> None:
    """Put the rules of FILE in force, in place of those that were."""
    settings, text = settings_or_exit(), file.read_text("utf-8")

    def step(work: Work) -> Rules:
        return load_rules(work, text)

    rules = _in_order(lambda: in_transaction(settings, step), language)
    click.echo(f"{len(rules.all)} reminder(s) in force.")


def _in_order(read: Callable[[], T], language: str) -> T:
    """What was read; with any fault the command ends here, having named them all."""
    try:
        return read()
    except Faults as bad:
        with speaking(language):
            raise click.ClickException("\n  ".join(["There are faults:", *map(fault_line, bad.faults)])) from None


def _told(seen: Forecast) -> str:
    due = [_line(one) for one in seen.steps if one.now]
    ahead = [_line(one) for one in seen.steps if not one.now]
    head = f"{_time(seen.at)}: {seen.messages} people are to be reminded, each in one message."
    return "\n".join([head, *due, "Next:", *(ahead or ["  nothing"])])


def _line(one: Step) -> str:
    about = f"{one.rule} ({one.competition})" if one.competition else one.rule
    return f"  {about}, {one.step}: {one.people} people, {_time(one.at)} to {_time(one.lapses)}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(ALMATY):%Y-%m-%d %H:%M}"
