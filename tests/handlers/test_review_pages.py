"""Paging of answers: nothing is lost, and everything fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.answer_pages import MOST_BLOCKS, ROOM, Block, lay_out, size

TEXTS = st.text(st.sampled_from("ңа &<😀\n"), max_size=9000)


def test_short_answers_share_a_page() -> None:
    blocks = [Block(str(n), "Аты", "Жауап") for n in range(3)]
    [page] = lay_out("person", blocks)
    assert (page.section, page.blocks) == ("person", tuple(blocks))


def test_no_more_answers_than_buttons_fit_well() -> None:
    blocks = [Block(str(n), "Аты", "Жауап") for n in range(MOST_BLOCKS + 1)]
    assert [len(page.blocks) for page in lay_out("person", blocks)] == [MOST_BLOCKS, 1]


def test_a_section_without_answers_has_no_page() -> None:
    assert list(lay_out("person", [])) == []


def test_a_long_answer_is_cut_at_the_end_of_a_word_and_its_parts_numbered() -> None:
    words = " ".join(["қазақ"] * 1000)
    parts = [block for page in lay_out("project", [Block("goal", "Мақсаты", words)]) for block in page.blocks]
    assert [part.part for part in parts] == [1, 2]
    assert " ".join(part.text for part in parts) == words


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_page_fits_and_every_letter_is_there(texts: list[str]) -> None:
    blocks = [Block(str(n), "Аты", text) for n, text in enumerate(texts)]
    pages = list(lay_out("project", blocks))
    assert all(sum(size(b.title) + size(b.text) for b in page.blocks) <= ROOM for page in pages)
    for block in blocks:
        shown = "".join(b.text for page in pages for b in page.blocks if b.key == block.key)
        assert "".join(shown.split()) == "".join(block.text.split())
