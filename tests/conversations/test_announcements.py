"""A coordinator writes an announcement in the chat, and people of both languages get it."""

from __future__ import annotations

import pytest

from domain.staff import Role
from sandbox.chats import Message
from tests.person import House, Person, Upload
from tests.staff import works

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


@pytest.fixture
async def readers(house: House) -> tuple[Person, Person]:
    """One who reads Kazakh and one who reads Russian."""
    await house.opens_competition()
    aigerim, danila = house.person(1001), house.person(1002, "ru", "Данила")
    await aigerim.speaks("kk")
    await danila.speaks("ru")
    return aigerim, danila


async def begins(house: House) -> Person:
    chief = await works(house, Role.ADMINISTRATOR, 1, "*")
    await chief.presses("📣 Объявления", "➕ Новое объявление")
    return chief


async def written(house: House) -> Person:
    chief = await begins(house)
    await chief.presses("По-казахски")
    await chief.says("Сәлем! Қабылдау ашылды.")
    await chief.presses("По-русски")
    await chief.says("Привет! Приём открыт.")
    return chief


def of_bot(person: Person) -> list[Message]:
    return [message for message in person.chat.messages if message.from_bot]


async def test_from_the_first_word_to_the_last_reader(house: House, readers: tuple[Person, Person]) -> None:
    aigerim, danila = readers
    chief = await begins(house)
    assert chief.sees == (
        "📣 Объявление №1: черновик\n\nПо-казахски: ещё не написано\nПо-русски: ещё не написано\n\nКому: все"
    )
    await chief.presses("По-казахски")
    await chief.says("Сәлем! Қабылдау ашылды.")
    await house.restart()
    await chief.presses("По-русски")
    link = {"type": "text_link", "offset": 8, "length": 5, "url": "https://example.kz/?a=1&b=2"}
    entities = [{"type": "bold", "offset": 0, "length": 7}, link, {"type": "custom_emoji", "offset": 0, "length": 2}]
    await chief.sends(chief.account.sends({"text": "Привет! Приём открыт, <5 дней.", "entities": entities}))
    await chief.presses("Кнопки под ним", "▫️ Подать заявку", "➕ Ссылка")
    await chief.says("https://example.kz\nТолығырақ\nПодробнее")
    await chief.presses("Назад", "👥 Кому уйдёт", "➕ Добавить людей", "Роль", "не сотрудники", "Готово", "Готово")
    await chief.presses("🔢 Посчитать")
    assert "2 человека, из них:\n• По-казахски: 1\n• По-русски: 1" in chief.sees
    assert "Некоторые из них (последние цифры аккаунта, язык, когда заходили):\n••00" in chief.sees
    await chief.presses("🚀 Отправить сейчас")
    assert aigerim.sees == "Сәлем! Қабылдау ашылды."
    assert aigerim.labels == ["Толығырақ", "📝 Өтінім беру", "🔕 Хабарландыру келмесін"]
    assert danila.sees == "Привет! Приём открыт, <5 дней."
    assert danila.screen.data["entities"] == [{"type": "bold", "offset": 0, "length": 7}, link]
    texts = [message.text for message in of_bot(chief)]
    assert texts[-1] == "✅ Объявление №1: закончено."
    assert "✅ закончено" in texts[-2]
    assert "• отправлено: 2" in texts[-2]


async def test_a_press_leaves_the_announcement_as_it_is(house: House, readers: tuple[Person, Person]) -> None:
    chief = await written(house)
    await chief.presses("Кнопки под ним", "▫️ Подать заявку", "Назад", "🚀 Отправить", "🚀 Отправить сейчас")
    danila = readers[1]
    told = danila.screen
    await danila.presses("📝 Подать заявку")
    assert (told.text, danila.screen.id > told.id) == ("Привет! Приём открыт.", True)
    await danila.presses("🔕 Не присылать объявления")
    assert danila.sees.startswith("Объявления больше не будут приходить.")
    assert told.text == "Привет! Приём открыт."
    await chief.says("/work")
    await chief.presses("📣 Объявления", "№1", "📝 Новое такое же", "🚀 Отправить")
    assert "• отказались от объявлений: 1" in chief.sees
    await danila.presses("🔔 Присылать снова")
    assert danila.sees == "Объявления снова будут приходить."


async def test_what_was_sent_is_corrected_and_deleted(house: House, readers: tuple[Person, Person]) -> None:
    aigerim, danila = readers
    chief = await written(house)
    await chief.presses("🚀 Отправить", "🚀 Отправить сейчас", "Открыть №1", "✏️ Исправить: по-русски")
    await chief.says("Приём открыт до пятницы.")
    assert (danila.sees, danila.screen.data.get("edit_date") is not None) == ("Приём открыт до пятницы.", True)
    assert aigerim.sees == "Сәлем! Қабылдау ашылды."
    await chief.presses("Открыть №1", "🗑 Удалить отправленное", "Да")
    for person, words in ((danila, "Приём открыт до пятницы."), (aigerim, "Сәлем! Қабылдау ашылды.")):
        assert words not in [message.text for message in of_bot(person)]
    assert "• удалено: 3" in [message.text for message in of_bot(chief)][-2]


