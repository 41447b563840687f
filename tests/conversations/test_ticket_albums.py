"""Several files sent together are one message of a request, and arrive together, in order, with their words once."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.person import Upload
from tests.call_centre import author, complains
from tests.person import House, Person
from usecases.deliver_tickets import ALBUM_WAITS

WAIT = ALBUM_WAITS.total_seconds()
PHOTOS = [Upload(f"{n}.jpg", str(n).encode(), "photo") for n in range(3)]
PAPERS = [Upload(f"{n}.pdf", b"%PDF" + str(n).encode(), "document") for n in range(2)]


@pytest.fixture
async def olga(olga: Person, aigerim: Person) -> Person:
    """With a request on her desk."""
    await complains(aigerim, "бір")
    await olga.says("/next")
    return olga


async def passes(house: House, seconds: float = WAIT) -> None:
    house.clock.goes(seconds=seconds)
    await house.settle()


def albums(person: Person) -> list[list[Any]]:
    """What the bot sent together into this chat: the kinds of each album, oldest first."""
    found: dict[str, list[Any]] = {}
    for message in person.chat.messages:
        if message.from_bot and "media_group_id" in message.data:
            kind = next(one for one in ("photo", "video", "document", "audio") if one in message.data)
            found.setdefault(message.data["media_group_id"], []).append(kind)
    return list(found.values())


async def test_an_authors_album_is_one_message_on_the_desk(house: House, aigerim: Person, olga: Person) -> None:
    kinds = [PHOTOS[0], Upload("v.mp4", b"v", "video"), PHOTOS[1]]
    await house.deliver(*aigerim.account.sends_album(kinds, "мынаны қараңыз"))
    assert albums(olga) == []
    await passes(house)
    assert albums(olga) == [["photo", "video", "photo"]]
    assert sum("мынаны қараңыз" in text for text in olga.texts) == 1
    assert "🖼 фото × 2, 🎬 видео\n\nмынаны қараңыз" in olga.sees
    assert sum("қосылды" in text for text in aigerim.texts) == 1
    await olga.presses("Открыть T-")
    assert "🖼 фото × 2, 🎬 видео мынаны қараңыз" in olga.sees
    await passes(house, 60)
    assert len(albums(olga)) == 1


async def test_an_operators_album_is_one_answer(house: House, aigerim: Person, olga: Person) -> None:
    await house.deliver(*olga.account.sends_album(PAPERS, "міне, үлгілер"))
    assert sum("📤" in text for text in olga.texts) == 1
    await passes(house)
    assert albums(aigerim) == [["document", "document"]]
    assert aigerim.sees == "💬 T-19-5-2026-000001, колл-орталық:\n📎 файл × 2\n\nміне, үлгілер"
    shown = next(one for one in aigerim.chat.messages if one.from_bot and "media_group_id" in one.data)
    await aigerim.sends(aigerim.account.says("біріншісі туралы", reply_to=shown.id))
    assert "біріншісі туралы" in olga.sees
    assert await house.rows("SELECT DISTINCT state FROM ticket_delivery WHERE recipient_id = 1") == [("delivered",)]


async def test_what_comes_late_goes_after_it_and_nothing_twice(house: House, aigerim: Person, olga: Person) -> None:
    first, second, late = olga.account.sends_album(PHOTOS, "үшеуі")
    await house.deliver(first)
    await passes(house, 3.5)
    await house.deliver(second)
    await passes(house, 3.5)
    assert albums(aigerim) == []
    await passes(house, 0.5)
    assert albums(aigerim) == [["photo", "photo"]]
    await house.deliver(late, first, second)  # the last comes late, the others once more
    await olga.says("соңы")
    await passes(house)
    assert albums(aigerim) == [["photo", "photo"]]
    assert [("photo" in one.data, one.text.rpartition("\n")[2]) for one in aigerim.chat.messages[-2:]] == [
        (True, "🖼 фото"),
        (False, "соңы"),
    ]
    assert await house.rows("SELECT count(*) FROM ticket_message WHERE album IS NOT NULL") == [(3,)]


async def test_a_piece_that_fails_takes_none_along(house: House, aigerim: Person, olga: Person) -> None:
    await house.deliver(*olga.account.sends_album(PHOTOS, "үшеуі"))
    await house.rows("UPDATE ticket_version SET file_id = 'gone' WHERE message_id = 3 RETURNING 1")
    await passes(house)
    photos = [one for one in aigerim.chat.messages if one.from_bot and "photo" in one.data]
    assert (len(photos), albums(aigerim)) == (2, [])
    assert aigerim.sees.endswith("үшеуі\n\n⚠️ Көрсетілмейтін файл саны: 1")


async def test_the_parts_of_a_note_never_become_an_answer(house: House, aigerim: Person, olga: Person) -> None:
    await olga.presses("Заметка")
    await house.deliver(*olga.account.sends_album(PHOTOS, "только нам"))
    await passes(house)
    assert albums(aigerim) == []
    assert await house.rows("SELECT DISTINCT side FROM ticket_message WHERE album IS NOT NULL") == [("note",)]


async def test_an_album_typed_too_early_waits_as_one(house: House, aigerim: Person, olga: Person) -> None:
    dana = await author(house, 1002, "Дана")
    await complains(dana, "екінші")
    sent = olga.account.sends_album(PHOTOS, "кімге?")
    await olga.says("/next")
    await house.deliver(*sent)
    assert "Пока не отправлено" in "".join(olga.texts[-3:])
    await olga.presses("Отправить: Дана")
    await passes(house)
    assert albums(dana) == [["photo", "photo", "photo"]]
    assert albums(aigerim) == []
