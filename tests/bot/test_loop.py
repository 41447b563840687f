"""The update loop over real HTTP: polling that acknowledges late, and the webhook that answers late."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import ClientSession, web
from sqlalchemy import text

from bot import run as run_module
from bot import turns as turns_module
from bot.assembly import Program, assemble
from bot.intake import polling
from bot.intake.polling import Poller
from bot.intake.webhook import LARGEST, PATH, SECRET_HEADER, Webhook
from bot.settings import load_settings
from bot.show import show
from bot.turns import Turns
from db.migrate import migrate
from sandbox.faults import Fault, FaultKind
from sandbox.server import application
from sandbox.telegram import Telegram
from tests.factories import DATA_KEY
from tests.person import UNLIMITED

SECRET = "a-secret-of-the-test"


class Server:
    """A sandbox listening on 127.0.0.1, and what a person's chat shows."""

    def __init__(self, telegram: Telegram, url: str) -> None:
        self.telegram, self.url = telegram, url

    def said(self, person: int) -> list[str]:
        return [message.text for message in self.telegram.chat(person).messages if message.from_bot]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    telegram = Telegram()
    runner = web.AppRunner(application(telegram), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Server(telegram, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


@asynccontextmanager
async def the_bot(server: Server, folder: Path) -> AsyncIterator[Program]:
    """A bot on a file of its own, over real HTTP."""
    settings = load_settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        bot_api_url=server.url,
        data_key=DATA_KEY,
        files_url="memory:",
        database_url=f"sqlite:///{folder}/bot.db",
    )
    program = assemble(settings, limits=UNLIMITED)
    await migrate(program.database)
    try:
        yield program
    finally:
        await program.bot.session.close()
        await program.database.close()


@asynccontextmanager
async def polled(program: Program) -> AsyncIterator[Poller]:
    poller = Poller(program.bot, program.intake)
    running = asyncio.ensure_future(poller.run())
    try:
        yield poller
    finally:
        poller.stop()
        await running


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait for something that other tasks are bringing about."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_people_are_answered_and_what_is_done_is_acknowledged(server: Server, tmp_path: Path) -> None:
    async with the_bot(server, tmp_path) as program, polled(program):
        for person in range(1, 6):
            server.telegram.person(person).starts()
        await until(lambda: all(server.said(person) for person in range(1, 6)))
        await until(lambda: not server.telegram.updates.queue)


async def test_an_update_in_work_is_not_acknowledged_and_holds_up_nobody(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()
    usual = Turns.on_message

    async def wait(self: Turns, message: Any, bot: Bot, event_update: Any) -> None:
        if message.from_user.id == 1:
            await gate.wait()
        await usual(self, message, bot, event_update)

    monkeypatch.setattr(Turns, "on_message", wait)
    async with the_bot(server, tmp_path) as program, polled(program) as poller:
        first = server.telegram.person(1).starts()["update_id"]
        server.telegram.person(2).starts()
        await until(lambda: server.said(2))
        server.telegram.person(3).starts()
        await until(lambda: server.said(3))
        assert poller.offset() == first
        assert server.telegram.updates.queue[0].update_id == first
        assert len(server.said(2)) == 1
        gate.set()
        await until(lambda: not server.telegram.updates.queue)
        assert len(server.said(1)) == 1


async def test_what_was_in_work_at_a_crash_comes_again_and_is_done_once(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with the_bot(server, tmp_path) as program:
        server.telegram.person(1).starts("poster")
        [raw] = await polling.raw_updates(program.bot, 0, 0)
        await program.intake.take(raw)  # committed and shown, but the process dies before the offset moves
    async with the_bot(server, tmp_path) as program, polled(program):
        await until(lambda: not server.telegram.updates.queue)
        people = await program.database.transaction(lambda s: s.execute(text("SELECT source FROM person")).all())
        assert people == [("poster",)]
        assert len(server.said(1)) == 2  # the same screen, redrawn


async def test_an_update_that_gets_done_while_it_comes_again_is_done_once(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    usual = polling.raw_updates

    async def slow(bot: Bot, offset: int, wait: int, limit: int = 100) -> list[dict[str, Any]]:
        updates = await usual(bot, offset, wait, limit)
        await asyncio.sleep(0.1)  # on the way back, while the update of the last answer is finished
        return updates

    async with the_bot(server, tmp_path) as program:
        take = program.intake.take

        async def note(raw: dict[str, Any]) -> None:
            taken.append(raw["update_id"])
            await asyncio.sleep(0.15)
            await take(raw)

        monkeypatch.setattr(polling, "raw_updates", slow)
        monkeypatch.setattr(program.intake, "take", note)
        async with polled(program):
            for _ in range(3):
                server.telegram.person(1).starts()
            await until(lambda: len(server.said(1)) >= 3 and not server.telegram.updates.queue)
        assert taken == sorted(set(taken))


async def test_telegrams_bad_moments_pass(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PAUSE_AFTER_ERROR", 0.01)
    for kind in (FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.CONFLICT, FaultKind.TOO_MANY):
        server.telegram.faults.add(Fault(kind, method="getUpdates", retry_after=1))
    async with the_bot(server, tmp_path) as program, polled(program):
        server.telegram.person(1).starts()
        await until(lambda: server.said(1))


async def test_duplicates_and_disorder_change_nothing(server: Server, tmp_path: Path) -> None:
    server.telegram.faults.add(Fault(FaultKind.DUPLICATE, times=3))
    async with the_bot(server, tmp_path) as program, polled(program):
        for _ in range(3):
            server.telegram.person(1).starts("poster")
        await until(lambda: not server.telegram.updates.queue and len(server.said(1)) >= 3)
        [(count,)] = await program.database.transaction(
            lambda s: s.execute(text("SELECT count(*) FROM handled_update")).all()
        )
        assert count == 3


@asynccontextmanager
async def hooked(program: Program, port: int) -> AsyncIterator[str]:
    webhook = Webhook(program.bot, program.intake, SECRET)
    await webhook.start(f"http://127.0.0.1:{port}", port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await webhook.stop()


async def test_the_webhook_answers_people_and_refuses_strangers(
    server: Server, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with the_bot(server, tmp_path) as program, hooked(program, unused_tcp_port) as url:
        server.telegram.person(1).starts()
        await until(lambda: server.said(1))
        good = {SECRET_HEADER: SECRET}
        async with ClientSession() as stranger:
            for headers, body, status in (
                ({}, b"{}", 403),
                ({SECRET_HEADER: "wrong"}, b"{}", 403),
                (good, b"not json", 400),
                (good, b"{}", 400),
                (good, BytesIO(b" " * (LARGEST + 1)), 413),
            ):
                async with stranger.post(url + PATH, data=body, headers=headers) as answer:
                    assert answer.status == status
            async with stranger.get(f"{url}/healthz") as answer:
                assert answer.status == 200


async def test_the_program_starts_and_stops_in_order(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with the_bot(server, tmp_path) as program:
        server.telegram.person(1).starts()
        running = asyncio.ensure_future(run_module.run(program))
        await until(lambda: server.said(1))

        os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(5):
            await running
        assert not server.telegram.updates.queue


@asynccontextmanager
async def nothing_is_shown_to(person: int, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Event]:
    """Telegram takes its time with this person's answers until the event is set."""
    gate, usual = asyncio.Event(), show

    async def slow(bot: Bot, chat: int, *rest: Any) -> Any:
        if chat == person:
            await gate.wait()
        return await usual(bot, chat, *rest)

    monkeypatch.setattr(turns_module, "show", slow)
    try:
        yield gate
    finally:
        gate.set()


@pytest.mark.parametrize("theirs", [1, 110], ids=["one", "a flood"])
async def test_answers_that_wait_to_be_shown_hold_up_nobody_however_many_come_after(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: int
) -> None:
    """Telegram gives a hundred updates at once, and the same ones again until the first is acknowledged."""
    others = range(2, 112)
    async with (
        the_bot(server, tmp_path) as program,
        polled(program),
        nothing_is_shown_to(1, monkeypatch) as gate,
    ):
        for _ in range(theirs):
            server.telegram.person(1).says("/menu")
        for person in others:
            server.telegram.person(person).starts()
        await until(lambda: all(server.said(person) for person in others), seconds=15)
        assert server.said(1) == []
        gate.set()
        await until(lambda: len(server.said(1)) == theirs, seconds=30)
        await program.intake.finish()
        await until(lambda: not server.telegram.updates.queue)
