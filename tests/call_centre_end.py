"""The end of a day in the call centre: every chat and every ticket is read, with all that its messages ever said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.timers import in_batches
from handlers.desk.buttons import Lay
from handlers.tickets.position import begun_by
from tests.call_centre_walk import NAMES, Day, photos
from tests.call_centre_watch import MARK
from tests.person import House, Person, stored_json
from usecases.waiting_words import register_waiting


@dataclass(frozen=True)
class Stands:
    """Where a mark stands."""

    ticket: int
    side: str
    message: int
    album: str | None


async def ends(day: Day) -> None:
    """Everything is sent, said where it belongs, taken; then it is compared with what was written."""
    day.house.clock.goes(hours=1)
    for person in day.authors:
        if person.chat.bot_status == "kicked":
            await day.hands(person.account.unblocks())
    await _settles(day)
    await _authors_say_whose(day)
    await _what_nobody_placed_is_registered(day)
    await _everything_is_taken(day)
    every = await _kept(day.house)
    await _nothing_is_lost(day, every)
    await _all_of_it_can_be_read(day, every)
    for place, person in enumerate(day.authors):
        await _answers_came_once(day, place, person, every)
        _author_saw_their_own(day, place, person, every)
        _pictures_came_once(day, person, every)
    _staff_saw_each_under_its_ticket(day, every, await _comments(day.house))
    await _held_by_one(day.house)


async def _what_nobody_placed_is_registered(day: Day) -> None:
    await in_batches(day.house.program.transactions, [partial(register_waiting, begun_by=begun_by)])
    await _settles(day)


async def _settles(day: Day) -> None:
    await day.house.settle()
    await day.watch.settled()


async def _authors_say_whose(day: Day) -> None:
    """Each answers the question where their words belong: into a ticket if one is offered, else into a new one."""
    for person in day.authors:
        for message in [one for one in person.chat.messages if one.from_bot]:
            offered = [b for row in message.keyboard for b in row if b.get("callback_data", "").startswith("tkp:")]
            if offered:
                await day.hands(person.account.presses(message.id, offered[0]["callback_data"]))
                await day.presses(person, "Шағым")
    await _settles(day)


async def _everything_is_taken(day: Day) -> None:
    """What still waits is taken, so that somebody has to be shown it."""
    for _ticket in day.watch.tickets:
        await day.hands(day.operators[-1].account.says("/next"))
    await _settles(day)
    left = [one for one in day.watch.tickets.values() if one.state == "open"]
    assert not left, f"{left} can be taken by nobody"


async def _kept(house: House) -> dict[str, Stands]:
    """Every version of everything that stands in a ticket."""
    rows = await house.rows(
        "SELECT v.sealed, m.ticket_id, m.side, m.id, m.album FROM ticket_version v JOIN ticket_message m "
        "ON m.id = v.message_id WHERE m.ticket_id IS NOT NULL ORDER BY m.id, v.number"
    )
    vault = house.program.vault
    found = [(vault.open_data(sealed).get("text"), Stands(*rest)) for sealed, *rest in rows]
    assert not {mark for mark, times in Counter(mark for mark, _where in found if mark).items() if times > 1}
    return {mark: where for mark, where in found if mark}


async def _nothing_is_lost(day: Day, every: dict[str, Stands]) -> None:
    """What authors wrote among their tickets stands in one of their own: no words wait, none are another's."""
    homeless = "SELECT v.sealed FROM ticket_version v JOIN ticket_message m ON m.id = v.message_id "
    homeless += "WHERE m.ticket_id IS NULL AND m.side = 'author'"
    waiting = [day.house.program.vault.open_data(row[0]).get("text") for row in await day.house.rows(homeless)]
    assert not waiting, f"{waiting} wait, and nobody asks whose they are"
    comments = await _comments(day.house)
    assert not (lost := set(day.owed) - set(every) - set(comments.values())), f"{lost} are lost"
    for mark, where in every.items():
        if where.side == "author":
            owner = day.authors[int(mark[1:].partition("#")[0])]
            assert day.watch.tickets[where.ticket].author == day.watch.people[owner.account.id], f"{mark}: {where}"


