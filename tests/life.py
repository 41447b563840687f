"""Somebody about whom something stands in every table: for seeing everything, and for erasing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, true

from db import (
    announcement_ledger,
    announcements,
    assistance,
    checks,
    documents,
    drafts,
    reminders,
    sources,
    ticket_messages,
    tickets,
)
from db.tables import (
    AnnouncementListedRow,
    AnnouncementListRow,
    DocumentRow,
    GroupCardRow,
    OpeningRow,
    StaffGroupRow,
    Table,
)
from db.vault import SealBroken, Vault
from domain.announcement import Content
from domain.application import Application
from domain.assistance import AssistState
from domain.audience import Audience
from domain.consent import ConsentKind
from domain.draft import Cursor, Filling
from domain.notification import Kind
from domain.person import Person
from domain.staff import Role
from domain.ticket import Side, TicketKind, Words
from tests import applications
from tests.coverage import a_source
from usecases.checks import latest_check
from usecases.competitions import InForce
from usecases.consent import answer_consent
from usecases.drafts import stored_values
from usecases.meet_person import came_from, known_person
from usecases.must_be_called import must_be_called
from usecases.notify import notify
from usecases.open_ticket import open_ticket
from usecases.reached import came_by
from usecases.set_aside import set_aside
from usecases.staff import invite, join
from usecases.ticket_words import Sent, keep
from usecases.work import Work

REMINDER = {"rule": "draft", "step": "3 days before", "subject": 1, "occasion": "2026-11-30", "competition_id": None}


@dataclass(frozen=True)
class Life:
    """A person with a sent application, a check, a request, messages, openings, and the words only they have."""

    person: Person
    application: Application
    words: tuple[str, ...]


def a_life(work: Work, one: InForce, telegram_id: int = 7_001_001) -> Life:
    """A person of this competition whose traces are everywhere; the words have the Telegram number in them."""
    mine = applications.answers(
        applications.an_iin(telegram_id % 4999),
        surname=f"Тегі{telegram_id}",
        email=f"mail{telegram_id}@example.kz",
        title=f"Жоба {telegram_id}",
        contact_name=f"Туысы{telegram_id}",
    )
    application = applications.sent(work, one, telegram_id, given=mine)
    person = came_from(work, known_person(work, telegram_id), f"from_{telegram_id}")
    answer_consent(work, person, ConsentKind.PUBLICATION, agreed=False, language="kk")
    applications.attach(work, application.draft_id, "extra", f"файл{telegram_id}.pdf")
    _fetched(work, application.draft_id, telegram_id)
    _checked(work, person, telegram_id)
    notify(work, person.id, Kind.APPLICATION, "1", application=application.id, state="commission")
    invited = invite(work, None, Role.MENTOR, frozenset({"19-5"}), f"Тәлімгер{telegram_id}")
    join(work, person, invited.token, "")
    must_be_called(work, person.id, Kind.APPLICATION)
    reminders.add(work.session, [{**REMINDER, "person_id": person.id, "due_at": work.now}])
    _announced(work, person)
    _assisted(work, person, one, telegram_id)
    set_aside(work, telegram_id, telegram_id, f'{{"text": "хат{telegram_id}"}}', "ValueError at x", 3)
    work.session.execute(
        insert(OpeningRow).values(at=work.now, who=None, whose=person.id, what="document", subject="1")
    )
    words = (str(telegram_id), mine["iin"], *(str(mine[k]) for k in ("surname", "email", "title", "contact_name")))
    return Life(known_person(work, telegram_id), application, words)


def _fetched(work: Work, draft_id: int, telegram_id: int) -> None:
    """As if the bytes of the documents had been stored."""
    for key in work.session.scalars(select(DocumentRow.id).where(DocumentRow.draft_id == draft_id)):
        documents.stored(work.session, key, storage_key=f"bytes-{key}-of-draft-{draft_id}", size=10)


def _checked(work: Work, person: Person, telegram_id: int) -> None:
    checks.begin(work.session, person.id, {"region": "27", "note": f"бала{telegram_id}"}, b"", work.now)
    check = latest_check(work, person)
    assert check
    ticket = open_ticket(
        work,
        person,
        TicketKind.VERDICT_REVIEW,
        f"check:{check.id}",
        name=f"Аты{telegram_id}",
        subject=f"check:{check.id}",
    )
    assert ticket
    _written(work, person, ticket.id, telegram_id)


def _written(work: Work, person: Person, ticket_id: int, telegram_id: int) -> None:
    """Words of both sides in a ticket, on their way, and a group that this person set up."""
    message = keep(work, person, Sent(telegram_id, Words(f"сұрақ{telegram_id}")), Side.AUTHOR, ticket_id)
    keep(work, person, Sent(telegram_id + 1, Words(f"иесіз{telegram_id}")), Side.AUTHOR, None)
    assert message
    ticket_messages.deliver(work.session, message, person.id)
    ticket_messages.add_card(work.session, person.id, 5, ticket_id, header=True)
    tickets.bar(work.session, ticket_id, [person.id])
    group = {"chat_id": -telegram_id, "lot": "19-6", "set_by": person.id, "set_at": work.now}
    work.session.execute(insert(StaffGroupRow).values(**group))
    work.session.execute(insert(GroupCardRow).values(chat_id=-telegram_id, ticket_id=ticket_id, cause="new"))
    came_by(work, person, sources.with_code(work.session, "life") or a_source(work, "life", "19-6"))


def _assisted(work: Work, person: Person, one: InForce, telegram_id: int) -> None:
    """An operator has begun to fill in an application with them; and they have typed a wrong code."""
    filling = Filling({"surname": f"Тегі{telegram_id}"}, Cursor("name"))
    draft_id = drafts.prepare(work.session, person.id, one.id, work.now, **stored_values(work, filling, one))
    values = {"person_id": person.id, "draft_id": draft_id, "lot": "19-5", "state": AssistState.FILLING}
    assistance.add(work.session, **values, begun_at=work.now, expires_at=work.now)
    assistance.note_try(work.session, person.id, work.now)


def _announced(work: Work, person: Person) -> None:
    """In the ledger of an announcement of their own, and on a list that was uploaded for it."""
    number = announcements.add(work.session, person.id, [], Content({}), Audience(), work.now)
    announcement_ledger.build(work.session, number, true(), person.id - 1, person.id, 1)
    counted = {"given": 1, "found": 1, "tries": 0, "added_at": work.now}
    values = {"announcement_id": number, "name": "", "state": "ready", **counted}
    listed = insert(AnnouncementListRow).values(values).returning(AnnouncementListRow.id)
    ids = {"list_id": work.session.scalar(listed), "person_id": person.id}
    work.session.execute(insert(AnnouncementListedRow).values(**ids))


def dump(work: Work) -> dict[str, str]:
    """The whole database as text, table by table, with everything sealed opened."""
    return {
        table.name: "\n".join(
            repr([_open(work.vault, value) for value in row]) for row in work.session.execute(select(table))
        )
        for table in Table.metadata.sorted_tables
    }


def _open(vault: Vault, value: Any) -> Any:
    if not isinstance(value, bytes) or not value:
        return value
    try:
        return vault.open(value).decode()
    except SealBroken:
        return value


def found_in(work: Work, words: tuple[str, ...]) -> set[str]:
    """The tables in which any of these words stands."""
    return {table for table, text in dump(work).items() if any(word in text for word in words)}


__all__ = ["Life", "a_life", "dump", "found_in"]
