"""An application filled in with a caller: dictated to an operator, handed over, taken over, declined."""

from __future__ import annotations

from domain.staff import Role
from tests.applicants import agrees
from tests.attacks.looking import Choice
from tests.attacks.presses import Presses
from tests.attacks.scene import Scene, a_scene
from tests.call_centre import author, complains, joins
from tests.person import House
from tests.staff import works

AUTHOR, CALLED, OPERATOR, ELSEWHERE, BYSTANDER = range(1401, 1406)
NAME, ASKED, OWN, DICTATED = "Құпиягүл", "Өтінімімді жасырын толтырып беріңіздерші", "Сырбаева", "Жасырынова"
SECRETS = {NAME, ASKED, OWN, DICTATED}
WANTED = {"fft", "ffc", "fa", "fb", "fg", "fl", "fo", "fp", "fr", "fx", "gv", "gp", "gt", "gn"}
WANTED |= {"fx:#:1", "gn:#:1", "w_calls", "w_call", "w_called", "w_phone"}
CALL = "8 701 000 00 77\nБолат\nпросит помочь заполнить заявку"


async def plays(house: House, choice: Choice) -> Presses:
    await house.opens_competition()
    one = await author(house, AUTHOR, NAME)
    await agrees(house, AUTHOR)
    await one.says("/apply", OWN)
    operator = await joins(house, OPERATOR, "Ольга")
    strangers = [
        await works(house, Role.OPERATOR, ELSEWHERE, "19-6"),
        await author(house, BYSTANDER, "Ержан"),
    ]
    scene = a_scene(house, choice, [one, operator], strangers, SECRETS)
    await complains(one, ASKED)
    await scene.says(OPERATOR, "/next")
    await scene.does(OPERATOR, "📝 Заполнить заявку вместе")
    await scene.does(OPERATOR, "Пауза", "Просмотреть записанное", "✏️ Фамилия")
    await scene.says(OPERATOR, DICTATED)
    await scene.does(OPERATOR, "Вернуться к вопросам", "Пауза", "✅ Передать звонящему")
    await scene.does(AUTHOR, "✅ Қабылдау")
    await calls(scene)
    return scene.presses


async def calls(scene: Scene) -> None:
    """Somebody who has no chat with us: registered, answered, to be called; the form filled in with them, too."""
    await scene.says(OPERATOR, "/work")
    await scene.does(OPERATOR, "☎️ Нам позвонили", "Вопрос", "Западно-Казахстанская область")
    await scene.says(OPERATOR, CALL)
    await scene.does(OPERATOR, "🎧", "T-27-")
    await scene.says(OPERATOR, "Можно, перезвоню и скажу.", "/work")
    await scene.does(OPERATOR, "Кому позвонить", "T-27-")
