"""An operator fills in an application with a caller, who takes it over in their own chat: two people, one form."""

from __future__ import annotations

import re

from domain.form import FORM
from domain.staff import Role
from handlers.language import speaking
from tests.applicant import PDF, SLOTS
from tests.applicants import RU, agrees, answer, draft_of
from tests.call_centre import complains, joins
from tests.drafts import ANSWERS
from tests.person import House, Person
from usecases.assistances import end_expired
from usecases.staff import remove

FILL = "📝 Заполнить заявку вместе"
HAND_OVER = "✅ Передать звонящему"
CALL = "8 701 000 00 77\nБолат\nпросит помочь заполнить заявку"


async def begins(house: House, olga: Person, aigerim: Person) -> None:
    await complains(aigerim, "өтінім толтыруға көмектесіңізші")
    await olga.says("/next")
    await olga.presses(FILL)


async def dictates(operator: Person, upto: str = "") -> None:
    """The operator answers every question, in Russian, as a caller dictates; up to this one if it is said."""
    with speaking("ru"):
        for one in FORM:
            if one.key == upto:
                return
            await (operator.says(ANSWERS[one.key]) if one.own else answer(operator, one, RU))


async def one_number(house: House, statement: str) -> int:
    return int((await house.rows(statement))[0][0])


async def test_from_a_request_to_the_sent_application(house: House, aigerim: Person, olga: Person) -> None:
    await begins(house, olga, aigerim)
    assert "засчитается, только когда он сам примет" in "".join(olga.alerts)
    assert olga.sees.startswith("📞 Для: Айгерім\nО вас · 1/")
    assert await house.rows("SELECT whose, what FROM opening") == [(1, "draft")]
    await dictates(olga)
    assert olga.sees.startswith("📞 Для: Айгерім\nОтветов: 43 из 43\nИз них записали мы: 43")
    assert await one_number(house, "SELECT count(*) FROM draft WHERE state = 'open'") == 0
    await olga.presses(HAND_OVER)
    assert "шесть цифр из своего чата" in olga.sees
    assert "Сізбен бірге өтінім толтырды" in aigerim.sees
    assert "Айтқаныңыз бойынша 43 жауап жазылды. Барлығы: 43/43." in aigerim.sees
    await aigerim.presses("✅ Қабылдау")
    assert "Алдымен келісіміңіз керек" in "".join(aigerim.alerts) + aigerim.sees
    await aigerim.presses("Келісемін", "Жариялауға болады", "Өтінімге", "✅ Қабылдау")
    assert "43 жауап қосылды" in "".join(aigerim.alerts) + aigerim.sees
    assert "Колл-орталық жазып берген 43 жауапта ☎️ белгісі тұр" in aigerim.sees
    assert "записанное вами принято" in olga.sees
    await aigerim.presses("Өзіңіз туралы")
    assert "Тегі ☎️" in aigerim.sees
    await aigerim.presses("✏️ Тегі")
    await aigerim.says("Басқаева")
    assert "Тегі\nБасқаева" in aigerim.sees
    draft = await draft_of(house)
    assert set(draft.filled_by) == {one.key for one in FORM if one.key in draft.answers} - {"surname"}
    await sends(aigerim)
    assert await one_number(house, "SELECT count(*) FROM application") == 1
    await aigerim.says("/status")
    assert "Колл-орталық жазып, өзіңіз тексеріп жіберген жауаптар: Аты," in aigerim.sees


async def sends(person: Person) -> None:
    await person.says("/status")
    await person.presses("Қарап шығып", "Құжат жіберу")
    for number, slot in enumerate((*SLOTS["kk"], "Осал топ")):
        await person.presses(slot)
        await person.sends_document(f"{slot}.pdf", PDF + str(number).encode())
        await person.presses("Барлық құжат")
    await person.presses("Қарап шығып, жіберу", "Өтінімді жіберу", "Иә, өтінімді жіберемін")


async def test_the_code_in_their_chat_confirms_instead_of_a_press(house: House, aigerim: Person, olga: Person) -> None:
    await agrees(house)
    await begins(house, olga, aigerim)
    await dictates(olga, upto="iin")
    await olga.presses("Пауза", HAND_OVER)
    code = re.findall(r"\b\d{6}\b", aigerim.sees)[0]
    wrong = f"{(int(code) + 1) % 10**6:06}"
    await olga.says(wrong)
    assert "Это не тот код" in olga.sees
    await olga.says(f"{code[:3]} {code[3:]}")
    assert "✅ Подтверждено" in olga.sees
    draft = await draft_of(house)
    assert {key: draft.answers[key] for key in draft.filled_by} == {
        key: ANSWERS[key] for key in ("surname", "name", "patronymic")
    }
    assert await house.rows("SELECT state, tries FROM assistance") == [("taken", 1)]


