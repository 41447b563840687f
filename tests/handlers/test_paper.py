"""The PDF: it says what was answered, in every Kazakh letter, whatever people type."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from handlers.answer_words import answer_text, title
from handlers.language import speaking
from handlers.status.paper import Paper, Section, paper_bytes
from handlers.status.paper_words import paper_of
from tests.applications import an_iin, attach, longest_answers, sent
from tests.factories import NOW, a_competition, a_person
from tests.in_force import PutInForce
from usecases.own_applications import sent_answers
from usecases.work import Work

pytestmark = pytest.mark.sqlite  # long, and of nothing that a database does

LETTERS = "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя₸№«»–"


def text_of(pdf: bytes) -> str:
    """All words of a PDF, spaces and line ends aside."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def a_paper(*answers: tuple[str, str]) -> Paper:
    return Paper("kk", "27-2026-000001", "Өтінім", (), (Section("Жоба", answers),), "{page}-бет", NOW)


def test_every_letter_of_the_kazakh_alphabet_is_in_the_font() -> None:
    assert LETTERS in text_of(paper_bytes(a_paper(("Әріптер", LETTERS))))


def test_letters_that_the_font_lacks_and_endless_words_break_nothing() -> None:
    paper = a_paper(("Сұрақ", "😀 漢字 ‏العربية \u200b\x07"), ("Сұрақ", "ң" * 20_000), ("Сұрақ", ""))
    assert len(PdfReader(BytesIO(paper_bytes(paper))).pages) > 3


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert paper_bytes(a_paper(("а", "б"))) == paper_bytes(a_paper(("а", "б")))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_application_on_paper(work: Work, put_in_force: PutInForce, language: str) -> None:
    one = put_in_force(work.session, a_competition())
    application = sent(work, one)
    with speaking(language):
        seen = sent_answers(work, a_person(work), application.id)
        text = text_of(paper_bytes(paper_of(seen, NOW + timedelta(days=1))))
        for key, value in seen.answers.items():
            assert squeezed(title(key)) in text
            assert key == "iin" or squeezed(answer_text(key, value)) in text
    assert {"kk": "Барлығы:500000₸", "ru": "Всего:500000₸"}[language] in text
    assert application.number in text
    assert an_iin(1001) not in text
    assert f"••••••••{an_iin(1001)[-4:]}" in text
    assert "id_card.pdf" in text


@pytest.mark.parametrize("letter", ["ң", "W", "😀"])
def test_the_longest_answers_fit_on_paper(work: Work, put_in_force: PutInForce, letter: str) -> None:
    one = put_in_force(work.session, a_competition())
    longest = longest_answers(letter) | {"budget": [{"item": letter * 150, "quantity": 1, "price": 1}] * 40}
    application = sent(work, one, given=longest, papers=("id_card", "registration", "pension", "vulnerable"))
    attach(work, application.draft_id, "extra", letter * 70 + ".pdf")
    with speaking("kk"):
        paper = paper_of(sent_answers(work, a_person(work), application.id), NOW)
    assert len(PdfReader(BytesIO(paper_bytes(paper))).pages) > 5


def test_what_looks_like_the_number_of_pages_stays_as_it_was_written() -> None:
    text = text_of(paper_bytes(a_paper(("Сұрақ", "{nb} {pages}"))))
    assert "{nb}{pages}" in text
    assert "1-бет" in text
