"""`bot tickets`: what waits for a living person, for whoever sits at the machine; operators have their desk."""

from __future__ import annotations

import click

from bot.commands.opening import in_transaction, settings_or_exit
from domain.check_form import CHECK
from domain.refusal import Refused
from domain.regions import LANGUAGES
from domain.ticket import Ticket
from handlers.eligibility.texts import answer, rule_title, title
from handlers.figures import moment
from handlers.language import speaking
from usecases.tickets import failed_rules, open_tickets, read_ticket
from usecases.work import Work

LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="ru", show_default=True)


@click.group()
def tickets() -> None:
    """Requests to a person: list those that wait, show one with its answers."""


@tickets.command("list")
@click.option("--lot", help="Only of this lot.")
@LANGUAGE
def list_all(lot: str | None, language: str) -> None:
    """Those that wait, oldest first: number, time, lot, conditions not met."""
    for line in in_transaction(settings_or_exit(), lambda work: list_tickets(work, lot, language)):
        click.echo(line)


@tickets.command()
@click.argument("number")
@LANGUAGE
def show(number: str, language: str) -> None:
    """One request with the answers it is about. That it was opened is written down."""
    try:
        lines = in_transaction(settings_or_exit(), lambda work: show_ticket(work, number, language))
    except Refused:
        raise click.ClickException(f"There is no request {number}.") from None
    for line in lines:
        click.echo(line)


def list_tickets(work: Work, lot: str | None, language: str) -> list[str]:
    """A line for each open request, of one lot if given; no personal data."""
    with speaking(language):
        return [_line(ticket) for ticket in open_tickets(work, lot)]


def show_ticket(work: Work, number: str, language: str) -> list[str]:
    """The request's line, its author's Telegram account, and the answers. Refused(NOT_FOUND) for an unknown number."""
    attached = read_ticket(work, number)
    with speaking(language):
        given = {one.key: attached.answers[one.key] for one in CHECK if one.key in attached.answers}
        answers = [f"{title(key)}: {answer(key, value)}" for key, value in given.items()]
        return [_line(attached.ticket), f"tg://user?id={attached.telegram_id}", *answers]


def _line(ticket: Ticket) -> str:
    failed = ", ".join(rule_title(rule) for rule in failed_rules(ticket))
    return f"{ticket.number}  {moment(ticket.opened_at)}  {ticket.lot}  {ticket.kind.value}  {failed}".rstrip()
