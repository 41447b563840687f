"""The information coverage: a link with its QR picture, an event entered, proved, corrected, taken out of the count."""

from __future__ import annotations

from domain.staff import Role
from tests.attacks.looking import Choice
from tests.attacks.presses import Presses
from tests.attacks.scene import a_scene
from tests.files import a_jpg
from tests.person import House
from tests.staff import works

CHIEF, OPERATOR, ELSEWHERE, BYSTANDER = range(1301, 1305)
NAME_KK, NAME_RU, SITE, WHERE = "Құпия мектеп", "Тайная школа", "Көмескі көшесі, 1", "Жасырын кездесу"
SECRETS = {NAME_KK, NAME_RU, SITE, WHERE}
WANTED = {"cover", "v_chart", "v_xlsx", "v_srcs", "v_src", "v_make", "v_list", "v_one", "v_enter", "v_fix", "v_out",
          "v_fill:ru", "v_fill:site", "v_fill:day", "v_fill:link"}  # fmt: skip


async def plays(house: House, choice: Choice) -> Presses:
    await house.opens_competition()
    bystander = house.person(BYSTANDER, "ru", "Роман")
    await bystander.speaks("ru")
    chief = await works(house, Role.COORDINATOR, CHIEF, name="Сәуле")
    strangers = [
        await works(house, Role.OPERATOR, OPERATOR),
        await works(house, Role.COORDINATOR, ELSEWHERE, "19-6"),
        bystander,
    ]
    scene = a_scene(house, choice, [chief], strangers, SECRETS)
    await scene.does(CHIEF, "📡 Информационный охват", "🔗 Ссылки и QR-коды", "➕ Новая ссылка", "Школа или колледж")
    await scene.does(CHIEF, "город Шымкент")
    await scene.says(CHIEF, NAME_KK, NAME_RU, SITE)
    await scene.does(
        CHIEF, "🔗 Ссылки и QR-коды", "📡", "📝 Мероприятия", "➕", "Мероприятие", "город Шымкент", "Вчера"
    )
    await scene.says(CHIEF, "140", WHERE)
    await scene.does(CHIEF, "Ссылки нет")
    await chief.sends_photo(a_jpg())
    await scene.look()
    return scene.presses
