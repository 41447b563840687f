"""Telegram without Telegram: a stand-in for the Bot API with the people in front of it.

In process: `Telegram().call(method, params)` is what a bot would ask for, `Telegram().person(...)` is
somebody who writes to it. Over HTTP: `python -m sandbox`, with a chat page. The room stands alone.
"""

from sandbox.errors import ApiError, Cut, Late, NotShown
from sandbox.faults import Fault, FaultKind
from sandbox.limits import Counting, Limits, Rate
from sandbox.speaking import Upload
from sandbox.telegram import Telegram

__all__ = [
    "ApiError",
    "Counting",
    "Cut",
    "Fault",
    "FaultKind",
    "Late",
    "Limits",
    "NotShown",
    "Rate",
    "Telegram",
    "Upload",
]
