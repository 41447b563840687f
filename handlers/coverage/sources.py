"""Links of ours: the list, one with its figures and its QR picture, and making a new one step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.coverage import LONGEST_PLACE, SourceKind
from domain.person import Place
from domain.reading import read_text
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES, Words
from domain.staff import Action
from handlers.conversation import Press, Turn
from handlers.coverage.buttons import Fill, MakeSource, ToSource, ToSources
from handlers.coverage.focus import Told, kept, step_of
from handlers.coverage.poster import Poster, poster
from handlers.coverage.screens import back_to
from handlers.coverage.texts import SOURCES, place_words
from handlers.figures import number
from handlers.language import _, speaking, words
from handlers.screen import Attachment, Button, Reply, Rows, Screen, button, in_columns, on_page, reply, rows
from usecases.coverage import Source, Visits, links_of
from usecases.coverage_sources import PREFIX, make_source, read_name, source_of
from usecases.order import order
from usecases.staff import demand, lots_of, may

PAGE = 8


def see_sources(turn: Turn, data: ToSources) -> Reply:
    """The links of a lot, with how many came by each."""
    demand(turn.work, turn.person, Action.SEE_COVERAGE, data.lot)
    found = links_of(turn.work, [data.lot])
    turn.go(Place.COVERAGE)
    shown, turns = on_page(found, data.page, PAGE, lambda page: ToSources(lot=data.lot, page=page))
    lines = [_line(source, visits) for source, visits in shown]
    head = _("<b>🔗 Links and QR codes</b>\n{lot}").format(lot=html.quote(place_words(data.lot)))
    text = "\n\n".join([head, "\n".join(lines) or _("None yet.")])
    buttons = [button(words(source.name), ToSource(id=source.id)) for source, _visits in shown]
    new = button(_("➕ New link"), MakeSource()) if may(turn.work, turn.person, Action.MAKE_SOURCE, data.lot) else None
    ways = rows(*buttons, turns, new, back_to(data.lot))
    return reply(Screen(text, ways))


def see_source(turn: Turn, data: ToSource) -> Reply:
    """One link; as a picture to print, a file so that Telegram does not make it smaller."""
    source, visits = source_of(turn.work, turn.person, data.id)
    turn.go(Place.COVERAGE)
    return reply(_screen(source, visits, picture=data.picture))


def make(turn: Turn, data: MakeSource) -> Reply:
    """What for, then where, then its names."""
    demand(turn.work, turn.person, Action.MAKE_SOURCE, None)
    if data.kind and data.kind not in set(SourceKind):
        raise Refused(Reason.OLD_BUTTON)
    turn.go(Place.COVERAGE)
    if not data.kind:
        kinds = [button(say(), MakeSource(kind=kind)) for kind, say in SOURCES.items()]
        return reply(Screen(_("<b>A new link</b>\n\nWhere will it be given out?"), in_columns(kinds, 2)))
    if not data.where:
        ways = wheres(turn, Action.MAKE_SOURCE, lambda where: MakeSource(kind=data.kind, where=where))
        return reply(Screen(_("Which region is it for?"), ways))
    return turn.at(Place.COVERAGE, kept(do="source", kind=data.kind, where=data.where))


def ask(now: Told) -> Screen:
    """The step of a new link that is asked."""
    match step_of(now):
        case "kk":
            return Screen(_("Write the name in Kazakh: it is printed under the QR code. Example: School No. 12"))
        case "ru":
            same = button(_("The same in Russian"), Fill(step="ru", value="same"))
            return Screen(_("Now the name in Russian."), rows(same))
        case _other:
            skip = button(_("Skip"), Fill(step="site"))
            return Screen(_("District and address, so that colleagues know where it hangs."), rows(skip))


def take(turn: Turn, now: Told, text: str | None) -> Reply:
    """An answer to the step; None: none is given. With the last one the link is made."""
    step = step_of(now)
    if step == "site":
        return _made(turn, {**now, "site": read_text(text, 1, LONGEST_PLACE) if text else ""})
    if not text:
        raise Refused(Reason.OLD_BUTTON)
    name = str(now["kk"]) if (step, text) == ("ru", "same") else read_name(text)
    return turn.at(Place.COVERAGE, kept(**{**now, step: name}))


def wheres(turn: Turn, action: Action, data: Callable[[str], CallbackData]) -> Rows:
    """A button for each lot of theirs and each of its regions."""
    buttons: list[Button] = []
    for lot in lots_of(turn.work, turn.person, action):
        buttons += [button(place_words(lot, region.kato), data(region.kato)) for region in order().lot(lot)]
        buttons.append(button(place_words(lot)[:60], data(lot)))
    return rows(*buttons)


def _made(turn: Turn, now: Told) -> Reply:
    name = Words(str(now["kk"]), str(now["ru"]))
    source = make_source(turn.work, turn.person, SourceKind(now["kind"]), now["where"], name, now["site"])
    turn.go(Place.COVERAGE)
    return reply(_screen(source, Visits(), picture=False)).noting(_("The link is ready."))


def _line(source: Source, visits: Visits) -> str:
    name = html.quote(words(source.name))
    return _("• {name}: came {came}, applied {applied}").format(
        name=name, came=number(visits.came), applied=number(visits.applied)
    )


def _screen(source: Source, visits: Visits, *, picture: bool) -> Screen:
    kind = _("{kind}, {where}").format(kind=SOURCES[source.kind](), where=place_words(source.lot, source.region))
    lines = [f"<b>{html.quote(words(source.name))}</b>", html.quote(kind)]
    if source.place:
        lines.append(html.quote(source.place))
    counts = _("Came: {came}\nFirst reached by it: {first}\nChecked: {checked}\nBegan: {began}\nApplied: {applied}")
    figures = counts.format(**{step: number(people) for step, people in vars(visits).items()})
    note = _("People who came, each once; the later steps since they came. The link to give out:")
    attachment = Attachment(f"qr-{source.code}.png", bytes, of_link=partial(poster, _poster(source)))
    ways = rows(
        None if picture else button(_("🖨 QR code to print"), ToSource(id=source.id, picture=True)),
        button(_("🔗 Links and QR codes"), ToSources(lot=source.lot)),
        back_to(source.lot),
    )
    text = "\n\n".join(["\n".join(lines), figures, note])
    return Screen(text, ways, attachment=attachment if picture else None, deep_link=PREFIX + source.code)


def _poster(source: Source) -> Poster:
    """Printed in both languages, whoever makes it."""
    lines = [_in(language, lambda: _("A grant of up to 1 000 000 ₸ for your project")) for language in LANGUAGES]
    return Poster(lines, " · ".join(dict.fromkeys((source.name.kk, source.name.ru))))


def _in(language: str, say: Callable[[], str]) -> str:
    with speaking(language):
        return say()


PRESSES: Mapping[type[CallbackData], Press] = {ToSources: see_sources, ToSource: see_source, MakeSource: make}
