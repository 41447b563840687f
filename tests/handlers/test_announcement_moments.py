"""When an announcement goes out, as a coordinator types it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.refusal import Reason, Refused
from handlers.announcements.reading import moment_of

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # noon in Almaty


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("25.11 10:00", datetime(2026, 11, 25, 5, 0, tzinfo=UTC)),
        ("25.11.2027, 10.00", datetime(2027, 11, 25, 5, 0, tzinfo=UTC)),
        ("05.01 00:00", datetime(2027, 1, 4, 19, 0, tzinfo=UTC)),
        ("18:30", datetime(2026, 11, 20, 13, 30, tzinfo=UTC)),
        ("11:59", datetime(2026, 11, 21, 6, 59, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_time_of_almaty(words: str, moment: datetime) -> None:
    assert moment_of(words, NOW) == moment


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ертең",
        "00.12 10:00",
        "10.00.2026 10:00",
        "31.11 10:00",
        "25.11 24:00",
        "01.01.0000 10:00",
        "01.01.0001 00:00",
    ],
)
def test_what_is_no_moment_is_refused(words: str) -> None:
    with pytest.raises(Refused) as refused:
        moment_of(words, NOW)
    assert refused.value.reason is Reason.NOT_A_MOMENT
