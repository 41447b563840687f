"""Looking through a draft: everything is there, what is missing comes first, and every screen fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from domain.form import path
from domain.identity import grouped
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from handlers.answer_words import answer_text, title
from handlers.language import speaking
from handlers.review import screens
from handlers.screen import Screen
from tests.applications import PAPERS, answers, attach, longest_answers, ready
from tests.factories import NOW, a_competition
from tests.in_force import PutInForce
from usecases.competitions import InForce
from usecases.review_draft import Review, review_draft
from usecases.work import Work

pytestmark = pytest.mark.sqlite  # long, and of nothing that a database does

LANGUAGES = ("kk", "ru")

OVERVIEW_KK = """<b>Жіберер алдында өтініміңізді қарап шығыңыз</b>
Competition kk

Өтінім қабылдаудың соңғы мерзімі: 2026 жылғы 29 қараша, 12:00.

3 файл әлі бізге жетіп үлгермеді. Оларды күтудің қажеті жоқ.

Бәрі дайын! Бет-бетімен қарап шығыңыз немесе бірден жіберіңіз."""

MISSING_RU = """<b>Просмотрите заявку перед отправкой</b>
Competition ru

Приём заявок закончится 29 ноября 2026 года, 12:00.

❗️ Ещё не хватает:
• {iin}
• {budget}
• registration ru
• pension ru

