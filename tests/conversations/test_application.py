"""The form from "Apply" to the last question, as a person lives it."""

from __future__ import annotations

import pytest

from domain.form import FORM, Kind
from handlers.answer_words import column_title
from handlers.language import speaking
from tests.applicants import agrees, answers_everything, draft_of, stands_at
from tests.drafts import ANSWERS
from tests.person import House


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_whole_form_from_the_first_to_the_last_question(house: House, language: str) -> None:
    await house.opens_competition()
    person = house.person()
    await person.speaks(language)
    await agrees(house)
    await person.says("/apply")
    await answers_everything(person, language)
    draft = await draft_of(house)
    assert draft.answers == ANSWERS
    assert str(draft.cursor) == "end"


async def test_the_first_question(house: House) -> None:
    await house.opens_competition()
    person = house.person()
    await person.speaks("kk")
    await agrees(house)
    await person.says("/apply")
    assert person.sees == (
        "Бастайық! Әр жауабыңыз бірден сақталады: кез келген жерде үзіліс жасап, кейін жалғастыра аласыз. "
        "Өтінім жіберудің соңғы мерзімі: 2026 жылғы 30 қараша, 23:59.\n\nӨзіңіз туралы · 1/42\n▱▱▱▱▱▱▱▱▱▱\n\n"
        "Тегіңіз кім?\nЖеке куәлікте қалай тұрса, солай жазыңыз.\n\nМысалы: Ысқақова"
    )
    assert person.labels == ["Үзіліс"]


async def test_without_consent_the_consent_comes_first(house: House) -> None:
    await house.opens_competition()
    person = house.person()
    await person.speaks("kk")
    await person.says("/apply")
    assert "1/2. Дербес деректерді сақтауға келісім" in person.sees


async def test_without_a_competition_nothing_is_promised(house: House) -> None:
    person = house.person()
    await person.speaks("ru")
    await person.says("/apply")
    assert person.sees == (
        "Сейчас ни один конкурс не принимает заявки.\n\n"
        "Если конкурс объявят, его даты появятся в меню. Будет ли он и когда, пока неизвестно."
    )


async def test_a_name_is_tidied_and_shown_when_one_goes_back(house: House) -> None:
    person = await stands_at(house, "surname", "name", at="surname")
    await person.says("ЫСҚАҚОВА")
    await person.presses("Артқа")
    assert "Қазіргі жауабыңыз: Ысқақова" in person.sees
    await person.presses("Осылай қалсын")
    assert "Атыңыз кім?" in person.sees


async def test_what_was_not_understood_is_asked_again_with_the_reason(house: House) -> None:
    person = await stands_at(house, "iin", at="iin")
    await person.says("030504200010")
    assert person.sees.startswith("Бір цифр қате терілген сияқты.")
    assert "ЖСН-іңіз қандай?" in person.sees
    assert "iin" not in (await draft_of(house)).answers


async def test_a_press_on_the_older_copy_of_a_question_is_answered_below_the_newer(house: House) -> None:
    person = await stands_at(house, "sex", at="sex")
    first = person.screen
    await person.says("білмеймін")
    second = person.screen
    await person.presses_old(first, first.keyboard[0][0]["callback_data"])
    assert not first.versions
    assert person.screen.id > second.id
    assert (await draft_of(house)).answers["sex"] == "female"


async def test_an_iin_is_read_back_and_may_be_denied(house: House) -> None:
    person = await stands_at(house, "iin", "birth_date", at="iin")
    await person.says("030504200019")
    assert person.sees == ("Әр цифрын жеке куәлігіңізбен салыстырып шығыңызшы:\n\n030504 2 0001 9\n\nДұрыс па?")
    await person.presses("Жоқ, қайта жазамын")
    assert "ЖСН-іңіз қандай?" in person.sees
    await person.says("030504200019", "иә")
    assert "Қашан тудыңыз?" in person.sees


async def test_a_birth_date_unlike_the_iin_is_asked_about_and_taken(house: House) -> None:
    person = await stands_at(house, "birth_date", at="birth_date")
    await person.says("4 мамыр 2003")
    assert "Мұндай бола береді, бұл қате емес." in person.sees
    await person.presses("Иә, дұрыс")
    assert (await draft_of(house)).answers["birth_date"] == "2003-05-04"


async def test_the_own_contact_is_one_press_and_the_keyboard_goes_away(house: House) -> None:
    person = await stands_at(house, "phone", "email", at="phone")
    await person.presses_keyboard("Нөмірімді жіберу")
    assert "Электрондық поштаңыз қандай?" in person.sees
    assert person.chat.keyboard is None


async def test_another_persons_contact_is_asked_about(house: House) -> None:
    person = await stands_at(house, "phone", "email", at="phone")
    await person.sends_contact("+7 702 000 00 00", own=False)
    assert "Бұл басқа адамның контактісі екен: +7 702 000 00 00." in person.sees
    await person.presses("Иә, дұрыс")
    assert (await draft_of(house)).answers["phone"] == "+77020000000"


async def test_a_foreign_number_is_asked_about(house: House) -> None:
    person = await stands_at(house, "contact_phone", at="contact_phone")
    await person.says("+49 30 901820")
    assert "Бұл басқа елдің нөмірі екен: +49 30 901820." in person.sees
    await person.says("жоқ")
    assert "Ол кісінің телефон нөмірі қандай?" in person.sees


