"""The first hello."""

from __future__ import annotations

from tests.person import House


async def test_a_newcomer_is_asked_for_a_language_with_the_guess_first(house: House) -> None:
    aigerim = house.person(1001, "kk")
    await aigerim.starts()
    assert aigerim.labels == ["Қазақша", "Русский"]
    danila = house.person(1002, "ru", "Данила")
    await danila.starts()
    assert danila.labels == ["Русский", "Қазақша"]


async def test_the_source_of_a_deep_link_is_remembered_and_the_first_one_stays(house: House) -> None:
    aigerim = house.person()
    await aigerim.starts("school_5")
    await aigerim.starts("poster")
    assert await house.rows("SELECT source FROM person") == [("school_5",)]


async def test_a_redelivered_update_changes_nothing_and_redraws(house: House) -> None:
    aigerim = house.person()
    await aigerim.speaks("kk")
    update = aigerim.account.says("?")
    await aigerim.sends(update)
    before, shown = await house.rows("SELECT * FROM person"), len(aigerim.chat.messages)
    await aigerim.sends(update)
    assert await house.rows("SELECT * FROM person") == before
    assert len(aigerim.chat.messages) == shown + 1
