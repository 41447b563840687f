"""Events and posts: the list, one with its history and proofs; entering, correcting, taking out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from aiogram import html
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from domain.coverage import Outreach, OutreachKind, OutreachVersion
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.staff import Action
from handlers.conversation import Press, Turn
from handlers.coverage.buttons import Correct, Enter, Fill, TakeOut, ToEntries, ToEntry
from handlers.coverage.focus import ENTRY_STEPS, Told, kept, step_of
from handlers.coverage.screens import back_to
from handlers.coverage.sources import PAGE, wheres
from handlers.coverage.texts import ENTRIES, FIELDS, place_words
from handlers.figures import day, number
from handlers.language import _
from handlers.screen import Reply, Rows, Screen, button, on_page, reply, rows
from usecases.coverage import entries_of
from usecases.coverage_outreach import File, correct, enter, entry_of, prove, read_field
from usecases.staff import demand, may


def see_entries(turn: Turn, data: ToEntries) -> Reply:
    """A lot's year, newest day first."""
    found = entries_of(turn.work, turn.person, data.year, data.lot)
    turn.go(Place.COVERAGE)
    shown, turns = on_page(found, data.page, PAGE, lambda page: ToEntries(lot=data.lot, year=data.year, page=page))
    title = _("<b>📝 Events and posts, {year}</b>\n{lot}").format(year=data.year, lot=html.quote(place_words(data.lot)))
    parts = [title, "\n".join(f"• {html.quote(_line(one))}" for one in shown) or _("None yet.")]
    if any(one.awaited for one in shown):
        parts.append(_("⚠️ waits for its proof and is not counted until then."))
    text = "\n\n".join(parts)
    new = button(_("➕ Enter"), Enter()) if may(turn.work, turn.person, Action.REPORT_COVERAGE, data.lot) else None
    ways = rows(
        *(button(_line(one)[:60], ToEntry(id=one.id)) for one in shown),
        turns,
        new,
        back_to(data.lot, data.year),
    )
    return reply(Screen(text, ways))


def see_entry(turn: Turn, data: ToEntry) -> Reply:
    """One entry; with its proofs before it if they are wanted. A file sent from here on is a proof of it."""
    one = entry_of(turn.work, turn.person, data.id)
    turn.go(Place.COVERAGE, kept(do="entry", id=one.id))
    proofs = [Screen("", file_id=proof.file_id, photo=proof.photo) for proof in one.proofs] if data.proofs else []
    return reply(*proofs, _screen(turn, one), fresh=data.proofs)


def begin(turn: Turn, data: Enter) -> Reply:
    """Which, then where, then its fields."""
    demand(turn.work, turn.person, Action.REPORT_COVERAGE, None)
    if data.kind and data.kind not in set(OutreachKind):
        raise Refused(Reason.OLD_BUTTON)
    turn.go(Place.COVERAGE)
    if not data.kind:
        kinds = tuple(button(say(), Enter(kind=kind)) for kind, say in ENTRIES.items())
        return reply(Screen(_("What do you enter?"), (kinds,)))
    if not data.where:
        ways = wheres(turn, Action.REPORT_COVERAGE, lambda where: Enter(kind=data.kind, where=where))
        return reply(Screen(_("Which region is it for?"), ways))
    return turn.at(Place.COVERAGE, kept(do="enter", kind=data.kind, where=data.where))


def ask(turn: Turn, now: Told) -> Screen:
    """The field that is asked."""
    post = now.get("kind") == OutreachKind.POST
    match step_of(now):
        case "day":
            today = local_day(turn.work.now)
            near = ((_("Today"), today), (_("Yesterday"), today - timedelta(days=1)))
            days = tuple(button(name, Fill(step="day", value=one.isoformat())) for name, one in near)
            return Screen(_("On which day was it? Example: 14.11.2026"), (days,))
        case "people":
            text = _("How many views does it have?") if post else _("How many people came?")
            return Screen(text)
        case "place":
            return Screen(_("Where was it published?") if post else _("What was it, and where?"))
        case _other:
            skip = button(_("Not on the web") if post else _("No link"), Fill(step="link"))
            wanted = _("Send the link to it. A newspaper or the radio has none: then press the button.")
            return Screen(wanted if post else _("Send the link to it, if there is one."), rows(skip))


def take(turn: Turn, now: Told, text: str | None) -> Reply:
    """An answer to the field; None: none is given. The last one makes the entry."""
    step = step_of(now)
    if text is None and step != "link":
        raise Refused(Reason.OLD_BUTTON)
    value = read_field(turn.work, step, text) if text is not None else ""
    if now["do"] == "fix":
        one = correct(turn.work, turn.person, now["id"], now["version"], **{step: value})
        return _shown(turn, one)
    known = {**now, step: value.isoformat() if isinstance(value, date) else value}
    if step != ENTRY_STEPS[-1]:
        return turn.at(Place.COVERAGE, kept(**known))
    fields: dict[str, Any] = {**known, "day": date.fromisoformat(known["day"])}
    return _shown(turn, enter(turn.work, turn.person, OutreachKind(now["kind"]), now["where"], fields))