async def test_a_photo_an_album_and_what_does_not_fit(house: House, readers: tuple[Person, Person]) -> None:
    aigerim, danila = readers
    chief = await begins(house)
    await chief.presses("По-казахски")
    await chief.sends(chief.account.sends_photo(PNG, "а" * 1025))
    assert "1024" in chief.sees.replace("\xa0", "")
    await chief.sends(chief.account.sends_voice())
    assert chief.sees.startswith("В объявлении могут быть текст, фото, видео и файлы.")
    await chief.sends(chief.account.sends_photo(PNG, "Сурет"))
    await chief.presses("По-русски")
    await chief.sends_album([Upload(f"{name}.jpg", PNG, "photo") for name in "abc"])
    house.clock.goes(seconds=2)
    await house.settle()
    assert "По-русски: 0 из 4\xa0096 знаков, 3 файла, нет текста" in chief.sees
    await chief.says("Слова к альбому")
    await chief.presses("👁 Посмотреть")
    shown = of_bot(chief)[-7:]
    kinds = ["photo" if "photo" in message.data else "text" for message in shown]
    assert kinds == ["photo", "text", "photo", "photo", "photo", "text", "text"]
    await chief.presses("🚀 Отправить", "🚀 Отправить сейчас")
    assert ("photo" in aigerim.screen.data, aigerim.sees) == (True, "Сурет")
    assert [("photo" in one.data, one.text) for one in of_bot(danila)[-4:]] == [
        (True, ""),
        (True, ""),
        (True, ""),
        (False, "Слова к альбому"),
    ]
    await chief.presses("Открыть №1", "🗑 Удалить отправленное", "Да")
    assert not any("photo" in message.data for person in readers for message in of_bot(person))


async def test_a_large_one_is_approved_by_a_colleague(house: House, readers: tuple[Person, Person]) -> None:
    await house.opens_competition(("[call_centre]", "[announcements]\nsecond_person_above = 1\n\n[call_centre]"))
    second = await works(house, Role.ADMINISTRATOR, 2, "*", name="Ерлан", language="kk")
    chief = await written(house)
    await chief.presses("🚀 Отправить")
    assert "должен одобрить коллега" in chief.sees
    await chief.presses("🚀 Отправить сейчас")
    assert chief.sees.startswith("📣 Объявление №1\n🖊 ждёт одобрения")
    assert "мақұлдауыңызды күтіп тұр" in second.sees
    await second.presses("Ашу: №1", "🔢 Санап")
    assert "4 адам, оның ішінде:\n• Қазақша: 2\n• Орысша: 2" in second.sees
    assert "••00" in second.sees
    assert len(second.labels) == 2, "looks, and changes nothing"
    await second.presses("🔄", "Артқа", "✅ Мақұлдау")
    assert readers[0].sees == "Сәлем! Қабылдау ашылды."
    assert chief.sees == "✅ Объявление №1: закончено."


async def test_it_waits_for_its_moment_and_can_be_held_back(house: House, readers: tuple[Person, Person]) -> None:
    chief = await written(house)
    await chief.presses("🚀 Отправить", "🗓 Другое время")
    await chief.says("завтра")
    assert chief.sees.startswith("Не получилось прочитать время.")
    await chief.says("22.11.2026 13:30")
    assert "🕘 запланировано" in chief.sees
    assert "Уйдёт: 22 ноября, 13:30." in chief.sees
    before = readers[0].heard()
    house.clock.goes(hours=1)
    await house.settle()
    assert readers[0].heard() == before
    await chief.presses("↩️ Вернуть в черновики", "🚀 Отправить", "22 ноября, 18:00")
    house.clock.goes(hours=6)
    await house.settle()
    assert readers[0].heard() == before + 1


async def test_a_moment_in_the_quiet_hours_is_put_off_and_said(house: House, readers: tuple[Person, Person]) -> None:
    chief = await written(house)
    await chief.presses("🚀 Отправить", "🗓 Другое время")
    assert chief.sees == "Напишите день и время (по Казахстану), например: 23.11 10:00"
    await chief.says("22.11.2026 23:30")
    assert chief.sees.startswith("С 22:00 до 08:00 мы никому не пишем. Уйдёт: 23 ноября, 08:00.")


async def test_the_files_of_the_other_language_wait_for_their_words(
    house: House, readers: tuple[Person, Person]
) -> None:
    aigerim, danila = readers
    chief = await begins(house)
    await chief.presses("По-казахски")
    await chief.sends_album([Upload(f"{name}.jpg", PNG, "photo") for name in "ab"])
    house.clock.goes(seconds=2)
    await house.settle()
    await chief.says("Екі сурет")
    await chief.presses("По-русски", "🖼 Те же файлы")
    assert chief.alerts[-1] == "Файлы получены. Теперь пришлите текст."
    await house.restart()
    await chief.says("Две картинки")
    assert "По-русски: «Две картинки», 12 из 4\xa0096 знаков, 2 файла" in chief.sees
    await chief.presses("🚀 Отправить", "🚀 Отправить сейчас")
    assert ["photo" in one.data for one in of_bot(danila)[-3:]] == [True, True, False]
    assert (danila.sees, aigerim.sees) == ("Две картинки", "Екі сурет")


