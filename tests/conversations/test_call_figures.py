"""The figures on the screen, as a picture and as a spreadsheet."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update

from db import tickets
from db.tables import StaffMemberRow, TicketBarredRow, TicketEventRow, TicketRow
from domain.figures import Case, Grouping, Period, Share
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action, Role, allowed
from domain.ticket import TicketEvent, TicketKind, TicketState, TicketStep, Words
from domain.working_time import worked
from tests.domain.test_working_time import at
from tests.factories import a_person, in_force
from tests.many_tickets import many_tickets
from tests.person import House
from tests.plain_figures import figures, laid_apart, to_the_minute
from tests.staff import hired, works
from usecases import call_figures, staff
from usecases.author_tickets import add_words, close_own, reopen
from usecases.call_figures import CallFigures, call_figures_of
from usecases.call_hours import hours_of
from usecases.handle_ticket import Target, answer, close, pass_on, take
from usecases.open_ticket import open_ticket
from usecases.rate_ticket import comment_rating, rate
from usecases.rating_comments import comments_for
from usecases.ticket_steps import record, step
from usecases.ticket_words import Sent
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
        "📊 Последние 90 дней\nЛоты: 19-5\n\n"
        "Обращений: 3. Открыто: 1, из них просрочено: 1. Ждём автора: 0. Закрыто: 2.\n"
        "Первый ответ: половина за 2 ч 0 мин, девять из десяти за 8 ч 0 мин.\n"
        "До закрытия: половина за 2 ч 0 мин, девять из десяти за 8 ч 0 мин.\n"
        "В срок: ответы 33\u00a0%, решения 100\u00a0%.\n"
        "Оценка: 4,0 из 5 (2 ответа).\n\n"
        "• Жалобы: 1, ответов пока нет\n"
        "• Вопросы: 2, половина ответов за 2 ч 0 мин, в срок 50\u00a0%"
    )
    await chief.presses("По операторам")
    assert chief.sees.endswith(
        "• пока никто: 1, ответов пока нет\n• Сәуле: 2, половина ответов за 2 ч 0 мин, в срок 50\u00a0%"
    )
    await chief.presses("По неделям", "Месяц")
    assert chief.sees.endswith("• неделя с 16 ноября: 3, половина ответов за 2 ч 0 мин, в срок 33\u00a0%")
    assert "• Месяц" in chief.labels


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
        assert len([name for name in book.namelist() if "worksheets/sheet" in name]) == 6
    assert {"Сәуле", "Барлығы", "2026-11-16 10:00", "Шағымдар"} <= set(words)


@pytest.mark.parametrize("role", Role)
def test_only_whoever_may_sees_them_and_only_of_their_lots(work: Work, role: Role) -> None:
    a_week(work)
    person, elsewhere = hired(work, role, 1), hired(work, role, 2, "19-6")
    if not allowed(staff.members_of(work, person)[0], Action.SEE_FIGURES, "19-5"):
        with pytest.raises(Refused) as error:
            call_figures_of(work, person, Period.ALL)
        assert error.value.reason is Reason.NOT_ALLOWED
        return
    assert counted(work, person).total.tickets == 3
    assert counted(work, elsewhere).total.tickets == 0
    everywhere = hired(work, role, 2, "*")
    assert (counted(work, everywhere).total.tickets, everywhere.id) == (3, elsewhere.id)
    later = replace(work, now=work.now + timedelta(weeks=20))
    assert counted(later, person, Period.QUARTER).total.tickets == 0
    assert counted(later, person).total.tickets == 3


def counted(work: Work, person: Person, period: Period = Period.ALL) -> CallFigures:
    count = call_figures_of(work, person, period)
    while count.step(work):
        pass
    return count.figures()


def rated_with_words(work: Work) -> None:
    """The week; what its author wrote with a rating looks like a formula."""
    a_week(work)
    row, author = TicketRow, a_person(work, 1001)
    late = work.session.scalars(select(row.id).where(row.rating.is_not(None)).order_by(row.id)).all()[-1]
    comment_rating(work, author, late, FORMULA)


FORMULA = '=HYPERLINK("http://x.kz";"ұзақ күттім")'


async def sheets_of(house: House, role: Role, number: int = 1) -> dict[str, list[str]]:
    """Press for the spreadsheet; its sheets' names, each with its raw cells."""
    chief = await works(house, role, number)
    before = set(house.telegram.files.by_path)
    await chief.presses("📊 Показатели", "📄 Таблица")
    (file,) = [one.data for path, one in house.telegram.files.by_path.items() if path not in before]
    with ZipFile(BytesIO(file)) as book:
        words = ["".join(one.itertext()) for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [
            one.attrib["name"]
            for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
            if "sheetId" in one.attrib
        ]
        return {
            name: _cells(book.read(f"xl/worksheets/sheet{place}.xml"), words) for place, name in enumerate(names, 1)
        }


def _cells(sheet: bytes, words: list[str]) -> list[str]:
    every = [one for one in ElementTree.fromstring(sheet).iter() if one.tag.endswith("}c")]
    assert not [one for one in every if any(part.tag.endswith("}f") for part in one)], "a formula"
    return [
        words[int(one[0].text or 0)] if one.attrib.get("t") == "s" else one[0].text or "" for one in every if len(one)
    ]


async def test_what_was_written_with_ratings_is_a_sheet_and_that_it_was_read_is_written_down(house: House) -> None:
    await house.work(rated_with_words)
    sheets = await sheets_of(house, Role.SUPERVISOR)
    head, line = sheets["Отзывы к оценкам"][:7], sheets["Отзывы к оценкам"][7:]
    assert head == ["Номер", "Лот", "Вид", "У кого было последним", "Оценка", "Текст", "Когда оценено"]
    assert line[1:6] == ["19-5", "Вопросы", "Сәуле", "4", FORMULA]
    opened = await house.rows("SELECT what, subject FROM opening")
    assert opened == [("ticket", line[0])]


async def test_who_only_rules_over_the_staff_reads_no_words(house: House) -> None:
    await house.work(rated_with_words)
    sheets = await sheets_of(house, Role.ADMINISTRATOR)
    assert len(sheets) == 5
    assert not any(FORMULA in cells for cells in sheets.values())
    assert await house.rows("SELECT * FROM opening") == []


def test_nobody_reads_there_what_is_about_themselves(work: Work) -> None:
    rated_with_words(work)
    chief, own = hired(work, Role.SUPERVISOR, 2), hired(work, Role.SUPERVISOR, 1001)
    barred = hired(work, Role.SUPERVISOR, 3)
    ticket = work.session.scalars(select(TicketRow.id).where(TicketRow.rating_words.is_not(None))).one()
    work.session.add(TicketBarredRow(ticket_id=ticket, person_id=barred.id))
    elsewhere = hired(work, Role.SUPERVISOR, 4, "19-6")
    found = {}
    for reader in (chief, own, barred, elsewhere):
        comments = comments_for(work, call_figures_of(work, reader, Period.ALL))
        assert comments
        while comments.step(work):
            pass
        found[reader.id] = [one.words for one in comments.found]
    assert found == {chief.id: [FORMULA], own.id: [], barred.id: [], elsewhere.id: []}


def test_reading_that_was_undone_and_runs_again_leaves_out_no_words(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where PostgreSQL undoes a transaction for another's sake."""
    rated_with_words(work)
    comments = comments_for(work, call_figures_of(work, hired(work, Role.SUPERVISOR, 2), Period.ALL))
    assert comments

    def undone(*_opening: object) -> None:
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(tickets, "record_opening", undone)
        with pytest.raises(TimeoutError):
            comments.step(work)
    while comments.step(work):
        pass
    assert [one.words for one in comments.found] == [FORMULA]


async def test_a_press_counts_in_many_steps_and_the_spreadsheet_lists_the_newest(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_figures, "AT_ONCE", 7)
    monkeypatch.setattr(call_figures, "MOST_LISTED", 5)
    await house.work(in_force)
    await house.work(lambda work: many_tickets(work, 40, over=timedelta(days=60)))
    chief = await works(house, Role.SUPERVISOR, 1, "*")
    await chief.presses("📊 Показатели", "Всё время")
    assert "Обращений: 40." in chief.sees
    await chief.presses("📄 Таблица")
    assert chief.sees.splitlines()[-1] == "На последнем листе 5 самых новых обращений, показатели посчитаны по всем."
    (file,) = [one.data for one in house.telegram.files.by_path.values() if one.data[:2] == b"PK"]
    with ZipFile(BytesIO(file)) as book:
        assert book.read("xl/worksheets/sheet6.xml").count(b"<row ") == 1 + 5


@pytest.mark.parametrize("period", Period)
def test_figures_are_those_of_a_plain_reckoning(work: Work, period: Period) -> None:
    right_of(work, period, 3_000)


@pytest.mark.soak
def test_figures_of_a_hundred_thousand(work: Work) -> None:
    right_of(work, Period.ALL, 100_000)


def right_of(work: Work, period: Period, tickets: int) -> None:
    in_force(work)
    many_tickets(work, tickets)
    found = counted(work, hired(work, Role.SUPERVISOR, 1, "*"), period)
    since = period.since(work.now) or found.since
    everything = [to_the_minute(one) for one in plainly(work, since)]
    assert found.total == figures(everything, work.now)
    assert period is not Period.ALL or found.total.tickets == tickets
    for by in Grouping:
        assert found.groups[by] == laid_apart(everything, by, work.now)
    assert [one.number for one in found.newest] == [one.number for one in everything][-call_figures.MOST_LISTED :]


def plainly(work: Work, since: datetime) -> list[Case]:
    """Every ticket since then, from the tables as they are: who answered first and last, working time hour by hour."""
    who = {row.person_id: row.name for row in work.session.scalars(select(StaffMemberRow))}
    answers = work.session.execute(
        select(TicketEventRow.ticket_id, TicketEventRow.who_id)
        .where(TicketEventRow.what == TicketEvent.ANSWERED)
        .order_by(TicketEventRow.id)
    ).all()
    last = {ticket: who[person or 0] for ticket, person in answers}
    first = {ticket: who[person or 0] for ticket, person in reversed(answers)}
    rows = work.session.scalars(select(TicketRow).where(TicketRow.opened_at >= since).order_by(TicketRow.opened_at))
    return [_case(work, row, first.get(row.id, ""), last.get(row.id, "")) for row in rows]


def _case(work: Work, row: TicketRow, operator: str, last: str) -> Case:
    hours = hours_of(work, row.lot)
    answer_took, solution_took = (
        worked(row.opened_at, min(at, work.now), hours) if at else None for at in (row.answered_at, row.closed_at)
    )
    times = (row.opened_at, row.answered_at, row.closed_at, row.answer_by, row.solve_by)
    waiting = row.state == TicketState.WAITING
    plain = Case(row.number, row.lot, row.kind, operator, waiting, *times, row.rating, answer_took, solution_took)
    return replace(plain, rated_for=last)


def test_while_it_is_the_authors_turn_no_time_is_counted(work: Work) -> None:
    """An hour of ours, two weeks of silence, an hour of ours, a week of silence, closed: two hours, in time."""
    begun = replace(work, now=at("2026-11-02 10:00"))
    in_force(begun)
    operator = hired(begun, Role.OPERATOR, OPERATOR)
    ticket = open_ticket(begun, a_person(work, 1001), TicketKind.QUESTION)
    assert ticket
    ticket = step(begun, ticket, TicketStep.TAKE, holder_id=operator.id)
    for day, hour, what in ((2, 11, "answer"), (16, 10, "write"), (16, 11, "answer"), (20, 11, "close")):
        later = replace(work, now=at(f"2026-11-{day:02} {hour}:00"))
        ended = {"closed_at": later.now} if what == "close" else {}
        ticket = step(later, ticket, TicketStep(what), holder_id=operator.id, **ended)
    found = counted(work, hired(work, Role.SUPERVISOR, 1)).total
    assert found.solved_in_time == Share(1, 1)
    assert found.solution
    assert found.solution.median == timedelta(hours=2)


def test_one_closed_unanswered_and_opened_again_is_owed_an_answer_from_then_on(work: Work) -> None:
    begun, later = (replace(work, now=at(f"2026-11-{day} 10:00")) for day in (16, 17))
    in_force(begun)
    author = a_person(work, 1001)
    ticket = open_ticket(begun, author, TicketKind.QUESTION)
    assert ticket
    close_own(begun, author, ticket.id)
    assert counted(later, hired(work, Role.SUPERVISOR, 1)).total.answered_in_time == Share(0, 0)
    again = reopen(later, author, ticket.id)
    assert again.answer_by == again.due_by == at("2026-11-17 15:00")


def test_two_of_one_name_are_two_and_each_has_what_is_theirs(work: Work) -> None:
    """One answers first, the other late and closes: the rating and the late answer are the other's."""
    begun = replace(work, now=at("2026-11-16 10:00"))
    in_force(begun)
    quick, slow = (hired(begun, Role.OPERATOR, number, name="Айгерім") for number in (OPERATOR, OPERATOR + 1))
    author = a_person(work, 1001)
    ticket = open_ticket(begun, author, TicketKind.QUESTION)
    assert ticket
    take(begun, quick, ticket.id)
    answer(begun, quick, ticket.id, Sent(1, Words("Иә")))
    add_words(begun, author, ticket.id, Sent(2, Words("Ал одан кейін?")))
    pass_on(begun, quick, ticket.id, Target(person_id=slow.id))
    later = replace(work, now=at("2026-11-17 10:00"))
    answer(later, slow, ticket.id, Sent(3, Words("Одан кейін де")))
    close(later, slow, ticket.id)
    rate(later, author, ticket.id, 3)
    found = counted(work, hired(work, Role.SUPERVISOR, 1))
    first, second = found.groups[Grouping.OPERATOR].items()
    assert (first[0], first[1].answered_in_time, first[1].rating) == ("Айгерім №1", Share(1, 1), None)
    assert (second[0], second[1].answered_in_time, second[1].rating) == ("Айгерім №2", Share(0, 1), 3.0)
    assert found.total.answered_in_time == Share(1, 2)


def test_a_ticket_of_no_lot_is_in_everybodys_figures(work: Work) -> None:
    ticket = open_ticket(work, a_person(work, 1001), TicketKind.QUESTION)
    assert ticket
    assert ticket.lot == ""
    for number, lot in enumerate(("19-5", "19-6"), 1):
        assert list(counted(work, hired(work, Role.SUPERVISOR, number, lot)).groups[Grouping.LOT]) == [""]
