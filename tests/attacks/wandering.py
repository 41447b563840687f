"""Applicants who do not go straight: other regions, long pauses, changes of mind, files without a place, reminders."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.applicants import agrees
from tests.attacks.looking import Choice
from tests.attacks.presses import Presses
from tests.attacks.scene import Scene, a_scene
from tests.conversations.test_ticket_waiting import OTHER
from tests.drafts import a_draft
from tests.files import a_pdf
from tests.person import House
from usecases.competitions import competitions_in_force
from usecases.meet_person import known_person
from usecases.work import Work

WRITER, SEEKER, COUNTING, STRANGER, OTHER_ONE = range(1701, 1706)
TITLE, PAPER = "Көрінбейтін кітапхана", "құпия-қағаз.pdf"
SECRETS = {TITLE, PAPER}
WANTED = {"ag", "ax", "arg", "arp", "aw", "ckg", "ckp", "docput", "rmt", "lang", "langs"}
WANTED |= {"d:consents", "d:notifications", "d:openings", "d:correct", "d:erase", "d:erase/sure",
           "d:withdraw/processing", "dgive", "dmute", "erase", "forget"}  # fmt: skip
MANY = [{"item": f"Сөре {place}", "quantity": 1, "price": 1_000} for place in range(8)]


async def plays(house: House, choice: Choice) -> Presses:
    await house.opens_competition()
    people = {who: house.person(who, "kk", "Айсұлу") for who in range(WRITER, OTHER_ONE + 1)}
    for who, one in people.items():
        await one.speaks("kk")
        if who in (WRITER, SEEKER, COUNTING):
            await agrees(house, who)

    def fill(work: Work) -> None:
        [one] = competitions_in_force(work)
        a_draft(work, known_person(work, WRITER), one, "title", at="title")
        a_draft(work, known_person(work, COUNTING), one, at="budget", budget=MANY)

    await house.work(fill)
    await house.opens_competition(*OTHER)
    mine, strangers = list(people.values())[:3], list(people.values())[3:]
    scene = a_scene(house, choice, mine, strangers, SECRETS)
    await seeks(scene)
    await scene.says(WRITER, "/apply")
    await scene.passes(hours=13)
    await scene.says(WRITER, TITLE, "/cancel")
    await scene.says(COUNTING, "/apply", "/status")
    await scene.does(COUNTING, "Қарап шығып", "Құжат жіберу")
    await scene.person(COUNTING).sends_document(PAPER, a_pdf())
    await scene.look()
    house.clock.now = datetime(2026, 11, 27, 5, tzinfo=UTC)
    await house.reminds()
    await scene.look()
    await scene.says(WRITER, "/data")
    return scene.presses


async def seeks(scene: Scene) -> None:
    """From another region, and too old."""
    await scene.says(SEEKER, "/apply", "/check", "Абай облысы")
    await scene.does(SEEKER, "Сол ережемен", "азаматымын")
    await scene.says(SEEKER, "04.05.1970")
    for _question in range(6):
        await scene.does(SEEKER, scene.person(SEEKER).labels[0])
    await scene.says(SEEKER, "/language")
