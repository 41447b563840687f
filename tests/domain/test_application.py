"""The way of an application: what its author is told at every state and second."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.application import (
    MOVES,
    STANDINGS,
    Application,
    Event,
    Mark,
    Milestone,
    Role,
    State,
    Step,
    Timeline,
    require_move,
    require_withdrawable,
    timeline,
)
from domain.refusal import Reason, Refused
from tests.factories import NOW, a_competition

COMPETITION = a_competition()
DATES = COMPETITION.dates
SECOND = timedelta(seconds=1)
AHEAD = {
    Milestone.TECHNICAL: Step(Milestone.TECHNICAL, Mark.AHEAD, DATES.technical_until),
    Milestone.COMMISSION: Step(Milestone.COMMISSION, Mark.AHEAD, DATES.commission_until),
    Milestone.RESULTS: Step(Milestone.RESULTS, Mark.AHEAD, DATES.results),
}
SENT = Step(Milestone.SENT, Mark.DONE, NOW)


def an_application(state: State = State.SENT) -> Application:
    return Application(1, "27-2026-000001", 1, 1, 1, 1, "27", "kk", state, NOW, None)


def way(*steps: tuple[State, datetime]) -> tuple[Application, list[Event]]:
    """An application that came to these states at these moments."""
    every = [(State.SENT, NOW), *steps]
    events = [Event(n, at, state, Role.ORGANISER, {}) for n, (state, at) in enumerate(every, 1)]
    return an_application(every[-1][0]), events


def test_during_intake_it_waits_for_the_close() -> None:
    assert timeline(*way(), COMPETITION, DATES.intake_closes - SECOND) == Timeline(
        State.SENT, Role.ORGANISER, NOW, Milestone.TECHNICAL, DATES.intake_closes, (SENT, *AHEAD.values())
    )


def test_from_the_second_of_closing_it_is_in_technical_selection_by_itself() -> None:
    assert timeline(*way(), COMPETITION, DATES.intake_closes) == Timeline(
        State.TECHNICAL_SELECTION,
        Role.ORGANISER,
        DATES.intake_closes,
        Milestone.COMMISSION,
        DATES.technical_until,
        (
            SENT,
            Step(Milestone.TECHNICAL, Mark.NOW, DATES.technical_until),
            AHEAD[Milestone.COMMISSION],
            AHEAD[Milestone.RESULTS],
        ),
    )


def test_a_returned_one_waits_for_its_author_for_the_hours_of_the_rules() -> None:
    returned_at = DATES.intake_closes + timedelta(hours=3)
    seen = timeline(*way((State.RETURNED, returned_at)), COMPETITION, returned_at + SECOND)
    assert (seen.actor, seen.since, seen.next) == (Role.APPLICANT, returned_at, Milestone.TECHNICAL)
    assert seen.by == returned_at + timedelta(hours=24)
    assert seen.steps[1] == Step(Milestone.TECHNICAL, Mark.NOW, returned_at + timedelta(hours=24))


def test_a_winner_has_every_milestone_behind_with_its_own_day() -> None:
    to_commission, won = DATES.technical_until - SECOND, DATES.results - SECOND
    seen = timeline(*way((State.COMMISSION, to_commission), (State.WINNER, won)), COMPETITION, DATES.results)
    assert seen.steps == (
        SENT,
        Step(Milestone.TECHNICAL, Mark.DONE, to_commission),
        Step(Milestone.COMMISSION, Mark.DONE, won),
        Step(Milestone.RESULTS, Mark.DONE, won),
    )
    assert (seen.actor, seen.next, seen.by) == (Role.ORGANISER, None, None)


def test_a_withdrawn_one_ends_where_it_was_and_nobody_must_act() -> None:
    at = NOW + timedelta(hours=1)
    seen = timeline(*way((State.WITHDRAWN, at)), COMPETITION, DATES.results)
    assert seen == Timeline(State.WITHDRAWN, None, at, None, None, (Step(Milestone.SENT, Mark.STOPPED, at),))


def test_a_not_admitted_one_goes_no_further_than_technical_selection() -> None:
    at = DATES.technical_until - SECOND
    seen = timeline(*way((State.NOT_ADMITTED, at)), COMPETITION, DATES.results)
    assert seen.steps == (SENT, Step(Milestone.TECHNICAL, Mark.STOPPED, at))


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_timeline_and_can_be_reached(state: State) -> None:
    assert timeline(*way((state, NOW)), COMPETITION, NOW).state is state
    assert state in STANDINGS
    assert state is State.SENT or any(new is state for _old, new in MOVES)


def test_only_the_role_of_the_table_may_move_it() -> None:
    require_move(State.COMMISSION, State.WINNER, Role.COMMISSION)
    for old, new, role in (
        (State.COMMISSION, State.WINNER, Role.ORGANISER),
        (State.SENT, State.WINNER, Role.COMMISSION),
        (State.WITHDRAWN, State.SENT, Role.APPLICANT),
    ):
        with pytest.raises(Refused) as refused:
            require_move(old, new, role)
        assert refused.value.reason is Reason.NOT_A_MOVE


def test_it_can_be_withdrawn_until_the_last_second_of_intake() -> None:
    require_withdrawable(an_application(), COMPETITION, DATES.intake_closes - SECOND)
    with pytest.raises(Refused) as refused:
        require_withdrawable(an_application(), COMPETITION, DATES.intake_closes)
    assert refused.value.reason is Reason.WITHDRAWAL_CLOSED
    assert refused.value.facts == {"closed_at": DATES.intake_closes}
