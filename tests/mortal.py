"""A program that can be killed two hundred times in a few minutes: `python -m tests.mortal`.

To import the bot takes seconds, so one process imports it once and forks a child for every life. A child is the
real command `python -m bot run` with the settings of the `.env` in its folder; only the import is spared. Commands
come by standard input, a line each, and are answered by a line:

    start FOLDER [fast]   the child's number (`fast`: without Telegram's pace, for short tests)
    kill NUMBER           SIGKILL, and its exit status once it is dead
    stop NUMBER           SIGTERM, and its exit status once it has ended
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from bot import assembly
from bot.commands import (
    machine,  # noqa: F401 (imported once, for every child)
    program,
)
from db import migrate
from domain.regions import LANGUAGES
from locales import catalogue
from tests.person import UNLIMITED

SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGTERM}


def main() -> None:
    """Obey until standard input is closed; then everything that still lives is killed."""
    for language in LANGUAGES:
        catalogue(language)
    migrate.alembic_config()
    living: set[int] = set()
    print("ready", flush=True)
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "start":
            child = os.fork() or live(Path(rest[0]), fast="fast" in rest)
            living.add(child)
            print(child, flush=True)
        else:
            living.discard(child := int(rest[0]))
            print(end(child, SIGNALS[word]), flush=True)
    for child in living:
        end(child, signal.SIGKILL)


def end(child: int, how: signal.Signals) -> int:
    """Signal the child; its exit status, negative for the signal that ended it."""
    os.kill(child, how)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def live(folder: Path, *, fast: bool) -> NoReturn:
    """One life: the real command, in the folder with its `.env`, its log in `log` there."""
    os.chdir(folder)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if fast:
        setattr(assembly, "Limits", lambda: UNLIMITED)  # noqa: B010 (not a name that assembly exports)
    try:
        program(["run"], standalone_mode=False)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
