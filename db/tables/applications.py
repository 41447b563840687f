"""Checks, drafts, applications and their documents.

Answers that are personal data stand sealed (encrypted) in `sealed`; the rest in `answers`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.columns import Big, CompetitionKey, Key, PersonKey, Table, VersionKey, Word

DraftKey = ForeignKey("draft.id", ondelete="CASCADE")
ApplicationKey = ForeignKey("application.id", ondelete="CASCADE")


class CheckRow(Table):
    """An eligibility check: asked question by question, then judged under a version of the rules.

    A judged one never changes: other answers are a new row.
    """

    __tablename__ = "eligibility_check"

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    version_id: Mapped[int | None] = mapped_column(Big, ForeignKey("competition_version.id"))  # once judged
    answers: Mapped[dict[str, Any]]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    eligible: Mapped[bool | None]
    verdict: Mapped[dict[str, Any] | None]
    begun_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]


class DraftRow(Table):
    """An application being written. `cursor` is the question asked now."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("ix_draft_state", "competition_id", "state", "person_id"),
        Index(
            "uq_draft_open",
            "person_id",
            "competition_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[PersonKey]
    competition_id: Mapped[CompetitionKey]
    version_id: Mapped[VersionKey]
    state: Mapped[Word]  # open, sent, discarded; assisted: an operator's, see `assistance`
    cursor: Mapped[str] = mapped_column(String(128))
    answers: Mapped[dict[str, Any]]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    pending: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: what waits for the person's yes
    begun_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(index=True)
    # question -> person id of the operator who gave the answer; none for the applicant's own
    filled_by: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    phone_mark: Mapped[int | None] = mapped_column(Big, index=True)  # from the telephone number, by the key


class ApplicationRow(Table):
    """An application as it was sent."""

    __tablename__ = "application"
    __table_args__ = (
        Index("ix_application_state", "competition_id", "state", "person_id"),
        *(
            Index(
                f"uq_application_{column}",
                "competition_id",
                column,
                unique=True,
                sqlite_where=text("withdrawn_at IS NULL"),
                postgresql_where=text("withdrawn_at IS NULL"),
            )
            for column in ("person_id", "iin_hash")
        ),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[PersonKey]
    competition_id: Mapped[CompetitionKey]
    version_id: Mapped[VersionKey]
    draft_id: Mapped[int] = mapped_column(Big, ForeignKey("draft.id"), unique=True)
    region: Mapped[Word] = mapped_column(index=True)
    iin_hash: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, Any]]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[Word]
    sent_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ApplicationEventRow(Table):
    """One step of an application's way: the timeline its author sees."""

    __tablename__ = "application_event"

    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(Big, ApplicationKey, index=True)
    at: Mapped[datetime]
    state: Mapped[Word]
    role: Mapped[Word]  # who did it: applicant, organiser, commission, programme
    by_id: Mapped[int | None] = mapped_column(Big, ForeignKey("person.id", ondelete="SET NULL"))  # and which person
    facts: Mapped[dict[str, Any]]


class DocumentRow(Table):
    """One file in one slot of a draft: its bytes are fetched later, checked, kept sealed as `storage_key`."""

    __tablename__ = "document"
    __table_args__ = (
        Index(
            "uq_document_same_file",
            "draft_id",
            "slot",
            "file_unique_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(Big, DraftKey, index=True)
    slot: Mapped[Word]  # empty until the sender has said which paper it is
    file_id: Mapped[str] = mapped_column(Text)  # Telegram's, to fetch and to show it again
    file_unique_id: Mapped[str] = mapped_column(String(128))
    photo: Mapped[bool]  # sent as a photo, not as a file
    album: Mapped[str | None] = mapped_column(String(64))  # media_group_id
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    file_type: Mapped[Word]  # jpg, png, pdf, docx
    size: Mapped[int] = mapped_column(Big)  # bytes
    state: Mapped[Word] = mapped_column(index=True)  # fetching, stored, refused
    reason: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]]  # what the reason's words need
    tries: Mapped[int] = mapped_column(default=0)
    storage_faults: Mapped[int] = mapped_column(default=0)  # of the tries, those at which the storage was away
    fetch_at: Mapped[datetime]  # when to try (again); while somebody fetches: until when it is theirs
    sha256: Mapped[str | None] = mapped_column(String(64))
    storage_key: Mapped[str | None] = mapped_column(String(128))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class DiscardedFileRow(Table):
    """Bytes in the storage that nobody needs any more, until they are really deleted."""

    __tablename__ = "discarded_file"

    storage_key: Mapped[str] = mapped_column(String(128), primary_key=True)
    discard_at: Mapped[datetime] = mapped_column(index=True)