async def test_who_may_not_finds_no_way_in(house: House) -> None:
    await house.opens_competition()
    operator = await works(house, Role.OPERATOR, 5)
    assert "📣 Объявления" not in operator.labels
    for data in ("an_l:0", "an_o:1:0", "an_d:1:stop:1", "an_t:1:0"):
        await operator.presses_old(operator.screen, data)
        assert operator.alerts[-1] == "Ваша роль этого не позволяет."


async def test_a_test_goes_to_its_maker_alone(house: House, readers: tuple[Person, Person]) -> None:
    chief = await begins(house)
    await chief.presses("🧪 Тест себе")
    assert chief.alerts[-1].startswith("Сначала напишите")
    await chief.presses("По-казахски")
    await chief.sends_album([Upload(f"{name}.jpg", PNG, "photo") for name in "ab"])
    house.clock.goes(seconds=2)
    await house.settle()
    await chief.says("Екі сурет")
    await chief.presses("По-русски")
    await chief.says("Привет!")
    await chief.presses("Кнопки под ним", "▫️ Подать заявку", "Назад")
    before, told = [one.heard() for one in readers], len(of_bot(chief))
    await chief.presses("🧪 Тест себе")
    shown = of_bot(chief)[-7:]
    assert len(of_bot(chief)) == told + 7
    assert [("photo" in one.data, one.text) for one in shown[:-1]] == [
        (False, "🧪 Тест. Его видите только вы; те, кто читает на этом языке, получат (По-казахски):"),
        (True, ""),
        (True, ""),
        (False, "Екі сурет"),
        (False, "🧪 Тест. Его видите только вы; те, кто читает на этом языке, получат (По-русски):"),
        (False, "Привет!"),
    ]
    assert shown[3].labels == ["📝 Өтінім беру", "🔕 Хабарландыру келмесін"]
    assert shown[5].labels == ["📝 Подать заявку", "🔕 Не присылать объявления"]
    assert shown[6].text.startswith("📣 Объявление №1: черновик")
    assert [one.heard() for one in readers] == before
    assert await house.rows("select * from announcement_recipient") == []
    await chief.presses("🚀 Отправить", "🚀 Отправить сейчас")
    assert readers[1].sees == "Привет!"


@pytest.mark.parametrize(("language", "coding"), [("kk", "utf-8"), ("ru", "utf-16")])
async def test_a_list_is_sent_as_a_file_and_as_words(
    house: House, readers: tuple[Person, Person], language: str, coding: str
) -> None:
    words = {
        "ru": ("📣 Объявления", "➕ Новое объявление", "👥 Кому уйдёт", "➕ Добавить людей", "Загруженный список"),
        "kk": ("📣 Хабарландырулар", "➕ Жаңа хабарландыру", "👥 Кімге жіберіледі", "➕ Адам қосу", "Жүктелген тізім"),
    }
    chief = await works(house, Role.ADMINISTRATOR, 1, "*", language=language)
    await chief.presses(*words[language])
    await chief.sends_document("list.csv", "Аты;Нөмірі\nАйгерім;8 701 000 00 01\nесім\n".encode(coding))
    assert (
        chief.sees
        == {
            "ru": (
                "📋 Список №1\n\nНашлось: 0 человек\nНомеров в списке: 1\nНе нашлось: 1\n• +7 701 ••• •• 01\n"
                "Строк без номера: 1\n• есім\n\nЛюдей находим по номеру заявки и по телефону, указанному в заявке."
            ),
            "kk": (
                "📋 №1 тізім\n\nТабылды: 0 адам\nТізімдегі нөмірлер: 1\nТабылмады: 1\n• +7 701 ••• •• 01\n"
                "Нөмірі жоқ жолдар: 1\n• есім\n\n"
                "Адамдар өтінім нөмірі және өтінімде көрсетілген телефон бойынша табылады."
            ),
        }[language]
    )
    await chief.sends_document("list.xlsx", b"PK\x03\x04" + bytes(80))
    assert chief.sees.startswith({"ru": "📋 Список №2\n\nФайл", "kk": "📋 №2 тізім\n\nФайл"}[language])
    await chief.says("8 701 000 00 01")
    assert chief.sees.startswith({"ru": "📋 Список №3\n\nНашлось: 0", "kk": "📋 №3 тізім\n\nТабылды: 0"}[language])
    await chief.presses({"ru": "👥 Кому уйдёт", "kk": "👥 Кімге жіберіледі"}[language])
    asked = {
        "ru": "Кому: загруженный список: «list.csv» (0 человек) или «list.xlsx» (не прочитан) или №3 (0 человек)",
        "kk": "Кімге: жүктелген тізім: «list.csv» (0 адам) не «list.xlsx» (оқылмады) не №3 (0 адам)",
    }
    assert asked[language] in chief.sees
