"""An operator corrects an answer: the author has it once, with the words as they are now, whatever it is made of."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.chats import Message
from sandbox.person import Upload
from tests.call_centre import complains
from tests.person import House, Person
from usecases.deliver_tickets import ALBUM_WAITS

FILES: dict[str, Any] = {
    "photo": lambda who: who.account.sends_album([Upload("a.jpg", b"a", "photo")], "қате")[0],
    "document": lambda who: who.account.sends_document("a.pdf", b"%PDF", caption="қате"),
}


@pytest.fixture
async def olga(olga: Person, aigerim: Person) -> Person:
    """With a request on her desk."""
    await complains(aigerim, "бір")
    await olga.says("/next")
    return olga


def answers(author: Person) -> list[Message]:
    """What stands in the author's chat since the request was registered."""
    every = [one for one in author.chat.messages if one.from_bot]
    first = next(place for place, one in enumerate(every) if "💬" in one.text or "media_group_id" in one.data)
    return every[first:]


def last_of(person: Person) -> Message:
    return [one for one in person.chat.messages if not one.from_bot][-1]


@pytest.mark.parametrize("kind", FILES)
async def test_the_caption_of_a_file_changes_where_it_stands(
    house: House, aigerim: Person, olga: Person, kind: str
) -> None:
    await olga.sends(FILES[kind](olga))
    house.clock.goes(seconds=ALBUM_WAITS.total_seconds())
    await house.settle()
    (shown,) = answers(aigerim)
    for words in ("дұрыс", "әлдеқайда дұрыс"):
        await olga.sends(olga.account.edits(last_of(olga).id, words))
        assert answers(aigerim) == [shown]
        assert shown.text.endswith(words)
        assert kind in shown.data
    assert shown.labels == ["Тағы жазу · T-19-5-2026-000001"]


async def test_another_file_takes_the_place_of_the_first(house: House, aigerim: Person, olga: Person) -> None:
    await olga.sends(FILES["document"](olga))
    (shown,) = answers(aigerim)
    other = house.telegram.person({"id": 77, "first_name": "x"}).sends_document("b.pdf", b"%PDF2")
    mine = last_of(olga)
    mine.data = {**mine.data, "document": other["message"]["document"]}
    await olga.sends(olga.account.edits(mine.id, "міне, дұрысы"))
    assert answers(aigerim) == [shown]
    assert shown.data["document"]["file_name"] == "b.pdf"
    assert shown.text.endswith("міне, дұрысы")


async def test_a_voice_keeps_its_place(aigerim: Person, olga: Person) -> None:
    await olga.sends(olga.account.sends_voice())
    (shown,) = answers(aigerim)
    await olga.sends(olga.account.edits(last_of(olga).id, "қосымша"))
    assert answers(aigerim) == [shown]
    assert shown.text.endswith("қосымша")


async def test_every_part_of_a_long_answer_is_corrected(aigerim: Person, olga: Person) -> None:
    await olga.says("а" * 3500 + "б" * 500)
    parts = answers(aigerim)
    assert len(parts) == 2
    await olga.sends(olga.account.edits(last_of(olga).id, "в" * 3500 + "г" * 400))
    assert answers(aigerim) == parts
    assert parts[0].text.endswith("в" * 3500)
    assert parts[1].text == "г" * 400


async def test_a_part_too_many_goes(aigerim: Person, olga: Person) -> None:
    await olga.says("а" * 3500 + "б" * 500)
    first = answers(aigerim)[0]
    await olga.sends(olga.account.edits(last_of(olga).id, "қысқа"))
    assert answers(aigerim) == [first]
    assert first.text.endswith("қысқа")


async def test_what_has_become_longer_than_a_message_comes_anew_and_once(aigerim: Person, olga: Person) -> None:
    await olga.says("қысқа", "екінші")
    short = next(one for one in olga.chat.messages if one.text == "қысқа")
    await olga.sends(olga.account.edits(short.id, "а" * 3500 + "б" * 500))
    assert [one.text.rpartition("\n")[2] for one in answers(aigerim)] == ["екінші", "а" * 3500, "б" * 500]
    await olga.sends(olga.account.edits(short.id, "в" * 3500 + "г" * 500))
    assert [one.text.rpartition("\n")[2] for one in answers(aigerim)] == ["екінші", "в" * 3500, "г" * 500]


async def test_a_caption_too_long_for_its_file_comes_with_it_anew(aigerim: Person, olga: Person) -> None:
    await olga.sends(FILES["document"](olga))
    mine = last_of(olga)
    await olga.sends(olga.account.edits(mine.id, "я" * 1000))
    file, words = answers(aigerim)
    assert "document" in file.data
    assert words.text == "я" * 1000
    await olga.sends(olga.account.edits(mine.id, "қысқа"))
    assert answers(aigerim) == [file]
    assert file.text.endswith("қысқа")


async def test_the_words_of_an_album_change_below_its_files(house: House, aigerim: Person, olga: Person) -> None:
    uploads = [Upload(f"{n}.jpg", str(n).encode(), "photo") for n in range(3)]
    await house.deliver(*olga.account.sends_album(uploads, "қате"))
    house.clock.goes(seconds=ALBUM_WAITS.total_seconds())
    await house.settle()
    stand = answers(aigerim)
    assert len(stand) == 4
    captioned = next(one for one in olga.chat.messages if one.text == "қате")
    for words in ("дұрыс", "одан да дұрыс"):
        await olga.sends(olga.account.edits(captioned.id, words))
        assert answers(aigerim) == stand
        assert stand[-1].text.endswith(f"\n\n{words}")
    other = next(one for one in olga.chat.messages if "photo" in one.data and one.text == "")
    await olga.sends(olga.account.edits(other.id, "екіншісі"))
    assert answers(aigerim) == stand
    assert stand[-1].text.endswith("\n\nодан да дұрыс\nекіншісі")


async def test_an_album_whose_words_became_fewer_messages_is_corrected_in_its_place_again(
    house: House, aigerim: Person, olga: Person
) -> None:
    uploads = [Upload(f"{n}.jpg", str(n).encode(), "photo") for n in range(4)]
    await house.deliver(*olga.account.sends_album(uploads, "а" * 1000))
    house.clock.goes(seconds=ALBUM_WAITS.total_seconds())
    await house.settle()
    first, *others = [one for one in olga.chat.messages if "photo" in one.data]
    for one, letter in zip(others, "бвг", strict=True):
        await olga.sends(olga.account.edits(one.id, letter * 1000))
    assert len(stand := answers(aigerim)) == 6, "four files, and words in two messages"
    for words in ("қысқа", "тағы қысқа"):
        await olga.sends(olga.account.edits(first.id, words))
        assert answers(aigerim) == stand[:5]
        assert f"\n\n{words}\n" in stand[4].text


async def test_a_correction_of_what_the_author_has_deleted_comes_as_a_message(
    house: House, aigerim: Person, olga: Person
) -> None:
    await olga.sends(FILES["document"](olga))
    (shown,) = answers(aigerim)
    shown.deleted = True
    await olga.sends(olga.account.edits(last_of(olga).id, "дұрыс"))
    (anew,) = answers(aigerim)
    assert anew.text.endswith("дұрыс")
    assert "document" in anew.data