async def _all_of_it_can_be_read(day: Day, every: dict[str, Stands]) -> None:
    """Whoever holds a ticket (a supervisor, what is closed) is shown all words of its author, once and in order."""
    staff = {day.watch.people[one.account.id]: one for one in day.operators}
    comments = await _comments(day.house)
    for key, one in day.watch.tickets.items():
        reader = staff[one.holder] if one.holder and one.state != "closed" else day.operators[-1]
        comment = comments.get(key)  # stands beside the rating
        seen = [mark for mark in await _read(day, reader, key) if mark.startswith("a") and mark != comment]
        written = [mark for mark, where in every.items() if where.ticket == key and where.side == "author"]
        wrong = {mark: (seen.count(mark), written.count(mark)) for mark in {*seen, *written}}
        wrong = {mark: times for mark, times in wrong.items() if times != (1, 1)}
        assert not wrong, f"{one}: not each word once (read, written): {wrong}"
        assert seen == sorted(seen, key=_number), f"{one}: out of order"


async def _comments(house: House) -> dict[int, str]:
    """What authors wrote with their ratings, by ticket."""
    rated = await house.rows("SELECT id, rating_words FROM ticket WHERE rating_words IS NOT NULL")
    return {key: str(house.program.vault.open_data(sealed).get("text")) for key, sealed in rated}


async def _read(day: Day, reader: Person, ticket: int) -> list[str]:
    """Everything said in a ticket, oldest first, page by page."""
    await day.hands(reader.account.presses(reader.chat.last.id, Lay(ticket=ticket).pack(), stale=True))
    pages = [reader.sees]
    while "Раньше" in reader.labels:
        await day.hands(reader.account.presses(reader.screen.id, "Раньше"))
        pages.insert(0, reader.sees)
    return [mark for page in pages for mark in MARK.findall(page)]


async def _answers_came_once(day: Day, place: int, person: Person, every: dict[str, Stands]) -> None:
    """Each answer once, its newest words, in order, and to whom it was meant; but what met a block."""
    mine = {
        key: one.number for key, one in day.watch.tickets.items() if one.author == day.watch.people[person.account.id]
    }
    newest: dict[int, str] = {}
    for mark, where in every.items():
        if where.side == "operator" and where.ticket in mine:
            newest[where.message] = mark
            assert day.meant[mark] == (mine[where.ticket], NAMES[place]), f"{mark} was meant for {day.meant[mark]}"
    seen = [mark for m in person.chat.messages if m.from_bot and m.text.startswith("💬")
            for mark in MARK.findall(m.text)]  # fmt: skip
    assert len(set(seen)) == len(seen), f"{NAMES[place]}: an answer came twice"
    sure = {mark for message, mark in newest.items() if message not in day.watch.undelivered}
    known = [mark for mark in seen if every[mark].message not in day.watch.undelivered]
    came = set(known)
    assert came == sure, f"{NAMES[place]}: {sure - came} did not come, {came - sure} should not"
    _in_order(day, known, every)


def _in_order(day: Day, seen: list[str], every: dict[str, Stands]) -> None:
    """As they were typed, ticket by ticket; but those of which the operator was asked first whose they are."""
    first = _first(every)
    came = dict.fromkeys((every[mark].ticket, first[every[mark].message]) for mark in seen)
    for ticket in {key for key, _mark in came}:
        typed = [mark for key, mark in came if key == ticket and mark not in day.kept_back]
        assert typed == sorted(typed, key=_number), f"{typed} came out of order"


