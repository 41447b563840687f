"""Many stored applications, quickly: some people apply through the use cases, then the database copies their rows.

Everything that a person leaves behind by applying is copied: the person, the check, consent, draft, documents,
application, its steps, notifications, numbers of updates. Copies have numbers of their own, and hashes that fall
anywhere in their index, as real ones do.
"""

from __future__ import annotations

from sqlalchemy import update

from bench.conversation import KNOWN
from bench.copying import APART, copy
from bot.clock import system_clock
from bot.transactions import Transactions
from db.migrate import migrate
from db.session import Database
from db.tables import (
    ApplicationEventRow,
    ApplicationRow,
    CheckRow,
    ConsentRow,
    DocumentRow,
    DraftRow,
    NotificationRow,
    PersonRow,
    ReachedRow,
    Table,
    UpdateRow,
)
from db.vault import Vault
from domain.documents import DocumentState
from domain.notification import Outcome
from domain.person import Place
from tests.applications import Ready, answers, ready
from tests.applications import an_iin as iin_of
from usecases.checks import judge_check, open_check, take_answer
from usecases.competitions import InForce
from usecases.demonstration import load_demonstration
from usecases.meet_person import go, known_person, meet_person
from usecases.submit_application import submit_application
from usecases.work import Work

UPDATES = 4  # numbers of updates kept of each person
LEFT = (PersonRow, CheckRow, ConsentRow, DraftRow, DocumentRow, ApplicationRow, ApplicationEventRow, NotificationRow,
        ReachedRow, UpdateRow)  # fmt: skip


async def store(url: str, vault: Vault, first: int, many: int) -> None:
    """The applications of `first` people in a new database, and copies until there are so `many` (a multiple)."""
    database = Database(url)
    await migrate(database)
    transactions = Transactions(database, vault, system_clock)
    for begun in range(1, first + 1, 50):
        await transactions.run(_apply, range(begun, min(begun + 50, first + 1)))
    await database.close()
    if many > first:
        await copy(url, [Table.metadata.tables[row.__tablename__] for row in LEFT], many // first - 1)


def telegram_id(first: int, place: int) -> int:
    """Whose place it is among the stored people: the first ones, then their copies."""
    copy, number = divmod(place, first)
    return copy * APART + number + 1


def ready_to_send(work: Work, people: range) -> dict[int, int]:
    """These people have everything but the last press; the draft of each."""
    competition = load_demonstration(work)
    return {person: _one(work, competition, person).draft for person in people}


def _one(work: Work, competition: InForce, person: int) -> Ready:
    given = answers(iin_of(person), region="79", settlement_kind="city", district="Әл-Фараби ауданы")
    one = ready(work, competition, person, given)
    check = open_check(work, one.person)
    for key, value in {"birth_date": given["birth_date"], **KNOWN}.items():
        check = take_answer(work, one.person, check, key, value)
    judge_check(work, check)
    go(work, one.person, Place.REVIEW)
    return one


def _apply(work: Work, people: range) -> None:
    """They apply, their papers arrive, the receipt is sent."""
    competition = load_demonstration(work)
    for person in people:
        one = _one(work, competition, person)
        submit_application(work, one.person, one.draft)
        for number in range(UPDATES):
            meet_person(work, person, person * UPDATES + number)
        go(work, known_person(work, person), Place.MENU)
    work.session.execute(update(DocumentRow).values(state=DocumentState.STORED, sha256="0" * 64, storage_key="stored"))
    work.session.execute(update(NotificationRow).values(state=Outcome.SENT, done_at=work.now))
