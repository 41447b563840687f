"""`bot staff`: the first administrator joins by a link made here; the rest may be invited in the chat."""

from __future__ import annotations

import asyncio

import click
from aiogram.exceptions import AiogramError

from bot.assembly import assemble
from bot.commands.opening import in_transaction, settings_or_exit
from bot.settings import Settings
from domain.refusal import Refused
from domain.staff import Member, Role
from handlers.figures import moment
from handlers.language import speaking
from usecases.staff import PREFIX, Invited, invite, members, remove


@click.group()
def staff() -> None:
    """Who works in the office: invite, list, remove."""


@staff.command("invite")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--lot", "lots", multiple=True, help="A lot they work in; several times for several. Without it: all.")
@click.option("--name", default="", help="As colleagues will know them; without it, as Telegram calls them.")
def make_link(role: str, lots: tuple[str, ...], name: str) -> None:
    """Print a link by which one person joins, once, within three days."""
    settings = settings_or_exit()
    try:
        made = in_transaction(settings, lambda work: invite(work, None, Role(role), frozenset(lots), name))
    except Refused as refused:
        raise click.ClickException(f"This cannot be: {refused.reason.value}.") from None
    for line in _told(made, asyncio.run(_bot_name(settings))):
        click.echo(line)


@staff.command("list")
def list_all() -> None:
    """Everybody who works here: number, role, lots, name."""
    for one in in_transaction(settings_or_exit(), members):
        click.echo(_line(one))


@staff.command("remove")
@click.argument("number", type=int)
def end(number: int) -> None:
    """End the membership of this NUMBER (see list), at once."""
    try:
        gone = in_transaction(settings_or_exit(), lambda work: remove(work, None, number))
    except Refused:
        raise click.ClickException(f"Nobody works here under the number {number}.") from None
    click.echo(f"Removed: {_line(gone)}")


def _told(made: Invited, bot_name: str) -> list[str]:
    """The link; where Telegram does not say what the bot is called, what is to be sent to it instead."""
    payload = PREFIX + made.token
    link = f"https://t.me/{bot_name}?start={payload}" if bot_name else f"Send this to the bot: /start {payload}"
    with speaking("ru"):
        until = moment(made.expires_at)
    return [link, f"{made.role}, lots: {_lots(made.lots)}. Works once, until {until}. It is not shown again."]


async def _bot_name(settings: Settings) -> str:
    program = assemble(settings)
    try:
        return (await program.bot.me()).username or ""
    except AiogramError:
        return ""
    finally:
        await program.bot.session.close()
        await program.database.close()


def _line(one: Member) -> str:
    return f"{one.id}  {one.role}  {_lots(one.lots)}  {one.name}"


def _lots(lots: frozenset[str]) -> str:
    return ", ".join(sorted(lots)) or "all"
