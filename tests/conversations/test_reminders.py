"""Reminders as people get them: in both languages, merged, once, with buttons, switched off and asked for again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from domain import staff
from domain.application import Role, State
from domain.local_time import ALMATY
from domain.ticket import TicketKind, Words
from tests import applications
from tests.applicants import stands_at
from tests.factories import in_force
from tests.person import House, Person
from tests.staff import hired
from usecases.change_application import change_application
from usecases.drafts import mark_sent, open_draft
from usecases.forecast_reminders import forecast
from usecases.handle_ticket import answer, take
from usecases.meet_person import known_person
from usecases.mute import mute
from usecases.open_ticket import open_ticket
from usecases.plan_reminders import STEPS
from usecases.reminder_rules import load_rules
from usecases.ticket_words import Sent
from usecases.work import Work

MISSING = ("title", "goal")
CLOSES = {
    "kk": "Қабылдау аяқталады: 2026 жылғы 30 қараша, 23:59, ",
    "ru": "Приём закончится: 30 ноября 2026 года, 23:59, ",
}
NAMED = {
    "kk": "Әлі жетпейтіні: Жобаның атауы; Мақсаты мен мәселесі; Жеке куәлік; Тіркелу туралы анықтама; "
    "Зейнетақы жарналарының үзіндісі; Осал топты растайтын құжат.",
    "ru": "Ещё не хватает: Название проекта; Цель и проблема; Удостоверение личности; Справка о регистрации; "
    "Выписка о пенсионных взносах; Документ об уязвимой группе.",
}
LEFT = {
    "kk": ("7 күн қалды.", "3 күн қалды.", "1 күн қалды.", "3 сағат қалды."),
    "ru": ("осталось 7 дней.", "осталось 3 дня.", "остался 1 день.", "осталось 3 часа."),
}
TOMORROW = {"kk": "Ертең еске салу", "ru": "Напомнить завтра"}
GO_ON = {"kk": "Өтінімді жалғастыру", "ru": "Продолжить заявку"}
LANGUAGES = ("kk", "ru")


def here(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November; its days go on being counted after the thirtieth."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=ALMATY).astimezone(UTC) + timedelta(days=day - 1)


async def at(house: House, moment: datetime) -> None:
    """The clock goes to this moment; the timer of reminders looks."""
    house.clock.now = moment
    await house.reminds()


async def writing(house: House, language: str, number: int = 1001) -> Person:
    person = await stands_at(house, *MISSING, at="title", number=number)
    await person.says("/language")
    await person.presses({"kk": "Қазақша", "ru": "Русский"}[language])
    return person


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_draft_is_reminded_of_seven_three_and_one_days_and_three_hours_before(
    house: House, language: str
) -> None:
    person = await writing(house, language)
    heard = []
    for day in range(23, 32):
        for hour in (0, 7, 8, 9, 10, 11, 20, 21, 22, 23):
            before = person.heard()
            await at(house, here(1, hour) + timedelta(days=day - 1))
            if person.heard() > before:
                heard.append(((day, hour), person.sees.splitlines()[1]))
    moments = ((23, 10), (27, 10), (29, 10), (30, 21))
    assert heard == [(when, CLOSES[language] + left) for when, left in zip(moments, LEFT[language], strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_names_what_is_missing_and_leads_there(house: House, language: str) -> None:
    person = await writing(house, language)
    await at(house, here(27, 10))
    assert person.sees.splitlines()[2] == NAMED[language]
    assert person.labels == [GO_ON[language], TOMORROW[language]]
    await person.presses(GO_ON[language])
    assert person.sees


@pytest.mark.parametrize("language", LANGUAGES)
async def test_tomorrow_it_comes_again_once_and_not_past_the_end(house: House, language: str) -> None:
    person = await writing(house, language)
    await at(house, here(23, 10))
    await person.presses(TOMORROW[language], TOMORROW[language])
    promised = {"kk": "Еске саламын: 24 қараша, 10:00.", "ru": "Напомню: 24 ноября, 10:00."}[language]
    assert person.alerts[-2:] == [promised, promised]
    before = person.heard()
    await at(house, here(24, 9, 59))
    assert person.heard() == before
    await at(house, here(24, 10, 1))
    await at(house, here(24, 10, 2))
    assert person.heard() == before + 1
    assert person.sees.splitlines()[1].startswith(CLOSES[language])
    await at(house, here(30, 21))
    assert person.labels == [GO_ON[language]], "tomorrow it would be too late"


async def test_an_old_tomorrow_promises_nothing(house: House) -> None:
    person = await writing(house, "kk")
    await at(house, here(23, 10))
    message, data = person._button(TOMORROW["kk"])
    house.clock.now = here(30, 12)
    await person.presses_old(message, data)
    await person.presses_old(message, "rmt:4711")
    needless = "Ертең еске салатын ештеңе болмайды: бұл іс бітті немесе мерзімі оған дейін өтіп кетеді."
    assert person.alerts[-2:] == [needless, needless]


async def test_nobody_is_reminded_of_what_is_done_even_between_the_timer_and_the_sending(house: House) -> None:
    person = await writing(house, "kk")
    house.clock.now = here(27, 10)
    for step in STEPS:
        while await house.work(step):
            pass
    assert [tuple(row) for row in await house.rows("SELECT state FROM reminder")] == [("due",)]
    await house.work(_send_draft)
    before = person.heard()
    await house.settle()
    assert person.heard() == before
    assert [tuple(row) for row in await house.rows("SELECT state FROM reminder")] == [("done",)]
    [kept] = await house.rows("SELECT state, message_id FROM notification WHERE kind = 'reminder'")
    assert tuple(kept) == ("done", None)


def _send_draft(work: Work) -> None:
    draft = open_draft(work, known_person(work, 1001))
    assert draft
    mark_sent(work, draft)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_switched_it_off_is_left_alone(house: House, language: str) -> None:
    person = await writing(house, language)
    await person.says("/notifications")
    title = {"kk": "Жіберілмеген өтінім", "ru": "Неотправленная заявка"}[language]
    coming = {"kk": "• 2026 жылғы 23 қараша, 10:00: ", "ru": "• 23 ноября 2026 года, 10:00: "}[language]
    assert coming + title in person.sees.splitlines()
    await person.presses(f"🔔 {title}")
    assert f"🔕 {title}" in person.labels
    assert coming + title not in person.sees.splitlines()
    before = person.heard()
    await at(house, here(23, 10))
    assert person.heard() == before
    await person.presses(f"🔕 {title}")
    await at(house, here(27, 10))
    assert person.sees.splitlines()[1] == CLOSES[language] + LEFT[language][1]


async def test_after_an_outage_only_the_newest_comes_and_a_date_that_moves_brings_its_own(house: House) -> None:
    person = await writing(house, "kk")
    await house.restart()
    await at(house, here(29, 23))
    before = person.heard()
    await at(house, here(30, 8))
    assert person.heard() == before + 1, "seven and three days before are over; in the night nobody is written to"
    assert person.sees.splitlines()[1] == CLOSES["kk"] + "16 сағат қалды."
    await house.opens_competition(("intake_closes = 2026-11-30 23:59:59", "intake_closes = 2026-12-02 23:59:59"))
    await at(house, here(30, 21))
    assert person.heard() == before + 2
    assert person.sees.splitlines()[1].endswith("2 желтоқсан, 23:59, 2 күн қалды."), "three days before, late"
    await at(house, here(30, 22) + timedelta(hours=12))
    assert person.sees.splitlines()[1].endswith("2 желтоқсан, 23:59, 1 күн қалды.")
    await at(house, here(30, 22) + timedelta(hours=13))
    assert person.heard() == before + 3


async def test_several_come_in_one_message(house: House) -> None:
    person = await writing(house, "ru")
    await house.work(lambda work: load_rules(work, TWO_RULES))
    before = person.heard()
    await at(house, here(27, 10))
    assert person.heard() == before + 1
    assert person.sees == "Раз\n\nДва"
    assert person.labels == [GO_ON["ru"], TOMORROW["ru"]]


async def test_a_returned_application_at_half_of_its_time_and_three_hours_before(house: House) -> None:
    person = await sent(house, "ru")
    await house.work(lambda work: change(work, State.RETURNED))
    await house.reminds()
    heard = [(when, text) async for when, text in listening(house, person, 23, 24)]
    assert heard == [
        (
            (23, 8),
            "⏳ Возвращённая заявка ждёт вас\nЗаявка 27-2026-000001. Доработать её можно до этого времени: "
            "23 ноября 2026 года, 12:00, осталось 4 часа.",
        ),
        (
            (23, 9),
            "⏳ Возвращённая заявка ждёт вас\nЗаявка 27-2026-000001. Доработать её можно до этого времени: "
            "23 ноября 2026 года, 12:00, осталось 3 часа.",
        ),
    ]
    assert person.labels == ["Моя заявка"]
    await person.presses("Моя заявка")
    assert "27-2026-000001" in person.sees


async def test_a_mended_application_is_not_reminded_of(house: House) -> None:
    person = await sent(house, "kk")
    await house.work(lambda work: change(work, State.RETURNED))
    await house.work(lambda work: change(work, State.TECHNICAL_SELECTION, Role.APPLICANT))
    await house.settle()
    await at(house, here(23, 0))
    assert [one async for one in listening(house, person, 23, 24)] == []


async def test_the_day_of_results_and_the_end_of_a_project(house: House) -> None:
    person = await sent(house, "kk")
    await at(house, here(1, 10) + timedelta(days=43))
    assert person.sees == (
        "🗓 Бүгін конкурс нәтижелері жарияланады\nЖарияланатын уақыты: 2026 жылғы 14 желтоқсан, 10:00. "
        "Өтініміңіз: 27-2026-000001. Нәтиже шыққан бойда осы чатқа жазамыз."
    )
    await house.work(lambda work: change(work, State.COMMISSION))
    await house.work(lambda work: change(work, State.WINNER, Role.COMMISSION))
    await house.settle()
    await at(house, datetime(2027, 2, 14, 10, tzinfo=ALMATY))
    assert person.sees.splitlines()[1].startswith("Жоба аяқталады: 2027 жылғы 28 ақпан, 23:59, 14 күн қалды.")
    assert "Шығармашылық есепті тапсыратын соңғы күн: 25 ақпан." in person.sees, "three days before, says the rule"


SAMPLE = files("programme").joinpath("samples", "competition.toml").read_text("utf-8")
TRAINING = SAMPLE[SAMPLE.index("[meetings.training]") : SAMPLE.index("[meetings.pitch]")]
MEETINGS = {
    "kk": (
        "🎓 Тренингке келіңіз\nБасталуы: 2026 жылғы 5 желтоқсан, 10:00, {left}. "
        "Өтетін жері: Шымкент қаласы, Үлгі көшесі, 1-үй (ойдан шығарылған). Өтініміңіз: 27-2026-000001.",
        "🎤 Жобаңызды қорғайтын уақыт жақындап қалды\nБасталуы: 2026 жылғы 8 желтоқсан, 10:00, {left}. "
        "Өтетін жері: Шымкент қаласы, Үлгі көшесі, 1-үй (ойдан шығарылған). Өтініміңіз: 27-2026-000001.",
    ),
    "ru": (
        "🎓 Приходите на обучение\nНачало: 5 декабря 2026 года, 10:00, {left}. "
        "Место: город Шымкент, улица Улги, дом 1 (вымышленный). Ваша заявка: 27-2026-000001.",
        "🎤 Скоро защита вашего проекта\nНачало: 8 декабря 2026 года, 10:00, {left}. "
        "Место: город Шымкент, улица Улги, дом 1 (вымышленный). Ваша заявка: 27-2026-000001.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_passed_the_technical_selection_is_reminded_of_training_and_pitch(
    house: House, language: str
) -> None:
    person = await passed(house, language)
    training, pitch = MEETINGS[language]
    three = LEFT[language][1].rstrip(".")
    day = {"kk": "24 сағат қалды", "ru": "осталось 24 часа"}[language]
    evening = {"kk": "13 сағат қалды", "ru": "осталось 13 часов"}[language]  # three hours before would be at night
    heard = [each async for each in listening(house, person, 31, 38)]
    assert heard == [
        ((32, 10), training.format(left=three)),
        ((34, 10), training.format(left=day)),
        ((34, 21), training.format(left=evening)),
        ((35, 10), pitch.format(left=three)),
        ((37, 10), pitch.format(left=day)),
        ((37, 21), pitch.format(left=evening)),
    ]
    assert person.labels[0] == {"kk": "Өтінімім", "ru": "Моя заявка"}[language]


async def test_whoever_has_not_passed_is_not_told_to_come(house: House) -> None:
    person = await sent(house, "ru")
    await house.work(lambda work: change(work, State.TECHNICAL_SELECTION))
    await house.settle()
    assert [one async for one in listening(house, person, 31, 38)] == []


async def test_a_training_that_is_moved_or_called_off_takes_its_reminders_along(house: House) -> None:
    person = await passed(house, "ru")
    day = "begins = 2026-12-05 10:00:00"
    await house.opens_competition((day, "begins = 2026-12-06 15:00:00"))
    assert [when async for when, _said in listening(house, person, 32, 32)] == []
    house.clock.now = here(33, 10)
    for step in STEPS:
        await house.work(step)
    await house.opens_competition((TRAINING, ""))  # called off before it is sent
    before = person.heard()
    await house.settle()
    assert person.heard() == before
    await house.opens_competition((day, "begins = 2026-12-06 15:00:00"))
    await at(house, here(33, 11))
    assert "Начало: 6 декабря 2026 года, 15:00, осталось 3 дня." in person.sees


async def test_winners_are_reminded_of_the_final_event_also_when_the_projects_are_over(house: House) -> None:
    person = await passed(house, "ru")
    await house.opens_competition(("begins = 2027-02-26 11:00:00", "begins = 2027-03-10 12:00:00"))
    await house.work(lambda work: change(work, State.WINNER, Role.COMMISSION))
    await house.settle()
    await at(house, datetime(2027, 3, 9, 10, tzinfo=ALMATY))
    assert person.sees == (
        "🖼 Скоро итоговое мероприятие и выставка проектов\nНачало: 10 марта 2027 года, 12:00, остался 1 день. "
        "Место: город Шымкент, площадь Улги (вымышленная). Не забудьте подготовить то, что покажете на выставке."
    )
    await at(house, datetime(2027, 3, 10, 12, tzinfo=ALMATY))
    assert person.sees.startswith("🖼"), "it has begun: nothing more comes"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_results_that_were_due_earlier_that_day_are_not_announced_as_ahead(house: House, language: str) -> None:
    person = await sent(house, language)

    await house.opens_competition(("results = 2026-12-14 10:00:00", "results = 2026-12-14 09:00:00"))
    await at(house, here(1, 10) + timedelta(days=43))
    title, moment = {
        "kk": ("🗓 Конкурс нәтижелерін жариялау уақыты келді", "2026 жылғы 14 желтоқсан, 09:00"),
        "ru": ("🗓 Время объявления результатов наступило", "14 декабря 2026 года, 09:00"),
    }[language]
    assert person.sees.splitlines()[0] == title
    assert moment in person.sees


async def test_who_may_apply_hears_that_the_intake_has_opened(house: House) -> None:
    house.clock.now = here(10, 12)
    await house.opens_competition()
    curious, hesitant, operator = house.person(1001, "ru"), house.person(1002), house.person(1003)
    for one, language in ((curious, "ru"), (hesitant, "kk"), (operator, "kk")):
        await one.speaks(language)
    await house.work(lambda work: hired(work, staff.Role.OPERATOR, 1003, "19-5"))
    before = operator.heard()
    await at(house, here(15, 8))
    assert curious.sees == (
        "📢 Приём заявок открыт!\nМалые гранты ZHAS PROJECT: Шымкент и Западно-Казахстанская область\n"
        "Приём закончится: 30 ноября 2026 года, 23:59."
    )
    assert curious.labels == ["Могу ли я участвовать?", "Напомнить завтра"]
    assert hesitant.sees.startswith("📢 Өтінім қабылдау басталды!")
    assert operator.heard() == before


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_named_no_region_hears_once_that_the_intake_has_opened_in_several_lots(
    house: House, language: str
) -> None:
    house.clock.now = here(10, 12)
    await house.opens_competition()
    await house.work(another_lot)
    person = house.person(1001, language)
    await person.speaks(language)
    heard = [(when, text) async for when, text in listening(house, person, 15, 20)]
    said = {
        "kk": "📢 Өтінім қабылдау басталды!\nКонкурстар әр өңірде бөлек өтеді.",
        "ru": "📢 Приём заявок открыт!\nВ каждом регионе свой конкурс.",
    }[language]
    assert [when for when, _text in heard] == [(15, 8)]
    assert heard[0][1].startswith(said)
    await person.presses({"kk": "Қатыса аламын ба?", "ru": "Могу ли я участвовать?"}[language])
    assert person.sees


async def test_who_does_not_answer_the_call_centre_is_asked_once(house: House) -> None:
    person = await writing(house, "ru")
    number = await house.work(lambda work: answered_ticket(work, 1001))
    await house.settle()
    heard = [when async for when, text in listening(house, person, 23, 30) if number in text]
    assert heard == [(24, 11)]


async def test_what_is_foretold_is_what_comes(house: House) -> None:
    await writing(house, "kk")
    seen = await house.work(lambda work: forecast(work, here(27, 12)))
    assert [(one.rule, one.step, one.now, one.people) for one in seen.steps] == [
        ("draft", "3 days before", True, 1),
        ("draft", "1 day before", False, 1),
    ]
    assert seen.messages == 1


@pytest.mark.parametrize("told", [True, False], ids=["passed over", "failed"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_had_blocked_the_bot_and_comes_back_hears_what_still_makes_sense_once(
    house: House, language: str, told: bool
) -> None:
    person = await writing(house, language)
    ticket = await house.work(lambda work: answered_ticket(work, 1001))
    await house.settle()
    blocked = person.account.blocks()
    if told:
        await house.deliver(blocked)
    await at(house, here(23, 10))
    await at(house, here(24, 12))
    seen = person.heard()
    await person.sends(person.account.unblocks())
    await at(house, here(25, 9))
    assert person.heard() == seen + 1
    assert CLOSES[language] in person.sees
    assert ticket in person.sees
    await at(house, here(25, 11))
    await person.starts()
    answered = person.heard()
    await at(house, here(26, 11))
    assert person.heard() == answered, "once"
    await at(house, here(27, 10))
    assert person.heard() == answered + 1


async def test_who_comes_back_by_writing_is_not_reminded_of_what_is_over_switched_off_or_was_said(house: House) -> None:
    person = await writing(house, "ru")
    await at(house, here(23, 10))
    await house.deliver(person.account.blocks())
    person.account.unblocks()  # Telegram's word of it was lost
    await person.starts()
    seen = person.heard()
    await at(house, here(24, 10))
    assert person.heard() == seen, "it was said before"
    await house.deliver(person.account.blocks())
    await at(house, here(27, 10))
    await house.work(lambda work: mute(work, known_person(work, 1001), "reminder.draft", muted=True))
    await person.sends(person.account.unblocks())
    seen = person.heard()
    await at(house, here(27, 11))
    assert person.heard() == seen, "switched off"
    await house.deliver(person.account.blocks())
    await house.work(lambda work: mute(work, known_person(work, 1001), "reminder.draft", muted=False))
    await at(house, here(31, 10))
    await person.sends(person.account.unblocks())
    await at(house, here(31, 11))
    assert person.heard() == seen, "over"


async def listening(house: House, person: Person, first: int, last: int) -> AsyncIterator[tuple[tuple[int, int], str]]:
    """(day, hour) and text of everything the person gets in these days of November, looked at every hour."""
    for day in range(first, last + 1):
        for hour in range(24):
            before = person.heard()
            await at(house, here(day, hour))
            if person.heard() > before:
                yield (day, hour), person.sees


async def sent(house: House, language: str) -> Person:
    person = house.person(1001, language)
    await person.speaks(language)

    def send(work: Work) -> None:
        applications.sent(work, in_force(work), 1001, language=language)

    await house.work(send)
    return person


async def passed(house: House, language: str) -> Person:
    """Somebody who has passed the technical selection, and has been told."""
    person = await sent(house, language)
    await house.work(lambda work: change(work, State.TECHNICAL_SELECTION))
    await house.work(lambda work: change(work, State.COMMISSION))
    await house.settle()
    return person


def another_lot(work: Work) -> None:
    """A second competition, whose intake opens two days after the first one's."""
    names = (('code = "19-5-demo"', 'code = "19-6-demo"'), ('lot = "19-5" ', 'lot = "19-6" '))
    quotas = (("\n27 = 8 ", "\n47 = 8 "), ("\n79 = 20 ", "\n75 = 20 "))
    in_force(work, *names, *quotas, ("intake_opens = 2026-11-15", "intake_opens = 2026-11-17"))


def change(work: Work, state: State, role: Role = Role.ORGANISER) -> None:
    change_application(work, 1, state, role)


def answered_ticket(work: Work, number: int) -> str:
    """A question of this person that an operator has answered."""
    operator = hired(work, staff.Role.OPERATOR, 2001, "19-5")
    ticket = open_ticket(work, known_person(work, number), TicketKind.QUESTION, region="79")
    assert ticket
    take(work, operator, ticket.id)
    answer(work, operator, ticket.id, Sent(1, Words("Да")))
    return ticket.number


RULE = """
[[reminder]]
key = "{key}"
who = "draft_unfinished"
date = "intake_closes"
when = ["3 days before"]
late = "merge"
title.kk = "Т"
title.ru = "Т"
about.kk = "О"
about.ru = "О"
text.kk = "{kk}"
text.ru = "{ru}"
"""
TWO_RULES = RULE.format(key="one", kk="Бір", ru="Раз") + RULE.format(key="two", kk="Екі", ru="Два")
