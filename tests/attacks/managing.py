"""Those who run the office: staff and invitations, duty, giving out, figures, groups and their cards."""

from __future__ import annotations

from domain.staff import Role
from tests.attacks.looking import Choice, Looking
from tests.attacks.presses import Presses
from tests.attacks.scene import Scene, a_scene
from tests.call_centre import author, complains, joins
from tests.person import House, Person
from tests.staff import works

BOSS, CHIEF, OPERATOR, AUTHOR, ELSEWHERE, BYSTANDER = range(1501, 1507)
NAME, ASKED, MEMBER, GROUP = "Құпиягүл", "Шағымым оңаша", "Жасырынов", "Көмескі кеңсе"
SECRETS = {NAME, ASKED, MEMBER, GROUP}
WANTED = {"gtake", "work", "w_staff", "w_member", "w_member:#:2", "w_leave", "w_leave:#:1", "w_links", "w_invite",
          "w_name:operator:#:0", "w_name:operator:#:1", "w_unlink", "w_duty", "w_cap", "w_roster", "w_give", "w_fig",
          "w_chart", "w_xlsx", "w_groups", "w_ungroup", "w_ra", "w_ra1", "w_ran", "w_raw", "w_rau",
          "w_rad", "w_rad:#:1"}  # fmt: skip


async def plays(house: House, choice: Choice) -> Presses:
    await house.opens_competition()
    people = [
        await works(house, Role.ADMINISTRATOR, BOSS, "*", name=MEMBER),
        await works(house, Role.SUPERVISOR, CHIEF, name="Сауле"),
        await joins(house, OPERATOR, "Ольга"),
        await author(house, AUTHOR, NAME),
    ]
    strangers = [await works(house, Role.MENTOR, ELSEWHERE, "19-6"), await author(house, BYSTANDER, "Ержан")]
    scene = a_scene(house, choice, people, strangers, SECRETS)
    await in_a_group(scene, choice)
    await scene.says(BOSS, "/work")
    await scene.does(BOSS, "Приглашения", "Пригласить", "оператор", "19-5", "Продолжить")
    await scene.says(BOSS, "Сәуле", "/work")
    await scene.does(BOSS, "Приглашения", "💼 Работа", "Сотрудники", "Ольга", "Исключить из сотрудников")
    await scene.says(CHIEF, "/work")
    await scene.does(CHIEF, "Кто на смене")
    await scene.does(CHIEF, "💼 Работа", "📝 Готовые ответы", "➕ Новый ответ")
    await scene.says(CHIEF, "Мерзім", "Срок", "Мерзімі ертең", "Срок завтра")
    await scene.does(CHIEF, "✅ Включить", "Срок")
    await scene.says(OPERATOR, "/work")
    await scene.does(OPERATOR, "Уйти с этой работы", "оператор")
    return scene.presses


async def in_a_group(scene: Scene, choice: Choice) -> None:
    """A request's card in a group of the office; strangers have come into it, too."""
    group = scene.house.telegram.group(GROUP, owner=scene.person(BOSS).account.user, supergroup=False)

    def there(one: Person) -> Person:
        return Person(scene.house, one.account.inside(group))

    await scene.house.deliver(there(scene.person(BOSS)).account.adds_bot())
    await there(scene.person(BOSS)).says("/bind 19-5")
    await complains(scene.person(AUTHOR), ASKED)
    outside = scene.presses.strangers
    scene.presses.strangers = [there(one) for one in outside]
    await Looking(scene.presses, there(scene.person(OPERATOR)), choice).look()
    scene.presses.strangers = outside
