"""What a process is called on its machine, so that another one there can tell for certain that it is no more."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")  # Linux: proc(5)
ENDED = "ZX"  # states of a process that only waits to be forgotten
STARTED = 19  # where the time of its start stands, of what follows its name


def process_name(number: int) -> str:
    """The machine's start, the container, the process's number and its start; empty where that cannot be told."""
    try:
        return f"{_place()}/{number}/{_state_and_start(number)[1]}"
    except OSError:
        return ""


def is_gone(name: str) -> bool:
    """Whether the process of this name has certainly ended; of those that do not run beside this one it is unknown."""
    place, _, process = name.rpartition("/")
    place, _, number = place.rpartition("/")
    try:
        return bool(place) and place == _place() and _ended(int(number), process)
    except OSError:
        return False


def _ended(number: int, started: str) -> bool:
    try:
        os.kill(number, 0)  # a look only: /proc may hide the processes of others
        state, there_since = _state_and_start(number)
    except ProcessLookupError:
        return True
    return state in ENDED or there_since != started


def _place() -> str:
    """Numbers of processes are the same ones as long as the machine runs, in one container."""
    started = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{started}/{os.stat(PROC / 'self/ns/pid').st_ino}"


def _state_and_start(number: int) -> tuple[str, str]:
    """The name stands in brackets, and may have any in it."""
    words = (PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    return words[0], words[STARTED]
