"""A request's life on both sides, and the office around it: after every step what the screens offer is attacked."""

from __future__ import annotations

from domain.staff import Role
from tests.applications import PAPERS, attach, ready
from tests.attacks.looking import Choice
from tests.attacks.presses import Presses
from tests.attacks.scene import Scene, a_scene
from tests.call_centre import author, joins
from tests.files import a_pdf
from tests.person import House
from tests.staff import works
from usecases.competitions import competitions_in_force
from usecases.submit_application import submit_application
from usecases.work import Work

AUTHOR, OPERATOR, COLLEAGUE, SUPERVISOR, ADMINISTRATOR, STRANGER, ELSEWHERE = range(1001, 1008)
NAME = "Құпиягүл"
FIRST, SECOND, THIRD, ANSWER, NOTE = (
    "Маған жасырын түрде дөрекі сөйледі",
    "Шағымымды өзгертпеңіздерші",
    "Тағы бір оңаша әңгіме бар",
    "Тексеріп, ертең хабарласамыз",
    "Заметка: перезвонить Құпиягүл",
)
SECRETS = {NAME, FIRST, SECOND, THIRD, ANSWER, NOTE}
WANTED = {"ask", "tk", "tka", "tkc", "tkh", "tkk", "tko", "tkr", "tks", "tkt", "tkv", "desk", "dc", "dl", "dn", "dv",
          "dx", "dxn", "dxt"}  # fmt: skip


async def plays(house: House, choice: Choice) -> Presses:
    office = await an_office(house, choice)
    await asks(office)
    await watches(office)
    return office.presses


async def an_office(house: House, choice: Choice) -> Scene:
    """An author with an application, operators and those above them; a stranger and an operator of another lot."""
    await house.opens_competition()

    def apply(work: Work) -> None:
        [one] = competitions_in_force(work)
        begun = ready(work, one, AUTHOR, papers=())
        for slot in PAPERS:
            file = house.telegram.files.add("document", f"{slot}.pdf", a_pdf(note=slot))
            attach(work, begun.draft, slot, file_id=file.file_id)
        submit_application(work, begun.person, begun.draft)

    writer = await author(house, AUTHOR, NAME)
    await house.work(apply)
    await house.settle()
    people = [
        writer,
        await joins(house, OPERATOR, "Ольга"),
        await joins(house, COLLEAGUE, "Павел"),
        await works(house, Role.SUPERVISOR, SUPERVISOR, name="Сауле"),
        await works(house, Role.ADMINISTRATOR, ADMINISTRATOR, name="Асхат"),
    ]
    strangers = [await author(house, STRANGER, "Ержан"), await works(house, Role.OPERATOR, ELSEWHERE, "19-6")]
    return a_scene(house, choice, people, strangers, SECRETS)


async def asks(office: Scene) -> None:
    """Two requests: from the first words to the rating, and one opened again; then everything the office sees."""
    author = office.person(AUTHOR)
    await office.says(AUTHOR, "/ask")
    await office.does(AUTHOR, "Шағым")
    await office.says(AUTHOR, FIRST, "/ask")
    await office.does(AUTHOR, "Сұрақ")
    await office.says(AUTHOR, "қандай құжаттар керек")
    await office.does(AUTHOR, "Адамнан сұрау")
    await author.sends(author.account.sends_voice())
    await office.look()
    await office.says(AUTHOR, "/tickets")
    await office.does(AUTHOR, "T-19-5-2026-000001")
    await office.says(OPERATOR, "/desk")
    await office.does(OPERATOR, "Взять следующее")
    await office.says(OPERATOR, ANSWER)
    await office.does(OPERATOR, "Открыть", "Заметка")
    await office.says(OPERATOR, NOTE)
    await office.says(AUTHOR, SECOND)
    await office.does(OPERATOR, "Открыть", "Взять следующее", "Закрыть", "Закрыть без ответа")
    await office.does(AUTHOR, "5 ⭐")
    await office.says(AUTHOR, "/tickets", THIRD)


async def watches(office: Scene) -> None:
    """What those above the operators are offered."""
    for who in (OPERATOR, SUPERVISOR, ADMINISTRATOR):
        await office.says(who, "/work")
    await office.says(SUPERVISOR, "/desk")
