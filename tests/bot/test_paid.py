"""Announcements for Stars: only announcements, only up to the ceiling, and what is counted is never too little."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram.methods import EditMessageCaption, EditMessageText, SendMediaGroup, SendMessage
from aiogram.types import BufferedInputFile, InputMediaPhoto

from bot import paid as paid_module
from bot.assembly import Program, assemble
from bot.checks import _stars
from bot.pace import Limits, lane
from bot.paced import _may_be_paid
from bot.room import AT_ONCE, PATIENT_LANES, Room
from bot.settings import load_settings
from domain.notification import Kind, Lane, Notification
from sandbox.limits import Counting, Rate
from sandbox.limits import Limits as Allowed
from sandbox.requests import File
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from tests.factories import DATA_KEY
from tests.person import SetClock
from tests.tables import make_tables
from usecases.meet_person import known_person
from usecases.notify import notify
from usecases.paid_broadcast import set_aside_for, stars_spent
from usecases.work import Work

WINDOW = 0.2
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def test_stars_are_counted_before_they_are_spent_and_never_above_the_ceiling(work: Work) -> None:
    assert stars_spent(work) == 0
    assert [set_aside_for(work, 100, 25) for _ in range(4)] == [100, 100, 50, 0]
    assert stars_spent(work) == 25
    assert set_aside_for(work, 100, 26) == 10
    assert set_aside_for(work, 100, 5) == 0
    assert stars_spent(work) == 26


def a_program(
    telegram: Telegram, clock: SetClock, url: str, stars: int, session: SandboxSession | None = None
) -> Program:
    settings = load_settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        data_key=DATA_KEY,
        files_url="memory:",
        database_url=url,
        paid_broadcast_per_second=500,
        paid_broadcast_stars=stars,
    )
    session = session or SandboxSession(telegram)
    return assemble(settings, session=session, clock=clock, limits=Limits(permits=5, window=WINDOW))


async def sent(program: Program, telegram: Telegram, lane: Lane, many: int) -> list[bool]:
    """Send so many in this lane; of each whether Telegram was told to take Stars."""

    def queue(work: Work) -> None:
        for number in range(1, many + 1):
            telegram.person(number).starts()
            assert notify(work, known_person(work, number).id, Kind.BROKEN, lane.name, lane=lane)

    await program.transactions.run(queue)
    telegram.calls.clear()
    while await program.sender.send_due():
        pass
    return [bool(call.params.get("allow_paid_broadcast")) for call in telegram.calls if call.method == "sendMessage"]


async def test_only_announcements_are_paid_for_and_go_free_at_the_ceiling(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paid_module, "AT_A_TIME", 5)
    telegram, clock = Telegram(), SetClock()
    telegram.limits = Allowed(on=True, counting=Counting.WINDOW, overall=Rate(5, WINDOW), chat=None)
    program = a_program(telegram, clock, database_url, stars=2)
    await program.database.on_connection(make_tables)
    assert await sent(program, telegram, Lane.RECEIPT, 8) == [False] * 8
    begun = asyncio.get_running_loop().time()
    assert sorted(await sent(program, telegram, Lane.BROADCAST, 28)) == [False] * 8 + [True] * 20
    assert asyncio.get_running_loop().time() - begun >= WINDOW, "the last eight went at the free pace"
    assert (telegram.limits.bought, telegram.limits.refused) == (20, 0)
    spent = await program.transactions.run(stars_spent)
    assert spent == 2
    assert (await _stars(program)).words == "2.0 of 2 spent on announcements"
    await program.database.close()


async def albums(program: Program, telegram: Telegram, whose: Lane, many: int) -> None:
    """Send so many albums of three to as many people at once."""

    async def one(number: int) -> None:
        lane.set(whose)
        files = [InputMediaPhoto(media=BufferedInputFile(PNG, f"{n}.png")) for n in range(3)]
        await program.bot.send_media_group(number, list(files))

    for number in range(1, many + 1):
        telegram.person(number).starts()
    await asyncio.gather(*(one(number) for number in range(1, many + 1)))


async def test_every_file_of_an_album_is_counted_as_telegram_counts_it(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten messages may be paid for, so three albums of three: the fourth goes free, and nothing is billed beyond."""
    monkeypatch.setattr(paid_module, "AT_A_TIME", 2)
    telegram, clock = Telegram(), SetClock()
    telegram.limits = Allowed(on=True, counting=Counting.WINDOW, overall=Rate(5, WINDOW), chat=None)
    program = a_program(telegram, clock, database_url, stars=1)
    await program.database.on_connection(make_tables)
    await albums(program, telegram, Lane.BROADCAST, 5)
    assert (telegram.limits.bought, telegram.limits.refused) == (9, 0)
    assert telegram.limits.bought <= 10 * await program.transactions.run(stars_spent) <= 10
    await program.database.close()


