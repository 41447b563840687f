"""`bot check` looks whether the storage of files works."""

from __future__ import annotations

from pathlib import Path

from bot.checks import Finding, look_over
from bot.settings import Settings
from tests.factories import DATA_KEY


async def files_found(folder: Path, place: str) -> Finding:
    settings = Settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        bot_api_url="http://127.0.0.1:1",  # nobody listens there
        data_key=DATA_KEY,
        database_url=f"sqlite:///{folder}/bot.db",
        files_url=f"file:{folder}/{place}",
    )
    (found,) = [finding for finding in await look_over(settings) if finding.what == "files"]
    return found


async def test_a_storage_that_works_is_fine_and_nothing_stays_in_it(tmp_path: Path) -> None:
    assert await files_found(tmp_path, "files") == Finding("files", True, "can be written and read")
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


async def test_a_storage_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    found = await files_found(tmp_path, "taken/files")
    assert not found.fine
    assert found.words.startswith("cannot be written and read (NotADirectoryError")
