"""Coming and going: pauses, restarts, long silences, old buttons, changes by the organiser, throwing away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.shared_buttons import EditAnswer
from tests.applicants import agrees, draft_of, stands_at
from tests.drafts import ANSWERS
from tests.factories import in_force
from tests.person import House, stored_json


async def test_a_pause_leads_to_the_menu_and_back_to_the_same_question(house: House) -> None:
    person = await stands_at(house, "goal", at="goal")
    await person.presses("Үзіліс")
    await person.says("/apply")
    assert "Нені өзгерткіңіз келеді" in person.sees


async def test_weeks_and_a_restart_later_the_same_question_is_asked(house: House) -> None:
    person = await stands_at(house, "goal", at="goal")
    await house.restart()
    house.clock.goes(days=7)
    await person.says("/apply")
    assert "Нені өзгерткіңіз келеді" in person.sees
    await person.says("Ауылымызда балалардың сабақтан кейін баратын жері жоқ.")
    assert (await draft_of(house)).answers["goal"].startswith("Ауылымызда")


async def test_a_hello_after_a_long_silence_is_no_answer(house: House) -> None:
    person = await stands_at(house, "surname", at="surname")
    house.clock.goes(hours=12)
    await person.says("Сәлем")
    assert person.sees.splitlines()[3] == (
        "Қайта келгеніңіз жақсы болды! Жазғаныңыздың бәрі сақтаулы. Мына жерде тоқтаған едік:"
    )
    assert person.labels[0] == "Жауабым: «Сәлем»"
    assert "surname" not in (await draft_of(house)).answers
    await person.says("Ысқақова")
    assert (await draft_of(house)).answers["surname"] == "Ысқақова"


async def test_words_after_a_long_silence_can_be_the_answer_after_all(house: House) -> None:
    person = await stands_at(house, "surname", at="surname")
    house.clock.goes(days=3)
    await person.says("Ысқақова")
    await person.presses("Жауабым: «Ысқақова»")
    assert (await draft_of(house)).answers == ANSWERS


async def test_kept_words_that_are_no_answer_are_refused_with_the_reason(house: House) -> None:
    person = await stands_at(house, "iin", at="iin")
    house.clock.goes(days=3)
    await person.says("Сәлем")
    await person.presses("Жауабым: «Сәлем»")
    assert "iin" not in (await draft_of(house)).answers
    assert "12" in "\n".join(person.alerts)


async def test_a_message_that_telegram_cut_is_refused_whole(house: House) -> None:
    person = await stands_at(house, "goal", at="goal")
    await person.says("а" * 4096, "соңы қалған бөлігі осы еді, бұл жауап емес")
    assert "goal" not in (await draft_of(house)).answers
    assert person.sees.startswith("Тым ұзын: 4")
    house.clock.goes(minutes=1)
    await person.says("Ауылымызда балалардың сабақтан кейін баратын жері жоқ.")
    assert (await draft_of(house)).answers["goal"].startswith("Ауылымызда")


async def test_the_language_changes_midway_and_nothing_is_lost(house: House) -> None:
    person = await stands_at(house, "goal", at="goal")
    await person.says("/language")
    await person.presses("Русский")
    assert "Что вы хотите изменить и какую проблему это решит?" in person.sees
    draft = await draft_of(house)
    assert (str(draft.cursor), draft.answers["title"]) == ("goal", ANSWERS["title"])


async def test_an_old_button_changes_nothing_and_shows_the_present_question(house: House) -> None:
    person = await stands_at(house, "sex", "citizenship", at="sex")
    old = person.screen
    await person.presses("Әйел")
    await person.presses_old(old, "ac:sex:male")
    draft = await draft_of(house)
    assert (draft.answers["sex"], str(draft.cursor)) == ("female", "citizenship")
    assert "Азаматтығыңыз қандай?" in person.sees


@pytest.mark.parametrize(
    "data",
    [
        "ac:citizenship:mars",
        "ac:password:1",
        "ac:citizenship",
        "at:citizenship:kazakhstan",
        "ak:citizenship",
        "as:citizenship",
        "ab:budget.99.price",
        "ay:iin",
        "aw:citizenship",
        "aro:budget:00000000",
        "arr:budget:00000000",
        "are:budget:00000000:price",
        "arp:budget:999999999999",
        "ard:budget",
        "ax:999",
        "arg:99",
        "edit:password",
    ],
)
async def test_forged_buttons_change_nothing(house: House, data: str) -> None:
    person = await stands_at(house, "citizenship", at="citizenship")
    before, heard = await house.rows("SELECT answers, cursor, state FROM draft"), person.heard()
    await person.presses_old(person.screen, data)
    assert await house.rows("SELECT answers, cursor, state FROM draft") == before
    assert person.heard() > heard


async def test_another_persons_draft_cannot_be_reached(house: House) -> None:
    await stands_at(house, at="title")
    draft = await draft_of(house)
    stranger = house.person(1002, "kk", "Дамир")
    await stranger.speaks("kk")
    await agrees(house, 1002)
    for data in (f"ax:{draft.id}", "ac:sex:male", "edit:surname", "ard:budget", "ay:iin"):
        await stranger.presses_old(stranger.screen, data)
    assert await draft_of(house) == draft
    assert "Ысқақова" not in "".join(message.text for message in stranger.chat.messages)


async def test_an_answer_edited_from_the_review_returns_there(house: House) -> None:
    person = await stands_at(house, at="end")
    await person.presses_old(person.screen, EditAnswer(key="house").pack())
    assert "Қазіргі жауабыңыз: 12а" in person.sees
    await person.says("14")
    assert (await draft_of(house)).answers["house"] == "14"
    assert (await house.rows("SELECT place FROM person")) == [("review",)]


async def test_when_everything_is_answered_the_documents_come(house: House) -> None:
    person = await stands_at(house, "funded_elsewhere", at="funded_elsewhere")
    await person.presses("Жоқ, ақша алған жоқпын")
    assert (await house.rows("SELECT place FROM person")) == [("documents",)]
    await person.says("/apply")
    assert "Барлық сұраққа жауап бердіңіз!" in person.sees
    await person.presses("Артқа")
    assert "басқа жерден ақша алдыңыз ба?" in person.sees


async def test_throwing_away_asks_first(house: House) -> None:
    person = await stands_at(house, "goal", at="goal")
    await person.says("/cancel")
    assert person.sees.startswith("Осы өтінімді өшірейік пе? Ішіндегі жауап саны: 42.")
    await person.says("білмеймін")
    assert "Осы өтінімді өшірейік пе?" in person.sees
    await person.presses("Жоқ, жалғастырамын")
    assert "Нені өзгерткіңіз келеді" in person.sees
    await person.says("/cancel")
    await person.presses("Иә, бәрін өшіру")
    [(state, answers, sealed)] = await house.rows("SELECT state, answers, sealed FROM draft")
    assert (state, stored_json(answers), sealed) == ("discarded", {}, b"")


async def test_with_nothing_begun_there_is_nothing_to_cancel(house: House) -> None:
    person = house.person()
    await person.speaks("kk")
    await person.says("/cancel")
    assert person.sees.startswith("Өшіретін ештеңе жоқ: басталған өтініміңіз жоқ. Қазір мына жердеміз.\n\n")
    assert await house.rows("SELECT count(*) FROM draft") == [(0,)]


async def test_after_closing_the_draft_is_kept_and_nothing_more_is_taken(house: House) -> None:
    person = await stands_at(house, "goal", at="goal")
    competition = (await draft_of(house)).competition.competition
    house.clock.now = competition.dates.intake_closes
    await person.says("Ауылымызда балалардың сабақтан кейін баратын жері жоқ.")
    assert "Бұл өтінім жіберілмей қалды" in person.sees
    await person.says("/apply")
    assert "Бұл өтінім жіберілмей қалды" in person.sees
    assert "goal" not in (await draft_of(house)).answers


async def test_one_second_before_closing_an_answer_is_taken(house: House) -> None:
    person = await stands_at(house, "title", "goal", at="title")
    closes = (await draft_of(house)).competition.competition.dates.intake_closes
    house.clock.now = closes - timedelta(seconds=1)
    await person.says("/apply")
    await person.says("Біздің аула")
    assert (await draft_of(house)).answers["title"] == "Біздің аула"


async def test_what_the_organiser_changed_is_told_at_the_next_touch(house: House) -> None:
    person = await stands_at(house, "title", "goal", at="title")
    await house.work(lambda work: in_force(work, ("maximum = 1_000_000 ", "maximum = 500_000 ")))
    await person.says("Біздің аула")
    assert person.sees.replace("\xa0", " ").startswith(
        "Ұйымдастырушы конкурсқа өзгеріс енгізді:\n• гранттың ең көп мөлшері енді 500 000 ₸\nЖазғаныңыз сақтаулы."
    )
    draft = await draft_of(house)
    assert (draft.answers["title"], draft.moved) == ("Біздің аула", False)


async def test_files_and_recordings_are_no_answers(house: House) -> None:
    person = await stands_at(house, "title", at="title")
    before = await draft_of(house)
    await person.sends_document("жоба.pdf", b"%PDF-1.7")
    await person.sends_contact("77010000000")
    assert (await draft_of(house)).answers == before.answers
    assert "Жобаңыз қалай аталады?" in person.sees
