"""Lines of a TOML file: where every key stands."""

from __future__ import annotations

import tomllib
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from domain.toml_lines import dotted, read_lines

TEXT = '''# a comment

title = "x"
[a]
b.c = 1
d = [
  1,
  {e = 2},
]
f = """
[not a table]
g = 1
"""
[[list]]
key = 1
[list.inner]
deep = true
[[list]]
key = 2
[[list.inner_list]]
h = 1
[a.z]
"quoted key" = 1979-05-27
'''


def test_the_line_of_every_key() -> None:
    lines = read_lines(TEXT)
    assert lines.values == tomllib.loads(TEXT)
    assert {dotted(path): line for path, line in lines.at.items()} == {
        "title": 3,
        "a": 4,
        "a.b": 5,
        "a.b.c": 5,
        "a.d": 6,
        "a.d[1]": 6,
        "a.d[2]": 6,
        "a.d[2].e": 6,
        "a.f": 10,
        "list[1]": 14,
        "list[1].key": 15,
        "list[1].inner": 16,
        "list[1].inner.deep": 17,
        "list[2]": 18,
        "list[2].key": 19,
        "list[2].inner_list[1]": 20,
        "list[2].inner_list[1].h": 21,
        "a.z": 22,
        "a.z.quoted key": 23,
    }


def test_a_key_that_is_not_there_is_told_at_its_table() -> None:
    lines = read_lines(TEXT)
    assert lines.line(("list", 1, "missing")) == 18
    assert lines.line(("missing",)) == 1


def test_lines_that_are_no_toml_are_set_aside() -> None:
    lines = read_lines("a = 1\nb = \nc = 3\nc = 4\nd = yes\n")
    assert lines.values == {"a": 1, "c": 3}
    assert [(fault.line, fault.reason.value) for fault in lines.faults] == [
        (2, "syntax"),
        (4, "duplicate_key"),
        (5, "syntax"),
    ]
    assert lines.whole


@given(st.text('ab=.[]{}"#\n 1,', max_size=80))
def test_what_the_parser_reads_is_read_the_same(text: str) -> None:
    lines = read_lines(text)
    with suppress(tomllib.TOMLDecodeError):
        assert lines.values == tomllib.loads(text)
        assert lines.faults == []
