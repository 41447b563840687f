"""People in front of the real bot: real dispatcher, real database, and a Telegram that lives in memory.

Only the transport is replaced. A person presses what they can see, by its label; pressing what is not shown
fails the test. After every step all updates are handled and what became due in the outbox is sent.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import text

from bot.assembly import Program, assemble
from bot.pace import Limits
from bot.settings import Settings
from bot.timers import in_batches
from db.session import Database
from sandbox.chats import Chat, Message
from sandbox.person import Person as Account
from sandbox.person import Upload
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from tests.factories import DATA_KEY, NOW, in_force
from tests.statements import engine_of, share_statements
from tests.tables import make_tables
from usecases.plan_reminders import STEPS
from usecases.work import Work

T = TypeVar("T")
UNLIMITED = Limits(permits=1_000_000, window=0.0, burst=1_000_000, group_every=0.0)


def stored_json(value: Any) -> Any:
    """JSON as `House.rows` finds it: PostgreSQL's driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def goes(self, **by: float) -> None:
        """Move on: `goes(hours=13)`."""
        self.now += timedelta(**by)


@dataclass
class House:
    """The bot at work, and its Telegram."""

    telegram: Telegram
    clock: SetClock
    database: Database
    program: Program
    files_url: str = "memory:"

    def person(self, number: int = 1001, language_code: str | None = "kk", first_name: str = "Айгерім") -> Person:
        """Somebody with this Telegram id; the same one when asked again."""
        account = self.telegram.person({"id": number, "first_name": first_name, "language_code": language_code})
        return Person(self, account)

    async def opens_competition(self, *changes: tuple[str, str]) -> None:
        """Put the sample competition in force, with these texts of its file replaced (another code: one more)."""
        await self.work(lambda work: in_force(work, *changes))

    async def work(self, usecase: Callable[[Work], T]) -> T:
        """Run a use case now, as the program would."""
        return await self.program.transactions.run(usecase)

    async def deliver(self, *updates: dict[str, Any] | None) -> None:
        """Hand updates over as Telegram would, then send what is due."""
        for update in updates:
            if update:
                await self.program.intake.take(update)
        self.check()
        await self.settle()

    async def settle(self) -> None:
        """Do what timers would do now: fetch and send what is due."""
        program = self.program
        while await program.announcer.step() or await program.fetcher.fetch_due(10) or await program.sender.send_due():
            pass

    async def reminds(self) -> None:
        """Do what the timer of reminders would do now, and send what is due then."""
        await in_batches(self.program.transactions, STEPS)
        await self.settle()

    async def restart(self) -> None:
        """The process dies and starts again: nothing stays but the database and Telegram."""
        await self.program.bot.session.close()
        self.program = _program(self.telegram, self.clock, self.database, self.files_url)

    def check(self) -> None:
        assert self.program.intake.failed == 0, "an update was set aside; its error is in the log above"

    async def rows(self, statement: str, **parameters: Any) -> list[Any]:
        """What a plain SQL question finds, for looking behind the scenes."""
        return await self.database.transaction(lambda session: list(session.execute(text(statement), parameters)))


@dataclass
class Person:
    """A person with a phone."""

    house: House
    account: Account

    @property
    def chat(self) -> Chat:
        return self.account.chat

    # What they do

    async def starts(self, payload: str = "") -> None:
        await self._do(self.account.starts(payload))

    async def says(self, *texts: str) -> None:
        for words in texts:
            await self._do(self.account.says(words))

    async def presses(self, *labels: str) -> None:
        """Press buttons one after another, each by its label (or a part of it that only one button has)."""
        for label in labels:
            message, data = self._button(label)
            await self._do(self.account.presses(message.id, data))

    async def presses_old(self, message: Message, data: str) -> None:
        """Press a button of a screen that is gone, or forge one."""
        await self._do(self.account.presses(message.id, data, stale=True))

    async def presses_keyboard(self, label: str) -> None:
        await self._do(self.account.presses_keyboard(label))

    async def sends_contact(self, phone: str | None = None, *, own: bool = True) -> None:
        await self._do(self.account.sends_contact(phone, own))

    async def sends_document(self, name: str, data: bytes, *, size: int | None = None) -> None:
        await self._do(self.account.sends_document(name, data, size=size))

    async def sends_photo(self, data: bytes) -> None:
        await self._do(self.account.sends_photo(data))

    async def sends_album(self, uploads: list[Upload]) -> None:
        await self._do(*self.account.sends_album(uploads))

    async def sends(self, update: dict[str, Any] | None) -> None:
        """Anything else that `self.account` can do: `await p.sends(p.account.sends_voice())`."""
        await self._do(update)

    async def speaks(self, language: str) -> None:
        """Start and choose a language ("kk" or "ru")."""
        await self.starts()
        await self.presses({"kk": "Қазақша", "ru": "Русский"}[language])

    # What they see

    @property
    def sees(self) -> str:
        """The text of the newest message of the bot."""
        return self._from_bot()[-1].text

    @property
    def screen(self) -> Message:
        """The newest message of the bot."""
        return self._from_bot()[-1]

    @property
    def texts(self) -> list[str]:
        """The texts of all messages of the bot, oldest first."""
        return [message.text for message in self._from_bot()]

    @property
    def labels(self) -> list[str]:
        """The buttons under the newest message of the bot."""
        return self.screen.labels

    @property
    def alerts(self) -> list[str]:
        """Notes that answered presses, oldest first."""
        return self.chat.alerts

    def heard(self) -> int:
        """How often the bot has shown or answered anything in this chat: grows with every answer."""
        shown = sum(1 + len(message.versions) for message in self.chat.everything.values() if message.from_bot)
        return shown + len(self.chat.answers)

    def _from_bot(self) -> list[Message]:
        return [message for message in self.chat.messages if message.from_bot]

    def _button(self, label: str) -> tuple[Message, str]:
        for message in reversed(self._from_bot()):
            buttons = [b for row in message.keyboard for b in row if "callback_data" in b]
            for fitting in ([b for b in buttons if b["text"] == label], [b for b in buttons if label in b["text"]]):
                if len(fitting) == 1:
                    return message, fitting[0]["callback_data"]
        raise AssertionError(f"no button {label!r}; the last screen: {self.sees!r} {self.labels}")

    async def _do(self, *updates: dict[str, Any] | None) -> None:
        await self.house.deliver(*updates)


@asynccontextmanager
async def a_house(
    clock: SetClock | None = None, url: str = "sqlite://", files_url: str = "memory:"
) -> AsyncIterator[House]:
    """The bot at work on an empty database."""
    clock = clock or SetClock()
    telegram = Telegram(clock=clock)
    database = Database(url)
    share_statements(engine_of(database), "bot")
    await database.on_connection(make_tables)
    house = House(telegram, clock, database, _program(telegram, clock, database, files_url), files_url)
    try:
        yield house
    finally:
        await house.program.bot.session.close()
        await database.close()


def _program(telegram: Telegram, clock: SetClock, database: Database, files_url: str) -> Program:
    settings = Settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        data_key=DATA_KEY,
        files_url=files_url,
        database_url="sqlite://",
    )
    session = SandboxSession(telegram)
    return assemble(settings, session=session, clock=clock, limits=UNLIMITED, database=database)


__all__ = ["House", "Person", "SetClock", "Upload", "a_house", "stored_json"]
