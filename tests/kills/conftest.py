"""A Telegram that listens, and several processes of the bot at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import webhook as delivery
from tests.engines import Postgres
from tests.keeper import a_keeper
from tests.kills.processes import Ports, Processes
from tests.kills.robin import a_robin
from tests.over_http import Server, a_server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with a_server() as one:
        yield one


@pytest.fixture
async def processes(
    postgres: Postgres, server: Server, tmp_path: Path, unused_tcp_port_factory: Ports, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Processes]:
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.5)
    port = unused_tcp_port_factory()
    async with a_keeper(tmp_path, fast=True, database_url=postgres.url) as keeper, a_robin(port) as robin:
        yield Processes(keeper, robin, server, f"http://127.0.0.1:{port}", unused_tcp_port_factory)
