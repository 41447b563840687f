"""A Telegram that listens, and a machine for the commands."""

from __future__ import annotations

import gc
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import persistence
from bot.intake import intake as intake_module
from bot.intake import machine as away
from bot.intake import polling
from bot.settings import Settings
from db import session as session_module
from db.vault import Vault
from sandbox import webhook as delivery
from tests.at_work import AtWork, at_work
from tests.engines import UNSEEN
from tests.over_http import Server, a_server
from tests.postgres import Kept, NoPostgres, a_server_to_stop


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with a_server() as one:
        yield one


@pytest.fixture(params=["polling", "webhook"])
def by(request: pytest.FixtureRequest) -> str:
    """How updates come, once each; `@POLLING` for what there is by polling only."""
    return str(request.param)


@pytest.fixture
async def bot(
    server: Server, by: str, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AtWork]:
    """A program at work, with pauses shorter than in life."""
    monkeypatch.setattr(persistence, "PAUSES", (0.01, 0.02, 0.05))
    monkeypatch.setattr(polling, "PAUSE_AFTER_ERROR", 0.05)
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.5)
    async with at_work(server, tmp_path, unused_tcp_port if by == "webhook" else None) as one:
        yield one


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the machine is away it is tried again, and told, sooner than in life."""
    monkeypatch.setattr(session_module, "BUSY_TIMEOUT_MS", 20)
    monkeypatch.setattr(away, "PAUSE", 0.02)
    monkeypatch.setattr(away, "TELL_AFTER", 0.05)
    monkeypatch.setattr(intake_module, "LOOK_EVERY", 0.01)


@pytest.fixture
def kept() -> Iterator[Kept]:
    """A PostgreSQL for this test alone."""
    try:
        with a_server_to_stop() as one:
            yield one
        with warnings.catch_warnings():  # asyncpg leaves a connection that broke while it was made to the collector
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
    except NoPostgres as missing:
        pytest.skip(f"{UNSEEN}: {missing}")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with good settings; nothing listens at the Bot API's address."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    lines = [
        "BOT_TOKEN=4242:tests-have-no-token",
        f"DATA_KEY={Vault.new_key()}",
        "BOT_API_URL=http://127.0.0.1:9",
        f"DATABASE_URL=sqlite:///{tmp_path}/var/bot.db",
        f"FILES_URL=file:{tmp_path}/var/files",
    ]
    (tmp_path / ".env").write_text("\n".join(lines))
    return tmp_path
