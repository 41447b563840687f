"""What is being entered, as it stands in the person's focus: JSON of what is known so far; nothing is in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from domain.refusal import Reason, Refused
from handlers.conversation import Turn

Told = Mapping[str, Any]
SOURCE_STEPS = ("kk", "ru", "site")
ENTRY_STEPS = ("day", "people", "place", "link")


def told(turn: Turn) -> Told:
    """What the focus says; nothing where it says nothing."""
    found: dict[str, Any] = json.loads(turn.person.focus) if turn.person.focus.startswith("{") else {}
    return found


def kept(**values: Any) -> str:
    """The focus that says this."""
    return json.dumps(values, ensure_ascii=False)


def steps(now: Told) -> Sequence[str]:
    return {"source": SOURCE_STEPS, "enter": ENTRY_STEPS}.get(now.get("do", ""), ())


def step_of(now: Told) -> str:
    """The step that is asked. Refused: OLD_BUTTON when nothing is."""
    if now.get("do") == "fix":
        return str(now["field"])
    asked = next((step for step in steps(now) if step not in now), None)
    if asked is None:
        raise Refused(Reason.OLD_BUTTON)
    return asked
