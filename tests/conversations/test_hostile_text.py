"""Words with tags, quotes, braces and SQL in them: kept as they were typed, shown as they were typed, everywhere."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from domain.draft import Cursor, Filling
from domain.form import FORM, Kind
from domain.person import Place
from handlers.review.screens import Overview, ShowPage
from handlers.shared_buttons import EditAnswer
from handlers.status.paper import paper_bytes
from sandbox.errors import ApiError
from tests.applicants import agrees, draft_of, stands_at
from tests.applications import PAPERS, attach
from tests.files import a_pdf
from tests.person import House, Person
from usecases.drafts import save
from usecases.meet_person import go, known_person
from usecases.work import Work

EVIL = "<b>x</b> & </i> &lt;u&gt; <script>\"'); DROP TABLE draft; -- {name} {0} %s {nb} <a href='x'>"
SHORT = "<b>&\"'{0}%s</b>"
NAME = "<i>&\"'{0}%s;--<b>.pdf"  # of a file: what stands before a slash is a folder
TEXTS = [one for one in FORM if one.kind is Kind.TEXT]
ROW = {"plan": {"action": EVIL, "dates": SHORT, "target_group": EVIL[:90]}, "budget": {"item": EVIL}}


def evil(most: int) -> str:
    return EVIL if len(EVIL) <= most else SHORT


def no_call_was_refused(house: House) -> None:
    refused = [call for call in house.telegram.calls if isinstance(call.error, ApiError)]
    wrong = [(call.method, call.params, str(call.error)) for call in refused]
    assert [one for one in wrong if "message is not modified" not in one[2]] == []


async def tables_are_there(house: House) -> None:
    for table in ("draft", "person", "application", "document"):
        await house.rows(f"SELECT count(*) FROM {table}")


async def test_every_free_answer_is_kept_and_shown_as_it_was_typed(house: House) -> None:
    await house.opens_competition()
    given: dict[str, Any] = {"earlier_programmes": ["other"]}
    person = await stands_at(house, at="end", **given)
    for one in TEXTS:
        long = evil(one.most).ljust(one.least, "!")
        await person.presses_old(person.screen, EditAnswer(key=one.key).pack())
        await person.says(long)
        assert (await draft_of(house)).answers[one.key] == long
        assert long in person.sees, one.key  # the page of the review it stands on
        await person.presses_old(person.screen, EditAnswer(key=one.key).pack())
        assert long in person.sees, one.key  # the question with its present answer
        await person.presses_old(person.screen, Overview(draft=1).pack())
    no_call_was_refused(house)
    await tables_are_there(house)


async def test_cells_of_both_tables(house: House) -> None:
    for number, (key, typed) in enumerate({"plan": ROW["plan"], "budget": ROW["budget"]}.items(), 1001):
        person = await stands_at(house, key, at=f"{key}.0.{next(iter(typed))}", number=number)
        for cell in (*typed.values(), *(("8", "95000") if key == "budget" else ())):
            await person.says(cell)
        assert EVIL in person.sees
        [row] = (await draft_of(house, number)).answers[key]
        assert row.items() >= typed.items()
        await person.presses("✏️ 1")
        assert EVIL in person.sees
    no_call_was_refused(house)


async def test_a_word_after_a_long_pause(house: House) -> None:
    person = await stands_at(house, "title", at="title")
    house.clock.goes(hours=13)
    await person.says(EVIL)
    assert any(EVIL[:20] in label for label in person.labels)
    no_call_was_refused(house)


async def sends_everything(house: House) -> Person:
    """Somebody whose every answer and file name is hostile, and who has sent it."""
    changes = {one.key: evil(one.most).ljust(one.least, "!") for one in TEXTS} | {
        "plan": [ROW["plan"]],
        "budget": [ROW["budget"] | {"quantity": 2, "price": 5}],
        "earlier_programmes": ["other"],
        "vulnerable_groups": ["none"],
    }
    person = await stands_at(house, at="end")
    draft = await draft_of(house)

    def papers(work: Work) -> None:
        save(work, draft, Filling({**draft.answers, **changes}, Cursor()))
        for slot in PAPERS:
            name = f"{slot} {NAME}"
            attach(work, draft.id, slot, name, house.telegram.files.add("document", name, a_pdf(note=slot)).file_id)
        go(work, known_person(work, 1001), Place.REVIEW)

    await agrees(house)
    await house.work(papers)
    await house.settle()
    await person.says("?")
    for page in range(1, 9):
        await person.presses_old(person.screen, ShowPage(draft=draft.id, page=page).pack())
    assert f"id_card {NAME}" in person.sees
    await person.presses_old(person.screen, Overview(draft=draft.id).pack())
    await person.presses("Өтінімді жіберу", "Иә, өтінімді жіберемін")
    return person


async def test_review_receipt_status_paper_and_my_data(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def noting(paper: Any) -> bytes:
        made.append(paper_bytes(paper))
        return made[-1]

    monkeypatch.setattr("handlers.status.routes.paper_bytes", noting)
    person = await sends_everything(house)
    assert f"id_card {NAME}" in person.sees  # the receipt
    await person.presses("Өтінімім қай кезеңде", "Жауаптарым")
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(made[0])).pages)
    assert "".join(EVIL.split()) in text
    await person.says("/data")
    await person.presses("Бәрі бір файлда")
    [document] = [message.data["document"] for message in person.chat.messages if "document" in message.data][-1:]
    stored = json.loads(house.telegram.files.by_id[document["file_id"]].data)
    assert EVIL in json.dumps(stored, ensure_ascii=False).replace('\\"', '"')
    no_call_was_refused(house)
    await tables_are_there(house)


@pytest.mark.parametrize("name", [EVIL[:60], "<", "&amp;", "{name}", "‮авс"])
async def test_a_first_name(house: House, name: str) -> None:
    person = house.person(1001, "kk", name)
    await person.speaks("kk")
    assert name in person.sees
    no_call_was_refused(house)


@pytest.mark.parametrize("place", Place)
async def test_words_and_payloads_at_every_place(house: House, place: Place) -> None:
    await house.opens_competition()
    person = house.person(1001, "ru")
    await person.speaks("ru")
    for words in (EVIL, f"/start {EVIL}", f"/{EVIL}", "{", "<", "&#0;", "/start@", "/"):
        await house.work(lambda work: go(work, known_person(work, 1001), place))
        heard = person.heard()
        await person.says(words)
        assert person.heard() > heard
    assert await house.rows("SELECT source FROM person") == [(None,)]
    no_call_was_refused(house)
    await tables_are_there(house)
