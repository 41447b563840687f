"""Documents of drafts: one row a file, its name sealed; and the bytes in the storage that nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from db.dialects import affected, insert_new
from db.tables import ApplicationRow, DiscardedFileRow, DocumentRow, DraftRow, OpeningRow
from db.vault import Vault
from domain.documents import Document, DocumentState, IncomingFile
from domain.refusal import Reason

NO_SLOT = ""


@dataclass(frozen=True)
class Claimed:
    """A document that this process may fetch now; `tries` counts this one."""

    document: Document
    person_id: int
    competition_id: int
    storage_key: str
    tries: int
    storage_faults: int  # of the tries before, those at which the storage was away


def of_draft(session: Session, vault: Vault, draft_id: int) -> tuple[Document, ...]:
    """The files of a draft, oldest first, also those in no slot yet; not what was removed."""
    rows = session.scalars(_here().where(DocumentRow.draft_id == draft_id).order_by(DocumentRow.id))
    return tuple(_document(row, vault) for row in rows)


def find(session: Session, vault: Vault, document_id: int) -> Document | None:
    row = session.scalar(_here().where(DocumentRow.id == document_id))
    return _document(row, vault) if row else None


def owner(session: Session, draft_id: int) -> int:
    """The person whose draft it is."""
    return session.scalars(select(DraftRow.person_id).where(DraftRow.id == draft_id)).one()


def add(
    session: Session, vault: Vault, draft_id: int, slot: str, file: IncomingFile, now: datetime, **values: Any
) -> bool:
    """Add a file; False when the slot holds this very file already."""
    given = {
        "draft_id": draft_id,
        "slot": slot,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "photo": file.photo,
        "album": file.album,
        "sealed_name": vault.seal(file.name.encode()),
        "file_type": "",
        "size": file.size or 0,
        "state": DocumentState.FETCHING,
        "facts": {},
        "tries": 0,
        "fetch_at": now,
        "added_at": now,
    }
    return insert_new(session, DocumentRow, given | values)


def remove(session: Session, document_ids: Sequence[int], now: datetime) -> None:
    """Take files away: the rows stay with the time, without name and without a way to the contents."""
    row = DocumentRow
    _discard(session, row.id.in_(document_ids), now)
    session.execute(
        update(row)
        .where(row.id.in_(document_ids), row.removed_at.is_(None))
        .values(removed_at=now, sealed_name=b"", file_id="", storage_key=None)
    )


def remove_all(session: Session, draft_id: int, now: datetime) -> None:
    """Take away all files of a draft."""
    remove(session, session.scalars(select(DocumentRow.id).where(DocumentRow.draft_id == draft_id)).all(), now)


def erase_of(session: Session, drafts: Sequence[int], now: datetime) -> None:
    """Delete the documents of these drafts, names and all, and have their bytes deleted."""
    row = DocumentRow
    _discard(session, row.draft_id.in_(drafts), now)
    session.execute(delete(row).where(row.draft_id.in_(drafts)))


def of_application(session: Session, vault: Vault, number: str) -> list[tuple[Document, str | None, int]]:
    """The files that went with the application of this number: each with its storage key and its person."""
    row, sent = DocumentRow, ApplicationRow
    rows = session.execute(
        select(row, sent.person_id)
        .join(sent, sent.draft_id == row.draft_id)
        .where(sent.number == number, row.removed_at.is_(None), row.slot != NO_SLOT)
    )
    # In order here: how a database orders words depends on its kind and its locale.
    found = sorted(rows.all(), key=lambda one: (one[0].slot, one[0].id))
    return [(_document(document, vault), document.storage_key, person_id) for document, person_id in found]


def record_opening(session: Session, who: int | None, whose: int, document_id: int, now: datetime) -> None:
    """Note who opened whose document; None: the office."""
    session.add(OpeningRow(at=now, who=who, whose=whose, what="document", subject=f"document:{document_id}"))
    session.flush()


def claim(session: Session, vault: Vault, now: datetime, until: datetime, new_keys: Sequence[str]) -> list[Claimed]:
    """Take as many documents as there are `new_keys`, until `until`: of two processes only one gets a row.

    What another process is taking at this moment is passed over.

    The place in the storage is fixed before the first byte is written, so that bytes of a process that died
    are overwritten or discarded, never forgotten.
    """
    row = DocumentRow
    due = session.execute(
        select(row.id, row.fetch_at)
        .where(row.state == DocumentState.FETCHING, row.removed_at.is_(None), row.slot != NO_SLOT, row.fetch_at <= now)
        .order_by(row.fetch_at, row.id)
        .limit(len(new_keys))
        .with_for_update(skip_locked=True)
    )
    taken = [one for (one, at), key in zip(due.all(), new_keys, strict=False) if _take(session, one, at, until, key)]
    if not taken:
        return []
    rows = session.execute(
        select(row, DraftRow).join(DraftRow, DraftRow.id == row.draft_id).where(row.id.in_(taken)).order_by(row.id)
    )
    return [_claimed(document, draft, vault) for document, draft in rows]


def _take(session: Session, document_id: int, fetch_at: datetime, until: datetime, key: str) -> bool:
    row = DocumentRow
    statement = update(row).where(row.id == document_id, row.fetch_at == fetch_at, row.state == DocumentState.FETCHING)
    values = {"fetch_at": until, "tries": row.tries + 1, "storage_key": func.coalesce(row.storage_key, key)}
    return affected(session, statement.values(**values)) == 1


def stored(session: Session, document_id: int, **values: Any) -> bool:
    """Its bytes are in the storage; False when it was removed meanwhile."""
    return _end(session, document_id, state=DocumentState.STORED, **values)


def refuse(session: Session, document_id: int, reason: Reason, facts: dict[str, Any], now: datetime) -> bool:
    """It cannot be taken; False when it was removed meanwhile."""
    _discard(session, DocumentRow.id == document_id, now)
    return _end(session, document_id, state=DocumentState.REFUSED, reason=reason, facts=facts, storage_key=None)


def later(session: Session, document_id: int, fetch_at: datetime) -> None:
    """Try again at that time."""
    _end(session, document_id, fetch_at=fetch_at)


def not_stored(session: Session, document_id: int, fetch_at: datetime) -> None:
    """The storage could not take it: counted, and to be tried again at that time."""
    _end(session, document_id, fetch_at=fetch_at, storage_faults=DocumentRow.storage_faults + 1)


def twin(session: Session, document: Document, sha256: str) -> bool:
    """Whether the slot holds another file with the same contents."""
    row = DocumentRow
    same = _here().where(row.draft_id == document.draft_id, row.slot == document.slot, row.sha256 == sha256)
    return session.scalar(same.where(row.id != document.id).limit(1)) is not None


def discarded(session: Session, now: datetime, most: int) -> list[str]:
    """Places in the storage that are to be deleted, those that wait longest first."""
    row = DiscardedFileRow
    due = select(row.storage_key).where(row.discard_at <= now).order_by(row.discard_at)
    return list(session.scalars(due.limit(most)))


def forget_discarded(session: Session, keys: Sequence[str]) -> None:
    """These are deleted."""
    session.execute(delete(DiscardedFileRow).where(DiscardedFileRow.storage_key.in_(keys)))


def discard_later(session: Session, keys: Sequence[str], at: datetime) -> None:
    """These could not be deleted."""
    row = DiscardedFileRow
    session.execute(update(row).where(row.storage_key.in_(keys)).values(discard_at=at))


def _end(session: Session, document_id: int, **values: Any) -> bool:
    row = DocumentRow
    mine = update(row).where(row.id == document_id, row.state == DocumentState.FETCHING, row.removed_at.is_(None))
    return affected(session, mine.values(**values)) == 1


def _discard(session: Session, which: Any, now: datetime) -> None:
    """What may be in the storage is to be deleted: not before a fetch that may be going on has ended."""
    row = DocumentRow
    found = session.execute(select(row.storage_key, row.state, row.fetch_at).where(which))
    for key, state, fetch_at in found.all():
        if key:
            at = max(now, fetch_at) if state == DocumentState.FETCHING else now
            insert_new(session, DiscardedFileRow, {"storage_key": key, "discard_at": at})


def _here() -> Select[DocumentRow]:
    return select(DocumentRow).where(DocumentRow.removed_at.is_(None)).execution_options(populate_existing=True)


def _claimed(row: DocumentRow, draft: DraftRow, vault: Vault) -> Claimed:
    assert row.storage_key
    whose = (draft.person_id, draft.competition_id)
    return Claimed(_document(row, vault), *whose, row.storage_key, row.tries, row.storage_faults)


def _document(row: DocumentRow, vault: Vault) -> Document:
    return Document(
        id=row.id,
        draft_id=row.draft_id,
        slot=row.slot,
        file_id=row.file_id,
        file_unique_id=row.file_unique_id,
        photo=row.photo,
        album=row.album,
        name=vault.open(row.sealed_name).decode() if row.sealed_name else "",
        file_type=row.file_type,
        size=row.size,
        state=DocumentState(row.state),
        added_at=row.added_at,
        reason=Reason(row.reason) if row.reason else None,
        facts=row.facts,
        sha256=row.sha256,
    )
