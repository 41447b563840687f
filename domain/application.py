"""The way of a sent application: its states, who may move it where, and what its author is told of it.

Tables, so that a state more is a line more. Dates come from the competition's settings; nothing here knows a
clock. An application that waits for intake to close is in technical selection from that second on by itself:
nobody has to touch three thousand rows at midnight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.competition import Competition
from domain.refusal import Reason, Refused


class State(StrEnum):
    """Where an application is."""

    SENT = "sent"
    TECHNICAL_SELECTION = "technical_selection"
    RETURNED = "returned"
    NOT_ADMITTED = "not_admitted"
    COMMISSION = "commission"
    WINNER = "winner"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """Who must act, or who acted."""

    APPLICANT = "applicant"
    ORGANISER = "organiser"
    COMMISSION = "commission"
    PROGRAMME = "programme"


class Milestone(StrEnum):
    """The stages every application passes, in this order."""

    SENT = "sent"
    TECHNICAL = "technical"
    COMMISSION = "commission"
    RESULTS = "results"


class Mark(StrEnum):
    """How a milestone stands for one application."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    STOPPED = "stopped"  # the way ended here


@dataclass(frozen=True)
class Application:
    """An application as it was sent; its answers are opened apart."""

    id: int
    number: str
    person_id: int
    competition_id: int
    version_id: int
    draft_id: int
    region: str  # KATO code
    language: str
    state: State
    sent_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Event:
    """One change of state: when, into which, by whom, and what belongs to it (JSON values)."""

    id: int
    at: datetime
    state: State
    role: Role
    facts: Mapping[str, Any]
    by: int | None = None  # person id; None: the program itself, or somebody whose account was erased since


@dataclass(frozen=True)
class Step:
    """A milestone on one application's way. `at`: passed at (DONE, STOPPED), else planned to end by."""

    milestone: Milestone
    mark: Mark
    at: datetime


@dataclass(frozen=True)
class Timeline:
    """Everything an applicant asks: where, whose turn (None: nobody's any more), since when, what next, by when."""

    state: State
    actor: Role | None
    since: datetime
    next: Milestone | None
    by: datetime | None
    steps: tuple[Step, ...]


By = Callable[[Competition, datetime], datetime]  # the second: since when


@dataclass(frozen=True)
class _Standing:
    """What a state means: at which milestone, whose turn, by when they act, and the milestone after."""

    milestone: Milestone
    actor: Role | None = None
    by: By | None = None
    next: Milestone | None = None
    stopped: bool = False


STANDINGS: Mapping[State, _Standing] = {
    State.SENT: _Standing(Milestone.SENT, Role.ORGANISER, lambda c, _: c.dates.intake_closes, Milestone.TECHNICAL),
    State.TECHNICAL_SELECTION: _Standing(
        Milestone.TECHNICAL, Role.ORGANISER, lambda c, _: c.dates.technical_until, Milestone.COMMISSION
    ),
    State.RETURNED: _Standing(
        Milestone.TECHNICAL,
        Role.APPLICANT,
        lambda c, since: since + timedelta(hours=c.rework.hours),
        Milestone.TECHNICAL,
    ),
    State.NOT_ADMITTED: _Standing(Milestone.TECHNICAL, stopped=True),
    State.COMMISSION: _Standing(Milestone.COMMISSION, Role.COMMISSION, lambda c, _: c.dates.results, Milestone.RESULTS),
    State.WINNER: _Standing(Milestone.RESULTS, Role.ORGANISER),
    State.RESERVE: _Standing(Milestone.RESULTS, Role.ORGANISER),
    State.NOT_SELECTED: _Standing(Milestone.RESULTS),
    State.WITHDRAWN: _Standing(Milestone.SENT, stopped=True),
}

