"""Shares of the pace: never too many together, whoever comes, stays away or dies; in the end equal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import pytest

from db import live_senders
from usecases.share_pace import LEASE, leave_pace, share_pace
from usecases.work import Work

PERMITS = 30
DEAD = "dead"  # the name of a process that has ended


@dataclass
class Process:
    """A process as bot/shares.py has it: it takes what it is told, and gives way before it says so."""

    number: int | None = None
    using: int = 0
    fair: int = 0
    dead: bool = False
    name: str = ""
    fell_silent: Work | None = field(default=None, repr=False)

    def asks(self, work: Work) -> None:
        told = share_pace(work, self.number, self.using, PERMITS, self.name, lambda name: name == DEAD)
        self.number, self.using, self.fair = told.sender, told.permits, told.fair

    def gives_way(self) -> None:
        self.using = min(self.using, self.fair)


def test_one_alone_has_all_at_once(work: Work) -> None:
    one = Process()
    one.asks(work)
    assert one.using == PERMITS


def test_a_newcomer_waits_until_the_others_have_given_way(work: Work) -> None:
    one, two = Process(), Process()
    one.asks(work)
    two.asks(work)
    assert (one.using, two.using, two.fair) == (30, 0, 15)
    one.asks(work)
    assert (one.using, one.fair) == (30, 15)
    two.asks(work)
    assert two.using == 0
    one.gives_way()
    two.asks(work)
    assert two.using == 0, "the other has not said yet that it uses less"
    one.asks(work)
    two.asks(work)
    assert (one.using, two.using) == (15, 15)


def test_who_leaves_and_who_dies_leaves_the_share_to_the_others(work: Work) -> None:
    one, two, three = Process(), Process(), Process()
    for _ in range(3):
        for each in (one, two, three):
            each.asks(work)
            each.gives_way()
    assert (one.using, two.using, three.using) == (10, 10, 10)
    assert three.number
    leave_pace(work, three.number)
    one.asks(work)
    two.asks(work)
    assert (one.using, two.using) == (15, 15)
    later = replace(work, now=work.now + LEASE)
    one.asks(later)
    assert one.using == 15
    later = replace(work, now=work.now + LEASE + timedelta(seconds=1))
    one.asks(later)
    assert one.using == 30
    two.using = 0  # a process that was only stopped uses nothing when it wakes: its own lease has ended
    two.asks(later)
    assert (two.using, two.fair) == (0, 15)


def test_who_is_known_to_be_dead_is_waited_for_only_until_what_it_sent_last_counts_no_more(work: Work) -> None:
    Process(name=DEAD).asks(work)
    one = Process(name="alive")
    for seconds in (1.0, 1.5, 2.0):
        one.asks(replace(work, now=work.now + timedelta(seconds=seconds)))
        assert one.using == 0
    one.asks(replace(work, now=work.now + timedelta(seconds=2.5)))
    assert (one.using, one.fair) == (PERMITS, PERMITS)


@pytest.mark.parametrize("seed", range(8))
def test_together_they_never_use_more_than_there_are(work: Work, seed: int) -> None:
    chance, processes, now = Random(seed), [Process()], work
    for _step in range(60):
        now = replace(now, now=now.now + timedelta(seconds=chance.choice((0, 1, 2))))
        what = chance.random()
        living = [one for one in processes if not one.dead]
        if what < 0.08 and len(living) < 5:
            processes.append(Process())
        elif what < 0.12 and len(living) > 1:
            one = chance.choice(living)
            one.dead = True
            one.fell_silent = now
        else:
            one = chance.choice(living)
            one.asks(now)
            if chance.random() < 0.7:
                one.gives_way()
        for one in processes:  # a living one gives a sign of life in time; the dead use nothing after their own lease
            if one.fell_silent and now.now - one.fell_silent.now > LEASE / 2:
                one.using = 0
            elif not one.dead:
                one.asks(now)
        assert sum(one.using for one in processes) <= PERMITS
        assert sum(live_senders.shares(now.session).values()) <= PERMITS
    for second in range(int(LEASE.total_seconds()) + 10):
        for one in (one for one in processes if not one.dead):
            one.asks(replace(now, now=now.now + timedelta(seconds=second)))
            one.gives_way()
    living = [one for one in processes if not one.dead]
    assert sum(one.using for one in living) == PERMITS
    assert max(one.using for one in living) - min(one.using for one in living) <= 1
