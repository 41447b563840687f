"""Somebody applies, and stops after every step to have what their screen offers attacked.

What they write is unlike anything that anybody else has, so that it is known wherever it turns up.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from tests.applicant import AIGERIM, Applicant
from tests.attacks.looking import Choice, Looking
from tests.attacks.presses import Presses
from tests.conversations.test_whole_application import InHouse
from tests.crowd import an_iin
from tests.drafts import a_draft
from tests.person import House, Person
from usecases.competitions import competitions_in_force
from usecases.meet_person import known_person
from usecases.work import Work

OWNER, STRANGER, OTHER = 1001, 1002, 1003
OTHER_PLACES = ("title", "vulnerable_groups", "budget")
STORY = replace(
    AIGERIM,
    said={
        **AIGERIM.said,
        "surname": "Құпиясұлтанова",
        "name": "Жасырынгүл",
        "patronymic": "Сырбайқызы",
        "iin": an_iin(AIGERIM.said["iin"], 77),
        "email": "qupia-sultan@example.kz",
        "phone": "8 705 765 43 21",
        "contact_phone": "8 705 876 54 32",
        "contact_name": "Сырласова Зейнепгүл, әпкем",
        "street": "Беймәлім көшесі",
        "social_pages": "instagram: qupia_sultan",
        "title": "Көрінбейтін кітапхана",
        "goal": "Ешкім оқымаған кітаптарды жасырын бөлмеге жинап, ауыл балаларына апта сайын оқып береміз.",
        "territory": "Құмбұлақ ықшамауданы",
        "target_group": "жеткіншек оқырмандар",
        "activities": "Апта сайын дауыстап оқимыз, ай сайын жазушы шақырамыз, жыл соңында көрме ашамыз.",
        "partners": "Құмбұлақ кітапханасы",
        "results": "Отыз бала он кітаптан оқып шығып, әрқайсысы өз әңгімесін жазады.",
        "sustainability": "Кітаптар мен сөрелер мектепте қалады, үйірмені мұғалім жүргізеді.",
        "publicity": "Құмбұлақ хабаршысы газеті",
        "plan.action": "Сөрелерді жасату",
        "plan.target_group": "жиырма оқырман",
        "budget.item": "Емен сөре",
    },
)
OPEN = frozenset({"birth_date", "settlement", "district", "house", "flat", "people_planned", "plan.dates",
                  "budget.quantity", "budget.price"})  # fmt: skip
SECRETS = {said for key, said in STORY.said.items() if key not in OPEN}
SECRETS |= {re.sub(r"\D", "", STORY.said[key])[-10:] for key in ("phone", "contact_phone")}
SECRETS |= {said[1:].strip() for key, said in STORY.said.items() if "phone" in key}
WANTED = {"apply", "ab", "ac", "ak", "an", "ap", "ara", "ard", "are", "aro", "arr", "as", "at", "atd", "ay", "check",
          "ck", "ckb", "ckc", "ckd", "ckn", "ckr", "ckv", "consent", "dcopy", "docdel", "docnew", "docs", "docshow",
          "edit", "faq", "menu", "mydata", "q", "review", "rvo", "rvp", "rvs", "send", "slot", "st", "status", "stk",
          "stn", "stp", "str", "stw", "stwy"}  # fmt: skip
Look = Callable[[], Awaitable[None]]


@dataclass
class Watched(InHouse):
    """Hands that let somebody look at the screen after everything they did."""

    look: Look = field(kw_only=True)

    async def says(self, text: str) -> None:
        await super().says(text)
        await self.look()

    async def presses(self, label: str) -> None:
        await super().presses(label)
        await self.look()

    async def attaches(self, name: str, content: bytes) -> None:
        await super().attaches(name, content)
        await self.look()


async def plays(house: House, choice: Choice) -> Presses:
    owner, strangers = await before(house, choice.dice.randrange(len(OTHER_PLACES)))
    presses = Presses(house, strangers, set(SECRETS))
    await applies(house, Looking(presses, owner, choice))
    return presses


async def before(house: House, number: int) -> tuple[Person, list[Person]]:
    """The owner; a stranger who only said hello, and somebody with a draft of their own."""
    await house.opens_competition()
    owner = house.person(OWNER, "kk", "Айсұлу")
    stranger, other = house.person(STRANGER, "ru", "Данила"), house.person(OTHER, "ru", "Роман")
    for one, language in ((owner, "kk"), (stranger, "ru"), (other, "ru")):
        await one.speaks(language)

    def fill(work: Work) -> None:
        [one] = competitions_in_force(work)
        a_draft(work, known_person(work, OTHER), one, "title", "budget", at=OTHER_PLACES[number])

    await house.work(fill)
    return owner, [stranger, other]


async def applies(house: House, looking: Looking) -> None:
    """From the verdict to the status, looking after every step."""
    applicant = Applicant(STORY, Watched(house, looking.person, look=looking.look))
    await looking.look()
    await applicant.checks_eligibility()
    await applicant.begins()
    await applicant.fills_in()
    await applicant.sends_documents()
    await applicant.sends_application()
    numbers = await house.rows("SELECT number FROM application")
    looking.presses.secrets.update(row[0] for row in numbers)
    for command in ("/status", "/data", "/menu"):
        await applicant.hands.says(command)