async def test_typed_words_choose_an_option_when_they_are_clear(house: House) -> None:
    person = await stands_at(house, "education", "region", at="education")
    await person.says("kolledzh")
    assert (await draft_of(house)).answers["education"] == "college"
    await person.says("Шымкенттенмін бе, білмеймін")
    assert "region" not in (await draft_of(house)).answers
    await person.says("чимкент")
    assert (await draft_of(house)).answers["region"] == "79"


async def test_a_region_of_another_competition(house: House) -> None:
    person = await stands_at(house, "region", at="region")
    await person.says("Алматы қаласы")
    assert person.sees.startswith("Бұл конкурсқа Алматы қаласы кірмейді.")


async def test_words_for_skip(house: House) -> None:
    person = await stands_at(house, "patronymic", at="patronymic")
    await person.says("жоқ")
    assert (await draft_of(house)).answers["patronymic"] is None


async def test_ticks_come_and_go_and_none_goes_alone(house: House) -> None:
    person = await stands_at(house, "vulnerable_groups", at="vulnerable_groups")
    assert "Дайын" not in person.labels
    await person.presses("Жетім", "Аз қамтылған", "Жетім")
    assert "✅ Аз қамтылған отбасынанмын" in person.labels
    assert "▫️ Жетім қалғанмын" in person.labels
    await person.presses("Ешқайсысы сай келмейді", "Дайын")
    assert (await draft_of(house)).answers["vulnerable_groups"] == ["none"]


async def test_html_and_sql_are_only_words(house: House) -> None:
    nasty = "<b>Robert</b> & '); DROP TABLE draft;-- {name} %s"
    for one in (one for one in FORM if one.kind is Kind.TEXT):
        number = 2000 + FORM.index(one)
        fitting = (nasty * 2)[: one.most]
        person = await stands_at(house, one.key, at=one.key, number=number, earlier_programmes=["other"])
        await person.says(fitting)
        draft = await draft_of(house, number)
        assert draft.answers[one.key] == fitting.strip()
        await person.says("/apply")


async def test_a_table_is_filled_changed_and_emptied(house: House) -> None:
    person = await stands_at(house, "budget", at="budget.0.item")
    await person.says("Тігін машинасы", "5 дана", "90 мың")
    assert "1. Тігін машинасы: 5 × 90 000 ₸ = 450 000 ₸" in person.sees.replace("\xa0", " ")
    assert "Барлығы: 450 000 ₸. Ең көп мөлшері – 1 000 000 ₸, тағы 550 000 ₸ қалды." in person.sees.replace("\xa0", " ")
    await person.says("Мата", "100", "1500")  # typed at the list: one more line
    with speaking("kk"):
        await person.presses("✏️ 2", column_title("budget", "price"))
    await person.says("6000")
    assert "⚠️ Сметаның сомасы – 1 050 000 ₸" in person.sees.replace("\xa0", " ")
    await person.presses("✏️ 1", "Осы жолды өшіру")
    assert (await draft_of(house)).answers["budget"] == [{"item": "Мата", "quantity": 100, "price": 6000}]
    await person.presses("Болды, әрі қарай")
    assert str((await draft_of(house)).cursor) == "end"


async def test_too_big_a_budget_is_kept_and_told_once_more(house: House) -> None:
    rows = [{"item": "Станок", "quantity": 2, "price": 600_000}]
    person = await stands_at(house, "funded_elsewhere", at="budget", budget=rows)
    await person.presses("Болды, әрі қарай")
    assert "Сметаның сомасы – 1 200 000 ₸" in "\n".join([*person.alerts, person.sees]).replace("\xa0", " ")
    assert (await draft_of(house)).answers["budget"] == rows


async def test_what_is_not_paid_for_is_warned_of_and_taken(house: House) -> None:
    person = await stands_at(house, "title", "goal", at="title")
    await person.says("Ауылда дүкен ашамыз")
    assert person.sees.startswith("⚠️ Мынаған ұқсайды: жоба кезінде бірдеңе сату, ақылы қызмет көрсету.")
    assert (await draft_of(house)).answers["title"] == "Ауылда дүкен ашамыз"


async def test_many_rows_come_in_pages(house: House) -> None:
    rows = [{"item": f"Зат {place}", "quantity": 1, "price": place} for place in range(1, 15)]
    person = await stands_at(house, at="budget", budget=rows)
    assert "13. Зат 13" in person.sees
    assert "12. Зат 12" not in person.sees
    await person.presses("‹", "‹")
    assert "1. Зат 1:" in person.sees
    await person.presses("✏️ 1")
    assert "1-жол\nЗат 1: 1 × 1 ₸ = 1 ₸" in person.sees.replace("\xa0", " ")


async def test_an_answer_that_does_not_meet_the_rules_is_taken_and_told(house: House) -> None:
    person = await stands_at(house, "working", "studying", at="working")
    await person.says("работаю")
    assert person.sees.startswith("⚠️ Бұл жауап осы конкурстың ережесіне сай келмейді. Жауабыңыз сақталды.")
    assert (await draft_of(house)).answers["working"] == "yes"
    await person.says("жоқ")
    assert "⚠️" not in person.sees


async def test_a_pause_at_the_phone_takes_the_keyboard_away(house: House) -> None:
    person = await stands_at(house, "phone", at="phone")
    await person.presses("Үзіліс")
    assert person.chat.keyboard is None
