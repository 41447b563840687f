"""Long texts: nothing lost, nothing too long, no tag broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.long_texts import pages, trusted_little


def test_a_text_that_fits_is_one_page() -> None:
    assert pages("Бір\n\n<b>екі</b>\n", 100) == ("Бір\n\n<b>екі</b>",)


def test_an_empty_text_is_one_empty_page() -> None:
    assert pages("") == ("",)


def test_pages_break_between_paragraphs_lines_and_words_in_this_order() -> None:
    assert pages("one\n\ntwo\n\nthree", 9) == ("one\n\ntwo", "three")
    assert pages("<b>one\ntwo\nthree</b>", 9) == ("one\ntwo", "three")
    assert pages("one two three", 9) == ("one two", "three")
    assert pages("abcdefghijkl", 5) == ("abcde", "fghij", "kl")


@given(st.text(alphabet="аб c\n", max_size=300), st.integers(5, 60))
def test_no_page_is_too_long_and_no_word_is_lost(text: str, most: int) -> None:
    found = pages(text, most)
    assert all(len(page) <= most for page in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<b>a</b> & <i>b</i>", "<b>a</b> &amp; <i>b</i>"),
        ("a &amp; b", "a &amp; b"),
        ("<b>open\n\n<i>x</i>", "open\n\n<i>x</i>"),
        ("<b><i>x</b></i>", "x"),
        ('<a href="x">y</a>', '&lt;a href="x"&gt;y&lt;/a&gt;'),
        ("1 < 2", "1 &lt; 2"),
    ],
)
def test_official_texts_keep_only_paired_bold_and_italic(written: str, shown: str) -> None:
    assert trusted_little(written) == shown
