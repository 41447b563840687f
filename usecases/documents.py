"""The papers of an application being written: what is asked, what is there, put in, taken out, replaced.

Whoever asks must be the draft's owner: every function takes the draft that `open_draft` gave for that person,
and a document of any other draft is not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from db import documents, drafts
from domain.competition import DocumentSlot
from domain.documents import (
    DOWNLOAD_LIMIT,
    Document,
    DocumentState,
    IncomingFile,
    check_incoming,
    check_room,
    clean_name,
    in_slot,
    missing_slots,
    promised_type,
    size_limit,
    slots_for,
)
from domain.notification import Kind
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.competitions import require_open
from usecases.drafts import Draft, open_draft
from usecases.notify import notify, put_off
from usecases.work import Work

ALBUM_PAUSE = timedelta(seconds=1.5)  # without a further part: the album is complete
MOST_UNPLACED = 20
ANY_FORMAT = ("jpg", "png", "pdf", "docx")


class Taken(StrEnum):
    """What became of a file that was sent."""

    ADDED = "added"
    REPLACED = "replaced"  # the slot holds one file, and now this one
    ALREADY = "already"  # it was there


@dataclass(frozen=True)
class Papers:
    """The documents of a draft: the slots this person is asked for, and the files there are."""

    draft: Draft
    slots: tuple[DocumentSlot, ...]
    files: tuple[Document, ...]

    @property
    def missing(self) -> tuple[DocumentSlot, ...]:
        return missing_slots(self.slots, self.files)

    @property
    def unplaced(self) -> tuple[Document, ...]:
        """Files whose sender has not said yet which paper they are."""
        return tuple(file for file in self.files if file.slot == documents.NO_SLOT)

    def slot(self, key: str) -> DocumentSlot:
        """The slot that this person is asked for; Refused(OLD_BUTTON) when they are not (any more)."""
        for slot in self.slots:
            if slot.key == key:
                return slot
        raise Refused(Reason.OLD_BUTTON)

    def file(self, document_id: int) -> Document:
        """Refused(NOT_FOUND) for a file of somebody else, or one that was removed."""
        for file in self.files:
            if file.id == document_id:
                return file
        raise Refused(Reason.NOT_FOUND)

    def together(self, file: Document) -> tuple[Document, ...]:
        """The file, and with one in no slot yet the rest of its album."""
        if file.slot == documents.NO_SLOT and file.album:
            return tuple(one for one in self.unplaced if one.album == file.album)
        return (file,)

    def of(self, slot: DocumentSlot) -> tuple[Document, ...]:
        return in_slot(slot, self.files)


def documents_of(work: Work, draft_id: int) -> tuple[Document, ...]:
    """The files of a draft, oldest first; also those that a person has not put into a slot yet (slot "")."""
    return documents.of_draft(work.session, work.vault, draft_id)


def papers(work: Work, draft: Draft) -> Papers:
    slots = slots_for(draft.competition.competition, draft.answers)
    return Papers(draft, slots, documents_of(work, draft.id))


def papers_of(work: Work, person: Person) -> Papers | None:
    """The documents of the person's open draft; None without one."""
    draft = open_draft(work, person)
    return papers(work, draft) if draft else None


def filled(view: Papers) -> tuple[int, int]:
    """How many of the slots that must be filled are, and how many there are."""
    wanted = sum(slot.required for slot in view.slots)
    return wanted - len(view.missing), wanted


def attach(work: Work, view: Papers, slot: DocumentSlot, file: IncomingFile, instead: int | None = None) -> Taken:
    """Put a file into a slot, instead of one that is there if `instead` names it.

    The same file a second time changes nothing. A slot for one file takes the newer one. Refused as
    `check_incoming`, `check_room` and `require_open` say, NOT_FOUND when `instead` is gone.
    """
    require_open(view.draft.competition, work.now)
    kind = check_incoming(file, slot.formats, size_limit(slot))
    held = view.of(slot)
    if any(one.counts and one.file_unique_id == file.file_unique_id for one in held):
        return Taken.ALREADY
    old = _gives_way(view, slot, instead)
    check_room(slot, [one for one in held if one not in old])
    remove(work, [*old, *_failed(view, slot, file)])
    _add(work, view, slot.key, file, file_type=kind)
    return Taken.REPLACED if old else Taken.ADDED


