"""A Telegram that listens."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.over_http import Server, a_server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with a_server() as one:
        yield one
