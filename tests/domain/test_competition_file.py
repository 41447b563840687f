"""A competition's file: what is read from it, and every fault with its line."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.competition import AgeRule, CallCentre, Criterion, Dates, DocumentSlot, ReferenceDate, Registration, Rework
from domain.competition_faults import Fault, FaultReason, Faults
from domain.competition_file import examine, read_competition
from domain.regions import Words
from usecases.order import order

SAMPLE = files("programme").joinpath("samples", "competition.toml").read_text("utf-8")
RULES = Words("## Бір\nМәтін", "## Раз\nТекст")


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def faults(text: str, rules: Words = RULES) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as raised:
        read_competition(text, order(), rules)
    return raised.value.faults


def warnings(text: str, rules: Words = RULES) -> tuple[Fault, ...]:
    examined = examine(text, order(), rules)
    assert examined.faults == ()
    return examined.warnings


def spoilt(old: str, new: str) -> str:
    assert SAMPLE.count(old) >= 1, old
    return SAMPLE.replace(old, new, 1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_the_sample() -> None:
    examined = examine(SAMPLE, order(), RULES)
    assert examined.faults == examined.warnings == ()
    competition = read_competition(SAMPLE, order(), RULES)
    assert competition == examined.competition
    assert (competition.code, competition.year, competition.lot) == ("19-5-demo", 2026, "19-5")
    assert competition.demonstration
    assert competition.maximum == 1_000_000
    assert competition.quotas == {"27": 8, "79": 20}
    assert competition.tie_break == ("significance", "achievability", "plan", "budget")
    assert competition.rework == Rework(24)
    assert competition.keep_years == 5
    assert competition.rules_text is RULES


def test_ends_are_included_and_become_the_first_moment_too_late() -> None:
    assert read_competition(SAMPLE, order(), RULES).dates == Dates(
        campaign_from=utc(2026, 11, 7, 19),
        intake_opens=utc(2026, 11, 14, 19),
        intake_closes=utc(2026, 11, 30, 19),
        technical_until=utc(2026, 12, 4, 19),
        commission_until=utc(2026, 12, 11, 19),
        results=utc(2026, 12, 14, 5),
        projects_until=utc(2027, 2, 28, 19),
    )


@pytest.mark.parametrize(
    ("written", "closes"),
    [
        ("2026-11-30", utc(2026, 11, 30, 19)),
        ("2026-11-30 23:59:59", utc(2026, 11, 30, 19)),
        ("2026-11-30 23:59:00", utc(2026, 11, 30, 19)),
        ("2026-11-30T23:59:59+05:00", utc(2026, 11, 30, 19)),
        ("2026-11-30 18:59:59Z", utc(2026, 11, 30, 19)),
        ("2026-11-30 18:00:00", utc(2026, 11, 30, 13)),
        ("2026-11-30 18:30:00", utc(2026, 11, 30, 13, 30)),
    ],
)
def test_ways_to_write_an_end(written: str, closes: datetime) -> None:
    text = spoilt("2026-11-30 23:59:59", written)
    assert read_competition(text, order(), RULES).dates.intake_closes == closes


def test_rules_documents_criteria_and_call_centre() -> None:
    competition = read_competition(SAMPLE, order(), RULES)
    assert competition.rules.age == AgeRule(18, 35, ReferenceDate.APPLICATION)
    assert competition.rules.registrations == (Registration.PERMANENT, Registration.TEMPORARY)
    assert (competition.rules.citizenship, competition.rules.registered_months) == (True, 0)
    assert competition.rules.part_time_study_allowed
    assert [slot.key for slot in competition.documents] == ["id_card", "registration", "pension", "vulnerable", "other"]
    assert competition.slot("other") == DocumentSlot(
        key="other",
        title=Words("Қосымша құжаттар", "Дополнительные документы"),
        reason=Words(
            "Қаласаңыз ғана: алғысхат, серіктес хаты, жоба суреттері.",
            "Только по желанию: рекомендация, письмо партнёра, фото проекта.",
        ),
        required=False,
        only_vulnerable=False,
        formats=("jpg", "png", "pdf", "docx"),
        max_bytes=10 * 1024 * 1024,
        max_files=5,
        min_files=1,
    )
    assert [slot.key for slot in competition.documents if slot.only_vulnerable] == ["vulnerable"]
    assert competition.criteria[2] == Criterion(
        "sustainability",
        Words("Жобаның кейін жалғасуы (орнықтылығы)", "Устойчивость проекта"),
        Words(
            "Грант аяқталған соң жоба немесе оның пайдасы қала ма?",
            "Останется ли проект или польза от него, когда грант закончится.",
        ),
        5,
    )
    assert competition.call_centre == CallCentre(
        "+77000000000",
        "help@example.kz",
        Words("Шымкент қаласы, Үлгі көшесі, 1-үй (ойдан шығарылған)", "город Шымкент, улица Улги, дом 1 (вымышленный)"),
        Words("дүйсенбі–жұма 9:00–18:00, үзіліс 13:00–14:00", "понедельник–пятница 9:00–18:00, перерыв 13:00–14:00"),
    )


def test_an_age_counted_on_a_fixed_day() -> None:
    text = spoilt('age_counted_on = "application"', 'age_fixed_date = 2026-01-01\nage_counted_on = "fixed"')
    age = read_competition(text, order(), RULES).rules.age
    assert age == AgeRule(18, 35, ReferenceDate.FIXED, date(2026, 1, 1))


R = FaultReason
ONE_FAULT: list[tuple[str, str, str, str, FaultReason, dict[str, Any]]] = [
    # old, new, the line it is told at, path, reason, facts
    ("age_from = 18", "age_form = 18", "[eligibility]", "eligibility.age_from", R.MISSING, {"key": "age_from"}),
    ("keep_years = 5", "", "[competition]", "competition.keep_years", R.MISSING, {"key": "keep_years"}),
    ('name.kk = "ZHAS', '#"ZHAS', "name.ru", "competition.name.kk", R.MISSING, {"key": "kk"}),
    ('name.ru = "Малые', 'name.ru = "" #"Малые', "name.ru", "competition.name.ru", R.EMPTY, {}),
    ("year = 2026", 'year = "2026"', "year", "competition.year", R.WRONG_TYPE, {"wanted": "number"}),
    ("year = 2026", "year = true", "year", "competition.year", R.WRONG_TYPE, {"wanted": "number"}),
    ("citizenship = true", "citizenship = 1", "citiz", "eligibility.citizenship", R.WRONG_TYPE, {"wanted": "yes_no"}),
    (
        "intake_closes = 2026-11-30 23:59:59",
        'intake_closes = "30.11.2026"',
        "intake_closes",
        "dates.intake_closes",
        R.WRONG_TYPE,
        {"wanted": "end"},
    ),
    ("year = 2026", "year = 1999", "year", "competition.year", R.OUT_OF_RANGE, {"least": 2023, "most": 2100}),
    ("results = 2026", "results = 0001", "results", "dates.results", R.OUT_OF_RANGE, {"least": 2020, "most": 2100}),
    (
        'formats = ["jpg", "png", "pdf", "docx"]',
        'formats = ["jpg", "doc"]',
        "formats",
        "documents[1].formats[2]",
        R.NOT_A_CHOICE,
        {"value": "doc", "options": ("jpg", "png", "pdf", "docx"), "suggestion": "docx"},
    ),
    (
        'formats = ["jpg", "png", "pdf", "docx"]',
        'formats = ["jpg", "jpg"]',
        "formats",
        "documents[1].formats[2]",
        R.SAME_TWICE,
        {"value": "jpg"},
    ),
    ('formats = ["jpg", "png", "pdf", "docx"]', "formats = []", "formats", "documents[1].formats", R.EMPTY, {}),
    (
        "max_megabytes = 10 ",
        "max_megabytes = 50 ",
        "max_m",
        "documents[1].max_megabytes",
        R.OUT_OF_RANGE,
        {"least": 1, "most": 20},
    ),
    ('code = "19-5-demo"', 'code = "Лот 19-5"', "code", "competition.code", R.NOT_A_KEY, {}),
    ('code = "19-5-demo"', f'code = "{"a" * 25}"', "code", "competition.code", R.TOO_LONG, {"limit": 24, "length": 25}),
    (
        "intake_closes = 2026-11-30",
        "intake_closes = 2026-11-14",
        "intake_closes",
        "dates.intake_closes",
        R.DATES_OUT_OF_ORDER,
        {"earlier": "intake_opens", "later": "intake_closes"},
    ),
    (
        "begins = 2026-12-05 10:00:00",
        "begins = 2026-12-15",
        "begins = 2026-12-15",
        "meetings.training.begins",
        R.DATES_OUT_OF_ORDER,
        {"earlier": "training", "later": "results"},
    ),
    (
        "begins = 2027-02-26 11:00:00",
        "begins = 2026-12-14",
        "begins = 2026-12-14",
        "meetings.final_event.begins",
        R.DATES_OUT_OF_ORDER,
        {"earlier": "results", "later": "final_event"},
    ),
    (
        "begins = 2026-12-08 10:00:00",
        "# no day",
        "[meetings.pitch]",
        "meetings.pitch.begins",
        R.MISSING,
        {"key": "begins"},
    ),
    ("age_to = 35", "age_to = 17", "age_to", "eligibility.age_to", R.AGE_REVERSED, {"lower": 18, "upper": 17}),
    (
        'age_counted_on = "application"',
        'age_counted_on = "fixed"',
        "[eligibility]",
        "eligibility.age_fixed_date",
        R.MISSING,
        {"key": "age_fixed_date"},
    ),
    (
        "max_files = 2",
        "max_files = 2\nmin_files = 3",
        "min_files",
        "documents[1].min_files",
        R.FILES_REVERSED,
        {"min_files": 3, "max_files": 2},
    ),
    ("79 = 20", "79 = 21", "[quotas]", "quotas", R.QUOTA_OVER_LOT, {"total": 29, "limit": 28}),
    ("79 = 20", '79 = "20"', "79", "quotas.79", R.WRONG_TYPE, {"wanted": "number"}),
    (
        "79 = 20",
        "75 = 20",
        "75",
        "quotas.75",
        R.REGION_OF_ANOTHER_LOT,
        {"kato": "75", "lot": "19-6", "options": ("27", "79")},
    ),
    ("79 = 20", "78 = 20", "78", "quotas.78", R.UNKNOWN_REGION, {"kato": "78", "options": ("27", "79")}),
    (
        "maximum = 1_000_000",
        "maximum = 1_000_001",
        "maximum",
        "competition.maximum",
        R.OVER_MAXIMUM,
        {"maximum": 1_000_000},
    ),
    (
        '"plan", "budget"]',
        '"plans", "budget"]',
        "tie_break",
        "selection.tie_break[3]",
        R.UNKNOWN_CRITERION,
        {"key": "plans", "options": ("achievability", "budget", "plan", "significance", "sustainability")},
    ),
    ('key = "registration"', 'key = "id_card"', "key", "documents[2].key", R.SAME_TWICE, {"value": "id_card"}),
    ('phone = "+7 700 000 00 00"', 'phone = "+7 700"', "phone", "call_centre.phone", R.NOT_A_PHONE, {}),
    ('email = "help@example.kz"', 'email = "help"', "email", "call_centre.email", R.NOT_AN_EMAIL, {}),
    (
        "[selection]",
        "[selection",
        "[selection",
        "[selection",
        R.SYNTAX,
        {"detail": "Expected ']' at the end of a table declaration"},
    ),
    ("age_from = 18", "age_from = 18\nage_from = 19", "age_from = 19", "age_from = 19", R.DUPLICATE_KEY, {}),
    (
        "age_from = 18",
        "age_from = 18 years",
        "age_from",
        "age_from = 18 years",
        R.SYNTAX,
        {"detail": "Expected newline or end of document after a statement"},
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "path", "reason", "facts"), ONE_FAULT)
def test_one_fault(old: str, new: str, line: str, path: str, reason: FaultReason, facts: dict[str, Any]) -> None:
    text = spoilt(old, new)
    found = [fault for fault in faults(text) if fault.reason is not R.UNKNOWN_KEY]
    at = found[0].line if path == "documents[2].key" else line_of(text, line)
    assert found == [Fault(at, path, reason, facts)]


def test_an_unknown_key_with_what_was_meant() -> None:
    text = spoilt("age_from = 18", "age_form = 18")
    assert [(one.path, one.reason, one.facts) for one in faults(text)] == [
        ("eligibility.age_from", R.MISSING, {"key": "age_from"}),
        ("eligibility.age_form", R.UNKNOWN_KEY, {"key": "age_form", "suggestion": "age_from"}),
    ]
    assert faults(text)[1].line == line_of(text, "age_form")
    text = spoilt("age_from = 18", "age_from = 18\nhorse = 1")
    unknown = Fault(line_of(text, "horse"), "eligibility.horse", R.UNKNOWN_KEY, {"key": "horse", "suggestion": ""})
    assert faults(text) == (unknown,)


def test_every_fault_is_told_at_once() -> None:
    text = (
        spoilt("year = 2026", 'year = "2026"').replace("79 = 20", "79 = 21").replace("max_points = 5", "max_points = 0")
    )
    text = text.replace('title.kk = "Жеке куәлік"', "title.kk = ").replace("[call_centre", "[call_center")
    assert [(one.path, one.reason) for one in faults(text)] == [
        ("call_centre", R.MISSING),
        ("competition.year", R.WRONG_TYPE),
        ("quotas", R.QUOTA_OVER_LOT),
        ("title.kk =", R.SYNTAX),
        *((f"criteria[{place}].max_points", R.OUT_OF_RANGE) for place in range(1, 6)),
        ("call_center", R.UNKNOWN_KEY),
    ]


def test_a_broken_table_stops_further_judgement() -> None:
    """Under a broken header every key would seem to be in the wrong table."""
    text = spoilt("[dates]", "[dates").replace("79 = 20", "79 = 21")
    assert [one.reason for one in faults(text)] == [R.SYNTAX]


def test_an_open_bracket_is_told_where_it_was_opened() -> None:
    text = spoilt('formats = ["jpg", "png", "pdf", "docx"]', 'formats = ["jpg", "png", "pdf", "docx"')
    assert [(one.line, one.reason) for one in faults(text)] == [(line_of(text, "formats"), R.SYNTAX)]


def test_an_open_string_is_told_where_it_was_opened() -> None:
    text = spoilt('address.kk = "', 'address.kk = """')
    assert [(one.line, one.reason) for one in faults(text)] == [(line_of(text, "address.kk"), R.SYNTAX)]


