"""Plan and budget: rows added cell by cell, changed, removed; nothing unfinished is lost."""

from __future__ import annotations

from typing import Any

import pytest

from domain import draft_steps as steps
from domain import draft_tables as tables
from domain.draft import Cursor, Filling
from domain.form import question
from domain.refusal import Reason, Refused
from tests.drafts import answers
from tests.factories import a_competition

COMPETITION = a_competition()
CLOTH = {"item": "Мата", "quantity": 100, "price": 1_500}
MACHINE = {"item": "Машина", "quantity": 5, "price": 90_000}


def at(cursor: Cursor, rows: list[dict[str, Any]] | None = None) -> Filling:
    return Filling({} if rows is None else {"budget": rows}, cursor)


def refused(reason: Reason, step: Any, filling: Filling, *rest: Any) -> None:
    with pytest.raises(Refused) as caught:
        step(filling, COMPETITION, *rest)
    assert caught.value.reason is reason


def test_an_empty_table_begins_with_its_first_cell() -> None:
    filling = Filling(answers("budget"), Cursor("plan"))
    assert tables.finish_table(filling, COMPETITION, "plan").cursor == Cursor("budget", 0, "item")


def test_a_row_is_filled_cell_by_cell_and_then_the_table_shown() -> None:
    filling = at(Cursor("budget", 0, "item"))
    for value in ("Мата", 100):
        filling = tables.put_cell(filling, COMPETITION, value)
    assert filling == at(Cursor("budget", 0, "price"), [{"item": "Мата", "quantity": 100}])
    assert tables.put_cell(filling, COMPETITION, 1_500) == at(Cursor("budget"), [CLOTH])


def test_one_more_row() -> None:
    filling = tables.add_row(at(Cursor("budget"), [CLOTH]), COMPETITION, "budget")
    assert filling.cursor == Cursor("budget", 1, "item")
    assert tables.put_cell(filling, COMPETITION, "Машина").answers == {"budget": [CLOTH, {"item": "Машина"}]}


def test_there_is_a_limit_of_rows() -> None:
    full = [dict(CLOTH) for _row in range(question("budget").most)]
    refused(Reason.TOO_MANY_ROWS, tables.add_row, at(Cursor("budget"), full), "budget")


def test_a_row_is_found_by_its_content_and_changed() -> None:
    filling = tables.open_row(at(Cursor("budget"), [CLOTH, MACHINE]), COMPETITION, "budget", tables.mark(MACHINE))
    assert filling.cursor == Cursor("budget", 1)
    filling = tables.edit_cell(filling, COMPETITION, "budget", tables.mark(MACHINE), "price")
    assert filling.cursor == Cursor("budget", 1, "price")
    changed = tables.put_cell(filling, COMPETITION, 80_000)
    assert changed == at(Cursor("budget"), [CLOTH, MACHINE | {"price": 80_000}])
    refused(Reason.OLD_BUTTON, tables.open_row, changed, "budget", tables.mark(MACHINE))
    refused(Reason.OLD_BUTTON, tables.edit_cell, filling, "budget", tables.mark(MACHINE), "colour")


def test_a_row_is_removed_and_the_last_leaves_an_empty_table() -> None:
    filling = tables.remove_row(at(Cursor("budget", 0), [CLOTH, MACHINE]), COMPETITION, "budget", tables.mark(CLOTH))
    assert filling == at(Cursor("budget"), [MACHINE])
    filling = tables.remove_row(filling, COMPETITION, "budget", tables.mark(MACHINE))
    assert filling == at(Cursor("budget", 0, "item"), [])


def test_an_unfinished_row_is_asked_for_before_going_on() -> None:
    filling = at(Cursor("budget"), [CLOTH, {"item": "Машина"}])
    assert tables.finish_table(filling, COMPETITION, "budget").cursor == Cursor("budget", 1, "quantity")
    assert tables.finish_table(at(Cursor("budget"), []), COMPETITION, "budget").cursor == Cursor("budget", 0, "item")


def test_buttons_of_another_question_are_old() -> None:
    elsewhere = Filling(answers(), Cursor("title"))
    for step in (tables.add_row, tables.finish_table):
        refused(Reason.OLD_BUTTON, step, elsewhere, "budget")
        refused(Reason.OLD_BUTTON, step, elsewhere, "title")
    refused(Reason.OLD_BUTTON, tables.remove_row, elsewhere, "budget", tables.mark(CLOTH))


def test_back_in_a_table_goes_cell_by_cell_then_to_the_rows_then_to_the_question_before() -> None:
    rows = [CLOTH, {"item": "Машина", "quantity": 5}]
    filling = Filling(answers(budget=rows), Cursor("budget", 1, "price"))
    places = []
    for _step in range(4):
        filling = steps.back(filling, COMPETITION, str(filling.cursor))
        places.append(str(filling.cursor))
    assert places == ["budget.1.quantity", "budget.1.item", "budget", "plan"]
    assert filling.answers == answers(budget=rows)


def test_back_from_an_empty_table_is_the_question_before() -> None:
    filling = Filling(answers("budget"), Cursor("budget", 0, "item"))
    assert steps.back(filling, COMPETITION, "budget.0.item").cursor == Cursor("plan")


def test_a_table_edited_from_the_review_returns_there() -> None:
    filling = steps.edit(Filling(answers(), Cursor()), COMPETITION, "budget")
    assert filling.cursor == Cursor("budget", review=True)
    opened = tables.add_row(filling, COMPETITION, "budget")
    assert opened.cursor == Cursor("budget", 2, "item", review=True)
    assert steps.back(opened, COMPETITION, str(opened.cursor)).cursor == Cursor("budget", review=True)
    assert tables.finish_table(filling, COMPETITION, "budget").cursor == Cursor(review=True)


def test_what_is_asked_in_a_cell() -> None:
    filling = at(Cursor("budget", 0, "price"), [CLOTH])
    column = tables.cell_asked(filling)
    assert column
    assert column.key == "price"
    assert tables.row_asked(filling) == CLOTH
    assert tables.cell_asked(at(Cursor("budget"), [CLOTH])) is None
    assert tables.row_asked(at(Cursor("budget", 1, "item"), [CLOTH])) == {}
