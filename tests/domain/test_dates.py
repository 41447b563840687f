"""Birth dates in every writing people use, and ages around the days where they change."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import age_on, parse_date, turns
from domain.refusal import Reason, Refused

TODAY = date(2026, 11, 22)
MAY_4 = date(2001, 5, 4)

MONTHS = {
    "kk": ("қаңтар ақпан наурыз сәуір мамыр маусым", "шілде тамыз қыркүйек қазан қараша желтоқсан"),
    "kk in Russian letters": (
        "кантар акпан наурыз сауир мамыр маусым",
        "шилде тамыз кыркуйек казан караша желтоксан",
    ),
    "kk in Latin": (
        "qańtar aqpan naýryz sáýir mamyr maýsym",
        "shilde tamyz qyrkúıek qazan qarasha jeltoqsan",
    ),
    "ru": ("января февраля марта апреля мая июня", "июля августа сентября октября ноября декабря"),
    "en": ("January February March April May June", "July August September October November December"),
}
NAMED = {language: " ".join(names).split() for language, names in MONTHS.items()}
NAMES = [(number, name) for names in NAMED.values() for number, name in enumerate(names, 1)]


def refusal(text: str) -> tuple[Reason, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        parse_date(text, today=TODAY)
    return refused.value.reason, refused.value.facts


@pytest.mark.parametrize(
    "text",
    [
        "04.05.2001",
        "4.5.2001",
        "04/05/2001",
        "4/5/2001",
        "4-5-2001",
        "4 5 2001",
        "04,05,2001",
        "04. 05. 2001",
        "04052001",
        "20010504",
        "2001-05-04",
        "2001.05.04",
        "2001/5/4",
        "  04.05.2001 г. ",
        "04.05.2001 г.р.",
        "04.05.2001ж.",
        "4 мая 2001 г.",
        "4 мая 2001 года",
        "4мая2001",
        "4-мая-2001",
        "4 май 2001",
        "4-го мая 2001",
        "4 МАЯ 2001",
        "Мая 4, 2001",
        "4 мамыр 2001 жыл",
        "2001 жылғы 4 мамыр",
        "2001 ж. 4 мамыр",
        "2001 жылы 4 мамырда",
        "2001 жылдың 4 мамыры",
        "4-мамыр 2001",
        "мамырдың 4-і 2001",
        "2001 жылы мамырдың 4-і күні",
        "4 мам. 2001",
        "4 may 2001",
        "May 4, 2001",
        "4th of May 2001",
        "4th May, 2001",
        "4 mamyr 2001",
        "4\u00a0мая\u00a02001",
        "０４.０５.２００１",
        "«04.05.2001»",
        "4 мaя 2001",
        "2001 жылы 4 мамырда туғанмын",
        "родился 4 мая 2001",
    ],
)
def test_one_day_in_many_writings(text: str) -> None:
    assert parse_date(text, today=TODAY) == MAY_4


@pytest.mark.parametrize(("number", "name"), NAMES, ids=str)
def test_every_month_by_name(number: int, name: str) -> None:
    assert parse_date(f"7 {name} 1999", today=TODAY) == date(1999, number, 7)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("5 янв 2000", 1),
        ("5 фев. 2000", 2),
        ("5 мар 2000", 3),
        ("5 апр 2000", 4),
        ("5 июн 2000", 6),
        ("5 июл 2000", 7),
        ("5 авг 2000", 8),
        ("5 сен 2000", 9),
        ("5 сент. 2000", 9),
        ("5 окт 2000", 10),
        ("5 нояб. 2000", 11),
        ("5 дек 2000", 12),
        ("5 қаң. 2000", 1),
        ("5 ақп. 2000", 2),
        ("5 нау. 2000", 3),
        ("5 сәу. 2000", 4),
        ("5 мау. 2000", 6),
        ("5 шіл. 2000", 7),
        ("5 там. 2000", 8),
        ("5 қыр. 2000", 9),
        ("5 қаз. 2000", 10),
        ("5 қар. 2000", 11),
        ("5 жел. 2000", 12),
        ("5 jan 2000", 1),
        ("5 Sept 2000", 9),
        ("5 dec 2000", 12),
        ("5 сентебря 2000", 9),
        ("5 феврвля 2000", 2),
        ("5 қырқүйек 2000", 9),
        ("5 желтқсан 2000", 12),
        ("5 Febuary 2000", 2),
    ],
)
def test_short_names_and_slips_of_the_finger(text: str, month: int) -> None:
    assert parse_date(text, today=TODAY) == date(2000, month, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "вчера",
        "мая 2001",
        "4 мая",
        "2001",
        "04.05",
        "4 foo 2001",
        "июнля 4 2001",
        "04.05.201",
        "04.05.20011",
        "4.5.2001.6",
        "4052001",
        "130523400012",
        "+7 700 123 45 67",
        "04.05.2001@",
        "٠٤.٠٥.٢٠٠١",
        "2001 жылы 04.05",
        "4 мая 2001 июня",
        "004.05.2001",
        "፬.፭.2001",
        "а" * 5000,
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert refusal(text) == (Reason.NOT_A_DATE, {})


@pytest.mark.parametrize("text", ["04.05.01", "4/5/01", "040501", "4 мая 01 г.", "4 мамыр 01", "01-05-04"])
def test_two_digits_of_a_year_are_asked_again(text: str) -> None:
    assert refusal(text) == (Reason.AMBIGUOUS_YEAR, {})


@pytest.mark.parametrize(
    "text",
    ["31.02.2001", " 29 ақпан 2001", "05/13/2001", "00.05.2001", "31022001", "2001-13-01", "04.05.0000"],
)
def test_a_day_that_never_was_is_told_back_as_it_was_typed(text: str) -> None:
    assert refusal(text) == (Reason.IMPOSSIBLE_DATE, {"written": text.strip()})


def test_the_bounds_of_belief() -> None:
    assert parse_date("22.11.2026", today=TODAY) == TODAY
    assert refusal("23.11.2026") == (Reason.DATE_IN_FUTURE, {})
    assert parse_date("22.11.1906", today=TODAY) == date(1906, 11, 22)
    assert refusal("21.11.1906") == (Reason.DATE_TOO_OLD, {})
    assert refusal("04.05.0201") == (Reason.DATE_TOO_OLD, {})


birth_dates = st.dates(date(1907, 1, 1), TODAY)
FORMS = [
    "{0:%d.%m.%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%Y-%m-%d}",
    "{0:%d%m%Y}",
    "{0:%Y%m%d}",
    "{0.day} {0.month} {0.year} г.",
]


@given(birth_dates, st.sampled_from(FORMS))
def test_every_day_in_numbers(birth: date, form: str) -> None:
    assert parse_date(form.format(birth), today=TODAY) == birth


@given(
    birth_dates,
    st.sampled_from(sorted(NAMED)),
    st.sampled_from(["{d} {m} {y}", "{y} жылғы {d} {m}", "{m} {d}, {y}"]),
)
def test_every_day_in_words(birth: date, language: str, form: str) -> None:
    text = form.format(d=birth.day, m=NAMED[language][birth.month - 1], y=birth.year)
    assert parse_date(text, today=TODAY) == birth


@given(st.text() | st.text("0123456789 .-/майсәуір") | st.from_regex(r"\d{1,4}[ .]\w{1,12}[ .]\d{1,4}", fullmatch=True))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        assert date(1906, 11, 22) <= parse_date(text, today=TODAY) <= TODAY


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 5, 3), date(2026, 5, 2), 17),
        (date(2008, 5, 3), date(2026, 5, 3), 18),
        (date(1990, 12, 31), date(2026, 12, 30), 35),
        (date(1990, 12, 31), date(2026, 12, 31), 36),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2001, 5, 4), date(2001, 5, 4), 0),
        (date(2001, 5, 4), date(2001, 5, 3), -1),
    ],
)
def test_full_years_on_a_day(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(birth_dates | st.just(date(2000, 2, 29)), st.integers(0, 120))
def test_an_age_begins_on_the_day_it_turns(birth: date, age: int) -> None:
    day = turns(birth, age)
    assert age_on(birth, day) == age
    assert age_on(birth, day - timedelta(days=1)) == age - 1
