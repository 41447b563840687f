"""A draft whose documents are wanted, for tests of documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from db.vault import Vault
from domain.competition import Competition, DocumentSlot
from domain.documents import IncomingFile
from domain.person import Person
from tests.factories import DATA_KEY, NOW, a_competition, a_person, a_slot, both
from tests.in_force import PutInForce
from tests.person import House
from tests.person import Person as Somebody
from usecases import drafts
from usecases.documents import Papers, papers_of
from usecases.work import Work


def a_slot_for(key: str, **more: Any) -> DocumentSlot:
    return replace(a_slot(key), **more)


ID_CARD = a_slot_for("id_card", min_files=2, title=both("ID card"), reason=both("to know who applies"))
PENSION = a_slot_for("pension", max_files=1, max_bytes=1 << 20, formats=("pdf",), title=both("Pension"))
EXTRA = a_slot_for("extra", required=False, max_bytes=50 << 20, title=both("Extra"))


def three_papers() -> Competition:
    """ID card (two files at least, five at most), pension statement (one PDF up to 1 MB), an optional extra."""
    return replace(a_competition(), documents=(ID_CARD, PENSION, EXTRA))


def begin_draft(session: Session, put_in_force: PutInForce, telegram_id: int = 1001) -> int:
    """An open draft of this person in `three_papers`; the draft's number."""
    work = Work(session, NOW, Vault(DATA_KEY))
    return drafts.begin_draft(work, a_person(work, telegram_id), put_in_force(session, three_papers())).id


def papers_now(work: Work, person: Person) -> Papers:
    view = papers_of(work, person)
    assert view
    return view


def a_file(number: int = 1, name: str = "scan.pdf", **more: Any) -> IncomingFile:
    return replace(IncomingFile(f"id{number}", f"unique{number}", name, "", 1000), **more)


async def at_documents(house: House, put_in_force: PutInForce, language: str = "kk", number: int = 1001) -> Somebody:
    """Somebody at the list of documents of a fresh draft."""
    person = house.person(number)
    await person.speaks(language)
    await house.database.transaction(begin_draft, put_in_force, number)
    await person.presses_old(person.screen, "docs")
    return person
