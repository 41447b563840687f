"""Keep an update that cannot be handled, and tell its sender that nothing saved is lost."""

from __future__ import annotations

from db import people
from domain.notification import Kind
from usecases.meet_person import known_person
from usecases.notify import notify
from usecases.work import Work


def set_aside(work: Work, update_id: int, telegram_id: int | None, raw: str, error: str, tries: int) -> None:
    """`raw` is the update as JSON (kept sealed); `error` its type and place, without personal data."""
    people.set_aside(
        work.session,
        update_id,
        telegram_id=telegram_id,
        sealed=work.vault.seal(raw.encode()),
        error=error,
        tries=tries,
        set_aside_at=work.now,
    )
    if telegram_id is not None:
        notify(work, known_person(work, telegram_id).id, Kind.BROKEN, str(update_id))


def waiting(work: Work, update_id: int) -> str | None:
    """The JSON of an update that is set aside; None when there is none."""
    sealed = people.sealed_update(work.session, update_id)
    return work.vault.open(sealed).decode() if sealed is not None else None


def release(work: Work, update_id: int) -> None:
    """It was handled at last: it waits no more. Before that it stays, however a replay ends."""
    people.release(work.session, update_id, work.now)
