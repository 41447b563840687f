"""The menu: what matters now, in which order, with which buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.application import State
from domain.competition import Competition
from domain.message_limits import TEXT_LIMIT
from domain.person import Person
from handlers.language import _, ngettext, speaking
from handlers.screen import Screen
from handlers.start.screens import hello, hello_languages, languages, menu
from handlers.start.texts import STATES
from tests.applications import ready, sent
from tests.factories import NOW, a_competition, a_person, both
from tests.in_force import PutInForce
from tests.usecases.test_checks import answered
from usecases.checks import begin_check, take_answer
from usecases.overview import overview
from usecases.work import Work

REAL = replace(a_competition(), demonstration=False)


def say(message: str, language: str = "ru", **facts: object) -> str:
    """The catalogue's words, so that these tests are about what stands where and not about how it is put."""
    with speaking(language):
        return _(message).format(**facts)


def is_open(language: str = "ru", left: str = "(осталось 7 дней)") -> str:
    closes = {"ru": "29 ноября 2026 года, 12:00", "kk": "2026 жылғы 29 қараша, 12:00"}[language]
    return say("Applications are open until: {closes} ({left}).", language, closes=closes, left=left[1:-1])


TITLE = say("<b>ZHAS PROJECT</b>: small grants for young people's projects.")
OPEN = f"<b>Competition ru</b>\n{is_open()}"
OPENS = say("Applications open: {opens}.", opens="15 ноября 2026 года, 12:00")
SELECTION = say(
    "Applications are closed, selection is going on. Results: {results}.", results="8 декабря 2026 года, 12:00"
)
NOTHING = say("There is no competition now. You can read the rules and ask questions.")
CHECK, APPLY, GO_ON = say("May I apply?"), say("Apply"), say("Go on with my application")
REST = [say("Questions and rules"), say("Ask or complain"), say("My data"), say("Language")]
DAY = "22 ноября 2026 года"


def shown(work: Work, person: Person, now: datetime = NOW, language: str = "ru") -> Screen:
    with speaking(language):
        return menu(overview(replace(work, now=now), person), now)


def labels(screen: Screen) -> list[str]:
    return [button.label for line in screen.buttons for button in line]


def lot(number: int, **changes: object) -> Competition:
    quotas = {"15": 14, "43": 14} if number == 0 else {}
    return replace(REAL, code=f"19-{number}", lot=f"19-{number}", name=both(f"Lot {number}"), quotas=quotas, **changes)  # type: ignore[arg-type]


def test_no_competition(work: Work) -> None:
    screen = shown(work, a_person(work))
    assert screen.text == f"{TITLE}\n\n{NOTHING}"
    assert labels(screen) == [CHECK, *REST]


def test_one_open_competition_in_both_languages(work: Work, put_in_force: PutInForce) -> None:
    put_in_force(work.session, REAL)
    assert shown(work, a_person(work)).text == f"{TITLE}\n\n{OPEN}"
    title = say("<b>ZHAS PROJECT</b>: small grants for young people's projects.", "kk")
    in_kazakh = f"{title}\n\n<b>Competition kk</b>\n{is_open('kk', '(7 күн қалды)')}"
    assert shown(work, a_person(work), language="kk").text == in_kazakh
    assert labels(shown(work, a_person(work))) == [CHECK, APPLY, *REST]


@pytest.mark.parametrize(
    ("days", "words", "apply"),
    [
        (-8, OPENS, False),
        (5, "(осталось 2 дня)", True),
        (6, "(остался 1 день)", True),
        (6.5, f"({say('today is the last day')})", True),
        (7, SELECTION, False),
        (15, SELECTION, False),
        (16, say("Applications are closed, the results are out."), False),
        (61, NOTHING, False),
    ],
)
def test_every_stage(work: Work, put_in_force: PutInForce, days: float, words: str, apply: bool) -> None:
    put_in_force(work.session, REAL)
    screen = shown(work, a_person(work), NOW + timedelta(days=days))
    assert words in screen.text
    assert (APPLY in labels(screen)) is apply


