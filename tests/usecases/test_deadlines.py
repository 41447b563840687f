"""Deadlines through whatever can happen to a ticket, beside a plain reckoning of the working time that is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.regions import Words
from domain.staff import Role
from domain.ticket import WAYS, Ticket, TicketKind, TicketState, TicketStep
from domain.working_time import worked
from tests.domain.test_working_time import at
from tests.factories import SAMPLE, a_person, in_force
from tests.staff import hired
from usecases.call_hours import hours_of, target_of
from usecases.open_ticket import open_ticket
from usecases.put_in_force import put_in_force
from usecases.ticket_steps import known_ticket, step
from usecases.work import Work

LOT = "19-5"
WHOLE, MORNINGS, LATER = '["09:00-13:00", "14:00-18:00"]', '["09:00-13:00"]', '["10:00-19:00"]'
CHANGE = "change of hours"
# An answer that did not arrive (BOUNCE) brings its own deadline along: `tests/conversations/test_undelivered.py`.
EVENTS = (*(one for one in TicketStep if one is not TicketStep.BOUNCE), CHANGE)
PASSED = st.integers(0, 6_000).map(lambda minutes: timedelta(minutes=minutes))
TAKING = (TicketStep.TAKE, TicketStep.PASS)
OURS = (TicketState.OPEN, TicketState.TAKEN)


@dataclass
class Reckoned:
    """A ticket, and the working time that is left to settle it."""

    work: Work
    ticket: Ticket
    left: timedelta
    holder: int
    hours: str = WHOLE

    def later(self, by: timedelta) -> None:
        """Time passes; in our turn it is spent."""
        before, self.work = self.work.now, replace(self.work, now=self.work.now + by)
        if self.ticket.state in OURS:
            self.left -= worked(before, self.work.now, hours_of(self.work, LOT))

    def happens(self, event: str) -> None:
        """What the ways do not allow now does not happen."""
        if event == CHANGE:
            self.hours = {WHOLE: MORNINGS, MORNINGS: LATER, LATER: WHOLE}[self.hours]
            put_in_force(self.work, SAMPLE.replace(WHOLE, self.hours), Words("## Бір\nМәтін", "## Раз\nТекст"))
        elif event == self._now_possible(event):
            what, was = TicketStep(event), self.ticket.state
            ended = {"closed_at": self.work.now if what is TicketStep.CLOSE else None}
            held = what not in (TicketStep.RELEASE, TicketStep.REOPEN) and (
                was is not TicketState.OPEN or what in TAKING
            )
            self.ticket = step(self.work, self.ticket, what, holder_id=self.holder if held else None, **ended)
            if what is TicketStep.REOPEN:
                days = target_of(self.work, LOT, self.ticket.kind).solution_days
                self.left = hours_of(self.work, LOT).day * days
            if what is TicketStep.REOPEN or (what is TicketStep.WRITE and was is TicketState.WAITING):
                self._a_whole_answer()
        self.ticket = known_ticket(self.work, self.ticket.id)

    def holds(self) -> None:
        """As much is left as was reckoned; what was late stays late."""
        ticket = self.ticket
        assert ticket.solve_by
        assert (ticket.due_by is not None) == (ticket.state in OURS)
        if ticket.state in OURS:
            assert worked(self.work.now, ticket.solve_by, hours_of(self.work, LOT)) == max(self.left, timedelta(0))

    def _now_possible(self, event: str) -> str | None:
        return event if (self.ticket.state, TicketStep(event)) in WAYS else None

    def _a_whole_answer(self) -> None:
        """Whoever has written, or was not content, is owed an answer from this moment on."""
        assert self.ticket.due_by
        hours = target_of(self.work, LOT, self.ticket.kind).answer_hours
        assert worked(self.work.now, self.ticket.due_by, hours_of(self.work, LOT)) == timedelta(hours=hours)


@pytest.mark.sqlite
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, derandomize=True, deadline=None)
@given(
    kind=st.sampled_from((TicketKind.QUESTION, TicketKind.COMPLAINT)),
    told=st.lists(st.tuples(PASSED, st.sampled_from(EVENTS)), max_size=14),
)
def test_whatever_happens_as_much_is_left_as_there_was(
    work: Work, kind: TicketKind, told: list[tuple[timedelta, str]]
) -> None:
    begun = replace(work, now=at("2026-11-23 10:00"))
    in_force(begun)
    ticket = open_ticket(begun, a_person(begun, 1001), kind)
    assert ticket
    left = hours_of(begun, LOT).day * target_of(begun, LOT, kind).solution_days
    one = Reckoned(begun, ticket, left, hired(begun, Role.OPERATOR, 1).id)
    for passed, event in told:
        one.later(passed)
        one.happens(event)
        one.holds()