def test_an_empty_file() -> None:
    missing = ["call_centre", "competition", "criteria", "dates", "documents", "eligibility", "quotas", "selection"]
    assert faults("") == tuple(Fault(1, key, R.MISSING, {"key": key}) for key in missing)


def test_an_unknown_lot() -> None:
    found = faults(spoilt('lot = "19-5"', 'lot = "19-55"'))
    assert [(one.path, one.reason) for one in found] == [("competition.lot", R.UNKNOWN_LOT)]
    assert len(found[0].facts["options"]) == 10


def test_the_rules_texts() -> None:
    assert faults(SAMPLE, Words("", "Текст")) == (
        Fault(1, "rules.kk", R.RULES_MISSING, {"language": "kk"}),
        Fault(1, "rules.ru", R.RULES_WITHOUT_HEADINGS, {"language": "ru"}),
    )


def test_warnings_do_not_stop_a_competition() -> None:
    text = spoilt("79 = 20", "79 = 15").replace("27 = 8", "#").replace("rework_hours = 24", "rework_hours = 100")
    text = text.replace("year = 2026", "year = 2027").replace("+7 700 000 00 00", "+7 916 000 00 00")
    text = text.replace("age_from = 18", "age_from = 18\nage_fixed_date = 2026-01-01")
    assert [(one.path, one.reason, one.facts) for one in warnings(text, Words("## 1", "## 1\n## 2"))] == [
        ("rules", R.RULES_DIFFER, {"kk": 1, "ru": 2}),
        ("competition.year", R.YEAR_DIFFERS, {"year": 2027, "opens": 2026}),
        ("competition.rework_hours", R.REWORK_SHORT, {"hours": 100, "available": 96}),
        ("quotas", R.REGION_WITHOUT_QUOTA, {"kato": "27"}),
        ("quotas.79", R.QUOTA_DIFFERS, {"kato": "79", "quota": 15, "ordered": 20}),
        ("eligibility.age_fixed_date", R.FIXED_DATE_UNUSED, {}),
        ("call_centre.phone", R.FOREIGN_PHONE, {}),
    ]


