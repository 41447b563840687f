"""Every question, option, column, concern and doubt has its words in both languages, and every screen fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from domain.draft import Cursor, Doubt, Filling, Pending
from domain.forbidden import CELLS as LOOKED_AT
from domain.forbidden import Concern
from domain.form import FORM, Kind, Section, question
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from domain.reading import length
from handlers.answer_words import answer_text
from handlers.application import screens
from handlers.application.texts_concerns import CONCERNS, warning
from handlers.application.texts_project import CELLS
from handlers.form_options import OPTIONS
from handlers.form_titles import COLUMNS, SECTIONS, TITLES
from handlers.language import speaking
from handlers.screen import Screen
from tests.drafts import ANSWERS
from tests.factories import NOW, a_competition
from usecases.competitions import InForce
from usecases.drafts import Draft

LANGUAGES = ("kk", "ru")
NO_SUCH_LANGUAGE = "en"  # has no catalogue, so that msgids come through
CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
SAME_EVERYWHERE = {"ZHAS PROJECT", "aigerim@example.kz", "instagram.com/aigerim_example"}
NO_LETTERS = re.compile(r"[^A-Za-z]+")
COMPETITION = InForce(1, 1, 1, a_competition())
QUESTIONS = [one.key for one in FORM]


def says() -> Iterator[tuple[str, Any]]:
    """Everything the form says by itself, with a name for the report."""
    yield from (SECTIONS | TITLES).items()
    for key in OPTIONS:
        yield from ((f"{key}.{option}", words) for option, words in OPTIONS[key].items())
    for key in COLUMNS:
        yield from ((f"{key}.{column}", words) for column, words in COLUMNS[key].items())
    askings = dict(screens.ASKINGS) | {f"{key}.{column}": CELLS[key][column] for key in CELLS for column in CELLS[key]}
    for key, asking in askings.items():
        yield from ((f"{key}?", asking.ask), (f"{key} help", asking.help), (f"{key} example", asking.example))
    yield from ((str(concern), words) for concern, words in CONCERNS.items())


def draft(answers: dict[str, Any], cursor: Cursor, pending: Pending | None = None) -> Draft:
    return Draft(1, COMPETITION, COMPETITION, Filling(answers, cursor, pending), NOW, NOW)


def longest() -> dict[str, Any]:
    """Answers of every question as long as they may be, of letters that HTML must quote."""
    answers = dict(ANSWERS)
    for one in FORM:
        if one.kind is Kind.TEXT:
            answers[one.key] = "&" * one.most
        if one.kind is Kind.MANY:
            answers[one.key] = [option for option in one.options if option != one.alone]
        if one.kind is Kind.TABLE:
            row = {c.key: "<" * c.most if c.kind is Kind.TEXT else c.most for c in one.columns}
            answers[one.key] = [dict(row) for _row in range(one.most)]
    return answers


def shown(screen: Screen) -> str:
    """The text as Telegram counts it: without tags, entities resolved."""
    return unescape(re.sub("<[^>]+>", "", screen.text))


def test_nothing_is_without_words() -> None:
    assert set(SECTIONS) == set(Section)
    assert list(TITLES) == QUESTIONS
    assert set(screens.ASKINGS) == set(QUESTIONS)
    for one in FORM:
        assert tuple(OPTIONS.get(one.key, ())) == one.options, one.key
        assert tuple(COLUMNS.get(one.key, ())) == tuple(column.key for column in one.columns), one.key
        assert tuple(CELLS.get(one.key, ())) == tuple(column.key for column in one.columns), one.key
    assert set(CONCERNS) == set(Concern)
    assert all(column in COLUMNS[key] for key, column in LOOKED_AT.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_shown_as_a_msgid(language: str) -> None:
    for name, words in says():
        with speaking(NO_SUCH_LANGUAGE):
            msgid = words()
        with speaking(language):
            text = words()
        if text == msgid:
            assert text in SAME_EVERYWHERE or NO_LETTERS.fullmatch(text), name
        else:
            assert CYRILLIC.search(text) or NO_LETTERS.fullmatch(text), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", QUESTIONS)
def test_the_longest_screens_fit(key: str, language: str) -> None:
    one, answers = question(key), longest()
    cursors = [Cursor(key), Cursor(key, review=True)]
    if one.kind is Kind.TABLE:
        cursors += [Cursor(key, 0, None), *(Cursor(key, 0, column.key) for column in one.columns)]
    with speaking(language):
        for cursor in cursors:
            for screen in screens.asked(draft(answers, cursor)):
                assert 0 < length(shown(screen)) <= TEXT_LIMIT
                buttons = [button for line in screen.buttons for button in line]
                assert all(button.label and button.data for button in buttons)
                assert all(len((button.data or "").encode()) <= DATA_LIMIT for button in buttons)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "value", "doubt"),
    [
        ("iin", "030504200019", Doubt.READ_BACK),
        ("iin", "030504200019", Doubt.DATES_DIFFER),
        ("birth_date", "2003-05-04", Doubt.DATES_DIFFER),
        ("phone", "+4930901820", Doubt.FOREIGN_PHONE),
        ("phone", "+77010000000", Doubt.OTHERS_CONTACT),
        ("surname", "Сәлем <b>", Doubt.LONG_AWAY),
        ("goal", {"limit": 1500, "length": 4096}, Doubt.CUT),
    ],
)
def test_every_doubt_has_its_screen(key: str, value: Any, doubt: Doubt, language: str) -> None:
    with speaking(language):
        screen = screens.asked(draft(ANSWERS, Cursor(key), Pending(key, value, doubt)))[0]
    with speaking(NO_SUCH_LANGUAGE):
        untold = screens.asked(draft(ANSWERS, Cursor(key), Pending(key, value, doubt)))[0]
    assert CYRILLIC.search(screen.text)
    assert {b.label for line in screen.buttons for b in line}.isdisjoint(
        {b.label for line in untold.buttons for b in line}
    )


def test_all_concerns_at_once_are_one_sentence() -> None:
    with speaking("kk"):
        text = warning([Concern.SALES, Concern.ABROAD])
    assert text == (
        "⚠️ Мынаған ұқсайды: жоба кезінде бірдеңе сату, ақылы қызмет көрсету; шетелден сатып алу. "
        "Шағын грант мұндайға берілмейді. Басқа нәрсені айтқан болсаңыз, жалғастыра беріңіз."
    )


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("flat", None, "көрсетілмеген"),
        ("iin", "030504200019", "030504 2 0001 9"),
        ("phone", "+77010000000", "+7 701 000 00 00"),
        ("birth_date", "2003-05-04", "2003 жылғы 4 мамыр"),
        ("sex", "female", "Әйел"),
        ("region", "79", "Шымкент қаласы"),
        ("earlier_programmes", ["zhas_project", "zhasyl_el"], "ZHAS PROJECT, Жасыл ел"),
        ("people_planned", 1500, "1 500"),
        ("plan", [{"action": "24 сабақ", "dates": "маусым"}], "1. 24 сабақ – маусым – …"),
    ],
)
def test_an_answer_as_one_reads_it(key: str, value: Any, text: str) -> None:
    with speaking("kk"):
        assert answer_text(key, value).replace("\xa0", " ") == text


def test_a_line_of_the_budget_as_one_reads_it() -> None:
    with speaking("ru"):
        text = answer_text("budget", [{"item": "Ткань", "quantity": 2, "price": 1500}, {"item": "Нитки"}])
    assert text.replace("\xa0", " ") == "1. Ткань: 2 × 1 500 ₸ = 3 000 ₸\n2. Нитки: … × … = …\nВсего: 3 000 ₸"


def test_what_was_typed_cannot_break_a_screen() -> None:
    spoiled = replace(draft(ANSWERS | {"title": "<b>&</i>"}, Cursor("title")))
    with speaking("kk"):
        assert "&lt;b&gt;&amp;&lt;/i&gt;" in screens.asked(spoiled)[0].text
