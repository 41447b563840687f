"""Words for kinds of notification and for consents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.consent import Consent, ConsentKind
from domain.notification import Kind
from handlers.figures import moment
from handlers.language import _

# Every kind: what it is, or (for those that cannot be switched off) why it always comes.
KINDS: Mapping[Kind, Callable[[], str]] = {
    Kind.REDRAW: lambda: _("answers that could not be shown at once: else you would wait in vain"),
    Kind.BROKEN: lambda: _("news that something of yours was not taken: else you would not know"),
    Kind.ALBUM: lambda: _("the answer to several files sent together"),
    Kind.APPLICATION: lambda: _("news of your application: a decision, a return"),
    Kind.STAFF_JOINED: lambda: _("news that somebody has joined by an invitation of yours"),
    Kind.TICKET_REPLY: lambda: _("answers of the call centre to your questions and complaints"),
    Kind.TICKET_STATE: lambda: _("news of your questions and complaints: closed, passed on"),
    Kind.TICKET_UNCLEAR: lambda: _("the question which of your requests a message belongs to"),
    Kind.TICKET_NEWS: lambda: _("what authors write in the requests you handle"),
    Kind.TICKET_GIVEN: lambda: _("requests that are given to you"),
    Kind.TICKET_UNDELIVERED: lambda: _("news that an answer of yours has not arrived"),
    Kind.TICKET_SETTLED: lambda: _("news that an author has closed a request you handle"),
    Kind.TICKET_DUE: lambda: _("warnings that an answer of your office is nearly or already late"),
    Kind.STAFF_CARDS: lambda: _("cards in the group of your office"),
    Kind.GROUP_LOST: lambda: _("news that a group of your office gets no cards any more"),
    Kind.REMINDER: lambda: _("reminders of dates and of what is unfinished"),
    Kind.ANNOUNCEMENT: lambda: _("announcements of the programme: deadlines, events, news"),
    Kind.ANNOUNCEMENT_CHANGE: lambda: _("corrections of announcements that you were sent"),
    Kind.ANNOUNCEMENT_CARD: lambda: _("the progress of announcements that you send"),
    Kind.ANNOUNCEMENT_TRIAL: lambda: _("announcements that you sent to yourself as a test"),
    Kind.ANNOUNCEMENT_NEWS: lambda: _("news of announcements: to be approved, finished"),
    Kind.ASSISTED: lambda: _("what the call centre has filled in with you on the telephone"),
    Kind.ASSIST_ENDED: lambda: _("news that a caller has taken over what you filled in"),
    Kind.FILE_WAITS: lambda: _("news that files of yours wait with Telegram: else you would not know"),
    Kind.FILE_REFUSED: lambda: _("news that a file cannot be taken: you have to send another one"),
}


def kind_words(kind: str) -> str:
    """What this kind of notification is; its own name for one that is no more."""
    known = {str(one): say for one, say in KINDS.items()}
    return known[kind]() if kind in known else kind


# Those that can be switched off, as their switches are called.
TITLES: Mapping[Kind, Callable[[], str]] = {
    Kind.ANNOUNCEMENT: lambda: _("Announcements of the programme"),
}


def kind_title(kind: Kind) -> str:
    """What the switch of a kind that can be switched off is called."""
    return TITLES[kind]()


def consent_title(kind: ConsentKind) -> str:
    match kind:
        case ConsentKind.PROCESSING:
            return _("Keeping your personal data")
        case ConsentKind.PUBLICATION:
            return _("Publishing your name and project")


def consent_state(consent: Consent | None) -> str:
    """Whether and when it was given."""
    if consent is None:
        return _("not given yet")
    if consent.agreed:
        return _("given on {moment}").format(moment=moment(consent.answered_at))
    return _("refused on {moment}").format(moment=moment(consent.answered_at))