async def test_a_code_has_five_tries_a_quarter_of_an_hour_and_is_no_consent(
    house: House, aigerim: Person, olga: Person
) -> None:
    await begins(house, olga, aigerim)
    await olga.says("Сейітова")
    await olga.presses("Пауза", HAND_OVER)
    code = re.findall(r"\b\d{6}\b", aigerim.sees)[0]
    await olga.says(code)
    assert "ещё не дал согласия" in olga.sees
    await agrees(house)
    for _try in range(5):
        await olga.says("нет" if code == "000000" else "000000")
    await olga.says(code)
    assert "Действующего кода больше нет" in olga.sees
    await olga.presses("Забрать и продолжить", "Пауза", HAND_OVER)
    code = re.findall(r"\b\d{6}\b", aigerim.sees)[0]
    house.clock.goes(minutes=15)
    await olga.says(code)
    assert "Действующего кода больше нет" in olga.sees
    assert await house.rows("SELECT count(*) FROM draft WHERE state = 'open'") == [(0,)]
    await aigerim.presses("✅ Қабылдау")
    assert (await draft_of(house)).answers["surname"] == "Сейітова"


async def test_their_own_answers_stay_unless_they_choose_otherwise(house: House, aigerim: Person, olga: Person) -> None:
    await agrees(house)
    await aigerim.says("/apply", "Сейітова", "Айгерім")
    await begins(house, olga, aigerim)
    assert "3/42" in olga.sees
    await olga.presses("Пауза", "Просмотреть записанное", "✏️ Фамилия")
    await olga.says("Сеитова")
    await olga.presses("Вернуться к вопросам")
    await olga.says("Ерланқызы")
    await aigerim.says("/apply", "Ерланқызы-өзім")  # at the same time, in their own form
    await olga.presses("Пауза", HAND_OVER)
    assert "Тегі\nСіздікі: Сейітова\n☎️: Сеитова" in aigerim.sees
    assert "Әкесінің аты\nСіздікі: Ерланқызы-Өзім\n☎️: Ерланқызы" in aigerim.sees
    offer, data = aigerim.screen, aigerim.account.button(aigerim.screen, "▫️ Тегі: колл-орталықтікі")["callback_data"]
    await aigerim.presses_old(offer, data)
    await aigerim.presses_old(offer, data)  # pressed twice it means once
    await aigerim.presses("✅ Қабылдау")
    draft = await draft_of(house)
    kept = {key: draft.answers[key] for key in ("surname", "name", "patronymic")}
    assert kept == {"surname": "Сеитова", "name": "Айгерім", "patronymic": "Ерланқызы-Өзім"}
    assert list(draft.filled_by) == ["surname"]


async def test_who_has_never_written_takes_it_over_by_a_code(house: House, aigerim: Person, olga: Person) -> None:
    await olga.says("/work")
    await olga.presses("☎️ Нам позвонили", "Вопрос", "Западно-Казахстанская область")
    await olga.says(CALL)
    await olga.presses("Стол" if "Стол" in olga.labels else "🎧")
    await olga.presses("T-")
    await olga.presses(FILL)
    await olga.says("Болатов", "Болат")
    await olga.presses("Пауза", HAND_OVER)
    code = "".join(re.findall(r"(\d{4}) (\d{4})", olga.sees)[0])
    assert olga.sees.endswith(f"?start=fill_{code}")
    bolat = house.person(3001, "ru", "Болат")
    await bolat.starts(f"fill_{code}")
    assert "С ваших слов записаны 2 ответа" in bolat.sees
    stranger = house.person(3002, "ru", "Чужой")
    await stranger.speaks("ru")
    await stranger.says(code)
    assert "Такого кода нет" in stranger.sees
    await bolat.presses("✅ Принять", "Соглашаюсь", "Можно публиковать", "К заявке", "✅ Принять")
    draft = await draft_of(house, 3001)
    assert (draft.answers["surname"], draft.answers["name"]) == ("Болатов", "Болат")
    assert "Болат, +7 701 000 00 77: записанное вами принято" in olga.sees


