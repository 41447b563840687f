"""Uploaded lists as a condition of an audience: read in portions, matched, and told what became of every line.

Telephones are compared by their marks (`usecases.drafts.phone_mark`); none is kept. Whoever announces in some lots
alone finds only people of these: a list must not tell who is elsewhere in the programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db import announcement_lists as stored
from db import announcements
from db.announcement_lists import FETCHING, READY, REFUSED, StoredList
from domain.announcement import Announcement
from domain.audience import MOST_VALUES, Audience, Field, Part, ticked, values_of
from domain.list_entries import SHOWN, Entries, entries_of, shown_entry
from domain.list_lines import MOST_BYTES, MOST_LINES
from domain.notification import Kind, Lane
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.announce import choose_audience, draft_of
from usecases.announce_audience import clause_of
from usecases.drafts import phone_mark
from usecases.notify import notify
from usecases.work import Work

PORTION = 500  # entries looked for in one transaction
MOST_TRIES = 5
LONGEST_NAME = 120


@dataclass(frozen=True)
class Listed:
    """What became of a list. `reason`: why it could not be read; "" when it was, or still is being read."""

    id: int
    reading: bool
    reason: str
    given: int
    found: int  # people
    twice: int = 0
    missing: int = 0
    missing_first: tuple[str, ...] = ()  # telephones masked
    unread: int = 0
    unread_first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Portion:
    """Some entries of a list, looked for together."""

    numbers: tuple[str, ...]
    phones: tuple[str, ...]


def list_from_words(
    work: Work, person: Person, announcement_id: int, part: Part, place: int, words: str
) -> tuple[Announcement, Listed]:
    """A list written as a message. Refused(NOT_A_LIST) when it names nothing."""
    one = draft_of(work, person, announcement_id)
    entries = entries_of(words.splitlines())
    if not entries.total:
        raise Refused(Reason.NOT_A_LIST)
    new = _add(work, one, person, "", None)
    one = _named(work, person, one, part, place, new.id)
    missing = [entry for portion in portions(entries) for entry in match(work, new, portion)]
    finish(work, new, entries, missing)
    return one, listed(work, one, new.id)


def list_from_file(
    work: Work, person: Person, announcement_id: int, part: Part, place: int, file: tuple[str, str, int]
) -> tuple[Announcement, Listed]:
    """A list as a file (its id at Telegram, name, size in bytes), which is read beside everything else.

    Refused(FILE_TOO_BIG). Until it is read the announcement does not go out.
    """
    one = draft_of(work, person, announcement_id)
    file_id, name, size = file
    if size > MOST_BYTES:
        raise Refused(Reason.FILE_TOO_BIG, size=size, limit=MOST_BYTES)
    new = _add(work, one, person, name[:LONGEST_NAME], file_id)
    return _named(work, person, one, part, place, new.id), listed(work, one, new.id)


def listed(work: Work, one: Announcement, list_id: int) -> Listed:
    """What became of a list of this announcement. Refused(NOT_FOUND)."""
    found = stored.get(work.session, list_id)
    if found is None or found.announcement_id != one.id:
        raise Refused(Reason.NOT_FOUND)
    told = work.vault.open_data(found.sealed) if found.sealed else {}
    return Listed(
        found.id,
        found.state == FETCHING,
        found.error or "",
        found.given,
        found.found,
        told.get("twice", 0),
        told.get("missing", 0),
        tuple(told.get("missing_first", ())),
        told.get("unread", 0),
        tuple(told.get("unread_first", ())),
    )


def next_to_read(work: Work) -> StoredList | None:
    """A file that waits to be read; one that kept failing is given up."""
    one = stored.to_read(work.session)
    if one and one.tries > MOST_TRIES:
        refuse(work, one, Refused(Reason.FILE_GONE))
        return None
    return one


def portions(entries: Entries) -> Iterator[Portion]:
    """All of it, a transaction's worth at a time."""
    for start in range(0, len(entries.numbers), PORTION):
        yield Portion(entries.numbers[start : start + PORTION], ())
    for start in range(0, len(entries.phones), PORTION):
        yield Portion((), entries.phones[start : start + PORTION])


def match(work: Work, one: StoredList, portion: Portion) -> list[str]:
    """Put those on the list who are found; the entries that nobody is found for, as they may be told."""
    announcement = announcements.get(work.session, one.announcement_id)
    if announcement is None:
        return []
    # of everybody in its lots: what else it asks is no matter of a list
    among = clause_of(work, replace(announcement, audience=Audience()))
    marks = {phone_mark(work, phone): phone for phone in portion.phones}
    numbered = stored.by_number(work.session, portion.numbers, among) if portion.numbers else []
    called = stored.by_phone(work.session, marks, among) if marks else []
    stored.put(work.session, one.id, [person_id for _entry, person_id in (*numbered, *called)])
    found = {number for number, _person in numbered} | {marks[mark] for mark, _person in called}
    return [shown_entry(entry) for entry in (*portion.numbers, *portion.phones) if entry not in found]


def finish(work: Work, one: StoredList, entries: Entries, missing: Sequence[str]) -> None:
    """All of it was looked for: a file's sender is told."""
    told = {
        "twice": entries.twice,
        "missing": len(missing),
        "missing_first": list(missing[:SHOWN]),
        "unread": entries.unread,
        "unread_first": list(entries.examples),
    }
    kept = {"sealed": work.vault.seal_data(told), "given": entries.total, "found": stored.size(work.session, one.id)}
    if stored.finish(work.session, one.id, READY, **kept):
        _tell(work, one)


def refuse(work: Work, one: StoredList, refused: Refused) -> None:
    """It cannot be read. It stays a condition, so that nothing goes to everybody for want of it."""
    if stored.finish(work.session, one.id, REFUSED, error=refused.reason.value, sealed=None):
        _tell(work, one)


def why(one: Listed) -> Refused:
    """The refusal of a list that could not be read, with its facts."""
    limit = MOST_LINES if one.reason == Reason.TOO_MANY_ROWS else MOST_BYTES
    return Refused(Reason(one.reason), limit=limit, size=MOST_BYTES)


def _tell(work: Work, one: StoredList) -> None:
    """Only of a file: what was written is answered at once."""
    sender = work.vault.open_data(one.sealed).get("sender") if one.file_id and one.sealed else None
    if sender:
        facts: dict[str, Any] = {"announcement": one.announcement_id, "event": "list", "list": one.id}
        notify(work, sender, Kind.ANNOUNCEMENT_NEWS, f"{one.announcement_id}:list:{one.id}", lane=Lane.REPLY, **facts)


def _add(work: Work, one: Announcement, person: Person, name: str, file_id: str | None) -> StoredList:
    sealed = work.vault.seal_data({"sender": person.id})
    return stored.add(work.session, one.id, name, file_id, sealed, work.now)


def _named(work: Work, person: Person, one: Announcement, part: Part, place: int, list_id: int) -> Announcement:
    """The list as a value of the condition it was sent for. Refused(TOO_MANY_ROWS) when it takes no more."""
    place = min(max(place, 0), len(one.audience.groups(part)))
    after = ticked(one.audience, part, place, Field.LIST, str(list_id), on=True)
    if str(list_id) not in values_of(after, part, place, Field.LIST):
        raise Refused(Reason.TOO_MANY_ROWS, limit=MOST_VALUES)
    return choose_audience(work, person, one.id, after)
