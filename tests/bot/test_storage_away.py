"""The storage of files fails: its folder closed or gone, its disk full.

Files wait with Telegram, their senders are told and go on, and all is stored by itself once it can be.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import fetch
from bot.checks import Finding, look_over
from bot.settings import load_settings
from sandbox.faults import Fault as TelegramFault
from sandbox.faults import FaultKind
from tests.factories import DATA_KEY
from tests.files import a_pdf
from tests.in_force import PutInForce
from tests.papers import at_documents
from tests.person import House, Person, a_house
from tests.small_disk import a_small_disk
from usecases.fetch_documents import FIRST_PAUSE, LONGEST_FOR_STORAGE, MOST_TRIES

Fault = Callable[[], AbstractContextManager[None]]

STEP = 5  # seconds
TOLD = {
    "kk": "Файлдарыңыз жоғалмайды: әзірге Telegram-да тұр. Біздің файл қоймамыз қазір істемей тұр, іске қосылған бойда "
    "бәрін сақтап қоямын. Қайта жіберудің қажеті жоқ, жалғастыра беріңіз.",
    "ru": "Ваши файлы не пропадут, сейчас они в Telegram. Наше хранилище временно не работает: как только заработает, "
    "я всё сохраню. Отправлять ещё раз не нужно, можно продолжать.",
}


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody may write there; root may everywhere, so for the while we are not root."""
    mine = os.geteuid()
    folder.chmod(0o500)
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)
        folder.chmod(0o700)


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """A file stands where the folder was."""
    away = folder.with_name("away")
    folder.rename(away)
    folder.write_text("a file")
    try:
        yield
    finally:
        folder.unlink()
        away.rename(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files are kept."""
    made = tmp_path / "files"
    made.mkdir()
    return made


@pytest.fixture(params=["closed", "gone", "full", "read-only"])
def fault(request: pytest.FixtureRequest, folder: Path) -> Iterator[Fault]:
    """Makes the storage fail, for as long as it is entered."""
    if request.param in ("closed", "gone"):
        yield partial({"closed": closed, "gone": gone}[request.param], folder)
        return
    with a_small_disk(folder, 1 << 20) as disk:
        yield disk.full if request.param == "full" else disk.read_only


@pytest.fixture
async def house(tmp_path: Path, folder: Path) -> AsyncIterator[House]:
    async with a_house(url=f"sqlite:///{tmp_path}/bot.db", files_url=f"file:{folder}") as one:
        yield one


async def at_id_card(house: House, put_in_force: PutInForce, language: str = "kk", number: int = 1001) -> Person:
    person = await at_documents(house, put_in_force, language, number)
    await person.presses_old(person.screen, "slot:id_card")
    return person


async def time_goes(house: House, seconds: int) -> None:
    """It is looked again and again what is due; pauses are whole numbers of STEP."""
    for _ in range(0, seconds, STEP):
        house.clock.goes(seconds=STEP)
        await house.settle()


async def checked(house: House, folder: Path) -> Finding:
    """What `bot check` says of documents, in a process of its own."""
    settings = load_settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        bot_api_url="http://127.0.0.1:1",  # nobody listens there
        data_key=DATA_KEY,
        database_url=f"sqlite:///{folder.parent}/bot.db",
        files_url=f"file:{folder}",
    )
    (found,) = [one for one in await look_over(settings, house.clock) if one.what == "documents"]
    return found


def told(person: Person, language: str = "kk") -> int:
    """How often they were told that their files wait."""
    return sum(TOLD[language] in text for text in person.texts)


def downloads(house: House) -> int:
    return sum(call.method == "getFile" for call in house.telegram.calls)


async def test_who_sent_a_file_is_told_once_that_it_waits_and_it_is_stored_without_a_hand(
    house: House, put_in_force: PutInForce, folder: Path, fault: Fault
) -> None:
    people = {"kk": await at_id_card(house, put_in_force), "ru": await at_id_card(house, put_in_force, "ru", 1002)}
    storage = house.program.fetcher.storage
    with fault():
        for person in people.values():
            await person.sends_document("scan.pdf", a_pdf())
        await time_goes(house, 30)
        for language, person in people.items():
            assert "1. ⏳ scan.pdf" in person.sees
            assert not told(person, language)
        await time_goes(house, STEP)
        for language, person in people.items():
            assert person.sees.startswith(TOLD[language])
            assert "1. ⏳ scan.pdf" in person.sees, "the screen where they are stands below"
            await person.sends_document("back.pdf", a_pdf(note="back"))
            assert "2. ⏳ back.pdf" in person.sees
        await time_goes(house, 180)
    assert (storage.away, storage.outages) == (True, 1)
    assert [(storage.faults,)] == await house.rows("SELECT sum(storage_faults) FROM document")
    words = "4 wait(s) for the storage, the oldest for 3 min; 4 had to wait so far"
    assert await checked(house, folder) == Finding("documents", False, words)

    await time_goes(house, LONGEST_FOR_STORAGE // timedelta(seconds=1))
    assert await house.rows("SELECT DISTINCT state FROM document") == [("stored",)]
    assert (storage.away, storage.outages) == (False, 1)
    words = "none waits for the storage, 4 had to wait so far"
    assert await checked(house, folder) == Finding("documents", True, words)
    for language, person in people.items():
        assert told(person, language) == 1
        await person.presses_old(person.screen, "docs")
        assert "✅" in person.sees
        assert "⏳" not in person.sees


async def test_while_the_storage_is_away_nothing_is_brought_in_vain(
    house: House, put_in_force: PutInForce, folder: Path
) -> None:
    aigerim = await at_id_card(house, put_in_force)
    with gone(folder):
        await aigerim.sends_document("scan.pdf", a_pdf())
        await time_goes(house, 100)
        assert await house.rows("SELECT storage_faults FROM document") == [(5,)]
        assert downloads(house) == 1
    await time_goes(house, 100)
    assert downloads(house) == 2


async def test_a_short_fault_is_logged_but_not_told(house: House, put_in_force: PutInForce, folder: Path) -> None:
    aigerim = await at_id_card(house, put_in_force)
    with capture_logs() as log:
        with gone(folder):
            await aigerim.sends_document("scan.pdf", a_pdf())
            await time_goes(house, 20)
        await time_goes(house, 20)
    assert [entry["event"] for entry in log] == ["storage away"] * 3 + ["storage works again"]
    assert "scan.pdf" not in str(log)
    assert await house.rows("SELECT state, storage_faults FROM document") == [("stored", 3)]
    assert not told(aigerim)


async def test_a_second_outage_is_told_again(house: House, put_in_force: PutInForce, folder: Path) -> None:
    aigerim = await at_id_card(house, put_in_force)
    for number in range(2):
        with gone(folder):
            await aigerim.sends_document(f"{number}.pdf", a_pdf(note=str(number)))
            await time_goes(house, 40)
        await time_goes(house, 60)
    assert told(aigerim) == 2
    assert house.program.fetcher.storage.outages == 2


async def test_news_that_are_overtaken_are_not_told(house: House, put_in_force: PutInForce, folder: Path) -> None:
    """The storage is back, and the file in it, before the news that it waits are sent."""
    aigerim = await at_id_card(house, put_in_force)
    with gone(folder):
        await aigerim.sends_document("scan.pdf", a_pdf())
        house.clock.goes(minutes=1)
        await house.program.fetcher.fetch_due()
    house.clock.goes(minutes=1)
    await house.program.fetcher.fetch_due()
    await house.settle()
    assert await house.rows("SELECT kind, state FROM notification") == [("file_waits", "done")]
    assert not told(aigerim)


async def test_a_storage_that_hangs_is_away(
    house: House, put_in_force: PutInForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not for Telegram's sake that the file is late: however often it happens, the file is not given up."""
    monkeypatch.setattr(fetch, "LONGEST_STORING", 0.01)
    aigerim = await at_id_card(house, put_in_force)

    async def hangs(*_bytes: object) -> None:
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(house.program.files, "put", hangs)
        await aigerim.sends_document("scan.pdf", a_pdf())
        for _ in range(MOST_TRIES + 1):
            house.clock.goes(minutes=5)
            await house.settle()
    assert house.program.fetcher.storage.faults > MOST_TRIES
    monkeypatch.setattr(fetch, "LONGEST_STORING", 60)
    house.clock.goes(minutes=5)
    await house.settle()
    assert await house.rows("SELECT state FROM document") == [("stored",)]


async def test_after_a_long_outage_a_fault_of_telegrams_is_the_first_of_its_kind(
    house: House, put_in_force: PutInForce, folder: Path
) -> None:
    aigerim = await at_id_card(house, put_in_force)
    with gone(folder):
        await aigerim.sends_document("scan.pdf", a_pdf())
        for _ in range(MOST_TRIES):
            house.clock.goes(minutes=5)
            await house.settle()
    house.telegram.faults.add(TelegramFault(FaultKind.CUT_BEFORE, "getFile"))
    house.clock.goes(minutes=5)
    await house.settle()
    assert await house.rows("SELECT state, reason FROM document") == [("fetching", None)]
    house.clock.goes(seconds=FIRST_PAUSE.total_seconds())
    await house.settle()
    assert await house.rows("SELECT state FROM document") == [("stored",)]


async def test_one_file_that_cannot_be_deleted_holds_up_no_other(
    house: House, put_in_force: PutInForce, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "DELETE_AT_ONCE", 1)
    aigerim = await at_id_card(house, put_in_force)
    for number in range(2):
        await aigerim.sends_document(f"{number}.pdf", a_pdf(note=str(number)))
    stuck, other = [key for (key,) in await house.rows("SELECT storage_key FROM document ORDER BY id")]
    await aigerim.presses("1. Өшіру")
    house.clock.goes(seconds=1)
    await aigerim.presses("1. Өшіру")
    (folder / stuck).unlink()
    (folder / stuck).mkdir()  # a folder of this name is not deleted as a file is
    fetcher = house.program.fetcher
    assert [await fetcher.delete_due(), await fetcher.delete_due(), await fetcher.delete_due()] == [0, 1, 0]
    assert not (folder / other).exists()
    (folder / stuck).rmdir()
    house.clock.goes(hours=1)
    assert await fetcher.delete_due() == 1
    assert await house.rows("SELECT * FROM discarded_file") == []
