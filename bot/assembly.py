"""Puts the running program together from its settings: every wire is in this file."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import LinkPreviewOptions

from bot import kept_types  # noqa: F401 - held for as long as the program runs
from bot.announcer import Announcer
from bot.clock import Clock, system_clock
from bot.conversations import routes
from bot.fetch import Fetcher
from bot.files import Files
from bot.intake.intake import Intake
from bot.pace import Limits, Pace
from bot.paced import Paced
from bot.paid import Paid
from bot.requests import Requests
from bot.room import at_once
from bot.sender import Sender
from bot.settings import Settings
from bot.shares import Shares
from bot.transactions import Transactions
from bot.turns import Turns
from db.session import Database
from db.vault import Vault


@dataclass(frozen=True)
class Program:
    """The parts that `bot/run.py` starts and stops."""

    settings: Settings
    database: Database
    vault: Vault
    clock: Clock
    transactions: Transactions
    bot: Bot
    turns: Turns
    intake: Intake
    sender: Sender
    shares: Shares
    files: Files
    fetcher: Fetcher
    announcer: Announcer


def assemble(
    settings: Settings,
    *,
    session: BaseSession | None = None,
    clock: Clock = system_clock,
    limits: Limits | None = None,
    database: Database | None = None,
) -> Program:
    """The program for these settings; tests give their own transport, clock, limits and database."""
    database = database or Database(settings.database_url)
    vault = Vault(settings.data_key.get_secret_value())
    transactions = Transactions(database, vault, clock)
    pace = Pace(limits or Limits())
    paid = _paid(settings, transactions)
    pace.beside = paid.pace if paid else None
    bot = _bot(settings, session, Paced(pace, paid))
    table = routes()
    turns = Turns(transactions, table)
    sender = Sender(bot, transactions, table, turns, pace, paid.on_way if paid else at_once)
    shares = Shares(transactions, pace, sender.wake)
    files = Files(settings.files_url, vault)
    fetcher = Fetcher(bot, transactions, files)
    announcer = Announcer(bot, transactions, paid.in_outbox if paid else lambda: 0)
    database.when_queued.append(sender.wake)
    intake = Intake(bot, turns, transactions, turns.languages)
    return Program(
        settings, database, vault, clock, transactions, bot, turns, intake, sender, shares, files, fetcher, announcer
    )


def _paid(settings: Settings, transactions: Transactions) -> Paid | None:
    if not settings.paid_broadcast_per_second or not settings.paid_broadcast_stars:
        return None
    pace = Pace(Limits(permits=settings.paid_broadcast_per_second))
    return Paid(transactions, pace, settings.paid_broadcast_stars)


def _bot(settings: Settings, session: BaseSession | None, paced: Paced) -> Bot:
    server = TelegramAPIServer.from_base(settings.bot_api_url)
    transport = session or Requests(api=server)
    transport.middleware(paced)
    quiet = LinkPreviewOptions(is_disabled=True)
    return Bot(
        settings.bot_token.get_secret_value(),
        session=transport,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=quiet),
    )