# From a state to a state: who may do it. What is not here cannot happen.
MOVES: Mapping[tuple[State, State], Role] = {
    (State.SENT, State.WITHDRAWN): Role.APPLICANT,
    (State.SENT, State.TECHNICAL_SELECTION): Role.ORGANISER,
    (State.SENT, State.RETURNED): Role.ORGANISER,
    (State.SENT, State.NOT_ADMITTED): Role.ORGANISER,
    (State.SENT, State.COMMISSION): Role.ORGANISER,
    (State.TECHNICAL_SELECTION, State.WITHDRAWN): Role.APPLICANT,
    (State.TECHNICAL_SELECTION, State.RETURNED): Role.ORGANISER,
    (State.TECHNICAL_SELECTION, State.NOT_ADMITTED): Role.ORGANISER,
    (State.TECHNICAL_SELECTION, State.COMMISSION): Role.ORGANISER,
    (State.RETURNED, State.WITHDRAWN): Role.APPLICANT,
    (State.RETURNED, State.TECHNICAL_SELECTION): Role.APPLICANT,
    (State.RETURNED, State.NOT_ADMITTED): Role.ORGANISER,
    (State.COMMISSION, State.WINNER): Role.COMMISSION,
    (State.COMMISSION, State.RESERVE): Role.COMMISSION,
    (State.COMMISSION, State.NOT_SELECTED): Role.COMMISSION,
    (State.RESERVE, State.WINNER): Role.ORGANISER,
    (State.RESERVE, State.NOT_SELECTED): Role.ORGANISER,
}

PLANNED: Mapping[Milestone, Callable[[Competition], datetime]] = {
    Milestone.SENT: lambda c: c.dates.intake_closes,
    Milestone.TECHNICAL: lambda c: c.dates.technical_until,
    Milestone.COMMISSION: lambda c: c.dates.commission_until,
    Milestone.RESULTS: lambda c: c.dates.results,
}


def require_move(state: State, new: State, role: Role) -> None:
    """Refused(NOT_A_MOVE; facts: state, new) unless the table lets this role do it."""
    if MOVES.get((state, new)) is not role:
        raise Refused(Reason.NOT_A_MOVE, state=state, new=new)


def require_withdrawable(application: Application, competition: Competition, now: datetime) -> None:
    """Refused: WITHDRAWAL_CLOSED (facts: closed_at) from the moment intake closes; NOT_A_MOVE after an end."""
    if now >= competition.dates.intake_closes and STANDINGS[application.state].next:
        raise Refused(Reason.WITHDRAWAL_CLOSED, closed_at=competition.dates.intake_closes)
    require_move(application.state, State.WITHDRAWN, Role.APPLICANT)


def state_at(state: State, competition: Competition, now: datetime) -> State:
    """The state an author is told: what was sent is in technical selection once intake has closed."""
    if state is State.SENT and now >= competition.dates.intake_closes:
        return State.TECHNICAL_SELECTION
    return state


def timeline(application: Application, events: Sequence[Event], competition: Competition, now: datetime) -> Timeline:
    """Where the application is at this moment (UTC); `events` oldest first, the first one its sending."""
    state = state_at(application.state, competition, now)
    standing = STANDINGS[state]
    since = events[-1].at if state is application.state else competition.dates.intake_closes
    by = standing.by(competition, since) if standing.by else None
    steps = tuple(_step(milestone, standing, events, competition, since) for milestone in _on_the_way(standing))
    return Timeline(state, standing.actor, since, standing.next, by, steps)


def _on_the_way(standing: _Standing) -> list[Milestone]:
    """All milestones; where the way ended, only those reached."""
    every = list(Milestone)
    return every[: every.index(standing.milestone) + 1] if standing.stopped else every


def _step(
    milestone: Milestone, standing: _Standing, events: Sequence[Event], competition: Competition, since: datetime
) -> Step:
    every = list(Milestone)
    place, reached = every.index(milestone), every.index(standing.milestone)
    if place > reached:
        return Step(milestone, Mark.AHEAD, PLANNED[milestone](competition))
    if place == reached and standing.stopped:
        return Step(milestone, Mark.STOPPED, since)
    if milestone is Milestone.SENT:
        return Step(milestone, Mark.DONE, events[0].at)
    if milestone is Milestone.RESULTS:
        return Step(milestone, Mark.DONE, since)
    if place < reached:
        return Step(milestone, Mark.DONE, _left(milestone, events, since))
    return Step(milestone, Mark.NOW, standing.by(competition, since) if standing.by else since)


def _left(milestone: Milestone, events: Sequence[Event], since: datetime) -> datetime:
    """When the application first went past a milestone."""
    every = list(Milestone)
    past = (e.at for e in events if every.index(STANDINGS[e.state].milestone) > every.index(milestone))
    return next(past, since)
