"""The call centre's figures: a screen, a picture of the weeks, a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.figures import Figures, Grouping, Period, Share, Spread
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import Press, Turn
from handlers.figures import fraction, number, short_day
from handlers.language import _, language, ngettext, speaking
from handlers.screen import Attachment, Reply, Rows, Screen, button, reply, rows
from handlers.shared_buttons import work_button
from handlers.staff.chart import Chart, picture
from handlers.staff.figure_sheets import spreadsheet
from handlers.staff.texts import group_name, grouping_title, lots_words
from usecases.call_figures import CallFigures, Count, call_figures_of
from usecases.rating_comments import Comments, comments_for
from usecases.work import Work

MOST_GROUPS = 15  # lines on a screen; the spreadsheet has all
MOST_NAMED = 10  # columns of a picture with their day
MOST_WEEKS = 105  # columns in a picture, the newest


class ToFigures(CallbackData, prefix="w_fig"):
    """The figures of a period, laid apart."""

    by: str = Grouping.KIND.value
    period: str = Period.QUARTER.value


class ToChart(CallbackData, prefix="w_chart"):
    """The same as a picture."""

    period: str


class ToSheets(CallbackData, prefix="w_xlsx"):
    """The same as a spreadsheet."""

    period: str


PERIODS: Mapping[Period, tuple[Callable[[], str], Callable[[], str]]] = {  # on a button, as a heading
    Period.WEEK: (lambda: _("Week"), lambda: _("<b>📊 The last 7 days</b>")),
    Period.MONTH: (lambda: _("Month"), lambda: _("<b>📊 The last 30 days</b>")),
    Period.QUARTER: (lambda: _("Quarter"), lambda: _("<b>📊 The last 90 days</b>")),
    Period.ALL: (lambda: _("All the time"), lambda: _("<b>📊 All the time</b>")),
}


@dataclass
class Counted:
    """A screen of figures, once they have been counted; `then` is read after them."""

    count: Count
    shown: Callable[[CallFigures], Screen]
    language: str
    then: Comments | None = None
    counted: bool = False

    def step(self, work: Work) -> bool:
        if not self.counted:
            self.counted = not self.count.step(work)
            return not self.counted or self.then is not None
        return self.then is not None and self.then.step(work)

    def screen(self) -> Screen:
        with speaking(self.language):
            return self.shown(self.count.figures())


def see(turn: Turn, data: ToFigures) -> Reply:
    if data.by not in set(Grouping):
        raise Refused(Reason.OLD_BUTTON)
    by = Grouping(data.by)

    def shown(found: CallFigures, period: Period) -> Screen:
        parts = [_head(found, period), "\n".join(_total(found.total)), "\n".join(_groups(found.groups[by], by))]
        return Screen("\n\n".join(part for part in parts if part), _buttons(by, period))

    return _counted(turn, data.period, shown)


def see_chart(turn: Turn, data: ToChart) -> Reply:
    """A picture, below which one can go back."""

    def shown(found: CallFigures, period: Period) -> Screen:
        chart = _chart(found)
        attachment = Attachment("figures.png", lambda: picture(chart), picture=True)
        return Screen(_head(found, period), _back(period), attachment=attachment)

    return _counted(turn, data.period, shown)


def see_sheets(turn: Turn, data: ToSheets) -> Reply:
    """A spreadsheet, made after the transaction; with what was written with ratings for whoever may read it."""
    count = _count(turn, data.period)
    comments = comments_for(turn.work, count)

    def shown(found: CallFigures, period: Period) -> Screen:
        text = _head(found, period)
        if found.total.tickets > len(found.newest):
            listed = _("The last sheet lists the newest {count} requests; the figures are of all.")
            text += "\n" + listed.format(count=number(len(found.newest)))
        return Screen(text, _back(period), attachment=spreadsheet(found, comments.found if comments else None))

    return _later(turn, Counted(count, lambda found: shown(found, Period(data.period)), language(), comments))


def _counted(turn: Turn, period: str, shown: Callable[[CallFigures, Period], Screen]) -> Reply:
    """A screen that is shown when the period has been counted."""
    return _later(turn, Counted(_count(turn, period), lambda found: shown(found, Period(period)), language()))


def _count(turn: Turn, period: str) -> Count:
    if period not in set(Period):
        raise Refused(Reason.OLD_BUTTON)
    return call_figures_of(turn.work, turn.person, Period(period))


def _later(turn: Turn, counted: Counted) -> Reply:
    turn.go(Place.WORK)
    return reply(Screen("", later=counted))


def _head(found: CallFigures, period: Period) -> str:
    return "\n".join([PERIODS[period][1](), _("Lots: {lots}").format(lots=lots_words(found.lots))])


def _back(period: Period) -> Rows:
    return rows(button(_("📊 Figures"), ToFigures(period=period.value)), work_button())


def _total(total: Figures) -> list[str]:
    """The whole in words; what nothing is known of is left out."""
    counts = _("Requests: {all}. Open: {open}, of these late: {late}. The author's turn: {waiting}. Closed: {closed}.")
    lines = [
        counts.format(
            all=number(total.tickets),
            open=number(total.open),
            late=number(total.overdue),
            waiting=number(total.waiting),
            closed=number(total.closed),
        )
    ]
    if total.answer:
        lines.append(_spread(_("First answer: half within {median}, nine in ten within {most}."), total.answer))
    if total.solution:
        lines.append(_spread(_("Closed: half within {median}, nine in ten within {most}."), total.solution))
    if total.answered_in_time.whole:
        in_time = _("In time: answers {answers}, solutions {solutions}.")
        shares = {"answers": _percent(total.answered_in_time), "solutions": _percent(total.solved_in_time)}
        lines.append(in_time.format(**shares))
    if total.rating is not None:
        lines.append(_rating(total.rating, total.rated))
    return lines


def _spread(text: str, spread: Spread) -> str:
    return text.format(median=duration(spread.median), most=duration(spread.nine_in_ten))


def _rating(rating: float, rated: int) -> str:
    text = ngettext("Rating: {rating} of 5 ({count} answer).", "Rating: {rating} of 5 ({count} answers).", rated)
    return text.format(rating=fraction(rating), count=number(rated))


def _groups(groups: Mapping[str, Figures], by: Grouping) -> list[str]:
    shown = list(groups.items())[-MOST_GROUPS:]
    return [_group(html.quote(group_name(name, by)), one) for name, one in shown]


def _group(name: str, one: Figures) -> str:
    share = _percent(one.answered_in_time)
    if not one.tickets:
        return _("• {name}: only after a colleague's first answer, in time {share}").format(name=name, share=share)
    if one.answer is None:
        return _("• {name}: {count}, no answer yet").format(name=name, count=number(one.tickets))
    text = _("• {name}: {count}, half answered within {median}, in time {share}")
    return text.format(name=name, count=number(one.tickets), median=duration(one.answer.median), share=share)


def duration(length: timedelta) -> str:
    """Working time in hours and minutes."""
    hours, minutes = divmod(round(length / timedelta(minutes=1)), 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=number(hours), minutes=minutes)


def _percent(share: Share) -> str:
    return _("{percent} %").format(percent=share.percent) if share.percent is not None else "–"


def _buttons(by: Grouping, period: Period) -> Rows:
    order = (Grouping.KIND, Grouping.OPERATOR, Grouping.WEEK, Grouping.LOT)
    apart = [button(_marked(grouping_title(one), one is by), ToFigures(by=one, period=period)) for one in order]
    lengths = [button(_marked(PERIODS[one][0](), one is period), ToFigures(by=by, period=one)) for one in Period]
    files = (button(_("📈 Picture"), ToChart(period=period)), button(_("📄 Spreadsheet"), ToSheets(period=period)))
    return rows(tuple(apart[:2]), tuple(apart[2:]), tuple(lengths[:2]), tuple(lengths[2:]), files, work_button())


def _marked(name: str, chosen: bool) -> str:
    return f"• {name}" if chosen else name


def _chart(found: CallFigures) -> Chart:
    """The weeks in order, those without a ticket too."""
    first, last = (local_day(moment) for moment in (found.since, found.now))
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)][-MOST_WEEKS:]
    known = [found.groups[Grouping.WEEK].get(week.isoformat()) for week in weeks]
    return Chart(
        title=_("Requests by week"),
        names=_week_names(weeks),
        came=[one.tickets if one else 0 for one in known],
        closed=[one.closed if one else 0 for one in known],
        in_time=[one.answered_in_time.percent if one else None for one in known],
        legend=(_("came in"), _("of these closed"), _("answered in time")),
    )


def _week_names(weeks: Sequence[date]) -> list[str]:
    """A day under the columns: under as many as there is room for, the last among them."""
    each = ceil(len(weeks) / MOST_NAMED)
    return [short_day(week) if (len(weeks) - 1 - place) % each == 0 else "" for place, week in enumerate(weeks)]


PRESSES: Mapping[type[CallbackData], Press] = {ToFigures: see, ToChart: see_chart, ToSheets: see_sheets}
