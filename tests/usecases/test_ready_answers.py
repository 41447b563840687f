"""Ready answers: each lot's own first, in the author's language, filled in, and sent once."""

from __future__ import annotations

from importlib.resources import files

import pytest

from domain.ticket import TicketKind
from tests.call_centre import author, complains, joins
from tests.factories import a_person, a_ticket, in_force
from tests.person import House
from usecases.open_ticket import open_ticket
from usecases.ready_answers import filled, load_ready_answers, ready_answers
from usecases.work import Work

SAMPLE = files("programme").joinpath("samples", "ready_answers.toml").read_text("utf-8")
ONE = '[[answer]]\nkey = "k"\ntitle = {{kk = "{0}", ru = "{0}"}}\ntext = {{kk = "{{name}} {{number}}", ru = "r"}}\n'


def test_a_lots_own_come_first_and_a_file_takes_the_place_of_the_last(work: Work) -> None:
    assert load_ready_answers(work, "", SAMPLE) == 4
    assert load_ready_answers(work, "19-5", ONE.format("a")) == 1
    assert load_ready_answers(work, "19-5", ONE.format("b")) == 1
    assert [one.title.ru for one in ready_answers(work, "19-5")][:2] == ["b", "Разбираемся"]
    assert len(ready_answers(work, "19-6")) == 4


def test_name_and_number_are_filled_in_for_the_author(work: Work) -> None:
    in_force(work)
    load_ready_answers(work, "", ONE.format("a"))
    ticket = open_ticket(work, a_person(work), TicketKind.QUESTION, name="Айгерім")
    assert ticket
    assert filled(work, ticket, ready_answers(work, "19-5")[0].id) == f"Айгерім {ticket.number}"


@pytest.mark.parametrize("wrong", [ONE.format("x" * 61), '[[answer]]\nkey = "k"\n', ONE.format("a") * 2, "a = "])
def test_a_fault_in_the_file_changes_nothing(work: Work, wrong: str) -> None:
    load_ready_answers(work, "", SAMPLE)
    with pytest.raises(ValueError, match=r"."):
        load_ready_answers(work, "", wrong)
    assert len(ready_answers(work, a_ticket().lot)) == 4


async def test_an_operator_looks_first_and_sends_once(house: House) -> None:
    await house.opens_competition()
    await house.work(lambda work: load_ready_answers(work, "", SAMPLE))
    aigerim = await author(house, 1001, "Айгерім")
    olga = await joins(house, 2001, "Ольга")
    await complains(aigerim, "бір")
    await olga.says("/next")
    await olga.presses("Готовые ответы", "Разбираемся")
    looked = olga.screen
    assert "Саламатсыз ба, Айгерім!" in olga.sees
    [[send], _back] = [[button["callback_data"] for button in row] for row in looked.keyboard]
    await olga.presses("Отправить это")
    await olga.presses_old(looked, send)
    answers = [m.text for m in aigerim.chat.messages if m.from_bot and "Саламатсыз ба, Айгерім!" in m.text]
    assert len(answers) == 1
