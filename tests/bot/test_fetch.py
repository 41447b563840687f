"""Documents on their way from Telegram into the storage, through every trouble there may be."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import fetch
from bot.fetch import LONGEST, Bounded, TooBig
from db.storage_waits import StorageWaits
from domain.refusal import Reason
from sandbox.errors import bad
from sandbox.faults import Fault, FaultKind
from sandbox.telegram import Telegram
from tests.factories import NOW
from tests.files import a_docx, a_jpg, a_pdf, a_png, a_zip, an_exe
from tests.in_force import PutInForce
from tests.papers import at_documents
from tests.person import House, Person, Upload, stored_json
from usecases.fetch_documents import LEASE, MOST_TRIES, all_that_wait_for_storage


@pytest.fixture
async def aigerim(house: House, put_in_force: PutInForce) -> Person:
    """At the slot of her ID card."""
    person = await at_documents(house, put_in_force)
    await person.presses_old(person.screen, "slot:id_card")
    return person


async def documents(house: House, columns: str = "state, reason, file_type, size") -> list[tuple[Any, ...]]:
    rows = await house.rows(f"SELECT {columns} FROM document WHERE removed_at IS NULL ORDER BY id")
    return [tuple(row) for row in rows]


async def only(house: House, columns: str = "state, reason, file_type, size") -> Any:
    (row,) = await documents(house, columns)
    return row if len(row) > 1 else row[0]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("scan.pdf", a_pdf(), "pdf"),
        ("scan.docx", a_docx(), "docx"),
        ("scan.png", a_png(), "png"),
        ("scan.jpg", a_png(), "png"),
        ("scan.pdf", a_docx(), "docx"),
    ],
)
async def test_a_real_file_is_stored_under_its_real_type(
    house: House, aigerim: Person, name: str, data: bytes, kind: str
) -> None:
    await aigerim.sends_document(name, data)
    assert await only(house) == ("stored", None, kind, len(data))
    (key,) = (await house.rows("SELECT storage_key FROM document"))[0]
    assert await house.program.files.get(key) == data


async def test_the_largest_size_of_a_photo_is_fetched(house: House, aigerim: Person) -> None:
    photo = a_jpg(1280, 960)
    await aigerim.sends_photo(photo)
    assert await only(house) == ("stored", None, "jpg", len(photo))


async def test_the_key_in_the_storage_tells_nothing(house: House, aigerim: Person) -> None:
    await aigerim.sends_document("Aigerim.pdf", a_pdf(note="1"))
    await aigerim.sends_document("Aigerim.pdf", a_pdf(note="2"))
    first, second = [key for (key,) in await documents(house, "storage_key")]
    assert first != second
    for key in (first, second):
        assert len(key) == 33
        assert set(key) <= set("0123456789abcdef/")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("scan.pdf", a_zip({"a.txt": "x"}), Reason.FILE_NOT_WHAT_IT_SAYS),
        ("scan.docx", a_zip({"a.txt": "x"}), Reason.FILE_NOT_WHAT_IT_SAYS),
        ("photo.jpg", an_exe(), Reason.FILE_NOT_WHAT_IT_SAYS),
        ("scan.pdf", a_pdf(pages=0), Reason.FILE_EMPTY),
        ("scan.png", a_png()[:-20], Reason.FILE_BROKEN),
        ("scan.png", a_png(200, 200), Reason.PICTURE_TOO_SMALL),
    ],
)
async def test_what_is_not_what_it_says_is_refused_and_nothing_of_it_is_kept(
    house: House, aigerim: Person, name: str, data: bytes, reason: Reason
) -> None:
    await aigerim.sends_document(name, data)
    assert await only(house, "state, reason, storage_key, sha256") == ("refused", reason, None, None)
    (told,) = await house.rows("SELECT kind, facts FROM notification WHERE kind = 'file_refused'")
    assert stored_json(told.facts)["reason"] == reason
    assert name not in told.facts


async def test_the_same_contents_under_another_name_are_one_page(house: House, aigerim: Person) -> None:
    await aigerim.sends_document("front.pdf", a_pdf())
    await aigerim.sends_document("back.pdf", a_pdf())
    assert await documents(house, "state, reason") == [("stored", None), ("refused", Reason.FILE_TWICE)]
    house.clock.now += LEASE
    assert await house.program.fetcher.delete_due() == 1


async def test_a_file_larger_than_it_said_is_not_read_to_its_end(house: House, aigerim: Person) -> None:
    bigger = a_pdf() + bytes(11 << 20)
    await aigerim.sends(aigerim.account.sends_document("scan.pdf", bigger, size=1000))
    assert await only(house) == ("refused", Reason.FILE_TOO_BIG, "pdf", 1000)
    assert stored_json(await only(house, "facts")) == {"size": (10 << 20) + 1, "limit": 10 << 20}


def test_no_more_than_the_limit_is_taken() -> None:
    into = Bounded(5)
    assert into.write(b"12345") == 5
    with pytest.raises(TooBig):
        into.write(b"6")
    assert into.getvalue() == b"12345"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.SERVER_ERROR, "getFile", code=502, description="Bad Gateway"),
        Fault(FaultKind.CUT_BEFORE, "getFile"),
        Fault(FaultKind.CUT_BEFORE, "download"),
        Fault(FaultKind.SERVER_ERROR, "download", code=404, description="Not Found"),
        Fault(FaultKind.TOO_MANY, "getFile", retry_after=3),
        Fault(
            FaultKind.SERVER_ERROR,
            "getFile",
            code=400,
            description="Bad Request: wrong file_id or the file is temporarily unavailable",
        ),
    ],
    ids=lambda fault: f"{fault.method}-{fault.kind}-{fault.code}",
)
async def test_a_passing_fault_is_tried_again_later(house: House, aigerim: Person, fault: Fault) -> None:
    house.telegram.faults.add(fault)
    await aigerim.sends_document("scan.pdf", a_pdf())
    assert await only(house, "state, tries") == ("fetching", 1)
    house.clock.goes(seconds=4)
    await house.settle()
    assert await only(house, "state, tries") == ("fetching", 1)
    house.clock.goes(seconds=2)
    await house.settle()
    assert await only(house, "state, tries") == ("stored", 2)


async def test_a_long_pause_that_telegram_asks_for_is_kept(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.TOO_MANY, "getFile", retry_after=60))
    await aigerim.sends_document("scan.pdf", a_pdf())
    house.clock.goes(seconds=59)
    await house.settle()
    assert await only(house, "state, tries") == ("fetching", 1)
    house.clock.goes(seconds=1)
    await house.settle()
    assert await only(house, "state") == "stored"


async def test_pauses_grow_and_in_the_end_the_sender_is_told(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile", times=MOST_TRIES))
    await aigerim.sends_document("scan.pdf", a_pdf())
    hours = 0
    while await only(house, "state") == "fetching":
        house.clock.goes(hours=1)
        await house.settle()
        hours += 1
    assert hours == MOST_TRIES - 1
    assert await only(house, "state, reason") == ("refused", Reason.FILE_GONE)
    assert "Telegram-нан файлды ала алмадым. Қайта жіберіңізші." in aigerim.sees


@pytest.mark.parametrize(
    ("words", "reason"), [("invalid file_id", Reason.FILE_GONE), ("file is too big", Reason.FILE_TOO_BIG)]
)
async def test_a_file_that_telegram_does_not_give_is_refused_at_once(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch, words: str, reason: Reason
) -> None:
    def refused(_file_id: str) -> None:
        raise bad(words)

    monkeypatch.setattr(house.telegram.files, "about", refused)
    await aigerim.sends_document("scan.pdf", a_pdf())
    assert await only(house, "state, reason, tries") == ("refused", reason, 1)


async def test_a_storage_that_is_down_keeps_the_file_waiting(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(_key: str, _plain: bytes) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(house.program.files, "put", down)
        await aigerim.sends_document("scan.pdf", a_pdf())
        for _ in range(MOST_TRIES + 2):
            house.clock.goes(hours=1)
            await house.settle()
        assert await only(house, "state") == "fetching"
        assert await house.work(all_that_wait_for_storage) == StorageWaits(1, NOW, 1)
    house.clock.goes(hours=1)
    await house.settle()
    assert await only(house, "state") == "stored"
    assert await house.work(all_that_wait_for_storage) == StorageWaits(0, None, 1)


async def test_one_bad_file_does_not_hold_up_the_others(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_album([Upload(f"{n}.pdf", a_pdf(note=str(n)), "document") for n in range(5)])
    assert sorted(state for (state,) in await documents(house, "state")) == ["fetching", *["stored"] * 4]
    house.clock.goes(minutes=1)
    await house.settle()
    assert {state for (state,) in await documents(house, "state")} == {"stored"}


async def test_two_fetchers_never_fetch_the_same_file(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_document("scan.pdf", a_pdf())
    house.clock.goes(minutes=1)
    asked = calls(house.telegram)
    fetcher = house.program.fetcher
    assert sorted(await asyncio.gather(fetcher.fetch_due(), fetcher.fetch_due())) == [0, 1]
    assert calls(house.telegram) == asked + 1


def calls(telegram: Telegram) -> int:
    return sum(call.method == "getFile" for call in telegram.calls)


async def test_what_a_dead_process_had_begun_is_fetched_again_under_the_same_key(house: House, aigerim: Person) -> None:
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_document("scan.pdf", a_pdf())
    key = await only(house, "storage_key")
    assert key
    await house.restart()
    house.clock.now += LEASE
    await house.settle()
    assert await only(house, "state, storage_key") == ("stored", key)


async def test_the_bytes_of_a_removed_file_are_deleted(house: House, aigerim: Person) -> None:
    await aigerim.sends_document("scan.pdf", a_pdf())
    key = await only(house, "storage_key")
    await aigerim.presses("1. Өшіру")
    assert await house.program.fetcher.delete_due() == 1
    with pytest.raises(FileNotFoundError):
        await house.program.files.get(key)
    assert await house.program.fetcher.delete_due() == 0
    assert await house.rows("SELECT * FROM discarded_file") == []


async def test_a_file_removed_while_it_is_fetched_is_not_stored_and_its_bytes_go(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = house.program.files.put

    async def slow(key: str, plain: bytes) -> None:
        await put(key, plain)
        await aigerim.house.program.intake.take(press)  # meanwhile she removes it

    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_document("scan.pdf", a_pdf())
    press = aigerim.account.presses(aigerim.screen.id, "docdel:1") or {}
    monkeypatch.setattr(house.program.files, "put", slow)
    house.clock.goes(minutes=1)
    await house.settle()
    assert await documents(house) == []
    assert await house.program.fetcher.delete_due() == 0, "not while the fetch may be going on"
    house.clock.now += LEASE
    assert await house.program.fetcher.delete_due() == 1


async def test_a_running_fetcher_fetches_deletes_and_survives_a_fault(
    house: House, aigerim: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LOOK_EVERY", 0.001)
    house.telegram.faults.add(Fault(FaultKind.CUT_BEFORE, "getFile"))
    await aigerim.sends_document("scan.pdf", a_pdf())
    house.clock.goes(minutes=1)
    faults = iter([OSError("the database is away")])

    def faulty() -> datetime:
        for fault in faults:
            raise fault
        return house.clock.now

    transactions = replace(house.program.transactions, clock=faulty)
    fetcher = replace(house.program.fetcher, transactions=transactions)
    running = asyncio.ensure_future(fetcher.run())
    async with asyncio.timeout(10):
        while await only(house, "state") != "stored":
            await asyncio.sleep(0.001)
        await aigerim.presses("1. Өшіру")
        while await house.rows("SELECT * FROM discarded_file"):
            await asyncio.sleep(0.001)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def test_a_fetch_ends_before_somebody_else_may_begin_it() -> None:
    assert timedelta(seconds=2 * LONGEST) < LEASE
