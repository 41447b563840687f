"""Somebody who fills in a whole application from the first hello to the receipt, whatever stands between.

The same script serves the harness and a real browser: it needs hands (say, press, attach) and to be told the
question asked now. Labels are looked up in the catalogues, in the person's own language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from domain.draft import Cursor
from handlers.answer_words import option_title
from handlers.eligibility import texts as checking
from handlers.language import _, speaking

PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n%%EOF\n"
)
SLOTS = {  # the required ones of the sample competition
    "kk": ("Жеке куәлік", "Тіркелу туралы", "Зейнетақы"),
    "ru": ("Удостоверение", "Справка о", "Выписка о"),
}


class Hands(Protocol):
    """What a person does in a chat."""

    async def says(self, text: str) -> None: ...

    async def presses(self, label: str) -> None:
        """The newest button with this label (or a part of it)."""
        ...

    async def attaches(self, name: str, content: bytes) -> None: ...

    async def cursor(self) -> str:
        """The question asked now, as the draft keeps it."""
        ...


@dataclass(frozen=True)
class Story:
    """Who they are and what they write, in their own language; `said` by question or "table.column"."""

    language: str
    said: Mapping[str, str]
    chosen: Mapping[str, str]  # question -> option
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


CHOSEN = {
    "sex": "female",
    "marital_status": "single",
    "unemployed_for": "year_1",
    "education": "college",
    "settlement_kind": "city",
    "learned_from": "friends",
    "funded_elsewhere": "no",
}
TICKED = {"vulnerable_groups": ("none",), "earlier_programmes": ("none",)}
PHONES = {"phone": "8 701 000 00 01", "contact_phone": "8 702 000 00 02"}

AIGERIM = Story(
    "kk",
    {
        **PHONES,
        "surname": "Сейітова",
        "name": "Айгерім",
        "patronymic": "Ерланқызы",
        "iin": "990504200018",
        "birth_date": "4 мамыр 2001",
        "email": "aigerim@example.kz",
        "contact_name": "Сейітова Гүлнар, анам",
        "district": "Әл-Фараби ауданы",
        "settlement": "Шымкент",
        "street": "Тәуке хан даңғылы",
        "house": "12",
        "flat": "5",
        "social_pages": "instagram: aigerim_demo",
        "title": "Ауладағы робототехника",
        "goal": "Шеткі ықшамаудандағы балалардың сабақтан кейін баратын тегін үйірмесі жоқ. Соны ашамыз.",
        "territory": "Шымкент, Қайтпас ықшамауданы",
        "target_group": "10–14 жастағы балалар",
        "people_planned": "40",
        "activities": "Аптасына үш рет робот құрастыру сабағы, айына бір рет ата-аналарға ашық сабақ.",
        "partners": "№ 65 мектеп-лицей",
        "results": "Қырық бала он екі сабақтан өтіп, топпен төрт робот құрастырады.",
        "sustainability": "Жиынтықтар мектепте қалады, үйірмені мұғалім жалғастырады.",
        "publicity": "Instagram парақшасы мен мектеп сайты",
        "plan.action": "Жиынтықтарды сатып алып, сабақтарды бастау",
        "plan.dates": "2027 жылғы ақпан",
        "plan.target_group": "40 бала",
        "budget.item": "Робот жиынтығы",
        "budget.quantity": "8",
        "budget.price": "95 000",
    },
    CHOSEN,
    TICKED,
)
DANILA = Story(
    "ru",
    {
        **PHONES,
        "surname": "Орлов",
        "name": "Данила",
        "patronymic": "Сергеевич",
        "iin": "980312100016",
        "birth_date": "12 марта 1998",
        "email": "danila@example.kz",
        "contact_name": "Орлова Марина, мама",
        "district": "Абайский район",
        "settlement": "Шымкент",
        "street": "улица Рыскулова",
        "house": "7Б",
        "flat": "41",
        "social_pages": "vk: danila_demo",
        "title": "Велопарковки во дворах",
        "goal": "В нашем районе негде оставить велосипед, и подростки ими не пользуются. Поставим парковки.",
        "territory": "Шымкент, микрорайон Самал",
        "target_group": "Подростки и молодёжь района",
        "people_planned": "300",
        "activities": "Сварим двенадцать парковок, установим их с жителями и проведём велопрогулку.",
        "partners": "КСК «Самал»",
        "results": "Двенадцать парковок на сто двадцать мест, триста человек ездят чаще.",
        "sustainability": "Парковки остаются дворам, за ними следят жители и КСК.",
        "publicity": "Районный паблик и листовки в подъездах",
        "plan.action": "Закупка металла и сварка",
        "plan.dates": "февраль 2027",
        "plan.target_group": "жители района",
        "budget.item": "Труба и крепёж на одну парковку",
        "budget.quantity": "12",
        "budget.price": "60000",
    },
    {**CHOSEN, "sex": "male"},
    TICKED,
)


@dataclass
class Applicant:
    """Carries a story through the bot."""

    story: Story
    hands: Hands

    async def checks_eligibility(self) -> None:
        """From the menu to a favourable verdict: Shymkent, a citizen, born long ago enough, registered, not busy."""
        with speaking(self.story.language):
            await self.hands.presses(_("May I apply?"))
            await self.hands.says("Шымкент")
            await self.hands.presses(checking.option("citizenship", "kazakhstan"))
            await self.hands.says(self.story.said["birth_date"])
            await self.hands.presses(_("Yes, right"))
            await self.hands.presses(checking.option("registration", "permanent"))
            for key in ("working", "studying", "training"):
                await self.hands.presses(checking.option(key, "no"))

    async def begins(self) -> None:
        """From the verdict to the first question, with consent."""
        with speaking(self.story.language):
            for label in (_("Apply"), _("I agree"), _("You may publish"), _("To the application")):
                await self.hands.presses(label)

    async def sends_documents(self) -> None:
        """From the list of documents, a file for each required one."""
        with speaking(self.story.language):
            for number, slot in enumerate(SLOTS[self.story.language]):
                await self.hands.presses(slot)
                await self.hands.attaches(f"{slot}.pdf", PDF + str(number).encode())
                await self.hands.presses(_("All documents"))

    async def sends_application(self) -> None:
        """From the filled list of documents to the receipt."""
        with speaking(self.story.language):
            await self.hands.presses(_("Review and send"))
            await self.hands.presses(_("Send the application"))
            await self.hands.presses(_("Yes, send the application"))

    async def fills_in(self, until: Callable[[Cursor], bool] = lambda cursor: False) -> None:
        """Answer every question asked, up to the end of the form or to the first cursor that `until` names."""
        with speaking(self.story.language):
            while (cursor := Cursor.read(await self.hands.cursor())).key and not until(cursor):
                await self._answer(cursor)

    async def _answer(self, cursor: Cursor) -> None:
        key = cursor.key
        if key in self.story.chosen:
            await self.hands.presses(option_title(key, self.story.chosen[key]))
        elif key in self.story.ticked:
            for option in self.story.ticked[key]:
                await self.hands.presses(option_title(key, option))
            await self.hands.presses(_("Done"))
        elif key in ("plan", "budget"):
            await self._table(cursor)
        else:
            await self.hands.says(self.story.said[key])
            if key in ("iin", "birth_date"):
                await self.hands.presses(_("Yes, that is right"))

    async def _table(self, cursor: Cursor) -> None:
        if cursor.column:
            await self.hands.says(self.story.said[f"{cursor.key}.{cursor.column}"])
        elif cursor.row is None:
            await self.hands.presses(_("That is all, go on"))
        else:
            raise AssertionError(f"a row without a column: {cursor}")
