"""One plain spelling, and words that mix two alphabets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spelling import plain, unmixed
from domain.tables import table


@pytest.mark.parametrize(
    ("words", "spelling"),
    [
        ("Қызылорда Кызылорда Qyzylorda Kyzylorda ҚЫЗЫЛОРДА Kуzylorda", "kizilorda"),
        ("Жетісу Жетысу Zhetisu Jetisu Жетicу", "zhetisu"),
        ("Шымкент Shymkent Шимкент Şymkent", "shimkent"),
        ("Щучинск Shchuchinsk", "shuchinsk"),
        ("Қарағанды Karaghandy Караганды", "karagandi"),
        ("сәуір сауир sáýir Säuır", "sauir"),
    ],
)
def test_one_word_on_many_keyboards(words: str, spelling: str) -> None:
    assert {plain(word) for word in words.split()} == {spelling}


def test_what_is_no_letter_stays() -> None:
    assert plain("04.05.2001 ж.") == "04.05.2001 zh."
    assert plain("名 שם") == "名 שם"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Айгерiм", "Айгерім"),  # a Latin i
        ("AЙГЕРIМ", "АЙГЕРІМ"),  # a Latin A and I
        ("Аlmaty", "Almaty"),  # a Cyrillic А
        ("Ivanов", "Ivanов"),  # no letter-by-letter twin: left alone
        ("Astana", "Astana"),
        ("Астана", "Астана"),
    ],
)
def test_mixed_alphabets(typed: str, meant: str) -> None:
    assert unmixed(typed) == meant


@given(st.text(max_size=40) | st.text("аәбқңһіїjqwxyЩЮЯ ", max_size=20))
def test_no_letter_of_the_table_is_left(text: str) -> None:
    assert set(plain(text)).isdisjoint(table("letters")["plain"])
