"""Questions and rules: every screen has a path such as "answer/age", kept as the place's focus and in buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiogram.types import Message

from domain.person import Place
from domain.refusal import Reason, Refused
from handlers import competition_facts as facts
from handlers.common_questions import common_question, index
from handlers.conversation import Conversation, Turn
from handlers.language import _, language
from handlers.questions import rules, screens
from handlers.questions.screens import See
from handlers.screen import Reply, Screen, reply
from handlers.shared_buttons import ToQuestions
from usecases.competitions import InForce, competition_for, competitions_in_force
from usecases.own_competition import competitions_to_apply, own_competition

Rest = Sequence[str]  # what stands in a path after its first word


def conversation() -> Conversation:
    """The index is built here, at the start: the first person who asks should not wait for it."""
    index()
    return Conversation(
        place=Place.QUESTIONS,
        commands={"questions": command},
        presses={ToQuestions: begin, See: see},
        words=asked,
        redraw=redraw,
    )


def at_the_menu() -> Conversation:
    """Words typed at the menu belong to no question of ours: perhaps they are one of theirs."""
    return Conversation(place=Place.MENU, words=asked_at_the_menu)


def command(turn: Turn, _rest: str) -> Reply:
    return turn.at(Place.QUESTIONS, "topics")


def begin(turn: Turn, _data: ToQuestions) -> Reply:
    return turn.at(Place.QUESTIONS, "topics")


def see(turn: Turn, data: See) -> Reply:
    """Show what stands at the button's path, and stay there."""
    screen = _draw(turn, data.path)
    turn.go(Place.QUESTIONS, data.path)
    return reply(screen)


def redraw(turn: Turn) -> Reply:
    """The screen last shown; the topics when it is no more (a newer version of the rules, say)."""
    try:
        return reply(_draw(turn, turn.person.focus or "topics"))
    except Refused:
        return reply(screens.contents())


def asked(turn: Turn, message: Message) -> Reply:
    """A question in the person's own words: the nearest known ones, or an honest "I do not know"."""
    keys = [one.key for one in index().nearest(message.text or "")]
    return turn.at(Place.QUESTIONS, "/".join(["found", *keys]))


def asked_at_the_menu(turn: Turn, message: Message) -> Reply:
    """The same at the menu; what is like no question gets the menu again."""
    if turn.person.language and index().nearest(message.text or "", 1):
        return asked(turn, message)
    return turn.current().noting(_("I did not quite understand. Choose below, and we will go on."))


def _draw(turn: Turn, path: str) -> Screen:
    """Refused(OLD_BUTTON) for a path that leads nowhere (any more)."""
    first, *rest = path.split("/")
    try:
        return DRAWN[first](turn, rest)
    except (KeyError, IndexError, ValueError) as error:
        raise Refused(Reason.OLD_BUTTON) from error


def _topics(_turn: Turn, _rest: Rest) -> Screen:
    return screens.contents()


def _topic(_turn: Turn, rest: Rest) -> Screen:
    return screens.one_topic(rest[0], _count(rest[1]))


def _answer(turn: Turn, rest: Rest) -> Screen:
    """An answer: of the competition that concerns the person where it depends on one."""
    question = common_question(language(), rest[0])
    if question.answer_closed is None:
        return screens.answer(question, question.answer)
    about = _about(turn, rest[1:])
    if about is None and (regions := _regions(competitions_to_apply(turn.work))):
        return screens.choose_region(("answer", question.key), regions)
    text = facts.fill(question.answer, about.competition) if about else question.answer_closed
    return screens.answer(question, text)


def _found(turn: Turn, rest: Rest) -> Screen:
    return screens.found(rest) if rest else screens.not_known(own_competition(turn.work, turn.person))


def _contacts(turn: Turn, rest: Rest) -> Screen:
    if about := _about(turn, rest):
        return screens.contacts(about.competition)
    regions = _regions(competitions_in_force(turn.work))
    return screens.choose_region(("contacts",), regions) if regions else screens.no_contacts()


def _open(turn: Turn, _rest: Rest) -> Screen:
    if own := own_competition(turn.work, turn.person):
        return screens.dates(own.competition, turn.work.now)
    every = [one.competition for one in competitions_to_apply(turn.work)]
    return screens.every_date(every, turn.work.now) if every else screens.nothing_open()


def _rules(turn: Turn, rest: Rest) -> Screen:
    if about := _about(turn, rest[:1]):
        kato = rest[0] if rest else next(iter(about.competition.quotas))
        return rules.contents(about, kato, _count(rest[1]) if rest[1:] else 0)
    regions = _regions(competitions_in_force(turn.work))
    return screens.choose_region(("rules",), regions) if regions else rules.no_rules()


def _rule(turn: Turn, rest: Rest) -> Screen:
    """A page of a section, of the version whose contents were shown."""
    kato, version, place, page = rest
    about = _about(turn, (kato,))
    if about is None or about.version_id != _count(version):
        raise Refused(Reason.OLD_BUTTON)
    return rules.section(about, kato, _count(place), _count(page))


def _about(turn: Turn, rest: Rest) -> InForce | None:
    """The competition of the region in the path, else the one that concerns the person."""
    if not rest:
        return own_competition(turn.work, turn.person)
    found = competition_for(turn.work, rest[0])
    if found is None:
        raise Refused(Reason.OLD_BUTTON)
    return found


def _regions(competitions: Sequence[InForce]) -> list[str]:
    return [kato for one in competitions for kato in one.competition.quotas]


def _count(text: str) -> int:
    """A number of a path; ValueError unless it is digits only."""
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


DRAWN: Mapping[str, Callable[[Turn, Rest], Screen]] = {
    "topics": _topics,
    "topic": _topic,
    "answer": _answer,
    "found": _found,
    "contacts": _contacts,
    "open": _open,
    "rules": _rules,
    "rule": _rule,
}
