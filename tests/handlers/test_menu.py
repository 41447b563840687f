"""The menu in words: what matters now, whole texts, and the order of the buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.application import State
from domain.competition import Competition
from domain.person import Person
from handlers.language import speaking
from handlers.screen import TEXT_LIMIT, Screen
from handlers.start.screens import hello, hello_languages, languages, menu
from handlers.start.texts import STATES
from tests.applications import ready, sent
from tests.factories import NOW, a_competition, a_person, both
from tests.in_force import PutInForce
from tests.usecases.test_checks import answered
from usecases.checks import begin_check, take_answer
from usecases.overview import overview
from usecases.work import Work

REAL = replace(a_competition(), demonstration=False)
OPEN = "<b>Competition ru</b>\nЗаявки принимают. Приём закончится: 29 ноября 2026 года, 12:00 (осталось 7 дней)."
TITLE = "<b>ZHAS PROJECT</b> — малые гранты на проекты молодёжи."
REST = ["Вопросы и правила", "Мои данные", "Язык"]


def shown(work: Work, person: Person, now: datetime = NOW, language: str = "ru") -> Screen:
    with speaking(language):
        return menu(overview(replace(work, now=now), person), now)


def labels(screen: Screen) -> list[str]:
    return [button.label for line in screen.buttons for button in line]


def lot(number: int, **changes: object) -> Competition:
    quotas = {"15": 14, "43": 14} if number == 0 else {}
    return replace(REAL, code=f"19-{number}", lot=f"19-{number}", name=both(f"Lot {number}"), quotas=quotas, **changes)  # type: ignore[arg-type]


def test_no_competition(work: Work) -> None:
    screen = shown(work, a_person(work))
    assert screen.text == f"{TITLE}\n\nСейчас конкурса нет. Можно почитать вопросы и правила."
    assert labels(screen) == ["Могу ли я участвовать?", *REST]


def test_one_open_competition_in_both_languages(work: Work, put_in_force: PutInForce) -> None:
    put_in_force(work.session, REAL)
    assert shown(work, a_person(work)).text == f"{TITLE}\n\n{OPEN}"
    assert shown(work, a_person(work), language="kk").text == (
        "<b>ZHAS PROJECT</b> — жастардың жобаларына берілетін шағын гранттар.\n\n"
        "<b>Competition kk</b>\nӨтінім қабылданып жатыр. Соңғы мерзімі: 2026 жылғы 29 қараша, 12:00 (7 күн қалды)."
    )
    assert labels(shown(work, a_person(work))) == ["Могу ли я участвовать?", "Подать заявку", *REST]


@pytest.mark.parametrize(
    ("days", "words", "apply"),
    [
        (-8, "Приём заявок откроется: 15 ноября 2026 года, 12:00.", False),
        (5, "(осталось 2 дня).", True),
        (6, "(остался 1 день).", True),
        (6.5, "(сегодня последний день).", True),
        (7, "Приём заявок закончился, идёт отбор. Результаты: 8 декабря 2026 года, 12:00.", False),
        (15, "Приём заявок закончился, идёт отбор. Результаты: 8 декабря 2026 года, 12:00.", False),
        (16, "Приём заявок закончился, результаты объявлены.", False),
        (61, "Сейчас конкурса нет.", False),
    ],
)
def test_every_stage(work: Work, put_in_force: PutInForce, days: float, words: str, apply: bool) -> None:
    put_in_force(work.session, REAL)
    screen = shown(work, a_person(work), NOW + timedelta(days=days))
    assert words in screen.text
    assert ("Подать заявку" in labels(screen)) is apply


def test_several_lots_in_a_line_each_and_the_own_one_first(work: Work, put_in_force: PutInForce) -> None:
    put_in_force(work.session, lot(0))
    put_in_force(work.session, lot(1))
    put_in_force(work.session, REAL)
    person = a_person(work)
    until = "Заявки принимают. Приём закончится: 29 ноября 2026 года, 12:00 (осталось 7 дней)."
    assert shown(work, person).text == (
        f"{TITLE}\n\n• Lot 0 ru. {until}\n• Lot 1 ru. {until}\n• Competition ru. {until}"
    )
    take_answer(work, person, begin_check(work, person), "region", "27")
    assert shown(work, person).text == (
        f"{TITLE}\n\n{OPEN}\n\nВ других регионах заявки принимают ещё 2 конкурса.\n\n🔎 Проверка начата: 1 из 7."
    )


def test_ten_lots_fit(work: Work, put_in_force: PutInForce) -> None:
    for number in range(10):
        put_in_force(work.session, lot(number, organiser=both("x")))
    screen = shown(work, a_person(work))
    assert screen.text.count("• ") == 10
    assert len(screen.text) <= TEXT_LIMIT


def test_the_last_verdict(work: Work, put_in_force: PutInForce) -> None:
    put_in_force(work.session, REAL)
    person = a_person(work)
    answered(work, person, working="yes")
    screen = shown(work, person)
    assert screen.text.endswith("\n\n❗ Судя по ответам, пока участвовать нельзя (проверено: 22 ноября 2026 года).")
    assert labels(screen)[:2] == ["Могу ли я участвовать?", "Подать заявку"]
    answered(work, person)
    screen = shown(work, person)
    assert screen.text.endswith("\n\n✅ Судя по ответам, вы можете участвовать (проверено: 22 ноября 2026 года).")
    assert labels(screen)[:2] == ["Подать заявку", "Могу ли я участвовать?"]


def test_a_draft_comes_first(work: Work, put_in_force: PutInForce) -> None:
    one = put_in_force(work.session, REAL)
    person = ready(work, one, given={"surname": "Ысқақова"}, papers=("id_card",)).person
    screen = shown(work, person)
    assert "\n\n📝 Ваша заявка начата: 2 из " in screen.text
    assert labels(screen)[:2] == ["Продолжить заявку", "Могу ли я участвовать?"]


def test_a_sent_application_comes_first_and_nothing_is_offered_twice(work: Work, put_in_force: PutInForce) -> None:
    application = sent(work, put_in_force(work.session, REAL))
    screen = shown(work, a_person(work))
    assert screen.text.endswith(f"\n\n📨 Ваша заявка {application.number}: принята, ждёт окончания приёма.")
    assert labels(screen) == ["Моя заявка", *REST]


def test_a_returned_application_names_its_deadline(work: Work, put_in_force: PutInForce) -> None:
    application = sent(work, put_in_force(work.session, REAL))
    work.session.connection().exec_driver_sql("UPDATE application_event SET state = 'returned'")
    work.session.connection().exec_driver_sql("UPDATE application SET state = 'returned'")
    work.session.expire_all()
    assert shown(work, a_person(work)).text.endswith(
        f"\n\n⚠️ Ваша заявка {application.number}: возвращена на доработку. Срок: 23 ноября 2026 года, 12:00."
    )


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_state_has_its_words(language: str) -> None:
    with speaking(language):
        said = [STATES[state]() for state in State]
    assert len(set(said)) == len(State)
    assert not any(word.isascii() for word in said)


def test_a_newcomer_is_greeted_by_name() -> None:
    with speaking("kk"):
        assert hello("<Айгерім>") == (
            "Танысқанымызға қуаныштымыз, &lt;Айгерім&gt;! Осы ботта грантқа қатыса алатыныңызды біліп, өтінім беріп, "
            "оның қай кезеңде екенін көресіз. Жазғаныңыз бірден сақталады: кез келген уақытта тоқтап, кейін жалғастыра "
            "аласыз."
        )
        assert hello("").startswith("Танысқанымызға қуаныштымыз! Осы ботта")


def test_languages_are_asked_for_in_both() -> None:
    first = hello_languages("ru")
    assert first.text == (
        "Здравствуйте! Это бот ZHAS PROJECT. На каком языке вам удобнее?\n\n"
        "Сәлеметсіз бе! Бұл — ZHAS PROJECT боты. Қай тілде сөйлескен ыңғайлы?"
    )
    assert labels(first) == ["Русский", "Қазақша"]
    later = languages("kk")
    assert later.text == "Қай тілде жалғастырайық?\nНа каком языке продолжим?"
    assert labels(later) == ["Қазақша", "Русский"]
