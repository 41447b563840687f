"""The question for what is due is answered from its index: a million rows sent, or due later, cost nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, text

from db import notifications
from domain.notification import Kind, Lane
from tests.factories import NOW, a_person
from usecases.notify import MOST_TRIES, claim_due, notify, try_again, wait
from usecases.work import Work


def test_what_is_due_is_found_in_the_index(work: Work) -> None:
    dialect = work.session.connection().dialect
    spelled = str(notifications._DUE._statement.compile(dialect=dialect))  # type: ignore[attr-defined]
    if dialect.name == "sqlite":
        plan = work.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}", (0, "2026", 30, 0))
        assert "SEARCH notification USING INDEX ix_notification_due (lane=? AND due_at<?)" in words(plan)
        return
    work.session.execute(text("SET LOCAL enable_seqscan = off"))
    work.session.execute(text("SET LOCAL enable_sort = off"))
    for old, new in (("$1::INTEGER", "0"), ("$2::TIMESTAMP WITH TIME ZONE", "now()"), ("$3::INTEGER", "30")):
        assert old in spelled
        spelled = spelled.replace(old, new)
    found = words(work.session.connection().exec_driver_sql(f"EXPLAIN {spelled}"))
    assert "Index Scan using ix_notification_due" in found
    assert "lane = 0) AND (due_at <= now()" in found


def words(plan: Any) -> str:
    return "\n".join(str(row) for row in plan)


def test_lanes_are_claimed_in_order_and_only_those_asked_for(work: Work) -> None:
    person = a_person(work)
    for lane in (Lane.BROADCAST, Lane.REMINDER, Lane.RECEIPT):
        for late in (2, 1):
            at = NOW - timedelta(minutes=late)
            assert notify(work, person.id, Kind.BROKEN, f"{lane.name} {late}", lane=lane, at=at)
    assert notify(work, person.id, Kind.BROKEN, "later", at=NOW + timedelta(seconds=1))
    assert subjects(work, claim_due(work, 3, (Lane.REMINDER, Lane.BROADCAST))) == [
        "REMINDER 2", "REMINDER 1", "BROADCAST 2",
    ]  # fmt: skip
    assert subjects(work, claim_due(work, 10)) == ["RECEIPT 2", "RECEIPT 1", "BROADCAST 1"]
    assert claim_due(work, 10) == []


def test_waiting_uses_up_no_tries(work: Work) -> None:
    """Telegram said "later" more often than a row may fail; the fault after that is its first."""
    assert notify(work, a_person(work).id, Kind.BROKEN, "1")
    for _again in range(MOST_TRIES + 2):
        [(row, _person)] = claim_due(work, 1)
        wait(work, row, "retry after", timedelta(0))
    for _again in range(MOST_TRIES - 1):
        [(row, _person)] = claim_due(work, 1)
        try_again(work, row, "TelegramServerError", timedelta(0))
    [(row, _person)] = claim_due(work, 1)
    assert row.used_up == MOST_TRIES
    try_again(work, row, "TelegramServerError", timedelta(0))
    assert claim_due(work, 1) == []


def subjects(work: Work, claimed: Any) -> list[str]:
    numbers = [notification.id for notification, _person in claimed]
    asked = text("SELECT id, unique_key FROM notification WHERE id IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
    keys = {row.id: row.unique_key for row in work.session.execute(asked, {"ids": numbers})}
    return [keys[number].split(":", 2)[2] for number in numbers]


@pytest.mark.sqlite
def test_a_group_of_many_recipients_costs_four_statements(work: Work) -> None:
    people = [a_person(work, 1000 + number) for number in range(20)]
    for person in people:
        assert notify(work, person.id, Kind.BROKEN, "1", lane=Lane.BROADCAST)
    said: list[str] = []
    driver: Any = work.session.connection().connection.driver_connection
    driver.set_trace_callback(said.append)
    assert len(claim_due(work, 30, (Lane.REMINDER, Lane.BROADCAST))) == 20
    assert [statement.split()[0] for statement in said] == ["SELECT", "SELECT", "UPDATE", "SELECT"]
