"""A Telegram that listens, and a machine for the commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import persistence
from bot.intake import polling
from bot.settings import Settings
from db.vault import Vault
from sandbox import webhook as delivery
from tests.at_work import AtWork, at_work
from tests.over_http import Server, a_server


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