def fix(turn: Turn, data: Correct) -> Reply:
    """Ask for one field anew."""
    demand(turn.work, turn.person, Action.REPORT_COVERAGE, None)
    one = entry_of(turn.work, turn.person, data.id)
    demand(turn.work, turn.person, Action.REPORT_COVERAGE, one.lot)
    if data.field not in FIELDS or data.version != one.now.number:
        raise Refused(Reason.OLD_BUTTON)
    focus = kept(do="fix", id=one.id, version=data.version, field=data.field, kind=one.kind)
    return turn.at(Place.COVERAGE, focus)


def take_out(turn: Turn, data: TakeOut) -> Reply:
    """Out of the count, or back: the entry and its history stay."""
    demand(turn.work, turn.person, Action.REPORT_COVERAGE, None)
    return _shown(turn, correct(turn.work, turn.person, data.id, data.version, withdrawn=data.out))


def attach(turn: Turn, outreach_id: int, message: Message) -> Reply | None:
    """A photo or file as a proof; None for anything else."""
    if message.photo:
        largest = message.photo[-1]
        file = File(largest.file_id, largest.file_unique_id, photo=True)
    elif message.document:
        file = File(message.document.file_id, message.document.file_unique_id, photo=False)
    else:
        return None
    return _shown(turn, prove(turn.work, turn.person, outreach_id, file)).noting(_("The proof is attached."))


def shown_entry(turn: Turn, outreach_id: int) -> Reply:
    """The entry in the focus, for redrawing."""
    return reply(_screen(turn, entry_of(turn.work, turn.person, outreach_id)))


def _shown(turn: Turn, one: Outreach) -> Reply:
    turn.go(Place.COVERAGE, kept(do="entry", id=one.id))
    return reply(_screen(turn, one))


def _line(one: Outreach) -> str:
    text = _("{day}, {kind}: {people}, {place}")
    told = {"day": day(one.now.day), "people": number(one.now.people), "place": one.now.place}
    return f"{_mark(one)} {text.format(kind=ENTRIES[one.kind](), **told)}"


def _mark(one: Outreach) -> str:
    return "🚫" if one.now.withdrawn else "✅" if one.proved else "⚠️"


def _screen(turn: Turn, one: Outreach) -> Screen:
    head = _("<b>{kind} No. {number}</b>, {where}").format(
        kind=ENTRIES[one.kind](), number=one.id, where=html.quote(place_words(one.lot, one.now.region))
    )
    history = "\n".join([_("Entered and corrected:"), *(f"• {html.quote(_version(each))}" for each in one.versions)])
    text = "\n\n".join([head, html.quote(_fields(one.now)), _state(one), history])
    return Screen(text, _ways(turn, one))


def _fields(now: OutreachVersion) -> str:
    told = {"day": day(now.day), "people": number(now.people), "place": now.place, "link": now.link}
    return "\n".join(f"{say()}: {told[field]}" for field, say in FIELDS.items() if told[field])


def _state(one: Outreach) -> str:
    if one.now.withdrawn:
        return _("🚫 Taken out: it is not counted.")
    if one.counts:
        return _("✅ Counted. Proofs: {count}").format(count=number(len(one.proofs)))
    if one.kind is OutreachKind.EVENT:
        wanted = _("Send a photo of it or the list of who came here.")
    else:
        wanted = _("Send a screenshot here, or a picture of the page: a post may be deleted.")
    return _("⚠️ Proof awaited: until then it is not counted.") + " " + wanted


def _version(one: OutreachVersion) -> str:
    told = {"number": one.number, "by": one.by or "?", "on": day(one.on), "people": number(one.people)}
    if one.withdrawn:
        return _("{number}. {on}, {by}: taken out").format(**{key: told[key] for key in ("number", "on", "by")})
    return (
        _("{number}. {on}, {by}: {day}, {people}, {place} {link}")
        .format(**told, day=day(one.day), place=one.place, link=one.link)
        .rstrip()
    )


def _ways(turn: Turn, one: Outreach) -> Rows:
    proofs = button(_("Show the proofs"), ToEntry(id=one.id, proofs=True)) if one.proofs else None
    back = button(_("📝 Events and posts"), ToEntries(lot=one.lot, year=one.now.day.year))
    if not may(turn.work, turn.person, Action.REPORT_COVERAGE, one.lot):
        return rows(proofs, back)
    at = {"id": one.id, "version": one.now.number}
    fixes = [button(_("Correct: {field}").format(field=say()), Correct(**at, field=key)) for key, say in FIELDS.items()]
    out = button(_("Put back"), TakeOut(**at, out=False))
    if not one.now.withdrawn:
        out = button(_("Take out of the count"), TakeOut(**at, out=True))
    return rows(proofs, (fixes[0], fixes[1]), (fixes[2], fixes[3]), out, back)


PRESSES: Mapping[type[CallbackData], Press] = {
    ToEntries: see_entries,
    ToEntry: see_entry,
    Enter: begin,
    Correct: fix,
    TakeOut: take_out,
}
