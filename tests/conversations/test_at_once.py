"""Two things in the same moment, and a clock that is not to be relied on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.files import Files
from handlers.language import _, speaking
from tests.applicants import draft_of, stands_at
from tests.conversations.test_sending import SEND, at_review, data_of
from tests.files import a_pdf
from tests.in_force import PutInForce
from tests.papers import at_documents
from tests.person import House
from tests.pouring import kept, pour, writers


async def test_send_pressed_twice_in_the_same_moment_is_one_application(house: House, put_in_force: PutInForce) -> None:
    person = await at_review(house, put_in_force)
    await person.presses(SEND["kk"][0])
    screen, data, heard = person.screen, data_of(person, SEND["kk"][1]), person.heard()
    presses = [person.account.presses(screen.id, data) for _ in range(3)]
    await asyncio.gather(*(house.program.intake.take(press or {}) for press in presses))
    house.check()
    assert len(await house.rows("SELECT * FROM application")) == 1
    assert len(await house.rows("SELECT * FROM application_event")) == 1
    assert person.heard() >= heard + 3


async def test_answers_typed_in_the_same_moment_are_taken_in_order(house: House) -> None:
    person = await stands_at(house, "surname", "name", at="surname")
    said = [person.account.says(words) for words in ("Орлова", "Дана")]
    await asyncio.gather(*map(house.program.intake.take, said))
    answers = (await draft_of(house)).answers
    assert (answers["surname"], answers["name"]) == ("Орлова", "Дана")


async def test_who_erases_everything_while_a_file_is_being_fetched_leaves_no_bytes_behind(
    house: House, put_in_force: PutInForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await at_documents(house, put_in_force, "kk")
    await person.presses("ID card")
    begun, gate, put, keys = asyncio.Event(), asyncio.Event(), Files.put, []

    async def slow(self: Files, key: str, plain: bytes) -> None:
        keys.append(key)
        begun.set()
        await gate.wait()
        await put(self, key, plain)

    monkeypatch.setattr(Files, "put", slow)
    await house.program.intake.take(person.account.sends_document("a.pdf", a_pdf()))
    fetching = asyncio.ensure_future(house.program.fetcher.fetch_due())
    await begun.wait()
    for label in ("Erase my data", "Erase", "Yes, erase for ever"):
        if label == "Erase my data":
            await house.program.intake.take(person.account.says("/data"))
        with speaking("kk"):
            message, data = person._button(_(label))
        await house.program.intake.take(person.account.presses(message.id, data) or {})
    assert await house.rows("SELECT * FROM document") == []
    gate.set()
    await fetching
    assert await house.program.files.get(keys[0]) == a_pdf()
    house.clock.goes(minutes=6)
    assert await house.program.fetcher.delete_due() == 1
    with pytest.raises(FileNotFoundError):
        await house.program.files.get(keys[0])
    assert await house.rows("SELECT * FROM discarded_file") == []


@pytest.mark.parametrize("jump", [{"hours": -3}, {"days": -2}, {"seconds": -1}])
async def test_a_clock_that_jumps_back_loses_and_swallows_nothing(house: House, jump: dict[str, Any]) -> None:
    person = await stands_at(house, "surname", "name", "title", at="surname")
    await person.says("Орлова")
    house.clock.goes(**jump)
    await person.says("Дана")
    answers = (await draft_of(house)).answers
    assert (answers["surname"], answers["name"]) == ("Орлова", "Дана")


async def test_after_a_message_that_was_cut_a_clock_that_jumps_back_does_not_make_people_wait(house: House) -> None:
    person = await stands_at(house, "title", at="title")
    await person.says("я" * 4096)
    house.clock.goes(hours=-1)
    await person.says("Ауладағы кітапхана")
    assert (await draft_of(house)).answers["title"] == "Ауладағы кітапхана"


async def test_a_press_above_a_screen_that_was_shown_again_is_answered_below_it(house: House) -> None:
    """The process died after the answer: the words came again, their screen stands twice, the first is pressed."""
    person = await stands_at(house, "sex", "iin", at="iin")
    said = person.account.says("030504 2 0001 9")
    await house.deliver(said)
    asked, [yes, *_rest] = person.screen, [b["callback_data"] for row in person.screen.keyboard for b in row]
    await house.deliver(said)
    assert (person.sees, person.screen.id > asked.id) == (asked.text, True)
    await person.sends(person.account.presses(asked.id, yes))
    assert asked.text not in person.sees
    below = person.screen
    await person.presses("Әйел")
    assert person.screen.id == below.id


@pytest.mark.parametrize(("people", "rounds"), [(2, 1), pytest.param(20, 20, marks=pytest.mark.soak)])
async def test_twenty_messages_of_each_in_one_second_are_kept_in_their_order(
    house: House, people: int, rounds: int
) -> None:
    authors = await writers(house, people)
    for round_ in range(rounds):
        await pour(house, [one.account.says(f"Ещё {round_}.{number}") for number in range(20) for one in authors])
        house.clock.goes(seconds=1)
    house.check()
    taken = await kept(house)
    for one in authors:
        said = [message.id for message in one.chat.messages if not message.from_bot]
        assert taken[one.account.id] == said[-1 - 20 * rounds :]
