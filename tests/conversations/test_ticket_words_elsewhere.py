"""An author who is elsewhere, in the check or a form: nothing they send is lost, and if unclear, they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.call_centre import complains
from tests.person import House, Person, Upload

JPEG = b"\xff\xd8\xff\xe0 photo"


async def media(house: House) -> list[str]:
    """What the ticket's messages are made of, in order; its first words aside."""
    rows = await house.rows(
        "SELECT v.media FROM ticket_version v JOIN ticket_message m ON m.id = v.message_id "
        "WHERE m.ticket_id = 1 AND m.side = 'author' ORDER BY m.id"
    )
    return [kind for (kind,) in rows][1:]


async def is_asked_for_a_photo(aigerim: Person, olga: Person) -> None:
    """She has complained, and is in the check when the operator's words arrive."""
    await complains(aigerim, "бір")
    await olga.says("/desk")
    await olga.presses("▶️ Взять следующее")
    await aigerim.says("/check")
    await olga.says("Суретін жіберіңізші")


@pytest.mark.parametrize("what", ["photo", "document", "voice", "contact"])
async def test_what_an_operator_asked_for_is_not_lost_in_the_check(
    house: House, aigerim: Person, olga: Person, what: str
) -> None:
    await is_asked_for_a_photo(aigerim, olga)
    account = aigerim.account
    send: dict[str, Callable[[], Any]] = {
        "photo": lambda: account.sends_photo(JPEG),
        "document": lambda: account.sends_document("акт.pdf", b"%PDF"),
        "voice": account.sends_voice,
        "contact": lambda: account.sends_contact(None, True),
    }
    await aigerim.sends(send[what]())
    assert "неге қатысты" in aigerim.sees
    if what != "contact":  # a file is no answer there
        assert "Бұл – боттың сұрағына жауабым" not in aigerim.labels
    await aigerim.presses("T-19-5")
    assert await media(house) == ["text" if what == "contact" else what]


async def test_also_after_a_button_was_pressed(house: House, aigerim: Person, olga: Person) -> None:
    await is_asked_for_a_photo(aigerim, olga)
    await aigerim.presses("Мәзір")
    await aigerim.sends_photo(JPEG)
    await aigerim.presses("T-19-5")
    assert await media(house) == ["photo"]


async def test_an_album_is_asked_about_once_and_goes_whole(house: House, aigerim: Person, olga: Person) -> None:
    await is_asked_for_a_photo(aigerim, olga)
    before = len(aigerim.texts)
    await aigerim.sends_album([Upload(f"{n}.jpg", JPEG, "photo") for n in range(3)])
    assert len(aigerim.texts) == before + 1
    await aigerim.presses("T-19-5")
    assert await media(house) == ["photo"] * 3


async def test_who_has_no_open_request_is_not_asked(house: House, aigerim: Person) -> None:
    await aigerim.says("/check")
    await aigerim.sends_photo(JPEG)
    assert await house.rows("SELECT id FROM ticket_message") == []
    assert "файл керек емес" in aigerim.sees