def test_a_file_from_another_editor() -> None:
    """Windows line ends and a byte order mark change nothing."""
    assert read_competition("\ufeff" + SAMPLE.replace("\n", "\r\n"), order(), RULES) == read_competition(
        SAMPLE, order(), RULES
    )


def only_faults(text: str) -> None:
    with suppress(Faults):
        read_competition(text, order(), RULES)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_file_is_read_or_has_faults(data: st.DataObject) -> None:
    rows = SAMPLE.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(rows) - 1))
        row = rows[place]
        cut = data.draw(st.integers(0, len(row)))
        middle = data.draw(
            st.sampled_from(["", "=", '"', '"""', "[", "]", "[[", "{", "}", "#", "'", "\n", ".", "1", "\t"])
        )
        rows[place] = data.draw(
            st.sampled_from([row[:cut] + middle + row[cut:], row[:cut] + middle, row + "\n" + row, ""])
        )
    only_faults("\n".join(rows))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([line for line in SAMPLE.split("\n") if " = " in line]), st.data())
def test_any_value_of_any_key_is_read_or_has_faults(line: str, data: st.DataObject) -> None:
    values = [
        "0",
        "-1",
        "1e400",
        "nan",
        "9" * 5000,
        "true",
        '""',
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "1979-05-27",
        "07:32:00",
        "0001-01-01 00:00:00",
        "9999-12-31T23:59:59-12:00",
        '"x"',
        '["x", 1]',
        "{kk = 1}",
        "[" * 2000,
    ]
    only_faults(SAMPLE.replace(line, f"{line.split(' = ')[0]} = {data.draw(st.sampled_from(values))}"))


@settings(max_examples=50, deadline=None)
@given(st.text() | st.text('[]={}".#\n abc123', max_size=60))
def test_any_text_is_read_or_has_faults(text: str) -> None:
    only_faults(text)
