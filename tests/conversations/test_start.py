"""The first hello."""

from __future__ import annotations

import re
import tomllib

import pytest

from domain.regions import LANGUAGES
from handlers.language import speaking
from handlers.leftovers.texts import what_i_do
from handlers.start.screens import hello
from locales import long_text
from tests.factories import a_competition
from tests.in_force import PutInForce
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


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_newcomer_is_greeted_once(house: House, language: str) -> None:
    person = house.person()
    await person.speaks(language)
    with speaking(language):
        greeting = hello("Айгерім")
    assert person.sees.startswith(f"{greeting}\n\n")
    await person.starts()
    assert greeting not in person.sees
    assert person.sees.startswith("ZHAS PROJECT")


async def test_another_language_changes_nothing_but_the_words(house: House) -> None:
    person = house.person()
    await person.speaks("kk")
    await person.presses("Тіл")
    assert person.sees == "Қай тілде жалғастырайық?\nНа каком языке продолжим?"
    await person.presses("Русский")
    assert person.sees.startswith("ZHAS PROJECT — малые гранты")


async def test_a_forged_language_is_an_old_button(house: House) -> None:
    person = house.person()
    await person.speaks("kk")
    await person.presses_old(person.screen, "lang:xx")
    assert person.alerts == ["Бұл түйме ескірген. Қазір мына жердеміз."]
    assert await house.rows("SELECT language FROM person") == [("kk",)]


async def test_help_says_where_a_person_answers(house: House, put_in_force: PutInForce) -> None:
    person = house.person()
    await person.speaks("ru")
    await person.says("/help")
    assert "Поговорить с человеком" not in person.sees
    await house.database.transaction(put_in_force, a_competition())
    await person.says("/nonsense")
    assert "Поговорить с человеком: ☎️ +7 700 000 00 00, help@example.kz\nhours ru\n\nZHAS PROJECT" in person.sees


async def test_stray_words_lead_to_the_menu(house: House) -> None:
    person = house.person()
    await person.speaks("kk")
    await person.says("сәлем")
    assert person.sees.startswith("Түсінбей қалдым. Төмендегі түймелердің бірін басыңызшы.\n\nZHAS PROJECT")


async def test_every_command_that_help_names_has_its_answer(house: House) -> None:
    known = house.program.turns.routes.commands
    for language in LANGUAGES:
        with speaking(language):
            named = re.findall(r"^/([a-z]+) [–—] ", what_i_do(), re.MULTILINE)
        assert named
        assert set(named) <= set(known)
        commands = tomllib.loads(long_text(language, "about.toml"))["commands"]
        assert set(commands) <= set(known)
