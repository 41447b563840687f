"""The command that moves everything from one database into another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.log import where
from bot.settings import DRIVERS
from db.move import Hindrance, Moved
from db.move import move as move_database


class DatabaseUrl(click.ParamType[str]):
    """A database URL as DATABASE_URL has it."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            driver = make_url(value).drivername
        except ArgumentError:
            self.fail("This is no database URL.", param, ctx)
        if driver not in DRIVERS:
            self.fail(f"It must begin with one of {', '.join(DRIVERS)}.", param, ctx)
        return value


@click.command()
@click.option("--from", "source", type=DatabaseUrl(), required=True, help="What is copied; it stays as it is.")
@click.option("--to", "target", type=DatabaseUrl(), required=True, help="Where to; an empty database.")
def move(source: str, target: str) -> None:
    """Copy one database into another: SQLite into PostgreSQL, or back.

    Stop the bot first. Both addresses are written as in DATABASE_URL:

    \b
      sqlite:///var/bot.db
      postgresql+asyncpg://user:password@127.0.0.1/zhas

    The target must be empty; its tables are made here. Everything is copied in one transaction and then read again
    there: each table is listed with the number of its rows, and its contents are compared. If anything differs,
    nothing is kept, and the exit code is 1. The old database is not changed. Files are not in the database:
    FILES_URL stays as it is. Afterwards put the new address into .env as DATABASE_URL and start the bot.
    """
    if make_url(source) == make_url(target):
        raise click.ClickException("Both addresses are the same.")
    tables: list[Moved] = []

    def tell(table: Moved) -> None:
        tables.append(table)
        found = "the same" if table.same else f"DIFFERENT: {_figure(table.found)} rows there"
        click.echo(f"{table.name:<24}{_figure(table.read):>12}  {found}")

    if not _moved(source, target, tell):
        raise click.ClickException("Not everything arrived as it left. Nothing was kept; the target has no rows.")
    click.echo(f"{len(tables)} tables, {_figure(sum(table.read for table in tables))} rows, all the same.")


def _moved(source: str, target: str, tell: Callable[[Moved], None]) -> bool:
    try:
        return asyncio.run(move_database(source, target, tell))
    except Hindrance as hindrance:
        raise click.ClickException(str(hindrance)) from None
    except DBAPIError as error:  # its own words may quote what people wrote; its kind and number do not
        fault = f"{type(error.orig).__name__} {getattr(error.orig, 'sqlstate', None) or ''}".strip()
        raise click.ClickException(f"The database refused, and nothing was kept: {fault}") from None
    except OSError as error:
        raise click.ClickException(f"The database cannot be reached: {where(error)}") from None


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", " ")
