"""Which papers an applicant is asked for, what has been sent, and what may be sent.

The checks here are made at once, from what Telegram says of a file before anybody has its bytes; the bytes
are checked later, in `domain/file_contents.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from domain.competition import Competition, DocumentSlot
from domain.refusal import Reason, Refused

# "The maximum file size to download is 20 MB": core.telegram.org/bots/api#getfile
DOWNLOAD_LIMIT = 20 << 20
# An A4 page or an ID card in fewer pixels than a 640×480 picture has cannot be read.
LEAST_PIXELS = 300_000
LONGEST_NAME = 80  # characters of a file's name that are kept

EXTENSIONS = {"jpg": "jpg", "jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "png": "png", "pdf": "pdf", "docx": "docx"}
MIMES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
UNNAMED = "file"
NO_GROUP = frozenset({"none"})  # the answer that names no vulnerable group


class DocumentState(StrEnum):
    """Where a file is on its way into the storage."""

    FETCHING = "fetching"  # Telegram has it, we do not have it yet
    STORED = "stored"
    REFUSED = "refused"


class SlotState(StrEnum):
    """How a slot stands, for whoever looks at the list."""

    FILLED = "filled"
    ARRIVING = "arriving"
    PROBLEM = "problem"  # holds a file that was refused
    WANTED = "wanted"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class IncomingFile:
    """A file as Telegram describes it. `size` in bytes, None when not said; width and height in pixels."""

    file_id: str
    file_unique_id: str
    name: str = ""
    mime: str = ""
    size: int | None = None
    width: int | None = None
    height: int | None = None
    photo: bool = False
    album: str | None = None  # media_group_id


@dataclass(frozen=True)
class Document:
    """One file in a slot of a draft; in no slot yet (slot "") until its sender says which paper it is."""

    id: int
    draft_id: int
    slot: str
    file_id: str
    file_unique_id: str
    photo: bool  # sent as a photo: Telegram shows it again only as such
    album: str | None
    name: str
    file_type: str  # jpg, png, pdf, docx; empty for anything else
    size: int
    state: DocumentState
    added_at: datetime
    reason: Reason | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    sha256: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it fills its slot: a file on its way does, so that the last minute is not lost to a queue."""
        return self.state is not DocumentState.REFUSED

    @property
    def file_name(self) -> str:
        """Its name with the ending of its real type, once that is known."""
        if not self.file_type:
            return self.name
        stem = PurePosixPath(self.name).stem if type_by_name(self.name) else self.name
        return f"{stem or UNNAMED}.{self.file_type}"


def slots_for(competition: Competition, answers: Mapping[str, Any]) -> tuple[DocumentSlot, ...]:
    """The papers that a person with these answers is asked for, in the competition's order."""
    named = set(answers.get("vulnerable_groups") or ()) - NO_GROUP
    return tuple(slot for slot in competition.documents if named or not slot.only_vulnerable)


def in_slot(slot: DocumentSlot, documents: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(document for document in documents if document.slot == slot.key)


def slot_state(slot: DocumentSlot, documents: Sequence[Document]) -> SlotState:
    held = in_slot(slot, documents)
    count = sum(document.counts for document in held)
    if count < len(held):
        return SlotState.PROBLEM
    if slot.required and count < slot.min_files:
        return SlotState.WANTED
    if any(document.state is DocumentState.FETCHING for document in held):
        return SlotState.ARRIVING
    return SlotState.FILLED if held else SlotState.OPTIONAL


def missing_slots(slots: Sequence[DocumentSlot], documents: Sequence[Document]) -> tuple[DocumentSlot, ...]:
    """Required slots that hold fewer files than they need; files still on their way count."""
    return tuple(
        slot
        for slot in slots
        if slot.required and sum(document.counts for document in in_slot(slot, documents)) < slot.min_files
    )


def size_limit(slot: DocumentSlot) -> int:
    """Bytes that a file of this slot may have: what the competition allows, never more than can be fetched."""
    return min(slot.max_bytes, DOWNLOAD_LIMIT)


def clean_name(name: str) -> str:
    """A file's name without folders and without invisible or direction-changing characters; may be empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    tidy = " ".join(seen.split())
    return tidy if len(tidy) <= LONGEST_NAME else "…" + tidy[-LONGEST_NAME + 1 :]


def type_by_name(name: str) -> str | None:
    """The type that a file's name promises; None for an ending that is not taken anywhere."""
    return EXTENSIONS.get(name.rsplit(".", 1)[-1].strip().lower()) if "." in name else None


def promised_type(file: IncomingFile) -> str | None:
    """The type by name, or else by what the sender's program said (photos are always jpg)."""
    if file.photo:
        return "jpg"
    return type_by_name(file.name) or MIMES.get(file.mime.split(";")[0].strip().lower())


def check_incoming(file: IncomingFile, formats: Sequence[str], limit: int) -> str:
    """The type of a file that may come in.

    Refused(FILE_TYPE, FILE_EMPTY, FILE_TOO_BIG or PICTURE_TOO_SMALL) otherwise.
    """
    kind = promised_type(file)
    if kind not in formats:
        raise Refused(Reason.FILE_TYPE, formats=tuple(formats), sent=_ending(file))
    if file.size == 0:
        raise Refused(Reason.FILE_EMPTY)
    if file.size is not None and file.size > limit:
        raise Refused(Reason.FILE_TOO_BIG, size=file.size, limit=limit)
    if file.width and file.height:
        check_pixels(file.width, file.height)
    assert kind
    return kind


def check_pixels(width: int, height: int) -> None:
    """Refused(PICTURE_TOO_SMALL) for a picture in which a page cannot be read."""
    if width * height < LEAST_PIXELS:
        raise Refused(Reason.PICTURE_TOO_SMALL, width=width, height=height, least=LEAST_PIXELS)


def check_room(slot: DocumentSlot, documents: Sequence[Document]) -> None:
    """Refused(TOO_MANY_FILES) when the slot is full; files that were refused take no place."""
    if sum(document.counts for document in in_slot(slot, documents)) >= slot.max_files:
        raise Refused(Reason.TOO_MANY_FILES, limit=slot.max_files)


def _ending(file: IncomingFile) -> str:
    """What it seems to be, in letters and digits only."""
    ending = file.name.rsplit(".", 1)[-1] if "." in file.name else file.mime.rsplit("/", 1)[-1]
    return "".join(c for c in ending.lower() if c.isalnum())[:10]
