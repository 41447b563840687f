"""What is there after an attack, and how it is counted."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

from sqlalchemy import text

from db import applications
from domain.consent import ConsentKind
from domain.draft import Cursor
from tests.crowd import Somebody
from tests.drafts import a_draft
from tests.kills.attack import Attack
from usecases.competitions import competitions_in_force
from usecases.consent import answer_consent
from usecases.meet_person import known_person, speak
from usecases.sealed_answers import together
from usecases.work import Work

BORN = {"4 мамыр 2001": "2001-05-04", "12 марта 1998": "1998-03-12"}


def near_the_end(work: Work, people: list[Somebody]) -> None:
    """Drafts that ask their last questions, as if these people had written them the day before."""
    for one in people:
        _near_the_end(work, one)


def _near_the_end(work: Work, one: Somebody) -> None:
    one.phone.account.starts()
    one.phone.account.world.updates.drop()
    person = speak(work, known_person(work, one.phone.account.id), one.story.language)
    answer_consent(work, person, ConsentKind.PROCESSING, agreed=True, language=one.story.language)
    [competition] = competitions_in_force(work)
    without = ("publicity", "budget", "funded_elsewhere")
    a_draft(work, person, competition, *without, at="publicity", vulnerable_groups=["none"], iin=one.story.said["iin"])


def everything_is_there(work: Work, attack: Attack) -> None:
    """One application and one number each, with every answer as it was written; nothing unsent, nothing set aside."""
    found = [application for one in attack.crowd for application in [the_application(work, one)]]
    numbers = sorted(application.number for application in found)
    assert numbers == [f"79-2026-{number:06d}" for number in range(1, len(attack.crowd) + 1)]
    assert counted(work, "SELECT state FROM document") == {"stored": 3 * len(attack.crowd)}
    assert counted(work, "SELECT update_id FROM set_aside_update") == {}
    assert counted(work, "SELECT state FROM notification").keys() <= {"sent"}


def the_application(work: Work, one: Somebody) -> Any:
    person = known_person(work, one.phone.account.id)
    [application] = applications.of_person(work.session, person.id)
    answers = together(work, *applications.answers(work.session, application.id))
    twice = [cursor for cursor, times in Counter(one.phone.asked).items() if times > 1]
    assert twice == [], f"{one.number} was asked again"
    for cursor in map(Cursor.read, one.phone.asked):
        if cursor.key:
            assert plain(answers[cursor.key]) == written(one, cursor.key), (one.number, cursor.key)
    return application


def written(one: Somebody, key: str) -> Any:
    """What this person answered, as it is kept."""
    story = one.story
    if key in ("plan", "budget"):
        cells = ((name.partition("."), said) for name, said in story.said.items())
        return [{column: plain(said) for (table, _dot, column), said in cells if (table, bool(column)) == (key, True)}]
    if key in story.chosen:
        return story.chosen[key]
    return list(story.ticked[key]) if key in story.ticked else plain(BORN.get(story.said[key], story.said[key]))


def plain(value: Any) -> Any:
    """Numbers and phones by their last ten digits; rows cell by cell."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    words = str(value)
    return re.sub(r"\D", "", words)[-10:] if re.fullmatch(r"[+\d][\d ]*", words) else words


def counted(work: Work, statement: str) -> dict[str, int]:
    """How often each value of the first column comes."""
    return dict(Counter(row[0] for row in work.session.execute(text(statement))))


def figures(work: Work, attack: Attack) -> dict[str, Any]:
    """What docs/reliability.md tells of a run."""
    return {
        "lives": "+".join(attack.lives),
        "seconds": round(time.monotonic() - attack.began),
        "kills": attack.keeper.kills,
        "of them after the life began to take updates": attack.died_serving,
        "of them after it had done something": attack.died_at_work,
        "applications": sum(counted(work, "SELECT 1 FROM application").values()),
        "updates": sum(counted(work, "SELECT 1 FROM handled_update").values()),
        "handled, then brought again": attack.again,
        "screens shown twice": attack.repeated,
        "answers above a screen shown twice": sum(one.phone.above for one in attack.crowd),
        "answers swallowed": sum(one.phone.swallowed for one in attack.crowd),
        "notifications": sum(counted(work, "SELECT 1 FROM notification").values()),
        "on their way at a kill": attack.claimed,
        "sent twice": attack.sent_again,
    }
