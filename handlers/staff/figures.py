"""The call centre's figures: a screen, a picture of the weeks, a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.figures import Figures, Grouping, Share, Spread
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.conversation import Press, Turn
from handlers.figures import fraction, number, short_day
from handlers.language import _, ngettext
from handlers.screen import Attachment, Reply, Rows, Screen, button, reply, rows
from handlers.staff.chart import Chart, picture
from handlers.staff.figure_sheets import spreadsheet
from handlers.staff.screens import work_button
from handlers.staff.texts import group_name, grouping_title, lots_words
from usecases.call_figures import MOST, CallFigures, call_figures_of

WEEKS = (4, 12, 52)
MOST_GROUPS = 15  # lines on a screen; the spreadsheet has all


class ToFigures(CallbackData, prefix="w_fig"):
    """The figures of the last weeks, laid apart."""

    by: str = Grouping.KIND.value
    weeks: int = 12


class ToChart(CallbackData, prefix="w_chart"):
    """The same as a picture."""

    weeks: int


class ToSheets(CallbackData, prefix="w_xlsx"):
    """The same as a spreadsheet."""

    weeks: int


def see(turn: Turn, data: ToFigures) -> Reply:
    if data.weeks not in WEEKS or data.by not in set(Grouping):
        raise Refused(Reason.OLD_BUTTON)
    found = call_figures_of(turn.work, turn.person, data.weeks)
    turn.go(Place.WORK)
    by = Grouping(data.by)
    parts = [_head(found, data.weeks), "\n".join(_total(found.total)), "\n".join(_groups(found.groups[by], by))]
    return reply(Screen("\n\n".join(part for part in parts if part), _buttons(by, data.weeks)))


def see_chart(turn: Turn, data: ToChart) -> Reply:
    """A picture, below which one can go back."""
    if data.weeks not in WEEKS:
        raise Refused(Reason.OLD_BUTTON)
    found = call_figures_of(turn.work, turn.person, data.weeks)
    turn.go(Place.WORK)
    chart = _chart(found, turn)
    buttons = rows(button(_("📊 Figures"), ToFigures(weeks=data.weeks)), work_button())
    attachment = Attachment("figures.png", lambda: picture(chart), picture=True)
    return reply(Screen(_head(found, data.weeks), buttons, attachment=attachment))


def see_sheets(turn: Turn, data: ToSheets) -> Reply:
    """A spreadsheet, made after the transaction."""
    if data.weeks not in WEEKS:
        raise Refused(Reason.OLD_BUTTON)
    found = call_figures_of(turn.work, turn.person, data.weeks)
    turn.go(Place.WORK)
    buttons = rows(button(_("📊 Figures"), ToFigures(weeks=data.weeks)), work_button())
    return reply(Screen(_head(found, data.weeks), buttons, attachment=spreadsheet(found, turn.work.now)))


def _head(found: CallFigures, weeks: int) -> str:
    title = ngettext("<b>📊 The last {count} week</b>", "<b>📊 The last {count} weeks</b>", weeks)
    lines = [title.format(count=number(weeks)), _("Lots: {lots}").format(lots=lots_words(found.lots))]
    if len(found.cases) == MOST:
        lines.append(_("Only the newest {count} requests are counted.").format(count=number(MOST)))
    return "\n".join(lines)


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
    if one.answer is None:
        return _("• {name}: {count}, no answer yet").format(name=name, count=number(one.tickets))
    text = _("• {name}: {count}, half answered within {median}, in time {share}")
    share = _percent(one.answered_in_time)
    return text.format(name=name, count=number(one.tickets), median=duration(one.answer.median), share=share)


def duration(length: timedelta) -> str:
    """Working time in hours and minutes."""
    hours, minutes = divmod(round(length / timedelta(minutes=1)), 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=number(hours), minutes=minutes)


def _percent(share: Share) -> str:
    return _("{percent} %").format(percent=share.percent) if share.percent is not None else "–"


def _buttons(by: Grouping, weeks: int) -> Rows:
    order = (Grouping.KIND, Grouping.OPERATOR, Grouping.WEEK, Grouping.LOT)
    apart = [button(_marked(grouping_title(one), one is by), ToFigures(by=one, weeks=weeks)) for one in order]
    lengths = tuple(button(_marked(_weeks(one), one == weeks), ToFigures(by=by, weeks=one)) for one in WEEKS)
    files = (button(_("📈 Picture"), ToChart(weeks=weeks)), button(_("📄 Spreadsheet"), ToSheets(weeks=weeks)))
    return rows((apart[0], apart[1]), (apart[2], apart[3]), lengths, files, work_button())


def _weeks(count: int) -> str:
    return ngettext("{count} week", "{count} weeks", count).format(count=number(count))


def _marked(name: str, chosen: bool) -> str:
    return f"• {name}" if chosen else name


def _chart(found: CallFigures, turn: Turn) -> Chart:
    """The weeks in order, those without a ticket too."""
    first, last = (local_day(moment) for moment in (found.since, turn.work.now))
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)]
    known = [found.groups[Grouping.WEEK].get(week.isoformat()) for week in weeks]
    return Chart(
        title=_("Requests by week"),
        names=[_week_name(week, len(weeks)) for week in weeks],
        came=[one.tickets if one else 0 for one in known],
        closed=[one.closed if one else 0 for one in known],
        in_time=[one.answered_in_time.percent if one else None for one in known],
        legend=(_("came in"), _("of these closed"), _("answered in time")),
    )


def _week_name(week: date, count: int) -> str:
    """A day under every column; of a year only the month's first."""
    return short_day(week) if count <= 15 or week.day <= 7 else ""


PRESSES: Mapping[type[CallbackData], Press] = {ToFigures: see, ToChart: see_chart, ToSheets: see_sheets}
