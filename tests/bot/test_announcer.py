"""What announcing costs: a look a second while there is nothing, and an outbox full enough for a fast pace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.announcer import Announcer
from bot.assembly import assemble
from bot.settings import load_settings
from bot.transactions import Transactions
from domain.audience import Audience, Field, Part, toggled
from domain.staff import Role
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from tests import announcing
from tests.announcing import written
from tests.factories import DATA_KEY
from tests.person import SetClock
from tests.staff import hired
from tests.tables import make_tables
from usecases import announce, announce_sending
from usecases.announcement_feed import FEED, feed
from usecases.announcement_lists import list_from_file
from usecases.announcement_report import want_report
from usecases.work import Work

NOT_STAFF = toggled(Audience(), Part.INCLUDE, 0, Field.ROLE, "none")


@dataclass(frozen=True)
class Counted(Transactions):
    """Transactions, with the names of what ran in them."""

    ran: list[str] = field(default_factory=list)

    async def run(self, usecase: Any, *args: Any, **kwargs: Any) -> Any:
        self.ran.append(usecase.__name__)
        return await super().run(usecase, *args, **kwargs)


async def test_it_asks_one_question_until_there_is_something_to_do(database_url: str) -> None:
    settings = load_settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        data_key=DATA_KEY,
        files_url="memory:",
        database_url=database_url,
    )
    clock = SetClock()
    program = assemble(settings, session=SandboxSession(Telegram()), clock=clock)
    await program.database.on_connection(make_tables)
    counted = Counted(program.database, program.vault, clock)
    announcer = Announcer(program.bot, counted)
    run = program.transactions.run

    def planned(work: Work) -> int:
        chief = hired(work, Role.ADMINISTRATOR, 1, "*")
        announcing.people(work, 3)
        return announce_sending.send(work, chief, written(work, chief).id, work.now + timedelta(hours=1)).id

    number = await run(planned)
    assert (await announcer.step(), counted.ran) == (False, ["anything_to_do"])
    clock.goes(hours=1)
    await announcer.step()
    assert counted.ran[1:] == ["anything_to_do", "feed", "wanted", "next_to_read"]
    counted.ran.clear()
    await run(lambda work: announce.change(work, announce.known(work, number), stage="done"))
    assert (await announcer.step(), counted.ran) == (False, ["anything_to_do"])
    await run(lambda work: want_report(work, hired(work, Role.ADMINISTRATOR, 2, "*"), number))
    assert (await announcer.step(), "given" in counted.ran) == (True, True)

    def uploaded(work: Work) -> None:
        chief = hired(work, Role.ADMINISTRATOR, 3, "*")
        one = announce.begin_announcement(work, chief)
        list_from_file(work, chief, one.id, Part.INCLUDE, 0, ("no-such-file", "list.csv", 10))

    await run(uploaded)
    counted.ran.clear()
    await announcer.step()
    assert "next_to_read" in counted.ran
    await program.database.close()


def test_the_outbox_holds_two_seconds_of_a_fast_pace(work: Work) -> None:
    chief = hired(work, Role.ADMINISTRATOR, 1, "*")
    announcing.people(work, 3 * FEED)
    one = announce_sending.send(work, chief, written(work, chief, NOT_STAFF).id)
    steps = 0
    while feed(work, 2 * FEED):
        steps += 1
    fates = announcing.fates(work, one.id)
    assert (fates, steps) == ({"queued": 2 * FEED, "waiting": FEED}, 3)  # planned, built, the first portion
    assert feed(work, 2 * FEED) is False
