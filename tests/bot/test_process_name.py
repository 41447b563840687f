"""A process on this machine that has ended is known to be gone; of no other is that ever said."""

from __future__ import annotations

import os
import subprocess

from bot.process_name import is_gone, process_name


def test_a_process_is_gone_once_it_has_ended_also_before_it_is_forgotten() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as process:
        name = process_name(process.pid)
        assert len(name.split("/")) == 4
        assert not is_gone(name)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(name), "its parent has not asked for its end yet"
    assert is_gone(name)


def test_the_number_of_a_dead_process_may_come_again() -> None:
    started, container, number, _since = process_name(os.getpid()).split("/")
    assert is_gone(f"{started}/{container}/{number}/1")


def test_of_a_process_elsewhere_it_is_not_known() -> None:
    started, container, number, _since = process_name(os.getpid()).split("/")
    assert not is_gone(f"{started}/1/{number}/1")
    assert not is_gone(f"elsewhere/{container}/{number}/1")
    assert not is_gone("")
    assert process_name(2**31 - 1) == ""
