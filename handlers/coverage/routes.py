"""The information coverage: who sees which figures, and where typed words and sent files belong."""

from __future__ import annotations

from aiogram.types import Message
from babel.dates import get_month_names

from domain.coverage import Channel, Coverage
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action
from handlers.conversation import Conversation, Turn
from handlers.coverage import entries, screens, sources
from handlers.coverage.buttons import Fill, ToChart, ToSheets
from handlers.coverage.chart import Chart, picture
from handlers.coverage.focus import step_of, told
from handlers.coverage.sheets import spreadsheet
from handlers.coverage.texts import CHANNELS
from handlers.figures import number
from handlers.language import _, language
from handlers.screen import Attachment, Reply, Screen, reply, rows
from handlers.shared_buttons import ToCoverage
from usecases import staff
from usecases.coverage import coverage_of, links_of, shares_of
from usecases.coverage_sources import PREFIX, come_by_link
from usecases.staff import lots_of


def conversation() -> Conversation:
    return Conversation(
        place=Place.COVERAGE,
        commands={"coverage": lambda turn, _rest: see(turn, ToCoverage())},
        links={PREFIX: come},
        presses={
            ToCoverage: see,
            ToChart: see_chart,
            ToSheets: see_sheets,
            Fill: fill,
            **sources.PRESSES,
            **entries.PRESSES,
        },
        words=words,
        content=content,
        redraw=redraw,
    )


def come(turn: Turn, code: str) -> Reply:
    """/start via-CODE: somebody opened a link of ours."""
    turn.person = come_by_link(turn.work, turn.person, code)
    return turn.at(Place.MENU)


def see(turn: Turn, data: ToCoverage) -> Reply:
    """The lots one sees; whoever sees one only, that one."""
    staff.demand(turn.work, turn.person, Action.SEE_COVERAGE, None)
    turn.go(Place.COVERAGE)
    return reply(_figures(turn, data))


def see_chart(turn: Turn, data: ToChart) -> Reply:
    """A lot's year as a picture."""
    (one,) = coverage_of(turn.work, turn.person, data.year, data.lot).lots
    turn.go(Place.COVERAGE)
    chart = _chart(one)
    attachment = Attachment("coverage.png", lambda: picture(chart), picture=True)
    back = rows(screens.back_to(data.lot, data.year))
    return reply(Screen(screens.with_file(one, data.year), back, attachment=attachment))


def see_sheets(turn: Turn, data: ToSheets) -> Reply:
    """A spreadsheet, made after the transaction."""
    view = coverage_of(turn.work, turn.person, data.year, data.lot or None)
    links = links_of(turn.work, [one.lot for one in view.lots])
    turn.go(Place.COVERAGE)
    text = screens.with_file(view.lots[0] if data.lot else None, data.year)
    back = rows(screens.back_to(data.lot, data.year))
    return reply(Screen(text, back, attachment=spreadsheet(view, links)))


def fill(turn: Turn, data: Fill) -> Reply:
    """A button under a step that is being asked."""
    staff.demand(turn.work, turn.person, Action.SEE_COVERAGE, None)
    if step_of(told(turn)) != data.step:
        raise Refused(Reason.OLD_BUTTON)
    return _take(turn, data.value or None)


def words(turn: Turn, message: Message) -> Reply:
    """An answer to what is being asked; other words belong nowhere."""
    if told(turn).get("do") in ("source", "enter", "fix"):
        return _take(turn, message.text or "")
    return turn.current().noting(_("Please choose one of the buttons."))


def content(turn: Turn, message: Message) -> Reply:
    """A photo or a file at an entry is a proof of it."""
    now = told(turn)
    proved = entries.attach(turn, now["id"], message) if now.get("do") == "entry" else None
    return proved or turn.current().noting(_("Here I do not need a file."))


def redraw(turn: Turn) -> Reply:
    """What is being asked, the entry one looks at, or the figures; for whoever left meanwhile, the menu."""
    if not lots_of(turn.work, turn.person, Action.SEE_COVERAGE):
        return turn.at(Place.MENU)
    now = told(turn)
    match now.get("do"):
        case "source":
            return reply(sources.ask(now))
        case "enter" | "fix":
            return reply(entries.ask(turn, now))
        case "entry":
            return entries.shown_entry(turn, now["id"])
        case _other:
            return reply(_figures(turn, ToCoverage()))


def _take(turn: Turn, text: str | None) -> Reply:
    now = told(turn)
    return sources.take(turn, now, text) if now["do"] == "source" else entries.take(turn, now, text)


def _figures(turn: Turn, data: ToCoverage) -> Screen:
    mine = lots_of(turn.work, turn.person, Action.SEE_COVERAGE)
    year = data.year or local_day(turn.work.now).year
    lot = data.lot or (mine[0] if len(mine) == 1 else None)
    if lot:
        return screens.one_lot(coverage_of(turn.work, turn.person, year, lot), back=len(mine) > 1)
    return screens.several(shares_of(turn.work, turn.person, year))


def _chart(one: Coverage) -> Chart:
    channels, months = one.by_channel(), one.by_month()
    parts = [(CHANNELS[channel](), channels[channel]) for channel in Channel]
    parts += [(_("people at events (may repeat)"), one.attended), (_("views of posts (may repeat)"), one.read)]
    names = get_month_names("abbreviated", locale=language())
    return Chart(
        title=_("{place}, {year}: {figure}").format(place=one.lot, year=one.year, figure=screens.of_goal(one)),
        months_title=_("People first reached, by month (each once)"),
        goal=one.goal,
        goal_name=_("goal: {people}").format(people=number(one.goal)),
        parts=parts,
        months=[months[channel] for channel in Channel],
        month_names=[names[month] for month in range(1, 13)],
    )