async def test_an_operator_is_told_when_a_code_puts_a_colleagues_in_place_of_theirs(
    house: House, aigerim: Person, olga: Person
) -> None:
    pavel = await joins(house, 2002, "Павел")
    await pavel.says("/work")
    await pavel.presses("☎️ Нам позвонили", "Вопрос", "Западно-Казахстанская область")
    await pavel.says(CALL)
    await pavel.presses("Стол" if "Стол" in pavel.labels else "🎧")
    await pavel.presses("T-", FILL)
    await pavel.says("Болатов", "Болат")
    await pavel.presses("Пауза", HAND_OVER)
    code = "".join(re.findall(r"(\d{4}) (\d{4})", pavel.sees)[0])
    await begins(house, olga, aigerim)
    await olga.says("Сейітова")
    await aigerim.says(f"/code {code}")
    assert "по коду открыто то, что записал коллега" in olga.sees
    assert await house.rows("SELECT state FROM assistance ORDER BY id") == [("offered",), ("dropped",)]


async def test_wrong_codes_are_counted(house: House, aigerim: Person) -> None:
    for _try in range(5):
        await aigerim.says("1234 5678")
        assert "Мұндай код жоқ" in aigerim.sees
    await aigerim.says("8765-4321")
    assert "Бір сағаттан кейін" in aigerim.sees
    house.clock.goes(hours=1, seconds=1)
    await aigerim.says("/code 87654321")
    assert "Мұндай код жоқ" in aigerim.sees


async def test_leaving_the_office_ends_it_at_once(house: House, aigerim: Person, olga: Person) -> None:
    await begins(house, olga, aigerim)
    await olga.says("Сейітова")
    asked = olga.screen
    await house.work(lambda work: remove(work, None, 1))
    await olga.says("Айгерім")
    assert await house.rows("SELECT state FROM assistance") == [("dropped",)]
    assert await house.rows("SELECT state FROM draft") == [("discarded",)]
    data = next(b["callback_data"] for row in asked.keyboard for b in row if b["text"] == "Пауза")
    await olga.presses_old(asked, data)
    assert "📞" not in olga.sees
    assert "Айгерім" not in olga.texts[-1]


async def test_an_operators_own_application_is_never_touched(house: House, aigerim: Person) -> None:
    person = await joins(house, 2002, "Павел")
    await agrees(house, 2002)
    await person.says("/apply", "Павлов")
    own = person.screen
    await complains(aigerim, "көмек")
    await person.says("/next")
    await person.presses(FILL)
    await person.says("Сейітова", "Айгерім")
    mine = next(b["callback_data"] for row in own.keyboard for b in row if b["text"] == "Пауза")
    await person.presses_old(own, mine)
    draft = await draft_of(house, 2002)
    assert (draft.answers, draft.filled_by) == ({"surname": "Павлов"}, {})


async def test_what_nobody_takes_over_is_erased(house: House, aigerim: Person, olga: Person) -> None:
    await begins(house, olga, aigerim)
    await olga.says("Сейітова")
    await olga.presses("Пауза", HAND_OVER)
    house.clock.goes(days=3, seconds=1)
    assert await house.work(end_expired) == 1
    await aigerim.presses("✅ Қабылдау")
    assert await house.rows("SELECT state FROM draft") == [("discarded",)]


async def test_they_may_decline(house: House, aigerim: Person, olga: Person) -> None:
    await begins(house, olga, aigerim)
    await olga.says("Сейітова")
    await olga.presses("Пауза", HAND_OVER)
    await aigerim.presses("Керек емес", "Иә, өшіру")
    assert await house.rows("SELECT state FROM assistance") == [("declined",)]
    assert "заявитель отказался" in olga.sees


async def test_a_colleague_goes_on_only_once_it_rests(house: House, aigerim: Person, olga: Person) -> None:
    chief = await joins(house, 2003, "Сәуле", Role.SUPERVISOR)
    await begins(house, olga, aigerim)
    await olga.says("Сейітова")
    await olga.says("/desk")
    await olga.presses("T-", "Передать", "👤 Сәуле", "Без заметки")
    await chief.presses("Открыть", FILL)
    assert "сейчас заполняет коллега" in "".join(chief.alerts) + chief.sees
    house.clock.goes(minutes=31)
    await chief.presses(FILL)
    assert "2/42" in chief.sees
    await olga.says("/desk")
    assert await house.rows("SELECT count(*) FROM assistance") == [(1,)]
