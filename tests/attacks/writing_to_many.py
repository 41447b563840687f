"""Announcements: written, sent, corrected, deleted, held back, approved by a colleague; a list of numbers uploaded."""

from __future__ import annotations

from sqlalchemy import update

from db.tables import AnnouncementRecipientRow
from domain.announcement import Fate
from domain.staff import Role
from handlers.announcements.steps import STEPS, SURE
from tests.attacks.looking import Choice
from tests.attacks.presses import Presses
from tests.attacks.scene import Scene, a_scene
from tests.person import House
from tests.staff import works
from usecases.announce_sending import send
from usecases.meet_person import known_person
from usecases.work import Work

CHIEF, SECOND, READER, OPERATOR, BYSTANDER = range(1201, 1206)
WORDS_KK, WORDS_RU, BETTER, NUMBER = "Құпия қабылдау", "Тайный приём", "Приём перенесён", "8 701 333 22 11"
SECRETS = {WORDS_KK, WORDS_RU, BETTER, "333 22 11"}
WANTED = {"an_a:#:0", "an_a:#:1", "an_l", "an_n", "an_o", "an_g", "an_f", "an_v", "an_s", "an_t", "an_off"}
WANTED |= {f"an_d:#:{one}" for one in STEPS} | {f"an_d:#:{one}:1" for one in SURE}
LARGE = ("[call_centre]", "[announcements]\nsecond_person_above = 4\n\n[call_centre]")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


async def plays(house: House, choice: Choice) -> Presses:
    await house.opens_competition(LARGE)
    reader, bystander = house.person(READER, "ru", "Данила"), house.person(BYSTANDER, "ru", "Роман")
    for one in (reader, bystander):
        await one.speaks("ru")
    chief = await works(house, Role.ADMINISTRATOR, CHIEF, "*", name="Асхат")
    second = await works(house, Role.ADMINISTRATOR, SECOND, "*", name="Ерлан")
    operator = await works(house, Role.OPERATOR, OPERATOR)
    scene = a_scene(house, choice, [chief, second, reader], [operator, bystander], SECRETS)
    await scene.does(CHIEF, "📣 Объявления", "➕ Новое объявление", "По-казахски")
    await chief.sends_photo(PNG)
    await scene.says(CHIEF, WORDS_KK)
    await scene.does(CHIEF, "По-русски", "🖼 Те же файлы")
    await scene.says(CHIEF, WORDS_RU)
    await scene.does(CHIEF, "Кнопки под ним", "▫️ Подать заявку", "➕ Ссылка")
    await scene.says(CHIEF, "https://example.kz\nТолығырақ\nПодробнее")
    await scene.does(CHIEF, "Назад", "👥 Кому уйдёт", "➕ Добавить людей", "Загруженный список")
    await scene.says(CHIEF, NUMBER)
    await scene.does(CHIEF, "👥 Кому уйдёт", "➕ загруженный", "🗑 Убрать эту строку")
    await scene.does(CHIEF, "➖ Исключить людей", "Роль", "▫️ администратор", "Готово", "Готово", "🔢 Посчитать")
    await scene.does(CHIEF, "🚀 Отправить сейчас", "Открыть №1", "✏️ Исправить: по-русски")
    await scene.says(CHIEF, BETTER)
    await did_not_reach(scene)
    await held_at_night(scene)
    await approved(scene)
    return scene.presses


async def did_not_reach(scene: Scene) -> None:
    """Somebody did not get it, for no fault of theirs."""

    def fails(work: Work) -> None:
        row = AnnouncementRecipientRow
        one = known_person(work, BYSTANDER).id
        work.session.execute(update(row).where(row.person_id == one).values(fate=Fate.FAILED))

    await scene.house.work(fails)
    await scene.says(CHIEF, "/work")
    await scene.does(CHIEF, "📣 Объявления", "№1")


async def held_at_night(scene: Scene) -> None:
    """It was let go in the evening; by night nothing leaves, and it can be held, gone on with and stopped."""
    await scene.does(CHIEF, "📝 Новое такое же")
    await scene.house.work(lambda work: send(work, known_person(work, CHIEF), 2))
    await scene.house.program.announcer.step()
    await scene.passes(hours=11)
    await scene.says(CHIEF, "/work")
    await scene.does(CHIEF, "📣 Объявления", "№2")
    await scene.passes(hours=11)


async def approved(scene: Scene) -> None:
    """To everybody: that takes two."""
    await scene.says(CHIEF, "/work")
    await scene.does(CHIEF, "📣 Объявления", "➕ Новое объявление", "По-русски")
    await scene.person(CHIEF).sends_photo(PNG)
    await scene.says(CHIEF, WORDS_RU)
    await scene.does(CHIEF, "По-казахски", "Назад", "🌐 Языки", "🌐 Языки", "🚀 Отправить", "🗓 Другое время")
    await scene.says(CHIEF, "25.11.2026 13:30")
    await scene.does(SECOND, "Открыть №3", "✅ Одобрить")