def test_corrections_go_free_because_their_methods_know_no_stars() -> None:
    token = lane.set(Lane.BROADCAST)
    assert _may_be_paid(SendMessage(chat_id=1, text="words"))
    assert _may_be_paid(SendMediaGroup(chat_id=1, media=[]))
    assert not _may_be_paid(EditMessageText(chat_id=1, message_id=2, text="other words"))
    assert not _may_be_paid(EditMessageCaption(chat_id=1, message_id=2, caption="other words"))
    lane.reset(token)


async def test_corrections_take_no_more_room_than_at_the_free_pace() -> None:
    room = Room(PATIENT_LANES, lambda: 150)
    assert room.free() == 150
    for kind, free in ((Kind.ANNOUNCEMENT, 149), (Kind.ANNOUNCEMENT_CHANGE, AT_ONCE - 2)):
        task = asyncio.ensure_future(asyncio.sleep(0))
        room.sending[task] = Notification(1, 1, kind, Lane.BROADCAST, {}, 1)
        assert room.free() == free
    await asyncio.gather(*room.sending)


class Held(SandboxSession):
    """A way to Telegram on which the first calls are held up until so many are on it at once."""

    def __init__(self, telegram: Telegram, until: int) -> None:
        super().__init__(telegram)
        self._left, self.reached = until, asyncio.Event()

    async def ask(self, name: str, params: dict[str, Any], files: dict[str, File]) -> Any:
        self._left -= 1
        if not self._left:
            self.reached.set()
        async with asyncio.timeout(20):
            await self.reached.wait()
        return await super().ask(name, params, files)


async def test_more_are_on_their_way_at_once_while_stars_are_spent(database_url: str) -> None:
    telegram, clock = Telegram(), SetClock()
    held = Held(telegram, 3 * AT_ONCE)
    telegram.limits = Allowed(on=True, counting=Counting.WINDOW, overall=Rate(5, WINDOW), chat=None, paid=Rate(500, 1))
    program = a_program(telegram, clock, database_url, stars=10, session=held)
    await program.database.on_connection(make_tables)
    assert (program.sender.patient(), program.announcer.outbox()) == (150, 1000)
    told = await sent(program, telegram, Lane.BROADCAST, 105)
    assert (sum(told), telegram.limits.bought, telegram.limits.refused) == (100, 100, 0)
    assert held.reached.is_set()
    assert (program.sender.patient(), program.announcer.outbox()) == (AT_ONCE, 0), "free again: a pause takes effect"
    await program.database.close()


async def test_its_share_is_the_same_part_of_the_paid_pace(database_url: str) -> None:
    program = a_program(Telegram(), SetClock(), database_url, stars=2)
    pace = program.sender.pace
    assert pace.beside
    pace.hold(2)
    assert (pace.permits, pace.beside.permits) == (2, 200)
    await pace.give_way(1)
    assert (pace.permits, pace.beside.permits) == (1, 100)
    await program.database.close()
