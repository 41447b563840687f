"""Refusals whose words depend on their facts."""

from __future__ import annotations

import pytest

from domain.refusal import Reason, Refused
from handlers.language import speaking
from handlers.refusals import refusal_words


@pytest.mark.parametrize(
    ("language", "candidates", "words"),
    [
        ("kk", ("47",), "Қай өңірді айтқаныңызға сенімді емеспін. Мүмкін, мынау шығар?"),
        ("ru", ("47",), "Не совсем понятно, какой регион вы имеете в виду. Может быть, этот?"),
        ("ru", ("19", "75"), "Так называются несколько регионов. Выберите свой."),
    ],
)
def test_a_region_that_is_guessed_is_not_called_one_of_several(
    language: str, candidates: tuple[str, ...], words: str
) -> None:
    with speaking(language):
        assert refusal_words(Refused(Reason.REGION_UNCLEAR, candidates=candidates)) == words
