"""What is written comes back the same, also what the quick way does not take."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from db.stored_json import dumps, loads


class Word(StrEnum):
    ONE = "one"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ({"name": "Ұлжан", "flat": None, "people": 60}, '{"name":"Ұлжан","flat":null,"people":60}'),
        ({"state": Word.ONE, "rows": ["a"]}, '{"state":"one","rows":["a"]}'),
        ({"many": 2**80}, f'{{"many": {2**80}}}'),
        ({"half": "\ud83d"}, '{"half": "\\ud83d"}'),
        ({Word.ONE: 1}, '{"one": 1}'),
    ],
)
def test_what_is_stored_comes_back(value: dict[str, Any], stored: str) -> None:
    assert dumps(value) == stored
    assert loads(stored) == value


def test_letters_stored_as_numbers_are_read_too() -> None:
    assert loads('{"name": "\\u04b0\\u043b"}') == {"name": "Ұл"}


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps({"what": object()})
    with pytest.raises(ValueError, match="Expecting"):
        loads("{")
