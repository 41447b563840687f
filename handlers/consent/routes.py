"""First the consent to keep data, then the one to publish; then on to the application."""

from __future__ import annotations

from aiogram.types import Message

from domain.consent import VERSION, ConsentKind
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.consent import screens
from handlers.consent.screens import Answer, Turned
from handlers.conversation import Conversation, Turn
from handlers.language import language
from handlers.screen import Reply, reply
from usecases.competitions import InForce
from usecases.consent import answer_consent, has_consent, was_asked
from usecases.own_competition import competitions_to_apply, own_competition


def conversation() -> Conversation:
    """`focus` of the place: empty, or the kind that the person wants to answer anew."""
    return Conversation(place=Place.CONSENT, presses={Answer: answer, Turned: turn_page}, words=typed, redraw=redraw)


def redraw(turn: Turn) -> Reply:
    """The question that waits for an answer; when none does, what was answered."""
    return _ask(turn, 0)


def typed(turn: Turn, _message: Message) -> Reply:
    """Typed words are no consent: it is given by its button alone."""
    raise Refused(Reason.NOT_A_CHOICE)


def turn_page(turn: Turn, data: Turned) -> Reply:
    """Another page, as long as these words are asked at all."""
    if data.kind is not _waiting(turn):
        raise Refused(Reason.OLD_BUTTON)
    turn.go(Place.CONSENT, turn.person.focus)
    return _ask(turn, data.page)


def answer(turn: Turn, data: Answer) -> Reply:
    """Keep the answer to exactly the words that stood above the button."""
    asked = _about(turn)
    about = asked[0].id if len(asked) == 1 else 0
    if not asked or (data.version, data.competition) != (VERSION, about):
        raise Refused(Reason.OLD_BUTTON)
    if data.kind is ConsentKind.PROCESSING and not data.agreed:
        return _not_now(turn)
    answer_consent(turn.work, turn.person, data.kind, agreed=data.agreed, language=language())
    return turn.at(Place.CONSENT)


def _not_now(turn: Turn) -> Reply:
    """Without a yes nothing is kept; a yes given before is taken back in "My data" only, with its consequences."""
    if has_consent(turn.work, turn.person, ConsentKind.PROCESSING):
        raise Refused(Reason.OLD_BUTTON)
    return turn.at(Place.MENU).noting(screens.not_now())


def _ask(turn: Turn, page: int) -> Reply:
    asked = _about(turn)
    if not asked:
        return reply(screens.nothing_to_ask())
    kind = _waiting(turn)
    if kind is None:
        publication = has_consent(turn.work, turn.person, ConsentKind.PUBLICATION)
        return reply(screens.done(publication=publication))
    return reply(screens.ask(kind, asked, page))


def _waiting(turn: Turn) -> ConsentKind | None:
    """The question to ask now."""
    if not has_consent(turn.work, turn.person, ConsentKind.PROCESSING):
        return ConsentKind.PROCESSING
    wanted = turn.person.focus == ConsentKind.PUBLICATION
    asked = was_asked(turn.work, turn.person, ConsentKind.PUBLICATION)
    return ConsentKind.PUBLICATION if wanted or not asked else None


def _about(turn: Turn) -> tuple[InForce, ...]:
    """The competitions that the words may be about: one if it is known which."""
    own = own_competition(turn.work, turn.person)
    return (own,) if own else competitions_to_apply(turn.work)
