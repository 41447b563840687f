"""A Telegram that listens, and a machine for the commands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from db.vault import Vault
from tests.over_http import Server, a_server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with a_server() as one:
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