def test_several_lots_in_a_line_each_and_the_own_one_first(work: Work, put_in_force: PutInForce) -> None:
    put_in_force(work.session, lot(0))
    put_in_force(work.session, lot(1))
    put_in_force(work.session, REAL)
    person = a_person(work)
    lines = [say("{name}: {stage}", name=f"{name} ru", stage=is_open()) for name in ("Lot 0", "Lot 1", "Competition")]
    assert shown(work, person).text == f"{TITLE}\n\n" + "\n".join(f"• {line}" for line in lines)
    take_answer(work, person, begin_check(work, person), "region", "27")
    with speaking("ru"):
        others = ngettext(
            "In other regions {count} competition is taking applications.",
            "In other regions {count} competitions are taking applications.",
            2,
        ).format(count=2)
    begun = say("🔎 Your check is begun: {done} of {all}.", done=1, all=7)
    assert shown(work, person).text == f"{TITLE}\n\n{OPEN}\n\n{others}\n\n{begun}"


def test_ten_lots_fit(work: Work, put_in_force: PutInForce) -> None:
    for number in range(10):
        put_in_force(work.session, lot(number, organiser=both("x")))
    screen = shown(work, a_person(work))
    assert screen.text.count("• ") == 10
    assert len(screen.text) <= TEXT_LIMIT


def test_the_last_verdict(work: Work, put_in_force: PutInForce) -> None:
    put_in_force(work.session, REAL)
    person = a_person(work)
    answered(work, person, working="yes")
    screen = shown(work, person)
    assert screen.text.endswith("\n\n" + say("❗ By your answers you may not apply yet (checked: {day}).", day=DAY))
    assert labels(screen)[:2] == [CHECK, APPLY]
    answered(work, person)
    screen = shown(work, person)
    assert screen.text.endswith("\n\n" + say("✅ By your answers you may apply (checked: {day}).", day=DAY))
    assert labels(screen)[:2] == [APPLY, CHECK]


def test_a_draft_comes_first(work: Work, put_in_force: PutInForce) -> None:
    one = put_in_force(work.session, REAL)
    person = ready(work, one, given={"surname": "Ысқақова"}, papers=("id_card",)).person
    screen = shown(work, person)
    assert say("📝 Your application is begun: {done} of {all}.", done=2, all=45) in screen.text
    assert labels(screen)[:2] == [GO_ON, CHECK]


def test_a_sent_application_comes_first_and_nothing_is_offered_twice(work: Work, put_in_force: PutInForce) -> None:
    application = sent(work, put_in_force(work.session, REAL))
    screen = shown(work, a_person(work))
    state = say("accepted, waiting for applications to close")
    line = say("📨 Your application {number}: {state}.", number=application.number, state=state)
    assert screen.text == f"{TITLE}\n\n{OPEN}\n\n{line}"
    assert labels(screen) == [say("My application"), *REST]


def test_a_returned_application_names_its_deadline(work: Work, put_in_force: PutInForce) -> None:
    application = sent(work, put_in_force(work.session, REAL))
    work.session.connection().exec_driver_sql("UPDATE application_event SET state = 'returned'")
    work.session.connection().exec_driver_sql("UPDATE application SET state = 'returned'")
    work.session.expire_all()
    state, by = say("returned, something is to be put right"), "23 ноября 2026 года, 12:00"
    line = say("⚠️ Your application {number}: {state}. Until: {by}.", number=application.number, state=state, by=by)
    assert shown(work, a_person(work)).text == f"{TITLE}\n\n{OPEN}\n\n{line}"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_state_has_its_words(language: str) -> None:
    with speaking(language):
        said = [STATES[state]() for state in State]
    assert len(set(said)) == len(State)
    assert not any(word.isascii() for word in said)


def test_a_newcomer_is_greeted_by_name() -> None:
    with speaking("kk"):
        assert "&lt;Айгерім&gt;" in hello("<Айгерім>")
        assert "{name}" not in hello("")


def test_languages_are_asked_for_in_both() -> None:
    first = hello_languages("ru")
    kk, ru = (say("Hello! This is the ZHAS PROJECT bot. Which language shall we speak?", code) for code in ("kk", "ru"))
    assert first.text == f"{ru}\n\n{kk}"
    assert labels(first) == ["Русский", "Қазақша"]
    later = languages("kk")
    kk, ru = (say("Which language shall we go on in?", code) for code in ("kk", "ru"))
    assert later.text == f"{kk}\n{ru}"
    assert labels(later) == ["Қазақша", "Русский"]
