"""Names of people, tidied."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import parse_name
from domain.refusal import Reason, Refused


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Айгерім", "Айгерім"),
        ("  айгерім ", "Айгерім"),
        ("ӘЛИЯ", "Әлия"),
        ("Айгерiм", "Айгерім"),  # a Latin i
        ("АЙГЕРIМ", "Айгерім"),
        ("иванов-петров", "Иванов-Петров"),
        ("ИВАНОВ – ПЕТРОВ", "Иванов-Петров"),
        ("Серік қызы", "Серік қызы"),
        ("СЕРІК ҚЫЗЫ", "Серік қызы"),
        ("мұратұлы", "Мұратұлы"),
        ("O’CONNOR", "O'Connor"),
        ("McGregor", "McGregor"),
        ("Мәрия  Антуанетта", "Мәрия Антуанетта"),
        ("Ю", "Ю"),
        ("иВАНОВ", "Иванов"),  # Caps Lock forgotten
        ("aA", "Aa"),
        ("ALİYEV", "Aliyev"),
        ("ßen", "ßen"),  # no capital of one letter
        ("д'артаньян", "Д'Артаньян"),
        ("Наиль'", "Наиль'"),
        ("é\u0301lodie".replace("é\u0301", "e\u0301"), "Élodie"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "А.С.",
        "Айгерім1",
        "👍",
        "-",
        "'",
        "Айгерім-",
        "-Айгерім",
        "Ivanов",
        "a@b",
        "/start",
        "张伟",
        "Айгерім, 20",
    ],
)
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_name(text)
    assert refused.value.reason is Reason.NOT_A_NAME


def test_bounds() -> None:
    with pytest.raises(Refused) as refused:
        parse_name("  \n ")
    assert refused.value.reason is Reason.EMPTY
    with pytest.raises(Refused) as refused:
        parse_name("а" * 61)
    assert (refused.value.reason, refused.value.facts) == (Reason.TOO_LONG, {"limit": 60, "length": 61})


@given(st.text(max_size=70) | st.text("аәiіИыA'- оғлы", max_size=30))
def test_any_text_is_a_name_or_a_refusal(text: str) -> None:
    with suppress(Refused):
        name = parse_name(text)
        assert parse_name(name).lower() == name.lower()
