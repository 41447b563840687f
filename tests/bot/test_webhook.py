"""The webhook over real HTTP: strangers refused, an answer after the commit, and a stop that loses nothing."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from click.testing import CliRunner, Result
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import run as run_module
from bot.assembly import Program
from bot.clock import system_clock
from bot.commands import program as command_line
from bot.intake import webhook as webhook_module
from bot.intake.webhook import LARGEST, PATH, SECRET_HEADER
from bot.settings import Settings
from db.vault import Vault
from domain.notification import Kind
from sandbox.faults import Fault, FaultKind
from tests.factories import DATA_KEY
from tests.over_http import SECRET, Server, comes, hooked, nothing_is_shown_to, the_bot, until
from usecases.notify import notify
from usecases.work import Work

GOOD = {SECRET_HEADER: SECRET}


@asynccontextmanager
async def running(program: Program) -> AsyncIterator[asyncio.Future[None]]:
    """The whole program, until SIGTERM."""
    run = asyncio.ensure_future(run_module.run(program))
    try:
        yield run
    finally:
        if not run.done():
            os.kill(os.getpid(), signal.SIGTERM)
            await run


def with_webhook(program: Program, port: int) -> Program:
    given = {"updates": "webhook", "webhook_url": f"http://127.0.0.1:{port}", "port": port}
    return replace(program, settings=program.settings.model_copy(update={**given, "webhook_secret": SecretStr(SECRET)}))


async def handled(program: Program) -> int:
    count = await program.database.transaction(lambda s: s.scalar(text("SELECT count(*) FROM handled_update")))
    return int(count or 0)


async def looked(http: ClientSession, url: str) -> tuple[int, dict[str, bool]]:
    async with http.get(f"{url}/readyz") as answer:
        return answer.status, await answer.json()


async def status(asked: Any) -> int:
    async with asked as answer:
        return int(answer.status)


def gone(_session: Session) -> None:
    raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))


def owe_to_the_first(session: Session) -> None:
    notify(Work(session, system_clock(), Vault(DATA_KEY)), 1, Kind.BROKEN, "1")


async def test_the_webhook_answers_people_and_refuses_strangers(
    server: Server, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with the_bot(server, tmp_path) as program, hooked(program, unused_tcp_port) as url:
        server.telegram.person(1).starts()
        await until(lambda: server.said(1))
        async with ClientSession() as stranger:
            for headers, body, status in (
                ({}, b"{}", 403),
                ({SECRET_HEADER: "wrong"}, b"{}", 403),
                (GOOD, b"not json", 400),
                (GOOD, b"{}", 400),
                (GOOD, b"[" * 100_000, 400),
                (GOOD, BytesIO(b" " * (LARGEST + 1)), 413),
            ):
                async with stranger.post(url + PATH, data=body, headers=headers) as answer:
                    assert answer.status == status
            async with stranger.get(f"{url}/healthz") as answer:
                assert answer.status == 200


async def test_an_update_gets_its_200_only_once_it_is_committed_and_answered(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    async with (
        the_bot(server, tmp_path) as program,
        hooked(program, unused_tcp_port),
        nothing_is_shown_to(1, monkeypatch) as gate,
    ):
        server.telegram.person(1).starts()
        await comes(lambda: handled(program), 1)
        assert server.telegram.updates.pending == 1
        gate.set()
        await until(lambda: not server.telegram.updates.queue)
        assert len(server.said(1)) == 1


async def test_ready_tells_of_the_database_and_of_stopping(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    async with the_bot(server, tmp_path) as program, hooked(program, unused_tcp_port) as url, ClientSession() as http:
        assert await looked(http, url) == (200, {"database": True, "texts": True, "not stopping": True})
        with monkeypatch.context() as broken:
            broken.setattr(webhook_module, "_ask", gone)
            assert await looked(http, url) == (503, {"database": False, "texts": True, "not stopping": True})
        with monkeypatch.context() as broken:
            broken.setattr(webhook_module, "PATIENCE", 0.0)
            assert (await looked(http, url))[0] == 503
        assert (await looked(http, url))[0] == 200


async def test_on_sigterm_running_updates_finish_new_ones_are_refused_and_the_address_stays(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    async with (
        the_bot(server, tmp_path) as program,
        nothing_is_shown_to(1, monkeypatch) as gate,
        running(with_webhook(program, unused_tcp_port)) as run,
    ):
        url = f"http://127.0.0.1:{unused_tcp_port}"
        await until(lambda: server.telegram.webhook.url == url + PATH)
        server.telegram.person(1).starts()
        await comes(lambda: handled(program), 1)
        async with ClientSession() as http:
            os.kill(os.getpid(), signal.SIGTERM)
            await comes(lambda: status(http.get(f"{url}/readyz")), 503)
            assert await status(http.get(f"{url}/healthz")) == 200
            assert await status(http.post(url + PATH, json={"update_id": 99}, headers=GOOD)) == 503
            server.telegram.person(2).starts()
            await until(lambda: server.telegram.webhook.error.endswith("503 Service Unavailable"))
        assert not run.done()
        gate.set()
        async with asyncio.timeout(5):
            await run
        assert (len(server.said(1)), server.said(2)) == (1, [])
        assert [waiting.update["message"]["from"]["id"] for waiting in server.telegram.updates.queue] == [2]
        assert server.telegram.webhook.url == url + PATH


async def test_a_stopping_program_finishes_the_notification_on_its_way(
    server: Server, tmp_path: Path, unused_tcp_port: int
) -> None:
    """Telegram is slow to answer; cut off there, the notification would go out a second time."""
    async with the_bot(server, tmp_path) as program, running(with_webhook(program, unused_tcp_port)) as run:
        server.telegram.person(1).starts()
        await until(lambda: server.said(1))
        server.telegram.faults.add(Fault(FaultKind.SLOW, "sendMessage", seconds=0.5))
        await program.database.transaction(owe_to_the_first)
        program.sender.wake()
        await until(lambda: len(server.said(1)) == 2)
        os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(10):
            await run
        async with the_bot(server, tmp_path) as after:
            states = await after.database.transaction(lambda s: s.execute(text("SELECT state FROM notification")).all())
        assert states == [("sent",)]


async def test_the_command_takes_the_address_away(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    given = {"BOT_TOKEN": "4242:tests-have-no-token", "DATA_KEY": DATA_KEY, "DATABASE_URL": "sqlite://"}
    for name, value in {**given, "BOT_API_URL": server.url}.items():
        monkeypatch.setenv(name, value)
    server.telegram.clock = lambda: 1_700_000_000
    server.telegram.webhook.url = "http://127.0.0.1:9/telegram"
    server.telegram.person(1).starts()
    await until(lambda: server.telegram.webhook.error)
    assert (await command("webhook", "show")).output.splitlines() == [
        "address: http://127.0.0.1:9/telegram",
        "waiting: 1",
        "last error: Connection refused (2023-11-14 22:13 UTC)",
    ]
    assert (await command("webhook", "remove")).output.splitlines() == ["address: none", "waiting: 1"]
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    away = await command("webhook", "show")
    assert (away.exit_code, away.output[:32]) == (1, "Error: Telegram cannot be asked ")


async def command(*words: str) -> Result:
    """The command line, in a thread: the sandbox must go on answering meanwhile."""
    return await asyncio.to_thread(CliRunner().invoke, command_line, words)
