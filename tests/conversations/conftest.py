"""Who stands in most conversations with the call centre: an author, and an operator of the same lot."""

from __future__ import annotations

import pytest

from tests.call_centre import author, joins
from tests.person import House, Person


@pytest.fixture
async def aigerim(house: House) -> Person:
    """An author who speaks Kazakh, while a competition takes applications."""
    await house.opens_competition()
    return await author(house, 1001, "Айгерім")


@pytest.fixture
async def olga(house: House, aigerim: Person) -> Person:
    """An operator who speaks Russian, at the desk."""
    return await joins(house, 2001, "Ольга")
