"""My data: every screen in both languages, the file, consents taken back, erasing asked twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from db import people
from db.drafts import ASSISTED, DISCARDED, OPEN, SENT
from db.personal_tables import PERSONAL
from db.reminders import Standing
from domain.application import Role, State
from domain.assistance import AssistState
from domain.call import CallOutcome
from domain.consent import Consent, ConsentKind
from domain.coverage import Channel
from domain.documents import DocumentState
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from domain.notification import Kind, Outcome, optional_kinds
from domain.quiet_hours import USUAL
from domain.staff import Presence
from domain.staff import Role as StaffRole
from domain.ticket import Delivery, Media, Side, TicketEvent, TicketKind, TicketState
from handlers.language import speaking, words
from handlers.my_data import leaving_screens, notification_screens, screens
from handlers.my_data.file_words import COLUMNS, TABLES, TECHNICAL, file_of
from handlers.my_data.texts import KINDS, TITLES
from handlers.my_data.value_words import WORDS
from handlers.screen import Screen
from locales import catalogue
from tests import applications
from tests.factories import NOW, a_competition
from tests.in_force import PutInForce
from tests.latin import english
from tests.life import Life, a_life, found_in
from tests.person import House, Person
from usecases.coming_reminders import Ahead, Coming
from usecases.erase_person import Staying
from usecases.meet_person import speak
from usecases.my_data import Opening, Sent, Summary, everything, names
from usecases.reminder_rules import own_rules
from usecases.withdraw_consent import Consequence
from usecases.work import Work

LANGUAGES = ("kk", "ru")
FULL = Summary(NOW, NOW, NOW, 44, 6, (Sent("27-2026-000001", NOW, None), Sent("27-2026-000002", NOW, NOW)), 2, 9, 40)
EMPTY = Summary(NOW, None, None, 0, 0, (), 0, 0, 0)
# Whoever applies and withdraws every day until the intake closes.
OFTEN = replace(FULL, applications=tuple(Sent(f"27-2026-{n:06}", NOW, NOW) for n in range(90)))
STAYING = (Staying("27-2026-000001", NOW),)
GIVEN = Consent(ConsentKind.PROCESSING, 1, 1, True, NOW, None)


def fits(screen: Screen) -> bool:
    buttons = [one for row in screen.buttons for one in row]
    return 0 < len(screen.text) <= TEXT_LIMIT and all(len((one.data or "").encode()) <= DATA_LIMIT for one in buttons)


def every_screen() -> Iterator[Screen]:
    standing = [(ConsentKind.PROCESSING, GIVEN), (ConsentKind.PUBLICATION, None)]
    for view in (FULL, EMPTY, OFTEN):
        yield screens.overview(view, standing)
        yield leaving_screens.correct(view, None)
        yield leaving_screens.correct(view, a_competition())
        yield leaving_screens.erase(view, ())
        yield leaving_screens.erase(view, STAYING)
    yield screens.copy("a.json", bytes)
    yield screens.openings(())
    yield screens.openings([Opening(NOW, "document")] * 40)
    yield notification_screens.notifications(frozenset(), Ahead(own_rules().all, (), USUAL))
    everything_ahead = tuple(Coming(NOW, rule) for rule in own_rules().all)
    switched_off = {rule.switch for rule in own_rules().all}
    yield notification_screens.notifications(switched_off, Ahead(own_rules().all, everything_ahead, USUAL))
    yield screens.erased()
    yield leaving_screens.consents(standing)
    yield leaving_screens.sure()
    yield leaving_screens.erased_but(STAYING)
    for kind in ConsentKind:
        yield leaving_screens.withdraw(kind, Consequence(True, ("27-2026-000001",), STAYING))
        yield leaving_screens.withdraw(kind, Consequence(False, (), ()))


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_screen_fits_and_no_placeholder_is_left(spoken: str) -> None:
    with speaking(spoken):
        shown = list(every_screen())
    assert [screen.text for screen in shown if not fits(screen) or "{" in screen.text] == []
    assert set().union(*(english(screen, "Organiser") for screen in shown)) == set()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_kind_every_table_and_every_column_has_words(spoken: str) -> None:
    assert set(KINDS) == set(Kind)
    assert set(TITLES) == set(optional_kinds())
    assert set(TABLES) == {one.table.__tablename__ for one in PERSONAL}
    columns = {column for one in PERSONAL for column in one.table.__table__.columns.keys()}  # noqa: SIM118
    assert columns == COLUMNS.keys() | TECHNICAL
    assert not COLUMNS.keys() & TECHNICAL
    with speaking(spoken):
        for names in (TABLES, COLUMNS):
            said = [say() for say in names.values()]
            assert len(set(said)) == len(said), "two names alike would hide one another"


def test_the_file_is_made_of_plain_values_in_the_persons_language(work: Work, put_in_force: PutInForce) -> None:
    life = a_life(work, put_in_force(work.session, a_competition()))
    with speaking("kk"):
        content = file_of(everything(work, life.person), names(work))
    work.session.close()
    with speaking("ru"):
        read = json.loads(content())
    (application,) = read["Жіберілген өтінімдер"]
    answers = {**application["Жауаптар"], **application["Шифрланып сақталған жауаптар"]}
    assert answers["ЖСН"].replace(" ", "") == life.words[1]
    assert answers["Тегі"] == life.words[2]
    assert {document["Файл атауы"] for document in read["Құжаттар"]} >= {"id_card.pdf", "файл7001001.pdf"}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_word_of_the_database_has_words_of_the_persons_language(spoken: str) -> None:
    stored: dict[str, set[str]] = {
        "application.state": set(State),
        "application_event.state": set(State),
        "document.state": set(DocumentState),
        "assistance.state": set(AssistState),
        "ticket.state": set(TicketState),
        "ticket.kind": set(TicketKind),
        "ticket_delivery.state": set(Delivery),
        "ticket_event.what": set(TicketEvent),
        "notification.state": set(Outcome) | set(Standing),
        "reminder.state": set(Outcome) | set(Standing),
        "draft.state": {OPEN, SENT, DISCARDED, ASSISTED},
        "language": set(LANGUAGES),
        "staff_role": set(StaffRole),
        "presence": set(Presence),
        "channel": set(Channel),
        "side": set(Side),
        "media": set(Media),
        "role": set(Role),
        "outcome": set(CallOutcome),
        "closed_by": {Side.AUTHOR, Side.OPERATOR},
        "opening.what": {"document", "application"},
    }
    assert {column: set(known) for column, known in WORDS.items()} == stored
    with speaking(spoken):
        assert [say() for known in WORDS.values() for say in known.values() if not say()] == []


def test_the_file_calls_things_as_the_person_knows_them(work: Work, put_in_force: PutInForce) -> None:
    life = a_life(work, put_in_force(work.session, a_competition()))
    rule = own_rules().all[0]
    people.change_person(work.session, life.person.id, muted=[rule.switch, Kind.ANNOUNCEMENT, "reminder.of_old"])
    with speaking("ru"):
        read = json.loads(file_of(everything(work, life.person), names(work))())
        off = [words(rule.title), KINDS[Kind.ANNOUNCEMENT](), "reminder.of_old"]
    (person,), (reminder,) = read["Вы"], read["Напоминания"]
    assert person["Отключённые уведомления"] == off
    assert person["Язык"] == "По-казахски"
    assert reminder["Какое напоминание"] == "Неотправленная заявка"
    reached = read["Годы, в которые программа дошла до вас"][0]
    assert reached["Регион (код КАТО)"] == "Западно-Казахстанская область (27)"
    assert [one["Состояние"] for one in read["Отправленные заявки"]] == ["отправлена"]
    papers = {one["Какой документ"] for one in read["Документы"]}
    assert papers == {"id_card ru", "registration ru", "pension ru", "extra ru"}
    assert [one["Что произошло"] for one in read["Ход обращений"]] == ["зарегистрировано"]


async def with_a_life(house: House, put_in_force: PutInForce, spoken: str = "ru") -> tuple[Person, Life]:
    one = await house.database.transaction(put_in_force, a_competition())

    def live(work: Work) -> Life:
        life = a_life(work, one)
        speak(work, life.person, spoken)
        return life

    life = await house.work(live)
    await house.settle()
    person = house.person(life.person.telegram_id)
    await person.says("/data")
    return person, life


@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_one_can_walk_through_every_door(house: House, put_in_force: PutInForce, spoken: str) -> None:
    person, life = await with_a_life(house, put_in_force, spoken)
    first = person.sees
    assert life.application.number in first
    words = catalogue(spoken).gettext
    for door in ("Correct", "Consents", "Notifications", "Who opened my data", "Erase my data"):
        await person.presses(words(door))
        assert person.sees != first
        await person.says("/data")
    assert person.sees == first


async def test_the_file_comes_as_a_document(house: House, put_in_force: PutInForce) -> None:
    person, _life = await with_a_life(house, put_in_force)
    await person.presses("Всё одним файлом")
    assert "document" in person.screen.data
    assert person.screen.data["document"]["file_name"] == "zhas-project-2026-11-22.json"
    assert "никому не пересылайте" in person.sees


async def test_nobody_opened_is_said_honestly(house: House) -> None:
    person = house.person()
    await person.speaks("ru")
    await person.says("/data")
    await person.presses("Кто открывал мои данные")
    assert "Пока ваши данные никто не открывал." in person.sees


async def test_erasing_is_asked_twice_and_is_for_ever(house: House, put_in_force: PutInForce) -> None:
    person, life = await with_a_life(house, put_in_force)
    await person.presses("Удалить мои данные")
    assert life.application.number in person.sees
    await person.presses("Удалить")
    sure = person.screen
    await person.presses("Нет, ничего не удалять")
    await person.presses_old(sure, "erase")
    assert await house.work(lambda work: found_in(work, life.words)) != set()
    await person.presses("Удалить мои данные", "Удалить", "Да, удалить навсегда")
    assert "Ваши данные удалены" in person.sees
    assert await house.work(lambda work: found_in(work, life.words)) == set()
    await person.presses("Начать сначала")
    assert person.labels == ["Қазақша", "Русский"]


async def test_in_the_selection_it_is_said_what_stays(house: House, put_in_force: PutInForce) -> None:
    person, life = await with_a_life(house, put_in_force)
    house.clock.goes(days=8)
    await person.says("/data")
    await person.presses("Удалить мои данные")
    assert f"Заявка {life.application.number} остаётся" in person.sees
    await person.presses("Удалить", "Да, удалить навсегда")
    assert "Всё остальное удалено" in person.sees
    await person.presses("Мои данные")
    assert life.application.number in person.sees


async def test_a_redelivered_erasing_finds_a_stranger(house: House, put_in_force: PutInForce) -> None:
    person, life = await with_a_life(house, put_in_force)
    await person.presses("Удалить мои данные", "Удалить")
    update = person.account.presses(person.screen.id, "erase")
    again = person.account.presses(person.screen.id, "erase")
    for one in (update, update, again):
        await person.sends(one)
        assert "Ваши данные удалены" in person.sees
        assert await house.work(lambda work: found_in(work, life.words)) == set()
        assert await house.rows("SELECT count(*) FROM person WHERE telegram_id = 1001") == [(0,)]
    await person.says("/start")
    assert person.labels == ["Қазақша", "Русский"]


async def test_a_consent_is_taken_back_from_its_own_screen_only(house: House, put_in_force: PutInForce) -> None:
    person, _life = await with_a_life(house, put_in_force)
    await person.presses_old(person.screen, "forget:processing")
    assert await house.rows("SELECT count(*) FROM consent WHERE withdrawn_at IS NULL") == [(2,)]
    await person.presses("Согласия", "Отозвать: хранение данных")
    assert "будет отозвана" in person.sees
    await person.presses("Отозвать")
    assert await house.rows("SELECT count(*) FROM consent WHERE withdrawn_at IS NULL") == [(0,)]
    assert await house.rows("SELECT state FROM application") == [("withdrawn",)]
    await person.presses("Дать согласие: хранение данных")
    assert "Соглашаюсь" in person.labels


async def test_publication_can_be_answered_anew(house: House, put_in_force: PutInForce) -> None:
    person, _life = await with_a_life(house, put_in_force)
    await person.presses("Согласия", "Дать согласие: публикация", "Можно публиковать")
    await person.says("/data")
    await person.presses("Согласия", "Отозвать: публикация", "Отозвать")
    assert await house.rows("SELECT kind FROM consent WHERE withdrawn_at IS NULL") == [("processing",)]


async def test_an_unsent_application_is_corrected_in_the_review(house: House, put_in_force: PutInForce) -> None:
    one = await house.database.transaction(put_in_force, a_competition())
    await house.work(lambda work: applications.ready(work, one, 1001, language="ru"))
    person = house.person()
    await person.says("/data")
    await person.presses("Исправить", "К просмотру заявки")
    assert await house.rows("SELECT place FROM person") == [("review",)]


@pytest.mark.parametrize(
    "forged", ["d:nothing", "d:erase/sure/x", "dmute:nothing:1", "dmute:redraw:1", "forget:x", "erase"]
)
async def test_forged_buttons_change_nothing(house: House, put_in_force: PutInForce, forged: str) -> None:
    person, life = await with_a_life(house, put_in_force)
    before = await house.rows("SELECT muted FROM person")
    await person.presses_old(person.screen, forged)
    assert await house.rows("SELECT muted FROM person") == before
    assert life.application.number in person.sees
    assert len(person.alerts) == 1


async def test_a_screen_is_drawn_again_days_later(house: House, put_in_force: PutInForce) -> None:
    person, _life = await with_a_life(house, put_in_force)
    await person.presses("Удалить мои данные")
    house.clock.goes(days=3)
    await house.restart()
    update = person.account.presses(person.screen.id, "unknown:1", stale=True)
    await person.sends(update)
    assert "Удалить мои данные" in person.sees