def _author_saw_their_own(day: Day, place: int, person: Person, every: dict[str, Stands]) -> None:
    """No mark of another author, no answer in a ticket of another, no note, ever, anywhere in the chat."""
    me = day.watch.people[person.account.id]
    for mark in _ever(person):
        if mark.startswith("a"):
            assert mark.startswith(f"a{place}#"), f"{NAMES[place]} saw {mark}"
        else:
            where = every[mark]
            assert where.side == "operator", f"{NAMES[place]} saw a note"
            assert day.watch.tickets[where.ticket].author == me, f"{NAMES[place]} saw {mark}"


def _pictures_came_once(day: Day, person: Person, every: dict[str, Stands]) -> None:
    """Both pictures of every album that was answered with, whatever its words became; but what met a block."""
    me, first, seen = day.watch.people[person.account.id], _first(every), _pictures(day, person)
    for mark, where in every.items():
        mine = where.side == "operator" and where.album and day.watch.tickets[where.ticket].author == me
        if mine and first[where.message] == mark and where.message not in day.watch.undelivered:
            came = [seen[one.data] for one in photos(mark)]
            assert came == [1, 1], f"{person.account.id}: pictures of {mark} came {came} times"


def _pictures(day: Day, person: Person) -> Counter[bytes]:
    """Each picture that stands in this chat from the bot, and how often."""
    files = day.house.telegram.files.by_id
    shown = [m.data["photo"][-1]["file_id"] for m in person.chat.messages if m.from_bot and "photo" in m.data]
    return Counter(files[one].data for one in shown)


def _first(every: dict[str, Stands]) -> dict[int, str]:
    """The first words of each message."""
    first: dict[int, str] = {}
    for mark, where in every.items():
        first.setdefault(where.message, mark)
    return first


def _staff_saw_each_under_its_ticket(day: Day, every: dict[str, Stands], comments: dict[int, str]) -> None:
    """Whatever a card of a ticket showed stands in that ticket, or beside its rating; all else is one's own."""
    rated = {mark: day.watch.tickets[key].number for key, mark in comments.items()}
    places = {day.watch.people[one.account.id]: place for place, one in enumerate(day.operators)}
    for me, mark, number in day.watch.shown:
        where = every.get(mark)
        own = mark.startswith(f"o{places[me]}#")
        if mark in rated:
            assert number == rated[mark], f"{mark} under {number}, it is a comment on {rated[mark]}"
        elif number and where:
            assert own or day.watch.tickets[where.ticket].number == number, f"{mark} under {number}: {where}"
        elif not own:
            files = day.watch.tickets[every[mark].ticket]  # sent once more, without a heading of their own
            held = any(one == (me, mark, files.number) for one in day.watch.shown)
            assert held, f"{me} saw {mark} outside of its ticket"
    for person in day.operators:
        judged = {mark for me, mark, _number in day.watch.shown if me == day.watch.people[person.account.id]}
        assert _ever(person) <= judged


async def _held_by_one(house: House) -> None:
    """Between two takings somebody gave it back; who passes it to somebody puts it into their hands."""
    events = await house.rows("SELECT ticket_id, what, facts FROM ticket_event ORDER BY ticket_id, id")
    free: dict[int, bool] = {}
    for ticket, what, facts in events:
        if what == "taken":
            assert free.get(ticket, True), f"ticket {ticket} was taken twice"
        if what in {"taken", "passed", "reopened", "released"}:
            free[ticket] = what != "taken" and not (what == "passed" and "to" in _facts(facts))
    rows = await house.rows("SELECT state, holder_id FROM ticket")
    assert all((holder is not None) == (state == "taken") for state, holder in rows if state in {"open", "taken"})


def _facts(facts: Any) -> dict[str, Any]:
    return dict(stored_json(facts) or {})


def _number(mark: str) -> int:
    return int(mark.partition("#")[2])


def _ever(person: Person) -> set[str]:
    """Every mark that any message of the bot in this chat shows or ever showed."""
    found = set()
    for message in person.chat.everything.values():
        if message.from_bot:
            for data in (message.data, *message.versions):
                found |= set(MARK.findall(str(data.get("text", data.get("caption", "")))))
    return found


__all__ = ["ends"]
