"""What the office sees of requests on the command line."""

from __future__ import annotations

import pytest

from bot.commands.tickets import list_tickets, show_ticket
from domain.person import Person
from handlers.answer_words import title
from handlers.language import speaking
from tests.factories import a_competition, a_person
from tests.in_force import PutInForce
from tests.usecases.test_checks import answered
from usecases.tickets import ask_a_person
from usecases.work import Work


@pytest.fixture
def person(work: Work, put_in_force: PutInForce) -> Person:
    put_in_force(work.session, a_competition())
    return a_person(work)


def test_the_list_has_no_personal_data(work: Work, person: Person) -> None:
    ask_a_person(work, person, answered(work, person, working="yes", birth_date="2010-01-01"))
    with speaking("ru"):
        failed = f"{title('birth_date')}, {title('working')}"
    line = f"T-79-2026-000001  22 ноября 2026 года, 12:00  19-5  verdict_review  {failed}"
    assert list_tickets(work, None, "ru") == list_tickets(work, "19-5", "ru") == [line]
    assert list_tickets(work, "19", "ru") == []


def test_one_request_comes_with_its_answers(work: Work, person: Person) -> None:
    ticket = ask_a_person(work, person, answered(work, person, working="yes"))
    line, account, *answers = show_ticket(work, ticket.number, "kk")
    assert line.startswith("T-79-2026-000001  2026 жылғы 22 қараша, 12:00  19-5  verdict_review")
    assert account == "tg://user?id=1001"
    assert len(answers) == 7
    assert answers[0].endswith(": Шымкент қаласы")
    assert answers[2].endswith(": 2001 жылғы 4 мамыр")