1 файл ещё загружается. Ждать не нужно."""


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def a_review(work: Work, one: InForce, **changes: Any) -> Review:
    view = review_draft(work, ready(work, one, **changes).person)
    assert view
    return view


def labels(screen: Screen) -> list[str]:
    return [button.label for line in screen.buttons for button in line]


def every_screen(view: Review) -> Iterator[Screen]:
    yield screens.overview(view)
    yield screens.ask_send(view)
    yield from (screens.page(view, number) for number in range(1, len(screens.pages(view)) + 2))


def assert_fits(screen: Screen) -> None:
    assert len(screen.text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    assert all(len((b.data or "").encode()) <= DATA_LIMIT for line in screen.buttons for b in line)
    assert sum(map(len, screen.buttons)) <= 100  # Telegram's limit for one message


def test_a_complete_draft_can_be_sent(work: Work, one: InForce) -> None:
    with speaking("kk"):
        screen = screens.overview(a_review(work, one))
    assert screen.text == OVERVIEW_KK
    assert labels(screen)[-2:] == ["Өтінімді жіберу", "Мәзір"]


def test_what_is_missing_comes_first_with_the_way_there(work: Work, one: InForce) -> None:
    given = answers()
    del given["iin"], given["budget"]
    with speaking("ru"):
        screen = screens.overview(a_review(work, one, given=given, papers=("id_card",)))
        expected = MISSING_RU.format(iin=title("iin"), budget=title("budget"))
    assert screen.text == expected
    assert [b.data for line in screen.buttons[:2] for b in line] == ["edit:iin", "edit:budget", "docs"]
    assert "Отправить заявку" not in labels(screen)


def test_who_has_hardly_begun_goes_on_with_the_questions(work: Work, one: InForce) -> None:
    with speaking("ru"):
        screen = screens.overview(a_review(work, one, given={}, papers=()))
    assert screen.text.endswith("и ещё 37")
    assert labels(screen)[:2] == ["Вернуться к вопросам", "Отправить документы"]


def test_a_budget_over_the_maximum_leads_to_the_budget(work: Work, one: InForce) -> None:
    given = answers(budget=[{"item": "x", "quantity": 2, "price": 500_001}])
    with speaking("ru"):
        screen = screens.overview(a_review(work, one, given=given))
    assert "❗️ " in screen.text
    assert screen.buttons[0][0].data == "edit:budget"
    assert "Отправить заявку" not in labels(screen)


def test_after_closing_it_cannot_be_sent(work: Work, one: InForce) -> None:
    late = replace(work, now=one.competition.dates.intake_closes)
    with speaking("ru"):
        screen = screens.overview(a_review(late, one))
    assert "❗️ Приём заявок" in screen.text
    assert "Отправить заявку" not in labels(screen)


def test_without_a_consent_the_button_stays_and_leads_there(work: Work, one: InForce) -> None:
    with speaking("ru"):
        screen = screens.overview(a_review(work, one, consent=False))
    assert "❗️ " in screen.text
    assert "Отправить заявку" in labels(screen)


def test_a_file_in_no_slot_is_pointed_out(work: Work, one: InForce) -> None:
    who = ready(work, one)
    attach(work, who.draft, "")
    view = review_draft(work, who.person)
    assert view
    with speaking("ru"):
        screen = screens.overview(view)
    assert "❗️ 1 файл ещё не вошёл в заявку: укажите, какой это документ." in screen.text
    assert screen.buttons[0][0].data == "docs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_shown_whole_with_its_button_the_identity_number_too(
    work: Work, one: InForce, language: str
) -> None:
    with speaking(language):
        view = a_review(work, one, language=language)
        shown = list(every_screen(view))
        text = unescape("\n".join(screen.text for screen in shown))
        for question in path(view.draft.answers, one.competition):
            assert answer_text(question.key, view.draft.answers[question.key]) in text
        edits = {b.data for screen in shown for line in screen.buttons for b in line if (b.data or "")[:5] == "edit:"}
    assert edits == {f"edit:{question.key}" for question in view.questions}
    assert grouped(view.draft.answers["iin"]) in text
    assert all(f"{slot} {language}" in text for slot in PAPERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", ["ң", "&", "😀", "<"])
def test_the_longest_answers_fit_and_none_is_lost(work: Work, one: InForce, language: str, letter: str) -> None:
    with speaking(language):
        view = a_review(work, one, given=longest_answers(letter))
        shown = list(every_screen(view))
        for screen in shown:
            assert_fits(screen)
        text = "".join(unescape(re.sub("<[^>]+>", "", screen.text)) for screen in shown)
        whole = sum(
            answer_text(question.key, view.draft.answers[question.key]).count(letter) for question in view.questions
        )
    assert text.count(letter) >= whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_files_with_long_names_fit(work: Work, one: InForce, language: str) -> None:
    who = ready(work, one, papers=())
    for number in range(60):
        attach(work, who.draft, PAPERS[number % 3], f"{number:02}" + "&" * 74 + ".pdf")
    with speaking(language):
        view = review_draft(work, who.person)
        assert view
        for screen in every_screen(view):
            assert_fits(screen)


def test_a_page_beyond_the_last_is_the_last(work: Work, one: InForce) -> None:
    with speaking("kk"):
        view = a_review(work, one)
        last = len(screens.pages(view)) + 1
        assert screens.page(view, 10**9) == screens.page(view, last)
        assert screens.page(view, 0) == screens.page(view, 1)
        assert screens.page_of(view, "iin") == 1
        assert screens.page_of(view, "nothing") == 0


def test_who_has_money_from_elsewhere_is_told_before_sending(work: Work, one: InForce) -> None:
    with speaking("ru"):
        text = screens.ask_send(a_review(work, one, given=answers(funded_elsewhere="yes"))).text
    assert text.startswith("<b>Отправить заявку?</b>\n\nВы ответили, что этот проект получал деньги")
    assert "других источников;" not in text


def test_dates_are_those_in_force_now(work: Work, one: InForce, put_in_force: PutInForce) -> None:
    who = ready(work, one)
    closes = one.competition.dates.intake_closes + timedelta(days=2)
    put_in_force(work.session, replace(one.competition, dates=replace(one.competition.dates, intake_closes=closes)))
    view = review_draft(replace(work, now=NOW + timedelta(days=8)), who.person)
    assert view
    assert view.hindrance is None
