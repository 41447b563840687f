"""May I apply? From the first question to the verdict, by buttons and by words, with everything that goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.competition import Competition
from handlers.language import _ as say
from handlers.language import speaking
from tests.factories import NOW, a_competition, both
from tests.in_force import PutInForce
from tests.person import House, Person, stored_json

BY_BUTTONS = {
    "kk": [
        "Шымкент қаласы",
        "Қазақстан азаматымын",
        None,
        "Тұрақты тіркелу",
        "Жоқ, жұмыс істемеймін",
        "Жоқ, оқымаймын",
        "Жоқ, барып жүрген жоқпын",
    ],
    "ru": [
        "Город Шымкент",
        "Гражданство Казахстана",
        None,
        "Постоянная регистрация",
        "Нет, не работаю",
        "Нет, не учусь",
        "Нет, не прохожу",
    ],
}
BY_WORDS = {
    "kk": ["шымкент", "иә", "4 мамыр 2001", "тұрақты", "жұмыс істемеймін", "жоқ", "жоқ"],
    "ru": ["Шымкент", "да", "4 мая 2001 г.", "постоянная", "не работаю", "нет", "нет"],
}
GOOD = {"kk": "✅ Жауаптарыңызға қарағанда, қатыса аласыз.", "ru": "✅ Судя по ответам, вы можете участвовать."}


async def opened(house: House, put_in_force: PutInForce, *competitions: Competition) -> None:
    for competition in competitions or (a_competition(),):
        await house.database.transaction(put_in_force, competition)


async def begun(house: House, put_in_force: PutInForce, language: str = "kk") -> Person:
    """Somebody at the first question."""
    await opened(house, put_in_force)
    person = house.person()
    await person.speaks(language)
    await person.presses(label(language, "May I apply?"))
    return person


def label(language: str, message: str) -> str:
    with speaking(language):
        return say(message)


async def judged(person: Person, language: str, **others: str) -> None:
    """Every question answered in words; `others` by question."""
    keys = ["region", "citizenship", "birth_date", "registration", "working", "studying", "training"]
    for key, words in zip(keys, BY_WORDS[language], strict=True):
        await person.says(others.get(key, words))
        if key == "birth_date":
            await person.presses(label(language, "Yes, right"))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_by_buttons(house: House, put_in_force: PutInForce, language: str) -> None:
    person = await begun(house, put_in_force, language)
    for place, pressed in enumerate(BY_BUTTONS[language], 1):
        assert f" {place}/7\n" in person.sees
        if pressed:
            await person.presses(pressed)
        else:
            await person.says("04.05.2001")
            await person.presses(label(language, "Yes, right"))
    assert person.sees.startswith(GOOD[language])
    assert person.labels[0] == label(language, "Apply")


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_by_words(house: House, put_in_force: PutInForce, language: str) -> None:
    person = await begun(house, put_in_force, language)
    await judged(person, language)
    assert person.sees.startswith(GOOD[language])


async def test_the_first_question(house: House, put_in_force: PutInForce) -> None:
    person = await begun(house, put_in_force)
    assert person.sees == (
        "Қатыса аламын ба? 1/7\n\n"
        "7 қысқа сұрақ бар, бір минуттай ғана уақыт кетеді. Мұнда аты-жөніңіз де, келісіміңіз де керек емес.\n\n"
        "Қай өңірдің конкурсына қатысқыңыз келеді?\n\n"
        "Түймені басыңыз немесе облыстың, қаланың, ауданның атауын жазыңыз."
    )
    assert person.labels == ["Батыс Қазақстан облысы", "Шымкент қаласы", "Басқа өңір", "Мәзір"]


async def test_what_awaits_a_beginner_is_said_once(house: House, put_in_force: PutInForce) -> None:
    person = await begun(house, put_in_force, "ru")
    assert "около минуты" in person.sees
    await person.says("Нарния")
    assert "В каком регионе" in person.sees
    assert "около минуты" not in person.sees


async def test_no_names_and_no_consent_are_stored(house: House, put_in_force: PutInForce) -> None:
    person = await begun(house, put_in_force)
    await judged(person, "kk")
    assert await house.rows("SELECT * FROM consent") == []
    ((answers, sealed),) = await house.rows("SELECT answers, sealed FROM eligibility_check")
    assert sorted(stored_json(answers)) == ["citizenship", "region", "registration", "studying", "training", "working"]
    assert b"2001" not in sealed


class TestRegion:
    async def test_all_regions_on_two_pages(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force)
        await person.presses("Басқа өңір")
        first = set(person.labels)
        await person.presses("›")
        second = set(person.labels)
        controls = {"›", "‹", "Мәзір"}
        assert len(first - controls) == len(second - controls) == 10
        assert first & second == {"Мәзір"}
        await person.presses("‹")
        assert set(person.labels) == first

    async def test_many_open_lots_begin_with_the_list_of_all(self, house: House, put_in_force: PutInForce) -> None:
        lots = {
            "19": ("15", "43"),
            "19-1": ("35", "39"),
            "19-2": ("33", "63"),
            "19-3": ("11", "55"),
            "19-4": ("59", "71"),
        }
        every = [
            replace(a_competition(), code=f"{lot}-2026", lot=lot, quotas={a: 14, b: 14}) for lot, (a, b) in lots.items()
        ]
        await opened(house, put_in_force, *every)
        person = house.person()
        await person.speaks("kk")
        await person.says("/check")
        assert "Абай облысы" in person.labels
        assert "›" in person.labels

    async def test_an_unclear_name_gives_buttons(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Алматы")
        assert person.labels == ["Алматинская область", "Город Алматы", "Другой регион", "Меню"]
        assert "Какой регион вы имели в виду?" in person.sees
        await person.says("Шымкент")
        assert "У вас есть гражданство Казахстана?" in person.sees

    async def test_an_unknown_name(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Нарния")
        assert person.sees.startswith("Такой регион не нашёлся.")
        assert " 1/7\n" in person.sees

    async def test_a_region_without_a_competition_is_told_so(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Костанай")
        assert person.sees == (
            "Костанайская область: здесь сейчас нет конкурса, и будет ли он, пока неизвестно. Если его объявят, вы "
            "увидите это в меню.\n\n"
            "Если хотите, проверим по правилам другого конкурса: Competition ru (Западно-Казахстанская область, "
            "город Шымкент)."
        )
        assert person.labels == ["Проверить по тем правилам", "Выбрать другой регион", "Меню"]
        await person.says("а что делать")
        assert person.sees.startswith("Здесь ничего писать не нужно, нажмите кнопку.")
        await person.presses("Проверить по тем правилам")
        assert " 2/7\n" in person.sees

    async def test_by_general_rules_the_region_fails_and_the_rest_is_told(
        self, house: House, put_in_force: PutInForce
    ) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Костанай")
        await person.presses("Проверить по тем правилам")
        for words in BY_WORDS["ru"][1:]:
            await person.says(words)
            if "мая" in words:
                await person.says("да")
        assert person.sees.startswith(
            "❗ Судя по ответам, пока не выполнено 1 условие:\n\n• Регион. Вы выбрали: Костан"
        )

    async def test_another_region_after_all(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Костанай")
        await person.presses("Выбрать другой регион", "Город Шымкент")
        assert " 2/7\n" in person.sees

    async def test_without_any_competition_nothing_is_asked_or_promised(self, house: House) -> None:
        person = house.person()
        await person.speaks("kk")
        await person.says("/check")
        assert person.sees == (
            "Қазір конкурс жоқ, сондықтан тексеретін ереже де жоқ: жас шегі мен басқа шарттар әр конкурста бөлек "
            "бекітіледі. Келесі конкурстың қашан болатынын білмейміз, уәде де бере алмаймыз. Осы ботта жарияланса, "
            "мәзірден көресіз."
        )
        await person.says("Шымкент")
        assert "Қазір конкурс жоқ" in person.sees


class TestBirthDate:
    async def at_date(self, house: House, put_in_force: PutInForce) -> Person:
        person = await begun(house, put_in_force, "ru")
        await person.says("Шымкент", "да")
        return person

    async def test_it_is_read_back_in_words(self, house: House, put_in_force: PutInForce) -> None:
        person = await self.at_date(house, put_in_force)
        await person.says("04052001")
        assert person.sees == (
            "Могу ли я участвовать? 3/7\n\nВы родились 4 мая 2001 года\nСейчас вам 25 лет\n\nВсё верно?"
        )

    async def test_a_swapped_day_and_month_is_written_again(self, house: House, put_in_force: PutInForce) -> None:
        person = await self.at_date(house, put_in_force)
        await person.says("05.04.2001")
        await person.presses("Нет, напишу заново")
        assert "Сейчас записано: 5 апреля 2001 года" in person.sees
        await person.says("04.05.2001", "верно")
        assert " 4/7\n" in person.sees

    async def test_another_date_instead_of_an_answer(self, house: House, put_in_force: PutInForce) -> None:
        person = await self.at_date(house, put_in_force)
        await person.says("05.04.2001", "04.05.2001")
        assert "Вы родились 4 мая 2001 года" in person.sees
        await person.says("нет")
        assert "Когда вы родились?" in person.sees

    async def test_what_is_no_date_is_asked_again(self, house: House, put_in_force: PutInForce) -> None:
        person = await self.at_date(house, put_in_force)
        for wrong, words in {
            "в прошлом году": "Не получилось прочитать дату.",
            "31.02.2001": "Такого дня нет в календаре: 31.02.2001.",
            "04.05.01": "Напишите год четырьмя цифрами",
            "04.05.2030": "Этот день ещё не наступил.",
        }.items():
            await person.says(wrong)
            assert person.sees.startswith(words)
            assert "Когда вы родились?" in person.sees

    async def test_the_readback_survives_a_walk_through_the_menu(self, house: House, put_in_force: PutInForce) -> None:
        person = await self.at_date(house, put_in_force)
        await person.says("04.05.2001", "/menu", "/check")
        assert " 4/7\n" in person.sees


class TestGoingBack:
    async def test_back_keeps_the_answer_and_shows_it(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Шымкент", "да")
        await person.presses("Назад")
        assert " 2/7\n" in person.sees
        assert "Сейчас записано: Гражданство Казахстана" in person.sees
        await person.presses("Назад")
        assert "Сейчас записано: город Шымкент" in person.sees
        await person.presses("Город Шымкент")
        assert " 3/7\n" in person.sees  # what was answered is not asked twice

    async def test_before_the_first_question_is_the_menu(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Шымкент")
        await person.presses("Назад", "Назад")
        assert person.sees.startswith("ZHAS PROJECT")
        assert "🔎 Проверка начата, ответов: 1 из 7." in person.sees
        await person.presses("Могу ли я участвовать?")
        assert " 2/7\n" in person.sees

    async def test_from_the_list_of_all_back_to_the_question(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.says("Шымкент")
        await person.presses("Назад", "Другой регион", "Назад")
        assert "Западно-Казахстанская область" in person.labels

    async def test_check_again_asks_everything_anew(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru", working="работаю")
        await person.presses("Проверить заново")
        assert " 1/7\n" in person.sees
        assert [row.eligible for row in await house.rows("SELECT eligible FROM eligibility_check ORDER BY id")] == [
            0,
            None,
        ]

    async def test_one_answer_is_corrected(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru", working="работаю")
        await person.presses("Мои ответы", "Да, работаю")
        assert "Вы сейчас работаете?" in person.sees
        await person.presses("Назад")
        assert len(person.labels) == 9
        await person.presses("Да, работаю", "Нет, не работаю")
        assert person.sees.startswith(GOOD["ru"])

    async def test_a_corrected_birth_date_is_read_back_before_the_verdict(
        self, house: House, put_in_force: PutInForce
    ) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru", birth_date="2010-05-04")
        await person.presses("Мои ответы", "4 мая 2010 года")
        await person.says("04.05.2001")
        assert "Всё верно?" in person.sees
        assert len(await house.rows("SELECT 1 FROM eligibility_check WHERE eligible")) == 0
        await person.presses("Да, верно")
        assert person.sees.startswith(GOOD["ru"])


class TestOldButtons:
    async def test_an_answered_question_is_not_answered_twice(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        screen = person.screen
        data = screen.keyboard[1][0]["callback_data"]
        await person.says("Западно-Казахстанская область")
        before = await house.rows("SELECT answers FROM eligibility_check")
        await person.presses_old(screen, data)
        assert person.alerts == ["Эта кнопка устарела. Продолжим отсюда."]
        assert await house.rows("SELECT answers FROM eligibility_check") == before
        assert " 2/7\n" in person.sees

    @pytest.mark.parametrize(
        "data",
        [
            "ck:1:region:99",
            "ck:2:region:79",
            "ck:1:working:yes",
            "ckd:1:1",
            "ckb:1:citizenship",
            "ckg:1",
            "ckc:1:working",
            "ckn:7",
            "ck:1",
            "ckr:1:x",
        ],
    )
    async def test_forged_data_changes_nothing(self, house: House, put_in_force: PutInForce, data: str) -> None:
        person = await begun(house, put_in_force, "ru")
        before = await house.rows("SELECT * FROM eligibility_check")
        await person.presses_old(person.screen, data)
        assert person.alerts == ["Эта кнопка устарела. Продолжим отсюда."]
        assert await house.rows("SELECT * FROM eligibility_check") == before

    @pytest.mark.parametrize("page", [-5, 99])
    async def test_a_page_that_is_not_there(self, house: House, put_in_force: PutInForce, page: int) -> None:
        person = await begun(house, put_in_force, "ru")
        await person.presses_old(person.screen, f"ckr:1:{page}")
        assert len([name for name in person.labels if name not in {"‹", "›", "Меню"}]) == 10

    async def test_a_good_verdict_asks_nobody(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru")
        await person.presses_old(person.screen, "ckp:1")
        assert person.alerts == ["Этого уже нет. Продолжим отсюда."]
        assert await house.rows("SELECT * FROM ticket") == []


class TestVerdict:
    @pytest.mark.parametrize("language", ["kk", "ru"])
    async def test_a_person_is_asked_once(self, house: House, put_in_force: PutInForce, language: str) -> None:
        person = await begun(house, put_in_force, language)
        await judged(person, language, citizenship=label(language, "Another country or none"))
        screen, data = person.screen, person.screen.keyboard[0][0]["callback_data"]
        await person.presses(label(language, "Ask a person to look"))
        assert "T-79-2026-000001" in person.sees
        assert "+7 700 000 00 00" in person.sees
        assert f"hours {language}" in person.sees
        await person.presses_old(screen, data)
        assert len(await house.rows("SELECT * FROM ticket")) == 1
        await person.presses(label(language, "Back to the result"))
        assert "T-79-2026-000001" in person.sees
        assert person.labels[0] == label(language, "What about my request?")

    async def test_it_stays_reachable(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru")
        verdict = person.sees
        await person.says("/menu")
        assert "✅ Судя по ответам, вы можете участвовать (проверено: 22 ноября 2026 года)." in person.sees
        assert person.labels[0] == "Подать заявку"
        await person.presses("Могу ли я участвовать?")
        assert person.sees == verdict
        assert "Проверить заново" in person.labels

    async def test_new_rules_judge_the_answers_anew(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru")
        rules = replace(a_competition().rules, age=replace(a_competition().rules.age, upper=24))
        await opened(house, put_in_force, replace(a_competition(), rules=rules))
        await person.says("/check")
        assert person.sees.startswith("С прошлой проверки прошло время или изменились правила")
        assert "Участвовать можно до 24 лет включительно" in person.sees
        assert "версия 2" in person.sees
        assert len(await house.rows("SELECT * FROM eligibility_check")) == 2

    async def test_a_birthday_changes_the_verdict(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        await judged(person, "ru", birth_date="24.11.2008")
        assert "По возрасту вы подойдёте с 24 ноября 2026 года." in person.sees
        house.clock.goes(days=2)
        await person.says("/check")
        assert GOOD["ru"] in person.sees

    async def test_stray_words_get_a_hint(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "kk")
        await judged(person, "kk")
        await person.says("рақмет")
        assert person.sees.startswith("Мұнда жазудың қажеті жоқ, түймелердің бірін басыңыз.\n\n✅")


class TestWords:
    async def test_what_is_not_clear_is_asked_again(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "kk")
        await person.says("Шымкент", "иә", "04.05.2001", "иә", "тұрақты", "кейде ғана")
        assert person.sees.startswith("Түймелердің бірін басыңызшы.\n\nҚатыса аламын ба? 5/7")

    async def test_a_voice_keeps_the_question(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "kk")
        await person.sends(person.account.sends_voice())
        assert "Қай өңірдің конкурсына қатысқыңыз келеді?" in person.sees

    async def test_the_language_changes_in_the_middle(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "kk")
        await person.says("Шымкент", "/language")
        await person.presses("Русский")
        assert "У вас есть гражданство Казахстана?" in person.sees
        assert "Гражданство Казахстана" in person.labels


class TestRestart:
    async def test_nothing_is_lost(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        for words in BY_WORDS["ru"]:
            await house.restart()
            house.clock.goes(hours=3)
            await person.says(words)
            if "мая" in words:
                await house.restart()
                await person.presses("Да, верно")
        assert GOOD["ru"] in person.sees

    async def test_a_redelivered_answer_is_taken_once(self, house: House, put_in_force: PutInForce) -> None:
        person = await begun(house, put_in_force, "ru")
        update = person.account.says("Шымкент")
        await person.sends(update)
        await person.sends(update)
        assert len(await house.rows("SELECT * FROM eligibility_check")) == 1
        assert " 2/7\n" in person.sees


async def test_before_intake_the_answer_is_when_it_opens(house: House, put_in_force: PutInForce) -> None:
    dates = replace(a_competition().dates, intake_opens=NOW + timedelta(days=1))
    await opened(house, put_in_force, replace(a_competition(), dates=dates, name=both("A & B")))
    person = house.person()
    await person.speaks("ru")
    assert "A & B ru\nПриём заявок откроется 23 ноября 2026 года, 12:00." in person.sees
    assert "Подать заявку" not in person.labels
    await person.says("/check")
    await judged(person, "ru")
    assert "Заявки пока не принимают. Приём откроется 23 ноября 2026 года, 12:00." in person.sees
    assert "Подать заявку" not in person.labels
