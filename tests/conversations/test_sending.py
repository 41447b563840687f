"""From looking through to the receipt, the timeline and back: what a person presses and sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from db.vault import Vault
from domain.application import Role, State
from domain.person import Place
from tests.applications import PAPERS, an_iin, answers, attach, longest_answers, ready
from tests.factories import DATA_KEY, a_competition
from tests.files import a_pdf
from tests.in_force import PutInForce
from tests.person import House, Person
from usecases.change_application import change_application
from usecases.competitions import InForce
from usecases.meet_person import go
from usecases.work import Work

LANGUAGES = ("kk", "ru")
SEND = {"kk": ("Өтінімді жіберу", "Иә, өтінімді жіберемін"), "ru": ("Отправить заявку", "Да, отправляю заявку")}
NUMBER = "27-2026-000001"


async def at_review(
    house: House, put_in_force: PutInForce, number: int = 1001, language: str = "kk", **changes: Any
) -> Person:
    """Somebody whose draft can be sent, looking at the overview."""

    def prepare(session: Session) -> InForce:
        work = Work(session, house.clock(), Vault(DATA_KEY))
        one = put_in_force(session, a_competition())
        who = ready(work, one, number, language=language, papers=(), **changes)
        for slot in PAPERS:
            file = house.telegram.files.add("document", f"{slot}.pdf", a_pdf(note=slot))
            attach(work, who.draft, slot, file_id=file.file_id)
        go(work, who.person, Place.REVIEW)
        return one

    await house.database.transaction(prepare)
    person = house.person(number, language)
    await person.says("?")
    return person


async def having_sent(house: House, put_in_force: PutInForce, number: int = 1001, language: str = "kk") -> Person:
    person = await at_review(house, put_in_force, number, language)
    await person.presses(*SEND[language])
    return person


def data_of(person: Person, label: str) -> str:
    [data] = [b["callback_data"] for row in person.screen.keyboard for b in row if b["text"] == label]
    return str(data)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_sending_gives_a_receipt_that_stays(house: House, put_in_force: PutInForce, language: str) -> None:
    person = await having_sent(house, put_in_force, language=language)
    receipt = person.screen
    assert NUMBER in receipt.text
    assert await house.rows("SELECT number, state FROM application") == [(NUMBER, "sent")]
    assert await house.rows("SELECT state FROM draft") == [("sent",)]
    await person.presses({"kk": "Өтінімім қай кезеңде", "ru": "На каком этапе моя заявка"}[language])
    assert person.screen.id != receipt.id
    assert receipt.text in [message.text for message in person.chat.messages]
    assert "✅" in person.sees


async def test_pressing_send_twice_shows_the_same_receipt(house: House, put_in_force: PutInForce) -> None:
    person = await at_review(house, put_in_force)
    await person.presses("Өтінімді жіберу")
    screen, send = person.screen, data_of(person, "Иә, өтінімді жіберемін")
    await person.presses("Иә, өтінімді жіберемін")
    receipt = person.sees
    house.clock.goes(days=30)
    await person.presses_old(screen, send)
    assert NUMBER in person.sees
    assert person.sees.split("\n\n")[:2] == receipt.split("\n\n")[:2]
    assert await house.rows("SELECT count(*) FROM application") == [(1,)]
    assert await house.rows("SELECT count(*) FROM application_event") == [(1,)]


async def test_a_redelivered_send_changes_nothing_and_shows_the_receipt(house: House, put_in_force: PutInForce) -> None:
    person = await at_review(house, put_in_force)
    await person.presses("Өтінімді жіберу")
    update = person.account.presses(person.screen.id, data_of(person, "Иә, өтінімді жіберемін"))
    await person.sends(update)
    receipt = person.sees
    await person.sends(update)
    assert person.sees == receipt
    assert await house.rows("SELECT count(*) FROM application") == [(1,)]


async def test_the_second_of_closing_is_too_late_and_nothing_is_lost(house: House, put_in_force: PutInForce) -> None:
    person = await at_review(house, put_in_force)
    await person.presses("Өтінімді жіберу")
    house.clock.now = a_competition().dates.intake_closes
    await person.presses("Иә, өтінімді жіберемін")
    assert "Өтінім қабылдау аяқталды: 2026 жылғы 29 қараша, 12:00" in person.sees
    assert "Өтінімді жіберу" not in person.labels
    assert await house.rows("SELECT count(*) FROM application") == [(0,)]
    assert await house.rows("SELECT state FROM draft") == [("open",)]


async def test_the_second_before_closing_is_in_time(house: House, put_in_force: PutInForce) -> None:
    person = await at_review(house, put_in_force)
    await person.presses("Өтінімді жіберу")
    house.clock.now = a_competition().dates.intake_closes - timedelta(seconds=1)
    await person.presses("Иә, өтінімді жіберемін")
    assert NUMBER in person.sees


async def test_an_identity_number_sent_by_somebody_else_is_refused(house: House, put_in_force: PutInForce) -> None:
    await having_sent(house, put_in_force, 1001)
    same = await at_review(house, put_in_force, 1002, given=answers(an_iin(1001)))
    await same.presses(*SEND["kk"])
    assert NUMBER not in same.sees
    assert "ЖСН" in "\n".join([same.sees, *same.alerts])
    assert await house.rows("SELECT count(*) FROM application") == [(1,)]


async def test_missing_answers_lead_to_their_question_and_back(house: House, put_in_force: PutInForce) -> None:
    given = {key: value for key, value in answers().items() if key not in ("house", "people_planned")}
    person = await at_review(house, put_in_force, language="ru", given=given)
    assert "Отправить заявку" not in person.labels
    await person.presses_old(person.screen, "edit:house")
    await person.says("14")
    assert person.sees.startswith("<b>Просмотрите") or "Просмотрите заявку" in person.sees
    await person.presses_old(person.screen, "edit:people_planned")
    await person.says("25")
    assert "25" in person.sees
    await person.presses("К разделам и отправке")
    assert "Отправить заявку" in person.labels


async def test_words_typed_while_looking_through_explain_how_to_change(house: House, put_in_force: PutInForce) -> None:
    person = await at_review(house, put_in_force)
    assert "Жауапты өзгерту үшін оның аты жазылған түймені басыңыз." in person.sees


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sqlite  # long, and of nothing that a database does
async def test_every_page_of_the_longest_application_can_be_leafed_through(
    house: House, put_in_force: PutInForce, language: str
) -> None:
    person = await at_review(house, put_in_force, language=language, given=longest_answers("&"))
    await person.presses_old(person.screen, "rvp:1:1")
    pages = 1
    while "▶️" in person.labels:
        await person.presses("▶️")
        pages += 1
    assert pages > 10
    while "◀️" in person.labels:
        await person.presses("◀️")
        pages -= 1
    assert pages == 1


@pytest.mark.parametrize("forged", ["st:1", "stk:1", "str:1", "stp:1", "stw:1", "stwy:1", "stn:1", "send:1", "rvp:1:1"])
async def test_another_persons_application_is_out_of_reach(house: House, put_in_force: PutInForce, forged: str) -> None:
    await having_sent(house, put_in_force, 1001)
    before = await house.rows("SELECT state FROM application")
    other = house.person(1002)
    await other.speaks("kk")
    shown = len(other.chat.messages)
    await other.presses_old(other.screen, forged)
    assert NUMBER not in "".join(message.text for message in other.chat.messages)
    assert other.alerts or len(other.chat.messages) > shown
    assert await house.rows("SELECT state FROM application") == before
    assert await house.rows("SELECT count(*) FROM draft WHERE person_id = 2") == [(0,)]


async def test_the_answers_come_as_a_file_and_the_status_stays(house: House, put_in_force: PutInForce) -> None:
    person = await having_sent(house, put_in_force)
    await person.presses("Өтінімім қай кезеңде", "Жауаптарым файл түрінде")
    file = house.telegram.files.by_id[person.screen.data["document"]["file_id"]]
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(file.data)).pages)
    assert file.name == f"{NUMBER}.pdf"
    assert "Әбілқасымова" in text
    assert "Тоғызқұмалақ тақтасы" in text
    assert an_iin(1001) not in text


async def test_taking_back_asks_first_and_frees_for_a_new_one(house: House, put_in_force: PutInForce) -> None:
    person = await having_sent(house, put_in_force)
    await person.presses("Өтінімім қай кезеңде", "Өтінімді қайтарып алу", "Жоқ, қалсын")
    assert await house.rows("SELECT state FROM application") == [("sent",)]
    await person.presses("Өтінімді қайтарып алу")
    screen, yes = person.screen, data_of(person, "Иә, қайтарып аламын")
    await person.presses("Иә, қайтарып аламын")
    await person.presses_old(screen, yes)
    assert await house.rows("SELECT state FROM application") == [("withdrawn",)]
    await person.presses("Осыдан жаңасын бастау")
    await person.presses(*SEND["kk"])
    assert "27-2026-000002" in person.sees
    assert await house.rows("SELECT number, state FROM application ORDER BY id") == [
        (NUMBER, "withdrawn"),
        ("27-2026-000002", "sent"),
    ]


async def test_after_closing_taking_back_is_explained(house: House, put_in_force: PutInForce) -> None:
    person = await having_sent(house, put_in_force)
    await person.presses("Өтінімім қай кезеңде", "Өтінімді қайтарып алу")
    house.clock.now = a_competition().dates.intake_closes
    await person.presses("Иә, қайтарып аламын")
    assert "Өтінімді осы уақытқа дейін ғана қайтарып алуға болатын еді" in "\n".join([person.sees, *person.alerts])
    assert await house.rows("SELECT state FROM application") == [("sent",)]


async def test_a_move_by_the_organiser_comes_as_news(house: House, put_in_force: PutInForce) -> None:
    person = await having_sent(house, put_in_force, language="ru")

    def move(session: Session) -> None:
        work = Work(session, house.clock(), Vault(DATA_KEY))
        change_application(work, 1, State.RETURNED, Role.ORGANISER)

    await house.database.transaction(move)
    await house.settle()
    assert person.sees.startswith("Есть новости о вашей заявке.")
    assert "Заявку вернули вам на доработку" in person.sees
    await house.settle()
    assert len([m for m in person.chat.messages if "Есть новости" in m.text]) == 1


async def test_status_before_anything_is_sent(house: House, put_in_force: PutInForce) -> None:
    newcomer = house.person(1002, "ru")
    await newcomer.speaks("ru")
    await newcomer.says("/status")
    assert newcomer.sees.startswith("Вы ещё не отправляли заявку.")
    begun = await at_review(house, put_in_force)
    await begun.says("/status")
    assert begun.sees.startswith("Өтінімді бастағансыз, бірақ әлі жіберген жоқсыз.")
    await begun.presses("Қарап шығып, жіберу")
    assert "Өтінімді жіберу" in begun.labels


async def test_a_moved_deadline_is_what_the_status_tells(house: House, put_in_force: PutInForce) -> None:
    person = await having_sent(house, put_in_force, language="ru")
    one = a_competition()
    later = replace(one.dates, results=one.dates.results + timedelta(days=3))
    await house.database.transaction(put_in_force, replace(one, dates=later))
    await person.says("/status")
    assert "Результаты: до 11 декабря 2026 года, 12:00" in person.sees


async def test_an_application_of_an_ended_competition_does_not_stand_in_the_way(
    house: House, put_in_force: PutInForce
) -> None:
    person = await having_sent(house, put_in_force)
    house.clock.now = a_competition().dates.projects_until + timedelta(days=300)
    await house.database.transaction(put_in_force, replace(a_competition(house.clock.now), code="next", year=2027))
    await person.says("/menu")
    assert "Өтінімім" in person.labels
    assert "Өтінім беру" in person.labels


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_menu_leads_to_the_application(house: House, put_in_force: PutInForce, language: str) -> None:
    person = await having_sent(house, put_in_force, language=language)
    await person.says("/menu")
    assert NUMBER in person.sees
    await person.presses({"kk": "Өтінімім", "ru": "Моя заявка"}[language])
    assert "✅" in person.sees