def attach_part(work: Work, view: Papers, slot: DocumentSlot, file: IncomingFile, instead: int | None = None) -> None:
    """Put one file of an album into a slot; what cannot be taken stays visible there with its reason.

    Refused as `require_open` says: then there is nothing to look at any more.
    """
    require_open(view.draft.competition, work.now)
    require_open(view.draft.competition, work.now)
    remove(work, _failed(view, slot, file))
    try:
        if slot.max_files == 1 and any(one.album == file.album for one in view.of(slot)):
            raise Refused(Reason.TOO_MANY_FILES, limit=1)
        attach(work, view, slot, file, instead)
    except Refused as refused:
        facts = {key: value for key, value in refused.facts.items() if key != "name"}
        _add(work, view, slot.key, file, state=DocumentState.REFUSED, reason=refused.reason, facts=facts)


def keep(work: Work, view: Papers, file: IncomingFile) -> None:
    """Keep a file until its sender says which paper it is; the parts of an album are looked at only then.

    Refused when no slot could take it, or too many wait already.
    """
    require_open(view.draft.competition, work.now)
    if len(view.unplaced) >= MOST_UNPLACED:
        raise Refused(Reason.TOO_MANY_FILES, limit=MOST_UNPLACED)
    if file.album is None:
        check_incoming(file, _formats(view.slots), max(map(size_limit, view.slots), default=DOWNLOAD_LIMIT))
    _add(work, view, documents.NO_SLOT, file, file_type=promised_type(file) or "")


def place(work: Work, view: Papers, slot: DocumentSlot, document_id: int) -> Taken:
    """Say which paper a kept file is, and with it the rest of its album. Refused as `attach`."""
    first = view.file(document_id)
    if first.slot != documents.NO_SLOT:
        raise Refused(Reason.OLD_BUTTON)
    if first.album is None:
        remove(work, [first])
        return attach(work, view, slot, _incoming(first))
    for file in view.together(first):
        remove(work, [file])
        attach_part(work, papers(work, view.draft), slot, _incoming(file))
    return Taken.ADDED


def remove(work: Work, files: Sequence[Document]) -> None:
    """Take files out: they are gone for the person at once, their bytes soon after."""
    if files:
        documents.remove(work.session, [file.id for file in files], work.now)


def slot_of(view: Papers, focus: str, file: IncomingFile) -> DocumentSlot | None:
    """Where a file goes: with the rest of its album; to the slot in `focus`; to the only one that waits.

    None when its sender has to say.
    """
    mates = [one.slot for one in view.files if file.album and one.album == file.album]
    keys = mates[:1] or [focus] if focus or mates else [slot.key for slot in view.missing or view.slots]
    waiting = [slot for slot in view.slots if slot.key in keys]
    return waiting[0] if len(waiting) == 1 else None


def open_document(work: Work, who: Person, view: Papers, document_id: int) -> Document:
    """A file to be shown to `who`; it is written down that they opened it. Refused(NOT_FOUND) if not theirs."""
    file = view.file(document_id)
    documents.record_opening(work.session, who.id, documents.owner(work.session, file.draft_id), file.id, work.now)
    return file


def album_part(work: Work, person: Person, album: str, slot: str) -> bool:
    """A part of an album came: its answer comes once, after the last; False when that answer has gone already."""
    at = work.now + ALBUM_PAUSE
    first = notify(work, person.id, Kind.ALBUM, album, at=at, album=album, slot=slot)
    return first or put_off(work, person.id, Kind.ALBUM, album, at)


def _add(work: Work, view: Papers, slot: str, file: IncomingFile, **values: object) -> None:
    tidy = replace(file, name=clean_name(file.name))
    documents.add(work.session, work.vault, view.draft.id, slot, tidy, work.now, **values)
    drafts.change(work.session, view.draft.id, touched_at=work.now)


def _gives_way(view: Papers, slot: DocumentSlot, instead: int | None) -> list[Document]:
    """The file that a new one replaces: the named one, or the only one of a slot for one."""
    if instead is not None:
        named = view.file(instead)
        if named.slot != slot.key:
            raise Refused(Reason.OLD_BUTTON)
        return [named]
    return [one for one in view.of(slot) if one.counts] if slot.max_files == 1 else []


def _failed(view: Papers, slot: DocumentSlot, file: IncomingFile) -> list[Document]:
    """Refused files of the slot, which the next one sweeps away; those of its own album stay to be seen."""
    return [one for one in view.of(slot) if not one.counts and (one.album is None or one.album != file.album)]


def _formats(slots: Sequence[DocumentSlot]) -> tuple[str, ...]:
    return tuple(one for one in ANY_FORMAT if any(one in slot.formats for slot in slots))


def _incoming(file: Document) -> IncomingFile:
    """A kept file as it came; the ending of its name tells its type."""
    name = file.name if file.photo else file.file_name
    return IncomingFile(
        file.file_id, file.file_unique_id, name, size=file.size or None, photo=file.photo, album=file.album
    )
