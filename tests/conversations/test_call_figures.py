"""The figures on the screen, as a picture and as a spreadsheet."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import update

from db.tables import TicketRow
from domain.refusal import Reason, Refused
from domain.staff import Action, Role, allowed
from domain.ticket import TicketEvent, TicketKind, TicketStep
from tests.domain.test_working_time import at
from tests.factories import a_person, in_force
from tests.person import House
from tests.staff import hired, works
from usecases import staff
from usecases.call_figures import call_figures_of
from usecases.open_ticket import open_ticket
from usecases.ticket_steps import record, step
from usecases.work import Work

OPERATOR = 5


def a_week(work: Work) -> None:
    """Three tickets on Monday at ten: one answered after two hours and rated, one late, one of another kind."""
    monday = replace(work, now=at("2026-11-16 10:00"))
    in_force(monday)
    operator = hired(monday, Role.OPERATOR, OPERATOR, name="Сәуле")
    quick, slow, complaint = (
        open_ticket(monday, a_person(work, 1001), kind)
        for kind in (TicketKind.QUESTION, TicketKind.QUESTION, TicketKind.COMPLAINT)
    )
    assert quick
    assert slow
    assert complaint
    for ticket, moment in ((quick, "2026-11-16 12:00"), (slow, "2026-11-17 10:00")):
        later = replace(work, now=at(moment))
        taken = step(later, ticket, TicketStep.TAKE, holder_id=operator.id)
        answered = step(later, taken, TicketStep.ANSWER, holder_id=operator.id)
        record(later, ticket, TicketEvent.ANSWERED, operator.id)
        step(later, answered, TicketStep.CLOSE, holder_id=operator.id)
    changed = {"closed_at": TicketRow.answered_at, "rating": 4}
    work.session.execute(update(TicketRow).where(TicketRow.answered_at.is_not(None)).values(changed))


async def test_a_supervisor_sees_the_figures(house: House) -> None:
    await house.work(a_week)
    chief = await works(house, Role.SUPERVISOR, 1)
    await chief.presses("📊 Показатели")
    assert chief.sees == (
        "📊 Последние 12 недель\nЛоты: 19-5\n\n"
        "Обращений: 3. Открыто: 1, из них просрочено: 1. Ждём автора: 0. Закрыто: 2.\n"
        "Первый ответ: половина за 2 ч 0 мин, девять из десяти за 8 ч 0 мин.\n"
        "До закрытия: половина за 2 ч 0 мин, девять из десяти за 8 ч 0 мин.\n"
        "В срок: ответы 33 %, решения 100 %.\n"
        "Оценка: 4,0 из 5 (2 ответа).\n\n"
        "• Жалобы: 1, ответов пока нет\n"
        "• Вопросы: 2, половина ответов за 2 ч 0 мин, в срок 50 %"
    )
    await chief.presses("По операторам")
    assert chief.sees.endswith(
        "• пока никто: 1, ответов пока нет\n• Сәуле: 2, половина ответов за 2 ч 0 мин, в срок 50 %"
    )
    await chief.presses("По неделям", "4 недели")
    assert chief.sees.endswith("• неделя с 16 ноября: 3, половина ответов за 2 ч 0 мин, в срок 33 %")
    assert "• 4 недели" in chief.labels


async def test_a_picture_and_a_spreadsheet(house: House) -> None:
    await house.work(a_week)
    chief = await works(house, Role.COORDINATOR, 1, language="kk")
    await chief.presses("📊 Көрсеткіштер", "График")
    assert chief.screen.data["photo"]
    await chief.presses("📊 Көрсеткіштер", "Кесте")
    assert chief.screen.data["document"]["file_name"] == "figures-2026-11-22.xlsx"
    (file,) = [one.data for one in house.telegram.files.by_path.values() if one.data[:2] == b"PK"]
    with ZipFile(BytesIO(file)) as book:
        words = [one.text for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter() if one.text]
        assert len([name for name in book.namelist() if "worksheets/sheet" in name]) == 5
    assert {"Сәуле", "Барлығы", "2026-11-16 10:00", "Шағымдар"} <= set(words)


@pytest.mark.parametrize("role", Role)
def test_only_whoever_may_sees_them_and_only_of_their_lots(work: Work, role: Role) -> None:
    a_week(work)
    person, elsewhere = hired(work, role, 1), hired(work, role, 2, "19-6")
    if not allowed(staff.members_of(work, person)[0], Action.SEE_FIGURES, "19-5"):
        with pytest.raises(Refused) as error:
            call_figures_of(work, person, 12)
        assert error.value.reason is Reason.NOT_ALLOWED
        return
    assert call_figures_of(work, person, 12).total.tickets == 3
    assert call_figures_of(work, elsewhere, 12).total.tickets == 0
    everywhere = hired(work, role, 2, "*")
    assert (call_figures_of(work, everywhere, 12).total.tickets, everywhere.id) == (3, elsewhere.id)
    assert call_figures_of(replace(work, now=work.now + timedelta(weeks=20)), person, 12).total.tickets == 0
