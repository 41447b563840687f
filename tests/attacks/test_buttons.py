"""Every button on people's ways through the bot, pressed twice, after a restart, and by whom it does not concern.

Each scene names the kinds of buttons that it attacks whatever the dice say: together all there are.
"""

from __future__ import annotations

from random import Random
from types import ModuleType

import pytest

from domain.consent import ConsentKind
from handlers.consent.texts import consent_pages
from handlers.language import speaking
from tests.attacks import applying, asking, covering, filling, managing, serving, wandering, writing_to_many
from tests.attacks.looking import Choice, known_buttons
from tests.factories import in_force
from tests.person import House, a_house
from usecases.work import Work

SCENES = (applying, wandering, asking, serving, filling, managing, covering, writing_to_many)
FEW, LEAST = 0.02, 100  # of the other buttons in a short run; buttons that a walk in depth must have met
NOT_ATTACKED = {
    "conpage": "turns the pages of a consent, and each of them has one",
}


def named(scene: ModuleType) -> str:
    return scene.__name__.rpartition(".")[2]


async def attacks(scene: ModuleType, house: House, choice: Choice) -> None:
    presses = await scene.plays(house, choice)
    presses.nothing_to_complain_of(LEAST if choice.deep else 1)
    assert not choice.wanted, f"nobody was offered {sorted(choice.wanted)}"


@pytest.mark.parametrize("scene", SCENES, ids=named)
async def test_a_button_of_each_kind_and_some_others(scene: ModuleType) -> None:
    async with a_house() as house:
        await attacks(scene, house, Choice(set(scene.WANTED), FEW))


def test_every_kind_of_button_is_attacked_somewhere() -> None:
    attacked = {kind.partition(":")[0] for scene in SCENES for kind in scene.WANTED}
    assert attacked == known_buttons().keys() - NOT_ATTACKED.keys()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_not_attacked_is_not_shown(work: Work, language: str) -> None:
    with speaking(language):
        assert [len(consent_pages(kind, (in_force(work),))) for kind in ConsentKind] == [1, 1]


@pytest.mark.soak
@pytest.mark.parametrize("scene", SCENES, ids=named)
@pytest.mark.parametrize("deep", [False, True], ids=["every", "deep"])
async def test_every_button_and_what_they_lead_to(scene: ModuleType, deep: bool, database_url: str) -> None:
    async with a_house(url=database_url) as house:
        await attacks(scene, house, Choice(set(scene.WANTED), 1.0, Random(1), deep))
