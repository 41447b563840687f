"""Everything that reads people's words, under hostile ones: an answer within its limits or a refusal, in linear time.

Never any other exception; what was read and is said once more in its own form is read as the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from domain.choice_words import option_said, yes_said
from domain.contacts import LONGEST_EMAIL, masked, parse_email, parse_phone, readable
from domain.coverage import read_link
from domain.dates import OLDEST_YEARS, age_on, parse_date, turns
from domain.documents import LONGEST_NAME, IncomingFile, check_incoming, clean_name
from domain.forbidden import concerns
from domain.form import FORM, Kind
from domain.identity import birth_date_of, check_digit, grouped, parse_iin, sex_of
from domain.names import LONGEST, parse_name
from domain.numbers import MOST_MONEY, parse_count, parse_money
from domain.reading import Known, length, read, read_cell, read_text
from domain.refusal import Reason, Refused
from domain.region_names import find_region
from domain.spelling import plain
from domain.web_address import LONGEST_ADDRESS, is_web_address
from handlers.announcements.reading import moment_of
from handlers.common_questions import index
from handlers.option_words import option_meant, options_meant, says_skip
from handlers.start.routes import SOURCE
from tests.fuzz.hostile import HARD, hold, linear, near
from usecases.order import order
from usecases.register_call import SHORTEST, read_call

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
REGIONS = order().regions
KATO = {region.kato for region in REGIONS}


@dataclass(frozen=True)
class Reader:
    """`read` takes words; `right` says whether an answer may be; `again` says the answer in its own form."""

    read: Callable[[str], Any]
    right: Callable[[Any], bool]
    examples: tuple[str, ...]
    again: Callable[[Any], str] | None = str


def a_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST and name == " ".join(name.split()) and not set(name) & set("<>&0123456789")


def a_birth_date(born: date) -> bool:
    return born <= TODAY <= turns(born, OLDEST_YEARS) and age_on(born, TODAY) >= 0


def an_iin(iin: str) -> bool:
    suggested, sex = birth_date_of(iin), sex_of(iin)
    return len(iin) == 12 and iin.isascii() and check_digit(iin[:-1]) == int(iin[-1]) and (not sex or bool(suggested))


def an_email(address: str) -> bool:
    return len(address) <= LONGEST_EMAIL and address.count("@") == 1 and not any(map(str.isspace, address))


def a_text(text: str) -> bool:
    seen = not any(unicodedata.category(each) in ("Cs", "Cn") for each in text)
    return 0 < length(text) <= 300 and seen and "\n\n\n" not in text and text == text.strip()


READERS = {
    "date": Reader(
        lambda text: parse_date(text, today=TODAY),
        a_birth_date,
        ("04.05.2001", "4 мамыр 2001", "12 марта 1998 г.", "2001-05-04", "04052001", "2001 жылғы 4 мамыр"),
    ),
    "count": Reader(lambda text: parse_count(text, 1, 1000), lambda n: 1 <= n <= 1000, ("40", "1 000", "40 адам")),
    "money": Reader(
        parse_money, lambda n: 1 <= n <= MOST_MONEY, ("150 000", "1,5 млн", "150 мың тг", "1.250.000,00 ₸")
    ),
    "phone": Reader(
        lambda text: parse_phone(text).e164,
        lambda e164: e164.startswith("+") and len(e164) <= 17 and bool(readable(e164)) and bool(masked(e164)),
        ("8 701 000 00 01", "+7 (702) 000-00-02", "77010000001", "+49 30 901820", "тел. 87010000001"),
    ),
    "email": Reader(parse_email, an_email, ("aigerim@example.kz", "a.b+c@пошта.қаз", "mailto: x @ mail.ru ")),
    "name": Reader(parse_name, a_name, ("Сейітова", "Әл-Фараби", "O'Connor", "Мырзабек қызы", "ИСКАКОВА")),
    "iin": Reader(parse_iin, an_iin, ("990504200018", "ЖСН 980312 1 0001 6", "9803-1210-0016"), grouped),
    "region": Reader(
        lambda text: find_region(text, REGIONS).kato,
        KATO.__contains__,
        ("Шымкент", "Алматы облысы, Қаскелең", "ВКО", "Жамбыл обл., Шу ауд.", "г. Семей", "чимкент"),
        None,
    ),
    "text": Reader(lambda text: read_text(text, 1, 300), a_text, ("Ауыл балаларына\n\n\nтегін  үйірме.", "é\n \n{x}")),
    "option": Reader(
        lambda text: option_said(text, "working", ("no", "yes")), ("no", "yes").__contains__,
        ("жұмыс істемеймін", "не работаю", "иә", "НЕТ!", "+"), None,
    ),
    "yes": Reader(yes_said, lambda said: said in (True, False, None), ("иә", "ага", "жоқ.", "нет"), None),
    "skip": Reader(says_skip, lambda said: said in (True, False), ("-", "жоқ", "нет", "өткізу"), None),
    "education": Reader(
        lambda text: option_meant("education", text),
        lambda option: option is None or option in _options("education"),
        ("колледж", "kolledzh", "жоғары", "среднее"), None,
    ),
    "groups": Reader(
        lambda text: options_meant("vulnerable_groups", text),
        lambda options: set(options) <= _options("vulnerable_groups"),
        ("жетім, мүгедектік", "многодетная; сирота", "жоқ"), None,
    ),
    "question": Reader(
        lambda text: index().nearest(text),
        lambda found: len(found) <= 3,
        ("как подать заявку?", "грант қанша", "сколько денег дают", "құжат керек пе"), None,
    ),
    "concerns": Reader(concerns, lambda found: len(set(found)) == len(found), ("дүкен ашамыз", "купим машину"), None),
    "plain": Reader(plain, lambda said: isinstance(said, str), ("Әліппе", "Щука", "straße"), str),
    "file name": Reader(clean_name, lambda name: len(name) <= LONGEST_NAME, ("../../құжат.pdf", "C:\\a\\b.JPG"), str),
    "moment": Reader(
        lambda text: moment_of(text, NOW),
        lambda at: at.tzinfo is UTC,
        ("25.11 10:00", "25.11.2026 10:00", "18:30", "01.01.0001 00:00", "31.12.9999 23:59", "29.02 12:00"),
        None,
    ),
    "call": Reader(
        read_call,
        lambda called: called.phone.startswith("+") and len(called.words) >= SHORTEST,
        ("8 701 000 00 01\nАйгерім\nЖауап келмеді, қоңырау шалыңыз", "+77020000002\n\nкогда ответят?\n\nсрочно"),
        lambda called: f"{called.phone}\n{called.name}\n{called.words}",
    ),
    "link": Reader(
        read_link,
        lambda link: is_web_address(link) and len(link) <= LONGEST_ADDRESS,
        ("https://zhas.kz/қаз?a=1&b=2", " http://example.kz:8080/x ", "https://t.me/zhas_project"),
    ),
    "payload": Reader(
        SOURCE.fullmatch, lambda found: found is None or len(found.group()) <= 64, ("poster_7", "a-b"), None
    ),
}  # fmt: skip


def refusal(step: Callable[[], object]) -> Reason | None:
    try:
        step()
    except Refused as refused:
        return refused.reason
    return None


def _options(key: str) -> set[str]:
    return set(next(one for one in FORM if one.key == key).options)


@pytest.mark.parametrize("name", READERS)
@HARD
def test_an_answer_within_its_limits_or_a_refusal(name: str, examples: int) -> None:
    one = READERS[name]

    def check(text: str) -> None:
        try:
            found = one.read(text)
        except Refused:
            return
        assert one.right(found), (text, found)
        if one.again and found is not None:
            assert one.read(one.again(found)) == found

    hold(check, examples, near(*one.examples))


@pytest.mark.parametrize("name", READERS)
def test_long_words_take_no_longer_than_they_are(name: str) -> None:
    def read_or_refuse(text: str) -> None:
        with suppress(Refused):
            READERS[name].read(text)

    linear(read_or_refuse)


@HARD
def test_every_question_of_the_form_and_every_cell(examples: int) -> None:
    every = tuple(example for one in READERS.values() for example in one.examples)

    def check(text: str, place: int) -> None:
        one = FORM[place]
        known = Known({"iin": "990504200018", "birth_date": "1999-05-04"}, TODAY, REGIONS, ("79",))
        reason = refusal(lambda: read(one, text, known))
        assert reason is not Reason.NOT_A_CHOICE or one.kind in (Kind.CHOICE, Kind.MANY, Kind.TABLE)
        for column in one.columns:
            try:
                cell = read_cell(column, text)
            except Refused:
                continue
            assert length(str(cell)) <= max(column.most, len(str(column.most)))

    hold(check, examples, near(*every), st.integers(0, len(FORM) - 1))


@HARD
def test_what_telegram_says_of_a_file(examples: int) -> None:
    def check(name: str, mime: str, size: int | None, width: int | None, photo: bool) -> None:
        file = IncomingFile("id", "unique", name, mime, size, width, width, photo)
        with suppress(Refused):
            assert check_incoming(file, ("jpg", "pdf"), 1000) in ("jpg", "pdf")

    numbers = st.none() | st.integers()
    hold(check, examples, near("a.pdf", "b.JPEG"), near("image/png; x"), numbers, numbers, st.booleans())
