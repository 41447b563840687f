"""The update loop over real HTTP: polling that acknowledges late."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import text

from bot import detached
from bot import run as run_module
from bot.intake import polling
from bot.turns import Turns
from sandbox.faults import Fault, FaultKind
from tests.over_http import Server, a_gate, nothing_is_shown_to, polled, the_bot, until


async def test_people_are_answered_and_what_is_done_is_acknowledged(server: Server, tmp_path: Path) -> None:
    async with the_bot(server, tmp_path) as program, polled(program):
        for person in range(1, 6):
            server.telegram.person(person).starts()
        await until(lambda: all(server.said(person) for person in range(1, 6)))
        await until(lambda: not server.telegram.updates.queue)


async def test_an_update_in_work_is_not_acknowledged_and_holds_up_nobody(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Turns.take

    async def wait(self: Turns, bot: Bot, raw: dict[str, Any]) -> None:
        if raw["message"]["from"]["id"] == 1:
            await gate.wait()
        await usual(self, bot, raw)

    monkeypatch.setattr(Turns, "take", wait)
    async with the_bot(server, tmp_path) as program, polled(program) as poller:
        with a_gate() as gate:
            await holds_up_nobody(server, poller)
            gate.set()
            await until(lambda: not server.telegram.updates.queue)
        assert len(server.said(1)) == 1


async def holds_up_nobody(server: Server, poller: polling.Poller) -> None:
    """The first person's update is in work; two others are answered meanwhile."""
    first = server.telegram.person(1).starts()["update_id"]
    server.telegram.person(2).starts()
    await until(lambda: server.said(2))
    server.telegram.person(3).starts()
    await until(lambda: server.said(3))
    assert poller.offset() == first
    assert server.telegram.updates.queue[0].update_id == first
    assert len(server.said(2)) == 1


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

        async def late(raw: dict[str, Any]) -> None:
            await asyncio.sleep(0.15)
            await take(raw)

        def note(raw: dict[str, Any]) -> asyncio.Future[None]:
            taken.append(raw["update_id"])
            return detached.start(late(raw), "late")

        monkeypatch.setattr(polling, "raw_updates", slow)
        monkeypatch.setattr(program.intake, "take", note)
        async with polled(program):
            for _ in range(3):
                server.telegram.person(1).starts()
            await until(lambda: len(server.said(1)) >= 3 and not server.telegram.updates.queue)
        assert taken == sorted(set(taken))


async def test_polling_pauses_as_long_as_telegram_says(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def at_once(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(polling, "pause", at_once)
    for kind in (FaultKind.TOO_MANY, FaultKind.SERVER_ERROR):
        server.telegram.faults.add(Fault(kind, method="getUpdates", retry_after=7))
    async with the_bot(server, tmp_path) as program, polled(program):
        server.telegram.person(1).starts()
        await until(lambda: server.said(1))
    assert pauses == [7, polling.PAUSE_AFTER_ERROR]


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
