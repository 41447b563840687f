"""What the buttons of an announcement do, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.announcement import Announcement
from domain.refusal import Reason, Refused
from domain.regions import LANGUAGES
from handlers.announcements import audience_screens, screens
from handlers.announcements.buttons import Decide, Do
from handlers.announcements.place import asked, go, language_of, overview, page
from handlers.conversation import Turn
from handlers.language import _
from handlers.refusals import refusal_words
from handlers.screen import Reply, reply
from usecases import announce, announce_correction, announce_sending
from usecases.announcement_report import want_report
from usecases.announcement_trial import try_out

Step = Callable[[Turn, int], Reply]
SURE = frozenset({"discard", "stop", "delete"})


def do(turn: Turn, data: Do) -> Reply:
    """Carry a step out. Refused(OLD_BUTTON) for one that nobody knows (any more)."""
    one = announce.announcement_of(turn.work, turn.person, data.id)
    if data.what in SURE and not data.sure:
        go(turn, one.id)
        return reply(screens.sure(one, data.what), fresh=True)
    step = STEPS.get(data.what)
    if step is None:
        raise Refused(Reason.OLD_BUTTON)
    return step(turn, data.id)


def decide(turn: Turn, data: Decide) -> Reply:
    """A second person's word; on what was not shown to them it counts for nothing, and they are shown it."""
    said = announce_correction.approve if data.agree else announce_correction.send_back
    try:
        return page(turn, said(turn.work, turn.person, data.id, data.mark))
    except Refused as refused:
        if refused.reason is not Reason.CHANGED_SINCE:
            raise
        return page(turn, _one(turn, data.id)).noting(refusal_words(refused), alarm=True)


def _one(turn: Turn, number: int) -> Announcement:
    return announce.announcement_of(turn.work, turn.person, number)


def _asks(what: str) -> Step:
    """The answer is typed next."""

    def step(turn: Turn, number: int) -> Reply:
        if not what.startswith("correct_"):
            announce.draft_of(turn.work, turn.person, number)
        go(turn, number, what)
        return asked(turn, number, [what])

    return step


def _only(language: str) -> Step:
    """In this language alone; "": in both."""
    return lambda turn, number: page(turn, announce.only_in(turn.work, turn.person, number, language))


def _buttons(turn: Turn, number: int) -> Reply:
    go(turn, number)
    return reply(screens.buttons(announce.draft_of(turn.work, turn.person, number)))


def _puts(**wanted: bool) -> Step:
    return lambda turn, number: reply(screens.buttons(announce.put_button(turn.work, turn.person, number, **wanted)))


def _unlink(turn: Turn, number: int) -> Reply:
    return reply(screens.buttons(announce.remove_links(turn.work, turn.person, number)))


def _same(language: str) -> Step:
    def step(turn: Turn, number: int) -> Reply:
        one = announce.same_media(turn.work, turn.person, number, language_of(language))
        if one.content.said[language].length:
            return page(turn, one)
        go(turn, number, language)
        return asked(turn, number, [language]).noting(_("The files are here. Now send the words."))

    return step


def _who(turn: Turn, number: int) -> Reply:
    go(turn, number)
    return reply(audience_screens.groups(announce.draft_of(turn.work, turn.person, number)))


def _preview(turn: Turn, number: int) -> Reply:
    """What every language's readers see, then the page again."""
    one = _one(turn, number)
    below = page(turn, one)
    return Reply((*screens.preview(one), *below.screens), fresh=True, shown=below.shown)


def _trial(turn: Turn, number: int) -> Reply:
    """To oneself alone: it comes by the outbox, below."""
    try_out(turn.work, turn.person, number)
    return page(turn, _one(turn, number)).noting(_("Sent to you: look below."))


def _discard(turn: Turn, number: int) -> Reply:
    announce.discard(turn.work, turn.person, number)
    return overview(turn, 0).noting(_("Thrown away."))


def _moves(move: Callable[..., Announcement]) -> Step:
    return lambda turn, number: page(turn, move(turn.work, turn.person, number))


def _report(turn: Turn, number: int) -> Reply:
    want_report(turn.work, turn.person, number)
    return page(turn, _one(turn, number)).noting(_("The table is being made and will come as a file."))


STEPS: Mapping[str, Step] = {
    **{language: _asks(language) for language in LANGUAGES},
    **{f"correct_{language}": _asks(f"correct_{language}") for language in LANGUAGES},
    **{f"same_{language}": _same(language) for language in LANGUAGES},
    "link": _asks("link"),
    "at": _asks("at"),
    **{f"only_{language}": _only(language) for language in LANGUAGES},
    "both": _only(""),
    "buttons": _buttons,
    "apply": _puts(apply=True),
    "no_apply": _puts(apply=False),
    "ask": _puts(ask=True),
    "no_ask": _puts(ask=False),
    "unlink": _unlink,
    "who": _who,
    "preview": _preview,
    "trial": _trial,
    "discard": _discard,
    "take_back": _moves(announce_correction.take_back),
    "pause": _moves(announce_sending.pause),
    "resume": _moves(announce_sending.resume),
    "stop": _moves(announce_sending.stop),
    "again": _moves(announce_sending.send_again),
    "delete": _moves(announce_sending.delete_sent),
    "report": _report,
}
