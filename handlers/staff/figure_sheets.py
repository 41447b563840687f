"""The figures as sheets of a spreadsheet: words are found now, in the person's language, bytes are made later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.figures import Case, Figures, Grouping, Spread
from domain.local_time import ALMATY, local_day
from handlers.language import _
from handlers.screen import Attachment
from handlers.spreadsheet import Cell, Sheet, xlsx
from handlers.staff.texts import group_name, grouping_title
from usecases.call_figures import CallFigures
from usecases.rating_comments import Comment


def spreadsheet(found: CallFigures, comments: Sequence[Comment] | None) -> Attachment:
    """A sheet for each grouping, one with what was written with ratings (None: the reader may not read it), and one
    with a line a ticket. Durations are working hours.
    """
    sheets = [_apart(found, by) for by in Grouping]
    if comments is not None:
        sheets.append(Sheet(_("Words with ratings"), _comment_head(), [_comment(one) for one in comments]))
    sheets.append(Sheet(_("Requests"), _case_head(), [_case(one) for one in found.newest]))
    return Attachment(f"figures-{local_day(found.now)}.xlsx", lambda: xlsx(sheets))


def _apart(found: CallFigures, by: Grouping) -> Sheet:
    title = grouping_title(by)
    lines = [[group_name(name, by), *_figures(one)] for name, one in found.groups[by].items()]
    lines.append([_("All"), *_figures(found.total)])
    return Sheet(title, [title, *_head()], lines)


def _head() -> list[str]:
    return [
        _("Requests"),
        _("Open"),
        _("Of these late"),
        _("The author's turn"),
        _("Closed"),
        _("First answer, median, hours"),
        _("First answer, 90 %, hours"),
        _("Closed, median, hours"),
        _("Closed, 90 %, hours"),
        _("Answered in time, %"),
        _("Settled in time, %"),
        _("Rating"),
        _("Ratings"),
    ]


def _figures(one: Figures) -> list[Cell]:
    counts: list[Cell] = [one.tickets, one.open, one.overdue, one.waiting, one.closed]
    shares: list[Cell] = [one.answered_in_time.percent, one.solved_in_time.percent]
    return [*counts, *_spread(one.answer), *_spread(one.solution), *shares, one.rating, one.rated]


def _spread(spread: Spread | None) -> list[Cell]:
    return [_hours(spread.median), _hours(spread.nine_in_ten)] if spread else [None, None]


def _hours(length: timedelta) -> float:
    return round(length / timedelta(hours=1), 2)


def _case_head() -> list[str]:
    return [
        _("Number"),
        _("Lot"),
        _("Kind"),
        _("Answered first by"),
        _("Last in the hands of"),
        _("Opened"),
        _("First answer"),
        _("Closed"),
        _("First answer, hours"),
        _("Closed after, hours"),
        _("Rating"),
    ]


def _case(one: Case) -> list[Cell]:
    lasted = [_hours(took) if took is not None else None for took in (one.answer_took, one.solution_took)]
    moments = [_moment(at) for at in (one.opened_at, one.answered_at, one.closed_at)]
    hands = [one.operator, one.rated_for]
    return [one.number, one.lot, group_name(one.kind, Grouping.KIND), *hands, *moments, *lasted, one.rating]


def _comment_head() -> list[str]:
    return [_("Number"), _("Lot"), _("Kind"), _("Last in the hands of"), _("Rating"), _("Words"), _("Rated")]


def _comment(one: Comment) -> list[Cell]:
    kind = group_name(one.kind, Grouping.KIND)
    return [one.number, one.lot, kind, one.operator, one.rating, one.words, _moment(one.rated_at)]


def _moment(at: datetime | None) -> str | None:
    """Kazakhstan's time, so that it sorts."""
    return at.astimezone(ALMATY).strftime("%Y-%m-%d %H:%M") if at else None
