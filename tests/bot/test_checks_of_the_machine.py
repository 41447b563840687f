"""`bot check` tells of what will stop the bot, or has: a disk that fills up, messages and updates that wait."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from bot.checks import Finding, look_over
from bot.disk import free_space, places
from bot.settings import Settings, load_settings
from db.migrate import migrate
from db.session import Database
from db.vault import Vault
from domain.notification import Kind
from tests.factories import DATA_KEY, NOW
from tests.over_http import Server
from usecases.meet_person import known_person
from usecases.notify import notify
from usecases.work import Work

FULL = 999_000_000


def settings_in(folder: Path, **given: str) -> Settings:
    usual = {
        "bot_token": "4242:tests-have-no-token",
        "bot_api_url": "http://127.0.0.1:1",  # nobody listens there
        "data_key": DATA_KEY,
        "database_url": f"sqlite:///{folder}/var/bot.db",
        "files_url": f"file:{folder}/files",
    }
    return load_settings(_env_file=None, **{**usual, **given})


async def found(settings: Settings, what: str) -> Finding:
    (one,) = [finding for finding in await look_over(settings, lambda: NOW) if finding.what == what]
    return one


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """What the disks have free: the tests say it."""
    said = {"free": 76_940_000_000}
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(**said))
    return said


async def test_a_disk_with_room_is_fine_and_a_full_one_is_not(tmp_path: Path, free: dict[str, int]) -> None:
    settings = settings_in(tmp_path)
    assert await found(settings, "disk") == Finding("disk", True, "76.9 GB free for database and files")
    free["free"] = FULL
    words = "1.0 GB free for database and files: make room, a full disk stops the bot"
    assert await found(settings, "disk") == Finding("disk", False, words)


async def test_only_what_is_kept_on_this_machine_counts(tmp_path: Path, free: dict[str, int]) -> None:
    free["free"] = FULL
    assert (await found(settings_in(tmp_path, files_url="memory:"), "disk")).words.startswith(
        "1.0 GB free for database:"
    )
    elsewhere = settings_in(tmp_path, files_url="s3://a/b", database_url="postgresql+asyncpg://zhas@127.0.0.1:1/zhas")
    assert places(elsewhere) == {}


def test_two_disks_are_told_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {tmp_path / "a": 5, tmp_path / "b": 7}
    for folder in sizes:
        folder.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=sizes[folder]))
    monkeypatch.setattr("bot.disk.disk_of", lambda folder: sizes[folder])
    kept = {"database": tmp_path / "a" / "not there yet", "files": tmp_path / "b"}
    assert free_space(kept) == {"database": 5, "files": 7}


async def test_what_waits_too_long_to_be_sent_is_told(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert (await found(settings, "outbox")).words.startswith("cannot be read (OperationalError")
    database = Database(settings.database_url)
    await migrate(database)

    def queue(session: Session, subject: str, waited: timedelta) -> None:
        work = Work(session, NOW, Vault(DATA_KEY))
        notify(work, known_person(work, 7).id, Kind.BROKEN, subject, at=NOW - waited)

    await database.transaction(queue, "later", timedelta(minutes=-1))
    assert await found(settings, "outbox") == Finding("outbox", True, "nothing waits")
    await database.transaction(queue, "now", timedelta(minutes=15))
    waited = "the oldest due notification has waited"
    assert await found(settings, "outbox") == Finding("outbox", True, f"{waited} 15 min")
    for span, words in (
        (timedelta(minutes=16), "16 min"),
        (timedelta(hours=30), "30 h"),
        (timedelta(days=9), "9 days"),
    ):
        await database.transaction(queue, words, span)
        asked = f"{waited} {words}: is the bot running, and does Telegram answer?"
        assert await found(settings, "outbox") == Finding("outbox", False, asked)
    await database.close()


async def test_updates_that_wait_with_telegram_are_counted(tmp_path: Path, server: Server) -> None:
    settings = settings_in(tmp_path, bot_api_url=server.url)
    assert await found(settings, "updates") == Finding("updates", True, "0 wait with Telegram")
    for number in range(101):
        server.telegram.person(number + 1).starts()
    assert await found(settings, "updates") == Finding("updates", False, "101 wait with Telegram")
    away = await found(settings_in(tmp_path), "updates")
    assert not away.fine
    assert away.words.startswith("Telegram cannot be asked (TelegramNetworkError")


async def test_a_webhook_that_failed_lately_is_told(tmp_path: Path, server: Server) -> None:
    settings, hook = settings_in(tmp_path, bot_api_url=server.url), server.telegram.webhook
    hook.url, hook.error = "https://bot.example.kz/telegram", "Connection refused"
    hook.error_at = int((NOW - timedelta(hours=1)).timestamp())
    assert await found(settings, "updates") == Finding("updates", True, "0 wait with Telegram")
    hook.error_at += 60
    words = f"0 wait with Telegram, last error {NOW - timedelta(minutes=59):%H:%M} UTC: Connection refused"
    assert await found(settings, "updates") == Finding("updates", False, words)
