"""Questions and rules: every screen in both languages, what is typed, several regions, old buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest

from db import checks
from domain.competition import Competition
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from domain.regions import Words
from handlers import competition_facts as facts
from handlers.common_questions import every_question, topics
from handlers.competition_facts import PLACEHOLDERS
from handlers.language import speaking
from handlers.questions import rules, screens
from handlers.screen import Screen
from tests.factories import NOW, a_competition
from tests.in_force import PutInForce
from tests.latin import english
from tests.person import House, Person
from usecases.competitions import InForce

LANGUAGES = ("kk", "ru")
PUT_IN = re.findall(r"[A-Za-z]+", repr(a_competition()))  # words of the competition in tests


def fits(screen: Screen) -> bool:
    buttons = [one for row in screen.buttons for one in row]
    return 0 < len(screen.text) <= TEXT_LIMIT and all(len((one.data or "").encode()) <= DATA_LIMIT for one in buttons)


def sample_rules() -> Words:
    kk, ru = (files("programme").joinpath("samples", f"rules.{spoken}.md").read_text("utf-8") for spoken in LANGUAGES)
    return Words(kk, ru)


def one_in_force(competition: Competition | None = None) -> InForce:
    return InForce(1, 1, 1, competition or a_competition())


def every_screen(spoken: str) -> Iterator[Screen]:
    competition = a_competition()
    yield screens.contents()
    for topic in topics(spoken):
        for page in range((len(topic.questions) - 1) // screens.AT_ONCE + 1):
            yield screens.one_topic(topic.key, page)
    for question in every_question(spoken):
        yield screens.answer(question, facts.fill(question.answer, competition))
        yield screens.answer(question, question.answer_closed or question.answer)
    yield screens.found([question.key for question in every_question(spoken)][:3])
    yield screens.not_known(None)
    yield screens.not_known(one_in_force())
    yield screens.contacts(competition)
    yield screens.no_contacts()
    for days in (-30, 0, 8, 11, 14, 20, 100):
        yield screens.dates(competition, NOW + timedelta(days=days))
        yield screens.every_date([competition] * 10, NOW + timedelta(days=days))
    yield screens.nothing_open()
    yield rules.no_rules()
    with_rules = one_in_force(replace(competition, rules_text=sample_rules()))
    contents = rules.contents(with_rules, "27", 0)
    yield contents
    for place in range(sum("q:rule/" in (one.data or "") for row in contents.buttons for one in row)):
        yield rules.section(with_rules, "27", place, 0)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_screen_fits_and_no_placeholder_is_left(spoken: str) -> None:
    with speaking(spoken):
        shown = list(every_screen(spoken))
    assert len(shown) > 130
    assert [screen.text for screen in shown if not fits(screen) or "{" in screen.text] == []
    assert set().union(*(english(screen, *PUT_IN) for screen in shown)) == set()


def test_every_question_has_a_key_of_its_own() -> None:
    keys = [question.key for question in every_question("kk")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_has_words(spoken: str, name: str) -> None:
    with speaking(spoken):
        assert PLACEHOLDERS[name](a_competition()).strip()


def test_facts_of_a_competition_are_quoted() -> None:
    nasty = replace(a_competition(), organiser=Words("<b>&", "<b>&"))
    with speaking("ru"):
        assert "&lt;b&gt;&amp;" in screens.contacts(nasty).text


def test_the_russian_facts_word_for_word() -> None:
    with speaking("ru"):
        assert facts.fill("{max_amount}; {age_from}–{age_to}; {file_formats}; {file_limit}", a_competition()) == (
            "1\xa0000\xa0000 ₸; 18–35; JPG, PNG, PDF, DOCX; 10 МБ"
        )


async def at_questions(house: House, spoken: str = "kk") -> Person:
    person = house.person()
    await person.speaks(spoken)
    await person.says("/questions")
    return person


async def test_from_topic_to_answer_and_back(house: House, put_in_force: PutInForce) -> None:
    await house.database.transaction(put_in_force, a_competition())
    person = await at_questions(house)
    await person.presses("Кім қатыса алады", "Неше жасқа дейін қатысуға болады?")
    assert "18–35 жас" in person.sees
    await person.presses("Тағы: Кім қатыса алады")
    assert "Неше жасқа дейін қатысуға болады?" in person.labels
    await person.presses("Тағы")
    assert "Кімге басымдық беріледі?" in person.labels
    await person.presses("Артқа", "Барлық тақырып")
    assert "Ресми ереже" in person.labels


@pytest.mark.parametrize(
    ("spoken", "typed", "label"),
    [
        ("kk", "акша колга бересизба", "Миллион теңгені қолыма бере ме?"),
        ("ru", "акша колга бересизба", "Миллион дадут на руки?"),
        ("kk", "какие справки нужны", "Қандай құжаттар керек және не үшін?"),
    ],
)
async def test_a_typed_question_finds_its_answer_in_the_language_of_the_screen(
    house: House, spoken: str, typed: str, label: str
) -> None:
    person = await at_questions(house, spoken)
    await person.says(typed)
    assert label in person.labels
    await person.presses(label)
    assert label in person.sees


async def test_what_is_not_known_is_said_with_contacts(house: House, put_in_force: PutInForce) -> None:
    await house.database.transaction(put_in_force, a_competition())
    person = await at_questions(house)
    await person.says("шахмат ойнайық")
    assert "білмеймін" in person.sees
    assert "+7 700 000 00 00" in person.sees


async def test_words_at_the_menu_that_are_a_question_are_answered(house: House) -> None:
    person = house.person()
    await person.speaks("ru")
    await person.says("какие документы нужны")
    assert "Какие нужны документы и зачем?" in person.labels
    assert await house.rows("SELECT place FROM person") == [("questions",)]


async def test_words_at_the_menu_that_are_none_show_the_menu(house: House) -> None:
    person = house.person()
    await person.speaks("ru")
    await person.says("привет")
    assert await house.rows("SELECT place FROM person") == [("menu",)]


async def test_what_was_typed_is_not_kept(house: House) -> None:
    person = await at_questions(house)
    await person.says("менің құпиям: ақшаны қолма қол бересіздер ме")
    assert await house.rows("SELECT focus FROM person WHERE focus LIKE '%құпия%'") == []


async def test_with_several_competitions_the_region_is_asked(house: House, put_in_force: PutInForce) -> None:
    await house.database.transaction(put_in_force, a_competition())
    other = replace(a_competition(), code="other", lot="1", quotas={"75": 28}, maximum=500_000)
    await house.database.transaction(put_in_force, other)
    person = await at_questions(house, "ru")
    await person.says("какая сумма гранта")
    await person.presses("Сколько дают? Надо возвращать?")
    assert "город Алматы" in person.labels
    await person.presses("Алматы")
    assert "500\xa0000 ₸" in person.sees
    await person.presses("Все темы", "Контакты", "Алматы")
    assert "+7 700 000 00 00" in person.sees
    await person.presses("Все темы", "Открыт ли конкурс?")
    assert "Алматы" in person.sees


async def test_the_region_of_the_check_decides(house: House, put_in_force: PutInForce) -> None:
    await house.database.transaction(put_in_force, a_competition())
    other = replace(a_competition(), code="other", lot="1", quotas={"75": 28}, maximum=500_000)
    await house.database.transaction(put_in_force, other)
    person = await at_questions(house, "ru")
    await house.database.transaction(checks.begin, 1, {"region": "75"}, b"", house.clock())
    await person.says("какая сумма гранта")
    await person.presses("Сколько дают? Надо возвращать?")
    assert "500\xa0000 ₸" in person.sees


async def test_without_a_competition_nothing_is_promised(house: House) -> None:
    person = await at_questions(house, "ru")
    await person.presses("Открыт ли конкурс?")
    assert "Обещать следующий мы не можем" in person.sees
    await person.presses("Все темы", "Официальные правила")
    assert "Сейчас конкурса нет" in person.sees
    await person.presses("Все темы", "Контакты")
    assert "Сейчас конкурса нет" in person.sees


async def test_rules_are_read_by_section(house: House, put_in_force: PutInForce) -> None:
    long = "\n\n".join(f"Абзац {n}. " + "слово " * 100 for n in range(20))
    text = Words(f"# Ереже\n\n## Бір\nМәтін\n\n## Екі\n{long}", f"# Правила\n\n## Раз\nТекст\n\n## Два\n{long}")
    await house.database.transaction(put_in_force, replace(a_competition(), rules_text=text))
    person = await at_questions(house, "ru")
    await person.presses("Официальные правила")
    assert person.labels[:2] == ["Раз", "Два"]
    await person.presses("Два")
    assert "Абзац 0." in person.sees
    await person.presses("Ещё")
    assert "Абзац 0." not in person.sees
    old = person.screen
    await house.database.transaction(put_in_force, replace(a_competition(), rules_text=Words("## Ж\nж", "## Н\nн")))
    await person.presses_old(old, f"q:rule/27/{1}/1/0")
    assert "Вопросы и правила" in person.sees


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "topic/who",
        "topic/who/9",
        "topic/who/-1",
        "answer/none",
        "answer/age/99",
        "rules/27/x",
        "rule/27",
    ],
)
async def test_a_forged_path_is_an_old_button(house: House, put_in_force: PutInForce, path: str) -> None:
    await house.database.transaction(put_in_force, a_competition())
    person = await at_questions(house, "ru")
    await person.presses_old(person.screen, f"q:{path}")
    assert "Вопросы и правила" in person.sees
    assert len(person.alerts) == 1
