"""The storage: what is put is got back, and nothing of it can be read where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import Files, StorageFault
from db.vault import SealBroken, Vault
from tests.factories import DATA_KEY

PLAIN = b"IIN 000000000000, Aigerim" * 1000


@pytest.fixture(params=["file:", "file://", "memory:"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    place = "" if request.param == "memory:" else f"{tmp_path}/deep/files"
    return Files(f"{request.param}{place}", Vault(DATA_KEY))


async def test_what_is_put_comes_back(files: Files) -> None:
    await files.put("ab/cdef", PLAIN)
    await files.put("ab/other", b"other")
    assert await files.get("ab/cdef") == PLAIN


async def test_putting_again_replaces(files: Files) -> None:
    await files.put("ab/cdef", b"first")
    await files.put("ab/cdef", PLAIN)
    assert await files.get("ab/cdef") == PLAIN


async def test_what_is_deleted_is_gone_and_deleting_twice_is_no_fault(files: Files) -> None:
    await files.put("ab/cdef", PLAIN)
    await files.put("ab/stays", PLAIN)
    await files.delete(["ab/never", "ab/cdef"])
    await files.delete(["ab/cdef"])
    assert await files.get("ab/stays") == PLAIN
    with pytest.raises(FileNotFoundError):
        await files.get("ab/cdef")


async def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    files = Files(f"file:{tmp_path}/files", Vault(DATA_KEY))
    with pytest.raises(ValueError, match="path"):
        await files.put("../outside", PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


async def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    files = Files(f"file:{folder}", Vault(DATA_KEY))
    await files.put("ab/cdef", PLAIN)
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    assert path == folder / "ab" / "cdef"
    assert b"Aigerim" not in path.read_bytes()
    assert folder.stat().st_mode & 0o077 == 0


async def test_changed_bytes_are_not_given_out(tmp_path: Path) -> None:
    files = Files(f"file:{tmp_path}", Vault(DATA_KEY))
    await files.put("ab/cdef", PLAIN)
    path = tmp_path / "ab" / "cdef"
    path.write_bytes(path.read_bytes()[:-1] + b"A")
    with pytest.raises(SealBroken):
        await files.get("ab/cdef")


async def test_a_folder_that_cannot_be_made_is_a_fault_of_the_storage_when_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    files = Files(f"file:{tmp_path}/taken/files", Vault(DATA_KEY))
    with pytest.raises(StorageFault):
        await files.put("ab/cdef", PLAIN)


@pytest.mark.parametrize("url", ["file:", "ftp://somewhere", "files"])
def test_an_unknown_kind_of_storage_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be file:folder"):
        Files(url, Vault(DATA_KEY))
