"""The check at a glance: what each button and each typed answer does (`position.py` says where that leads)."""

from __future__ import annotations

from aiogram.types import Message

from domain.check_form import CheckKind, CheckQuestion
from domain.choice_words import option_said, yes_said
from domain.dates import parse_date
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from domain.region_names import find_region
from handlers.conversation import Conversation, Turn
from handlers.eligibility import buttons, texts
from handlers.eligibility.position import asked_now, current_standing, draw, without_competition
from handlers.refusals import refusal_words
from handlers.screen import Reply, reply
from handlers.shared_buttons import ToCheck
from usecases.checks import (
    Standing,
    begin_check,
    refresh_check,
    take_answer,
)
from usecases.order import order
from usecases.tickets import ask_a_person


def conversation() -> Conversation:
    return Conversation(
        place=Place.ELIGIBILITY,
        commands={"check": to_check},
        presses={
            ToCheck: to_check,
            buttons.Answer: answer,
            buttons.DateRead: date_read,
            buttons.Back: back,
            buttons.Regions: regions,
            buttons.GeneralRules: general_rules,
            buttons.Correct: correct,
            buttons.Show: show,
            buttons.Restart: restart,
            buttons.AskPerson: ask,
        },
        words=typed,
        redraw=current,
    )


def to_check(turn: Turn, _data: object = None) -> Reply:
    """Begin, go on, or see the last verdict; one that time or new rules have changed is made anew."""
    _check, anew = refresh_check(turn.work, turn.person)
    shown = _opened(turn)
    return shown.noting(texts.judged_anew()) if anew else shown


def current(turn: Turn) -> Reply:
    """The screen of where the person is in the check."""
    return reply(draw(turn, current_standing(turn)))


def answer(turn: Turn, data: buttons.Answer) -> Reply:
    """A press at the question asked now."""
    now = _same(turn, data.check)
    one = asked_now(turn, now)
    if one is None or one.key != data.key or data.value not in _options(one):
        raise Refused(Reason.OLD_BUTTON)
    return _take(turn, now, one, data.value)


def typed(turn: Turn, message: Message) -> Reply:
    """Words at a question; where no question is asked, a hint."""
    now, text = current_standing(turn), message.text or ""
    one = asked_now(turn, now)
    if one is None:
        return current(turn).noting(texts.press_a_button())
    if turn.person.focus == "confirm" and (right := yes_said(text)) is not None:
        return _confirmed(turn, right=right)
    match one.kind:
        case CheckKind.DATE:
            return _take(turn, now, one, parse_date(text, today=local_day(turn.work.now)).isoformat())
        case CheckKind.REGION:
            return _typed_region(turn, now, one, text)
        case CheckKind.CHOICE:
            return _take(turn, now, one, _said(one, text))


def date_read(turn: Turn, data: buttons.DateRead) -> Reply:
    """The birth date, read back, is right or is to be written again."""
    _same(turn, data.check)
    if turn.person.focus != "confirm":
        raise Refused(Reason.OLD_BUTTON)
    return _confirmed(turn, right=data.right)


def back(turn: Turn, data: buttons.Back) -> Reply:
    """To the question before; from a correction to the answers; before the first question to the menu."""
    now = _same(turn, data.check)
    one = asked_now(turn, now)
    if one is None or one.key != data.key:
        raise Refused(Reason.OLD_BUTTON)
    if now.check.judged_at:
        return _go(turn, "answers")
    if turn.person.focus.partition(":")[0] in {"regions", "among"}:
        return _go(turn, one.key)
    before = now.before(one.key)
    return _go(turn, before) if before else turn.at(Place.MENU)


def regions(turn: Turn, data: buttons.Regions) -> Reply:
    """A page of all regions, while the region is asked."""
    one = asked_now(turn, _same(turn, data.check))
    if one is None or one.kind is not CheckKind.REGION:
        raise Refused(Reason.OLD_BUTTON)
    return _go(turn, f"regions:{data.page}")


def general_rules(turn: Turn, data: buttons.GeneralRules) -> Reply:
    """Go on although the region has no competition."""
    now = _same(turn, data.check)
    following = now.asked()
    if not without_competition(turn, now) or following is None:
        raise Refused(Reason.OLD_BUTTON)
    return _go(turn, following.key)


def correct(turn: Turn, data: buttons.Correct) -> Reply:
    """Ask a question again that has its answer."""
    now = _same(turn, data.check)
    if data.key not in now.check.answers or data.key not in [one.key for one in now.path]:
        raise Refused(Reason.OLD_BUTTON)
    return _go(turn, data.key)


def show(turn: Turn, data: buttons.Show) -> Reply:
    """The verdict, or the answers it was made of."""
    _same(turn, data.check)
    return _go(turn, "answers" if data.view == "answers" else "")


def restart(turn: Turn, data: buttons.Restart) -> Reply:
    """All questions anew; the old verdict stays on record."""
    _same(turn, data.check)
    begin_check(turn.work, turn.person)
    return _opened(turn)


def ask(turn: Turn, data: buttons.AskPerson) -> Reply:
    """A person shall look at this verdict."""
    ask_a_person(turn.work, turn.person, _same(turn, data.check).check, turn.first_name)
    return _go(turn, "request")


def _opened(turn: Turn) -> Reply:
    """From here on; what awaits a beginner is said this once, not again with every answer that is not understood."""
    turn.go(Place.ELIGIBILITY)
    return reply(draw(turn, current_standing(turn), opening=True))


def _go(turn: Turn, focus: str = "") -> Reply:
    turn.go(Place.ELIGIBILITY, focus)
    return current(turn)


def _take(turn: Turn, now: Standing, one: CheckQuestion, value: str) -> Reply:
    take_answer(turn.work, turn.person, now.check, one.key, value)
    return _go(turn, "confirm" if one.kind is CheckKind.DATE else "")


def _confirmed(turn: Turn, *, right: bool) -> Reply:
    return _go(turn, "" if right else "birth_date")


def _typed_region(turn: Turn, now: Standing, one: CheckQuestion, text: str) -> Reply:
    try:
        return _take(turn, now, one, find_region(text, order().regions).kato)
    except Refused as refused:
        if refused.reason is not Reason.REGION_UNCLEAR:
            raise
        candidates = refused.facts["candidates"]
        assert isinstance(candidates, tuple)
        return _go(turn, f"among:{','.join(candidates)}").noting(refusal_words(refused))


def _said(one: CheckQuestion, text: str) -> str:
    """The option whose label was typed, or that the words mean."""
    labels = {texts.option(one.key, option).casefold(): option for option in one.options}
    return labels.get(text.strip().casefold()) or option_said(text, one.key, one.options)


def _same(turn: Turn, check_id: int) -> Standing:
    """The latest check, if the button was made for it."""
    now = current_standing(turn)
    if now.check.id != check_id:
        raise Refused(Reason.OLD_BUTTON)
    return now


def _options(one: CheckQuestion) -> tuple[str, ...]:
    return tuple(region.kato for region in order().regions) if one.kind is CheckKind.REGION else one.options
