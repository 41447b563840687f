"""A desk with much on it: pages of requests and of words, ready answers, papers, words that went astray."""

from __future__ import annotations

from domain.staff import Role
from domain.ticket import TicketKind
from tests.applications import sent
from tests.attacks.looking import Choice
from tests.attacks.presses import Presses
from tests.attacks.scene import Scene, a_scene
from tests.call_centre import author, joins
from tests.conversations.test_ticket_waiting import OTHER
from tests.office_of_things import SAMPLE
from tests.person import House
from tests.staff import works
from usecases.competitions import competitions_in_force
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.ready_answers import load_ready_answers
from usecases.work import Work

AUTHOR, NEWCOMER, OPERATOR, MENTOR, ELSEWHERE, BYSTANDER = range(1601, 1607)
NAME, ASKED, ASTRAY, LATE = "Құпиягүл", "Өтінімім жайлы оңаша сұрақ", "Кейін ойыма түскен сөз", "Сөз вдогонку"
SECRETS = {NAME, ASKED, ASTRAY, LATE}
WANTED = {
    "da:#:0",
    "da:#:1",
    "dh",
    "di",
    "dm",
    "dp",
    "dq",
    "dr",
    "drs",
    "dt",
    "dw",
    "df",
    "tke",
    "tkg",
    "tkn",
    "tkw",
    "tkp",
}


async def plays(house: House, choice: Choice) -> Presses:
    await house.opens_competition()
    await house.opens_competition(*OTHER)
    one = await author(house, AUTHOR, NAME)

    def fill(work: Work) -> None:
        sent(work, competitions_in_force(work)[0], AUTHOR)
        load_ready_answers(work, "", SAMPLE)
        for _ticket in range(12):
            open_ticket(work, known_person(work, AUTHOR), TicketKind.QUESTION)

    await house.work(fill)
    people = [
        one,
        await author(house, NEWCOMER, "Ержан"),
        await joins(house, OPERATOR, "Ольга"),
        await works(house, Role.SUPERVISOR, MENTOR, name="Сауле"),
    ]
    strangers = [await works(house, Role.OPERATOR, ELSEWHERE, "19-7"), await author(house, BYSTANDER, "Роман")]
    return (await serves(a_scene(house, choice, people, strangers, SECRETS))).presses


async def serves(scene: Scene) -> Scene:
    one, operator = scene.person(AUTHOR), scene.person(OPERATOR)
    await scene.says(AUTHOR, "/tickets", ASTRAY, "/status")
    await scene.does(AUTHOR, "Сұрақ не шағым", "Шағым")
    await scene.says(AUTHOR, ASKED + "а" * 3000, "б" * 3000, "в" * 3000)
    await one.sends(one.account.sends_voice())
    await scene.says(AUTHOR, "/tickets")
    await scene.does(AUTHOR, "T-27-")
    await scene.says(OPERATOR, "/desk")
    for _taken in range(12):
        await operator.presses("▶️ Взять следующее")
    await scene.look()
    typed = operator.account.says(LATE)  # on its way while the next request is laid on the desk
    await scene.does(OPERATOR, "▶️ Взять следующее")
    await scene.house.deliver(typed)
    await scene.look()
    await scene.says(OPERATOR, "T-19-5-2026-000002", "/desk")
    await scene.does(OPERATOR, "T-27-", "Готовые ответы", "Разбираемся")
    await scene.says(NEWCOMER, "/ask")
    await scene.does(NEWCOMER, "Шағым")
    await scene.says(NEWCOMER, "дөрекі сөйледі")
    await scene.says(MENTOR, "/desk")
    return scene
