"""Bringing documents from Telegram into our storage, step by step: what to fetch, and what came of it.

Between two steps the network is used, so each step is a transaction of its own and finds out by itself
whether the document is still wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from db import documents, storage_waits
from db.storage_waits import StorageWaits
from domain.documents import DOWNLOAD_LIMIT, Document, size_limit
from domain.notification import Kind
from domain.refusal import Reason, Refused
from usecases.competitions import latest
from usecases.documents import ANY_FORMAT
from usecases.notify import notify
from usecases.work import Work

LEASE = timedelta(minutes=5)  # how long a fetch belongs to who began it
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_FOR_STORAGE = timedelta(minutes=5)  # so soon after its return all is stored
TELL_AFTER = timedelta(seconds=30)  # so long after it was sent its sender is told why it waits
MOST_TRIES = 20  # of a fault on Telegram's side: about half a day


@dataclass(frozen=True)
class ToFetch:
    """A document that is ours to fetch now. `storage_key`: where its bytes go; `limit` in bytes."""

    document: Document
    person_id: int
    storage_key: str
    formats: tuple[str, ...]
    limit: int
    tries: int  # with this one; not those at which the storage was away
    storage_faults: int


@dataclass(frozen=True)
class Contents:
    """What the bytes turned out to be."""

    file_type: str
    size: int
    sha256: str


def next_to_fetch(work: Work, most: int) -> list[ToFetch]:
    """Take up to `most` documents whose bytes are wanted, those that wait longest first."""
    # Keys are random: a name in the storage tells nothing about anybody.
    keys = [f"{key[:2]}/{key[2:]}" for key in (token_hex(16) for _ in range(most))]
    claimed = documents.claim(work.session, work.vault, work.now, work.now + LEASE, keys)
    return [_to_fetch(work, one) for one in claimed]


def fetched(work: Work, one: ToFetch, contents: Contents) -> None:
    """The bytes are in the storage. The contents of another file of the slot are refused as FILE_TWICE."""
    if documents.twin(work.session, one.document, contents.sha256):
        return refused(work, one, Refused(Reason.FILE_TWICE))
    documents.stored(
        work.session,
        one.document.id,
        file_type=contents.file_type,
        size=contents.size,
        sha256=contents.sha256,
    )
    return None


def refused(work: Work, one: ToFetch, refusal: Refused) -> None:
    """It cannot be taken: its sender is told why, unless they removed it meanwhile."""
    facts = dict(refusal.facts)
    if documents.refuse(work.session, one.document.id, refusal.reason, facts, work.now):
        notify(
            work,
            one.person_id,
            Kind.FILE_REFUSED,
            str(one.document.id),
            document=one.document.id,
            slot=one.document.slot,
            reason=refusal.reason,
            facts=facts,
        )


def try_later(work: Work, one: ToFetch, *, after: timedelta | None = None, theirs: bool = False) -> None:
    """A passing fault: again after a pause that grows; one of Telegram's (`theirs`) ends as FILE_GONE."""
    if theirs and one.tries >= MOST_TRIES:
        return refused(work, one, Refused(Reason.FILE_GONE))
    pause = _pause(one.tries)
    documents.later(work.session, one.document.id, work.now + max(pause, after or pause))
    return None


def not_stored(work: Work, one: ToFetch) -> None:
    """The storage is away: again soon, however often. Its sender is told, once while any file of theirs waits so."""
    at = work.now + min(_pause(one.storage_faults + 1), LONGEST_FOR_STORAGE)
    documents.not_stored(work.session, one.document.id, at)
    first = waits_for_storage(work, one.person_id)
    if first and work.now - one.document.added_at >= TELL_AFTER:
        notify(work, one.person_id, Kind.FILE_WAITS, str(first))


def waits_for_storage(work: Work, person_id: int) -> int | None:
    """The first of this person's files that the storage could not take so far; None when nothing waits so."""
    return storage_waits.first_of(work.session, person_id)


def all_that_wait_for_storage(work: Work) -> StorageWaits:
    """What the storage could not take, now and so far."""
    return storage_waits.of_all(work.session)


def to_delete(work: Work, most: int) -> list[str]:
    """Keys whose bytes nobody needs any more."""
    return documents.discarded(work.session, work.now, most)


def deleted(work: Work, gone: Sequence[str], staying: Sequence[str]) -> None:
    """The bytes of the keys in `gone` are gone; those in `staying` could not be deleted and are tried later."""
    documents.forget_discarded(work.session, gone)
    documents.discard_later(work.session, staying, work.now + LONGEST_PAUSE)


def _pause(tries: int) -> timedelta:
    doubled: timedelta = FIRST_PAUSE * 2 ** min(tries - 1, 12)
    return min(doubled, LONGEST_PAUSE)


def _to_fetch(work: Work, one: documents.Claimed) -> ToFetch:
    competition = latest(work, one.competition_id).competition
    slot = next((slot for slot in competition.documents if slot.key == one.document.slot), None)
    formats = slot.formats if slot else ANY_FORMAT
    limit = size_limit(slot) if slot else DOWNLOAD_LIMIT
    tries = one.tries - one.storage_faults
    return ToFetch(one.document, one.person_id, one.storage_key, formats, limit, tries, one.storage_faults)
