"""The figures once more, reckoned the plain way from a list of all tickets: what the counting is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from domain.figures import MINUTE, Case, Figures, Grouping, Share, Spread


def figures(
    cases: Sequence[Case],
    now: datetime,
    ratings: Sequence[int | None] | None = None,
    further: Sequence[bool] | None = None,
) -> Figures:
    """These tickets in figures, as of now; with other ratings and further answers than their own, where given."""
    ratings = [one.rating for one in cases] if ratings is None else ratings
    further = [in_time for one in cases for _who, in_time in one.further] if further is None else further
    owed = [(one.answered_at, one.answer_by) for one in cases if _says(one)]
    owed += [(now if in_time else None, now - MINUTE if not in_time else now) for in_time in further]
    owed += [(None, one.due_by) for one in cases if one.answered_at and not one.waiting and not one.closed_at]
    closed = [one for one in cases if one.closed_at]
    waiting = [one for one in cases if one.waiting and not one.closed_at]
    rated = [one for one in ratings if one is not None]
    return Figures(
        tickets=len(cases),
        open=len(cases) - len(closed) - len(waiting),
        waiting=len(waiting),
        closed=len(closed),
        overdue=sum(_overdue(one, now) for one in cases),
        answer=spread(one.answer_took for one in cases),
        solution=spread(one.solution_took for one in cases),
        answered_in_time=_share(owed, now),
        solved_in_time=_share(
            ((_settled(one), one.solve_by) for one in cases if not one.waiting or one.closed_at), now
        ),
        rated=len(rated),
        rating=round(sum(rated) / len(rated), 2) if rated else None,
    )


def grouped(cases: Iterable[Case], by: Grouping) -> dict[str, list[Case]]:
    """Tickets laid apart, groups in order of their names; a week is named by its Monday (ISO)."""
    groups: dict[str, list[Case]] = {}
    for one in cases:
        groups.setdefault(str(getattr(one, by.value)), []).append(one)
    return dict(sorted(groups.items()))


def laid_apart(cases: Sequence[Case], by: Grouping, now: datetime) -> dict[str, Figures]:
    """The figures of each group; of an operator those ratings and further answers that are theirs."""
    groups = grouped(cases, by)
    if by is not Grouping.OPERATOR:
        return {name: figures(ones, now) for name, ones in groups.items()}
    rated = [(one.rated_for, one.rating) for one in cases if one.rating is not None]
    further = [each for one in cases for each in one.further]
    return {
        name: figures(
            groups.get(name, []), now, [n for who, n in rated if who == name], [n for who, n in further if who == name]
        )
        for name in sorted({*groups, *(who for who, _n in (*rated, *further))})
    }


def spread(durations: Iterable[timedelta | None]) -> Spread | None:
    """The median and the ninth decile (nearest rank) of what is known; None of nothing."""
    ranked = sorted(one for one in durations if one is not None)
    if not ranked:
        return None
    return Spread(*(ranked[ceil(part * len(ranked)) - 1] for part in (0.5, 0.9)))


def _share(ends: Iterable[tuple[datetime | None, datetime | None]], now: datetime) -> Share:
    """How many of those decided were in time: done by the target, of all that are done or late."""
    decided = [(done, by) for done, by in ends if by and (done or by < now)]
    return Share(sum(done is not None and done <= by for done, by in decided), len(decided))


def _says(one: Case) -> bool:
    """Whether its first answer says anything: not when it was closed without one before that was due."""
    early = one.answer_by is not None and one.closed_at is not None and one.closed_at <= one.answer_by
    return one.answered_at is not None or not early


def _settled(one: Case) -> datetime | None:
    """When we were done with a closed one: the author's own time before the closing is not ours."""
    return (one.paused_at or one.closed_at) if one.closed_at else None


def _overdue(one: Case, now: datetime) -> bool:
    """Something is owed now and late."""
    owed = [one.answer_by] if one.answered_at is None else [one.solve_by, one.due_by]
    return one.closed_at is None and not one.waiting and any(by is not None and by < now for by in owed)


def to_the_minute(one: Case) -> Case:
    """The same ticket with its durations in whole minutes."""
    took = {name: getattr(one, name) for name in ("answer_took", "solution_took")}
    known = {name: length for name, length in took.items() if length is not None}
    return replace(one, **{name: round(length / MINUTE) * MINUTE for name, length in known.items()})
