"""Consent: both questions apart, exact words, both languages, old buttons, another version."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db import checks
from domain import consent as domain_consent
from domain.consent import VERSION, ConsentKind
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from handlers.consent import routes, screens
from handlers.consent.screens import ask, done, nothing_to_ask
from handlers.language import speaking
from handlers.screen import Screen
from locales import long_text
from tests.factories import a_competition
from tests.in_force import PutInForce
from tests.latin import english
from tests.person import House, Person
from usecases import consent as usecase
from usecases.competitions import InForce

LANGUAGES = ("kk", "ru")
YES = {"kk": "Келісемін", "ru": "Соглашаюсь"}
NOT_NOW = {"kk": "Қазір емес", "ru": "Не сейчас"}
PUBLISH = {"kk": "Жариялауға болады", "ru": "Можно публиковать"}
DO_NOT = {"kk": "Жариялауға болмайды", "ru": "Не публиковать"}


def fits(screen: Screen) -> bool:
    labels = [one for row in screen.buttons for one in row]
    return len(screen.text) <= TEXT_LIMIT and all(len((b.data or "").encode()) <= DATA_LIMIT for b in labels)


async def at_consent(house: House, put_in_force: PutInForce, language: str) -> Person:
    """Somebody who is to be asked, in a house with one open competition."""
    await house.database.transaction(put_in_force, a_competition())
    person = house.person()
    await person.speaks(language)
    await house.rows("UPDATE person SET place = 'consent', focus = '' RETURNING id")
    await person.says("?")
    return person


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_have_the_version_that_is_kept_with_an_answer(language: str) -> None:
    assert long_text(language, "consent.md").splitlines()[0] == f"version: {VERSION}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ConsentKind)
def test_the_words_name_the_organiser_and_the_years(language: str, kind: ConsentKind) -> None:
    competition = replace(a_competition(), keep_years=7)
    with speaking(language):
        screen = ask(kind, (InForce(1, 1, 1, competition),))
        several = ask(kind, (InForce(1, 1, 1, competition), InForce(2, 2, 1, a_competition())))
    assert f"Organiser {language}" in screen.text
    assert " 7" in screen.text
    assert "{" not in screen.text
    assert f"Organiser {language}" not in several.text
    assert fits(screen)
    assert fits(several)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_screens_fit(language: str) -> None:
    with speaking(language):
        shown = (done(publication=True), done(publication=False), nothing_to_ask())
    assert all(map(fits, shown))
    assert set().union(*map(english, shown)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_both_consents_are_asked_one_after_the_other(
    house: House, put_in_force: PutInForce, language: str
) -> None:
    person = await at_consent(house, put_in_force, language)
    assert person.labels[:2] == [YES[language], NOT_NOW[language]]
    await person.presses(YES[language])
    assert person.labels[:2] == [PUBLISH[language], DO_NOT[language]]
    await person.presses(DO_NOT[language])
    assert await house.rows("SELECT kind, version, competition_id, language, agreed FROM consent ORDER BY id") == [
        ("processing", VERSION, 1, language, True),
        ("publication", VERSION, 1, language, False),
    ]
    with speaking(language):
        assert person.sees.split("\n")[0] == done(publication=False).text.split("\n")[0]


async def test_words_typed_instead_show_the_question_again(house: House, put_in_force: PutInForce) -> None:
    person = await at_consent(house, put_in_force, "kk")
    await person.says("келісемін")
    assert "Келісемін" in person.labels
    assert await house.rows("SELECT * FROM consent") == []


async def test_not_now_keeps_nothing(house: House, put_in_force: PutInForce) -> None:
    person = await at_consent(house, put_in_force, "kk")
    await person.presses("Қазір емес")
    assert await house.rows("SELECT * FROM consent") == []
    assert await house.rows("SELECT place FROM person") == [("menu",)]


async def test_a_press_twice_answers_once(house: House, put_in_force: PutInForce) -> None:
    person = await at_consent(house, put_in_force, "kk")
    screen, (yes, *_rest) = person.screen, [b for row in person.screen.keyboard for b in row]
    await person.presses("Келісемін")
    await person.presses_old(screen, yes["callback_data"])
    assert len(await house.rows("SELECT * FROM consent")) == 1
    assert "Жариялауға болады" in person.labels


@pytest.mark.parametrize("forged", ["consent:processing:99:1:1", "consent:processing:1:77:1", "consent:nothing:1:1:1"])
async def test_an_answer_to_other_words_is_an_old_button(house: House, put_in_force: PutInForce, forged: str) -> None:
    person = await at_consent(house, put_in_force, "kk")
    await person.presses_old(person.screen, forged)
    assert await house.rows("SELECT * FROM consent") == []
    assert "Келісемін" in person.labels


async def test_a_new_version_of_the_words_is_asked_anew(
    house: House, put_in_force: PutInForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await at_consent(house, put_in_force, "kk")
    await person.presses("Келісемін", "Жариялауға болады")
    for module in (domain_consent, usecase, screens, routes):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    await house.rows("UPDATE person SET place = 'consent', focus = '' RETURNING id")
    await person.presses_old(person.screen, "conpage:processing:0")
    assert "Келісемін" in person.labels


async def test_another_organiser_is_asked_about_anew(house: House, put_in_force: PutInForce) -> None:
    person = await at_consent(house, put_in_force, "kk")
    await person.presses("Келісемін", "Жариялауға болады")
    await house.database.transaction(put_in_force, replace(a_competition(), code="other", lot="x", quotas={"75": 28}))
    house.clock.goes(minutes=1)
    await house.database.transaction(checks.begin, 1, {"region": "75"}, b"", house.clock())
    await person.presses_old(person.screen, "conpage:processing:0")
    assert "Келісемін" in person.labels


async def test_nothing_is_asked_when_nobody_takes_applications(house: House, put_in_force: PutInForce) -> None:
    competition = a_competition()
    person = await at_consent(house, put_in_force, "kk")
    house.clock.goes(days=365)
    assert house.clock() > competition.dates.projects_until + timedelta(days=1)
    await person.presses("Келісемін")
    assert len(person.labels) == 1
    with speaking("kk"):
        assert nothing_to_ask().text in person.sees
    assert await house.rows("SELECT * FROM consent") == []
