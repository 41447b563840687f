"""The search measured on how people really ask: each prepared phrasing must find its answer among the first three."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from domain.question_search import Asked, build_index, words_of
from handlers.common_questions import every_question, index

HERE = Path(__file__).parents[1] / "texts"


def phrasings(name: str) -> tuple[list[tuple[str, str]], list[str]]:
    """(question's key, phrasing) of a list, and what nobody knows an answer to."""
    raw = tomllib.loads((HERE / name).read_text("utf-8"))
    nothing = raw.pop("nothing")["nothing"]
    return [(key, phrase) for key, phrases in raw.items() for phrase in phrases], nothing


PREPARED, NOTHING = phrasings("phrasings.toml")
UNSEEN, NOTHING_UNSEEN = phrasings("phrasings_unseen.toml")


def test_the_lists_are_long_and_stand_in_no_catalogue() -> None:
    known = {way for spoken in ("kk", "ru") for one in every_question(spoken) for way in (one.title, *one.also)}
    assert len(PREPARED) >= 190
    assert len(UNSEEN) >= 70
    assert [phrase for _key, phrase in PREPARED + UNSEEN if phrase in known] == []


@pytest.mark.parametrize(("key", "phrase"), PREPARED)
def test_every_prepared_phrasing_finds_its_question_among_the_first_three(key: str, phrase: str) -> None:
    assert key in [one.key for one in index().nearest(phrase)]


def test_most_are_found_first() -> None:
    first = [found[0].key == key for key, phrase in PREPARED if (found := index().nearest(phrase))]
    assert sum(first) / len(PREPARED) >= 0.9


def test_most_unprepared_phrasings_find_their_question_among_the_first_three() -> None:
    hits = [key in [one.key for one in index().nearest(phrase)] for key, phrase in UNSEEN]
    assert sum(hits) / len(UNSEEN) >= 0.85


@pytest.mark.parametrize("phrase", NOTHING)
def test_what_is_like_no_question_finds_nothing(phrase: str) -> None:
    assert index().nearest(phrase) == ()


def test_most_small_talk_finds_nothing() -> None:
    assert sum(index().nearest(phrase) == () for phrase in NOTHING_UNSEEN) / len(NOTHING_UNSEEN) >= 0.5


@pytest.mark.parametrize("spoken", ["kk", "ru"])
def test_a_title_finds_itself_first_in_either_language(spoken: str) -> None:
    wrong = [one.key for one in every_question(spoken) if index().nearest(one.title, 1)[0].key != one.key]
    assert wrong == []


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀", "<b>", "а" * 4096, "сөз " * 1000, "\x00\n"])
def test_any_text_is_taken(text: str) -> None:
    assert len(index().nearest(text)) <= 3


def test_words_are_in_one_plain_spelling() -> None:
    assert words_of("Құжаттар, kujattar 33те!") == ["kuzhatar", "kuzhatar", "33", "te"]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert build_index([]).nearest("құжат") == ()
    assert build_index([Asked("a", ("", "құжат керек пе"), ())]).nearest("құжат керек")[0].key == "a"
