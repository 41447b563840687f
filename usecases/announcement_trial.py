"""An announcement sent to whoever makes it, alone, on the way that recipients' go: outbox, sender, Telegram.

The ledger knows nothing of it. Each language is a notification of its own, so that a second try repeats one language
at most; they stand in one stream, so that they arrive in order.
"""

from __future__ import annotations

from typing import Any

from domain.announcement import Announcement, Content, require_fit
from domain.notification import Kind, Lane, Notification
from domain.person import Person
from domain.refusal import Reason, Refused
from usecases.announce import announcement_of, known
from usecases.announce_approval import tell
from usecases.announcement_outcome import maker_sees
from usecases.notify import notify, when_ended
from usecases.work import Work


def try_out(work: Work, person: Person, announcement_id: int) -> None:
    """Send it to this person in every language that is written.

    Refused: NOTHING_SAID (languages) while none is, and as `require_fit`.
    """
    one = announcement_of(work, person, announcement_id)
    written = [language for language in one.content.languages if language in one.content.said]
    if not written:
        raise Refused(Reason.NOTHING_SAID, languages=one.content.missing())
    for language in written:
        require_fit(one.content.said[language])
    for language in written:
        _queue(work, person, one, Kind.ANNOUNCEMENT_TRIAL, language=language)
    _queue(work, person, one, Kind.ANNOUNCEMENT_NEWS, event="below")


def _queue(work: Work, person: Person, one: Announcement, kind: Kind, **what: str) -> None:
    """One after the other, each press anew."""
    subject = ":".join([str(one.id), *what.values(), work.now.isoformat()])
    facts: dict[str, Any] = {"announcement": one.id, **what}
    notify(work, person.id, kind, subject, lane=Lane.REPLY, stream=f"trial:{one.id}:{person.id}", **facts)


def to_try(work: Work, person: Person, facts: Any) -> tuple[Content, str] | None:
    """What is to be shown, and the language; None when there is nothing (or no right) any more."""
    one, language = maker_sees(work, person, facts["announcement"]), str(facts["language"])
    return (one.content, language) if one and language in one.content.said else None


@when_ended(Kind.ANNOUNCEMENT_TRIAL)
def _told_of_a_fault(work: Work, notification: Notification, _message_id: int | None, error: str) -> None:
    """What Telegram does not take from the trial, it would take from nobody's."""
    if error:
        tell(work, known(work, notification.facts["announcement"]), notification.person_id, "not_taken")
