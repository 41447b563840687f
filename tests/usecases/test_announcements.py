"""The ledger of announcements: nobody twice and nobody lost, whatever is held back, cut off, blocked or taken back."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest

from db import announcement_ledger, announcements, consents, people
from domain.announcement import Announcement, Doing, Fate, Said, Stage
from domain.audience import Audience, Condition, Field
from domain.consent import Consent, ConsentKind
from domain.notification import Kind
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Role
from tests import announcing
from tests.announcing import NOT_STAFF, Delivered, approved, carry_out, fates, running, to_the_end, written
from tests.staff import hired
from usecases import announce, announce_approval, announce_correction, announce_sending, announcement_feed, notify
from usecases.announce_audience import count_audience, sample_audience
from usecases.announcement_feed import feed, progress_of
from usecases.announcement_outcome import card_shown
from usecases.announcement_trial import try_out
from usecases.meet_person import known_person, mark_unreachable
from usecases.mute import mute
from usecases.reminder_rules import load_rules
from usecases.staff import leave, members_of
from usecases.work import Work


@pytest.fixture
def chief(work: Work) -> Person:
    return hired(work, Role.ADMINISTRATOR, 1, "*")


def test_everybody_of_the_audience_is_sent_it_once(work: Work, chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_feed, "BUILD", 7)
    announcing.people(work, 40)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    to_the_end(work, delivered)
    assert delivered == Counter(dict.fromkeys(range(chief.id + 1, chief.id + 41), 1))
    assert fates(work, one.id) == {Fate.SENT: 40}
    assert announce.known(work, one.id).stage is Stage.DONE


def test_a_card_that_comes_after_the_end_is_drawn_once_more(work: Work, chief: Person) -> None:
    """A short announcement is over before its author's chat may be written to again."""
    announcing.people(work, 3)
    drawn = running(work, chief, NOT_STAFF)
    to_the_end(work, Counter())
    card_shown(work, drawn, 77)
    assert announce.known(work, drawn.id).card == 77
    assert cards_to_be_drawn(work) == 1
    card_shown(work, announce.known(work, drawn.id), 78)
    assert cards_to_be_drawn(work) == 0


def cards_to_be_drawn(work: Work) -> int:
    return [one.kind for one, _person in notify.claim_due(work, 30)].count(Kind.ANNOUNCEMENT_CARD)


def test_the_outbox_is_kept_short(work: Work, chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_feed, "FEED", 6)
    monkeypatch.setattr(announcement_feed, "FEED_BELOW", 3)
    announcing.people(work, 40)
    one = running(work, chief, NOT_STAFF)
    for _ in range(5):
        feed(work)
    assert fates(work, one.id) == {Fate.WAITING: 34, Fate.QUEUED: 6}


def test_a_pause_holds_back_what_stands_in_the_outbox(work: Work, chief: Person) -> None:
    announcing.people(work, 20)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    carry_out(work, delivered, 5)
    announce_sending.pause(work, chief, one.id)
    carry_out(work, delivered, 100)
    assert (sum(delivered.values()), fates(work, one.id)) == (5, {Fate.SENT: 5, Fate.WAITING: 15})
    assert feed(work) is False
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert set(delivered.values()) == {1}
    assert fates(work, one.id) == {Fate.SENT: 20}


def test_a_row_that_was_claimed_before_a_pause_and_ends_after_it_counts_once(work: Work, chief: Person) -> None:
    announcing.people(work, 1)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    [(notification, person)] = notify.claim_due(work, 10)
    announce_sending.pause(work, chief, one.id)
    announcing.end(work, delivered, notification, person)
    announce_sending.resume(work, chief, one.id)
    feed(work)
    announcing.end(work, delivered, notification, person)  # the same row once more, as after a death
    assert not delivered
    to_the_end(work, delivered)
    assert set(delivered.values()) == {1}


def test_what_was_stopped_goes_no_further(work: Work, chief: Person) -> None:
    announcing.people(work, 10)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    carry_out(work, delivered, 4)
    announce_sending.stop(work, chief, one.id)
    to_the_end(work, delivered)
    assert fates(work, one.id) == {Fate.SENT: 4, Fate.WAITING: 6}
    with pytest.raises(Refused) as refused:
        announce_sending.resume(work, chief, one.id)
    assert refused.value.reason is Reason.NOT_A_STEP


def test_who_blocked_us_switched_it_off_or_took_the_consent_back_is_not_sent_it(work: Work, chief: Person) -> None:
    announcing.people(work, 5)
    gone, off, withdrawn, failing, last = (known_person(work, 100_000 + number) for number in range(5))
    one = running(work, chief, NOT_STAFF)
    mark_unreachable(work, gone.id)
    mute(work, off, Kind.ANNOUNCEMENT, muted=True)
    consent = Consent(ConsentKind.PROCESSING, 1, None, True, work.now, None)
    consents.add(work.session, withdrawn.id, consent, "kk")
    consents.withdraw(work.session, withdrawn.id, ConsentKind.PROCESSING, work.now)
    delivered: Delivered = Counter()
    to_the_end(work, delivered, outcome=lambda _n, person: "refused: chat" if person.id == failing.id else "")
    assert delivered == {last.id: 1}
    found = {line.person_id: (line.fate, line.error) for line in announcement_ledger.lines(work.session, one.id, 0, 10)}
    assert found == {
        gone.id: (Fate.BLOCKED, "unreachable"),
        off.id: (Fate.MUTED, "muted"),
        withdrawn.id: (Fate.MUTED, "no consent"),
        failing.id: (Fate.FAILED, "refused: chat"),
        last.id: (Fate.SENT, None),
    }
    announce_sending.send_again(work, chief, one.id)
    to_the_end(work, delivered)
    assert delivered == {last.id: 1, failing.id: 1}


def test_quiet_hours_hold_it_back_until_the_morning(work: Work, chief: Person) -> None:
    announcing.people(work, 4)
    late = replace(work, now=work.now + timedelta(hours=9, minutes=58))  # 21:58
    one = running(late, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    carry_out(late, delivered, 1)
    night = replace(work, now=work.now + timedelta(hours=10))
    carry_out(night, delivered, 100)
    feed(night)
    assert (sum(delivered.values()), fates(work, one.id)) == (1, {Fate.SENT: 1, Fate.WAITING: 3})
    to_the_end(replace(work, now=work.now + timedelta(hours=20)), delivered)  # 08:00
    assert sorted(delivered.values()) == [1, 1, 1, 1]


def test_what_would_arrive_in_the_quiet_hours_is_not_begun(work: Work, chief: Person) -> None:
    """What is worded in the last minute may wait for Telegram until after it."""
    announcing.people(work, 2)
    one = running(work, chief, NOT_STAFF)
    last = replace(work, now=work.now + timedelta(hours=9, minutes=59, seconds=59))
    delivered: Delivered = Counter()
    carry_out(last, delivered)
    assert (feed(last), delivered, fates(work, one.id)) == (False, {}, {Fate.WAITING: 2})
    second = announce_sending.send(last, chief, written(last, chief).id)
    feed(last)
    assert announce.known(work, second.id).planned_at == work.now + timedelta(hours=20)
    to_the_end(replace(work, now=work.now + timedelta(hours=20)), delivered)
    assert fates(work, one.id) == {Fate.SENT: 2}


def test_one_that_is_sent_at_night_waits_for_the_morning(work: Work, chief: Person) -> None:
    announcing.people(work, 1)
    night = replace(work, now=work.now + timedelta(hours=12))
    one = announce_sending.send(night, chief, written(night, chief).id)
    assert one.planned_at == work.now + timedelta(hours=20)
    assert feed(night) is False


def test_the_quiet_hours_that_were_loaded_hold_it_back(work: Work, chief: Person) -> None:
    announcing.people(work, 4)
    one = running(work, chief, NOT_STAFF)  # at noon
    delivered: Delivered = Counter()
    carry_out(work, delivered, 1)
    own = files("programme").joinpath("reminders.toml").read_text("utf-8")
    load_rules(work, own.replace('"22:00-08:00"', '"11:30-13:30"'))
    carry_out(work, delivered, 100)
    feed(work)
    assert (sum(delivered.values()), fates(work, one.id)) == (1, {Fate.SENT: 1, Fate.WAITING: 3})
    evening = replace(work, now=work.now + timedelta(hours=11))  # 23:00
    assert announce_sending.send(evening, chief, written(evening, chief).id).planned_at == evening.now
    second = announce_sending.send(work, chief, written(work, chief).id)
    assert second.planned_at == work.now + timedelta(hours=1, minutes=30)
    announcements.change(work.session, second.id, planned_at=work.now)  # as it was before the hours were others
    assert feed(work) is False
    assert announce.known(work, second.id).planned_at == work.now + timedelta(hours=1, minutes=30)
    to_the_end(evening, delivered)
    assert fates(work, one.id) == {Fate.SENT: 4}


def test_what_was_sent_is_corrected_and_then_deleted(work: Work, chief: Person) -> None:
    announcing.people(work, 6)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    to_the_end(work, delivered)
    announce_correction.correct_sent(work, chief, one.id, "ru", announcing.RU)
    feed(work)
    carry_out(work, delivered, 2)
    announce_sending.pause(work, chief, one.id)
    carry_out(work, delivered)
    assert sorted(delivered.values()) == [1, 1, 1, 1, 2, 2]
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert set(delivered.values()) == {2}
    announce_sending.delete_sent(work, chief, one.id)
    to_the_end(work, delivered)
    assert set(delivered.values()) == {3}
    assert fates(work, one.id) == {Fate.DELETED: 6}


def test_a_correction_while_it_is_held_back_reaches_who_has_it_and_who_waits(work: Work, chief: Person) -> None:
    announcing.people(work, 20)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    carry_out(work, delivered, 4)
    [(on_its_way, person)] = notify.claim_due(work, 1)  # shown before the pause, written down after the correction
    announce_sending.pause(work, chief, one.id)
    corrected = announce_correction.correct_sent(work, chief, one.id, "ru", Said("Новый текст", 11))
    assert (corrected.stage, corrected.doing) == (Stage.RUNNING, Doing.CORRECT)
    notify.sent(work, on_its_way, [9])
    delivered[person.id] += 1
    to_the_end(work, delivered)
    held = announce.known(work, one.id)
    assert (held.stage, held.doing, held.ended_at) == (Stage.PAUSED, Doing.SEND, None)
    assert sorted(delivered.values()) == [2] * 5, "sent, then corrected"
    assert fates(work, one.id) == {Fate.SENT: 5, Fate.WAITING: 15}
    assert held.content.said["ru"].text == "Новый текст"
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert sorted(delivered.values()) == [1] * 15 + [2] * 5
    assert (announce.known(work, one.id).stage, fates(work, one.id)) == (Stage.DONE, {Fate.SENT: 20})


def test_held_back_before_anybody_has_it_only_the_words_change(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one = running(work, chief, NOT_STAFF)
    announce_sending.pause(work, chief, one.id)
    delivered: Delivered = Counter()
    carry_out(work, delivered, 100)
    corrected = announce_correction.correct_sent(work, chief, one.id, "kk", Said("Жаңа", 4))
    assert (corrected.stage, corrected.operation) == (Stage.PAUSED, announce.known(work, one.id).operation)
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert sorted(delivered.values()) == [1, 1, 1]


def test_who_was_spared_by_a_stop_is_spared_after_a_correction_too(work: Work, chief: Person) -> None:
    announcing.people(work, 6)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    carry_out(work, delivered, 2)
    announce_sending.stop(work, chief, one.id)
    carry_out(work, delivered, 100)
    announce_correction.correct_sent(work, chief, one.id, "kk", Said("Жаңа", 4))
    to_the_end(work, delivered)
    assert announce.known(work, one.id).stage is Stage.STOPPED
    with pytest.raises(Refused) as refused:
        announce_sending.send_again(work, chief, one.id)
    assert refused.value.reason is Reason.NOBODY_MEANT
    assert sorted(delivered.values()) == [2, 2]


def one_fails_one_has_it(work: Work, chief: Person) -> tuple[Announcement, Delivered]:
    """Four people: the first it failed to reach, the second has it, two wait; it is held back."""
    announcing.people(work, 4)
    one, delivered = running(work, chief, NOT_STAFF), Counter[int]()
    carry_out(work, delivered, 1, lambda _notification, _person: "refused: chat")
    carry_out(work, delivered, 1)
    announce_sending.pause(work, chief, one.id)
    carry_out(work, delivered, 10)
    assert fates(work, one.id) == {Fate.FAILED: 1, Fate.SENT: 1, Fate.WAITING: 2}
    return one, delivered


def test_whom_it_failed_to_reach_is_tried_again_by_nobody_but_a_person(work: Work, chief: Person) -> None:
    one, delivered = one_fails_one_has_it(work, chief)
    announce_correction.correct_sent(work, chief, one.id, "ru", Said("Новое", 5))
    to_the_end(work, delivered)
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert fates(work, one.id) == {Fate.FAILED: 1, Fate.SENT: 3}


def test_after_a_stop_those_it_failed_to_reach_are_tried_again_and_nobody_else(work: Work, chief: Person) -> None:
    one, delivered = one_fails_one_has_it(work, chief)
    announce_sending.stop(work, chief, one.id)
    announce_sending.send_again(work, chief, one.id)
    feed(work)
    announce_sending.pause(work, chief, one.id)
    carry_out(work, delivered, 10)
    assert fates(work, one.id) == {Fate.FAILED: 1, Fate.SENT: 1, Fate.WAITING: 2}, "held back, it is what it was"
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert (announce.known(work, one.id).stage, sum(delivered.values())) == (Stage.STOPPED, 2)
    assert fates(work, one.id) == {Fate.SENT: 2, Fate.WAITING: 2}


def test_what_is_older_than_telegram_deletes_stays(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    carry_out(work, delivered, 1)
    later = replace(work, now=work.now + timedelta(hours=48))
    to_the_end(later, delivered)
    announce_sending.delete_sent(later, chief, one.id)
    to_the_end(later, delivered)
    assert fates(work, one.id) == {Fate.SENT: 1, Fate.DELETED: 2}
    assert announce.known(work, one.id).stage is Stage.DONE


def test_a_large_one_needs_a_second_person(work: Work, chief: Person) -> None:
    announcing.people(work, 1001)
    coordinator = hired(work, Role.COORDINATOR, 2)
    other = hired(work, Role.COORDINATOR, 3, "19-7")
    second = hired(work, Role.ADMINISTRATOR, 4, "*")
    one = announce_sending.send(work, chief, written(work, chief, NOT_STAFF).id)
    assert (one.stage, one.size) == (Stage.ASKED, 1001)
    assert tuple(announce_approval.who_decides(work, one).approvers) == (second.id,)
    assert feed(work) is False
    for person, reason in (
        (chief, Reason.OWN_ANNOUNCEMENT),
        (coordinator, Reason.NOT_ALLOWED),
        (other, Reason.NOT_ALLOWED),
    ):
        with pytest.raises(Refused) as refused:
            approved(work, person, one.id)
        assert refused.value.reason is reason
    approved(work, second, one.id)
    feed(work)
    assert announce.known(work, one.id).stage is Stage.RUNNING
    with pytest.raises(Refused):
        approved(work, second, one.id)


def test_one_that_has_grown_until_its_time_is_looked_at_again(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one = announce_sending.send(work, chief, written(work, chief, NOT_STAFF).id, work.now + timedelta(hours=1))
    assert one.stage is Stage.PLANNED
    announcing.people(work, 1000, 200_000)
    feed(replace(work, now=work.now + timedelta(hours=1)))
    assert announce.known(work, one.id).stage is Stage.ASKED


def test_the_announcement_of_somebody_who_has_left_waits_for_a_second_person(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one = announce_sending.send(work, chief, written(work, chief).id, work.now + timedelta(hours=1))
    leave(work, chief, members_of(work, chief)[0].id)
    feed(replace(work, now=work.now + timedelta(hours=1)))
    assert announce.known(work, one.id).stage is Stage.ASKED


def test_a_coordinator_reaches_only_their_lots(work: Work) -> None:
    announcing.people(work, 5)
    coordinator = hired(work, Role.COORDINATOR, 2)
    colleague = hired(work, Role.COORDINATOR, 3)
    elsewhere = hired(work, Role.COORDINATOR, 4, "19-7")
    one = written(work, coordinator)
    assert count_audience(work, one).total == 2  # those who work in the lot: nobody else has told a region
    assert announce.announcements_of(work, colleague) == (one,)
    assert announce.announcements_of(work, elsewhere) == ()
    with pytest.raises(Refused) as refused:
        announce.announcement_of(work, elsewhere, one.id)
    assert refused.value.reason is Reason.NOT_ALLOWED
    operator = hired(work, Role.OPERATOR, 5)
    with pytest.raises(Refused):
        announce.begin_announcement(work, operator)


def test_nothing_leaves_without_words_or_readers(work: Work, chief: Person) -> None:
    one = announce.begin_announcement(work, chief)
    announce.say(work, chief, one.id, "kk", announcing.KK)
    reasons = []
    for change in (lambda: None, lambda: announce.only_in(work, chief, one.id, "kk")):
        change()
        nobody = Audience(((Condition(Field.SOURCE, ("nobody",)),),))
        announce.choose_audience(work, chief, one.id, nobody)
        with pytest.raises(Refused) as refused:
            announce_sending.send(work, chief, one.id)
        reasons.append(refused.value.reason)
    assert reasons == [Reason.NOTHING_SAID, Reason.NOBODY_MEANT]


def test_the_audience_is_counted_by_language_and_sampled_masked(work: Work, chief: Person) -> None:
    announcing.people(work, 9)
    mark_unreachable(work, known_person(work, 100_000).id)
    mute(work, known_person(work, 100_001), Kind.ANNOUNCEMENT, muted=True)
    counted = count_audience(work, written(work, chief, NOT_STAFF))
    assert (counted.languages, counted.blocked, counted.muted) == ({"kk": 4, "ru": 3}, 1, 1)
    sample = sample_audience(work, written(work, chief, NOT_STAFF))
    assert len(sample) == 5
    assert all(one.account.startswith("••") and len(one.account) == 5 for one in sample)


def test_somebody_who_is_erased_meanwhile_is_in_nobodys_way(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one = running(work, chief, NOT_STAFF)
    person = known_person(work, 100_001)
    from usecases.erase_person import erase_person

    erase_person(work, person)
    delivered: Delivered = Counter()
    to_the_end(work, delivered)
    assert fates(work, one.id) == {Fate.SENT: 2}
    assert people.get_person(work.session, person.id) is None


def test_how_far_it_is(work: Work, chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_feed, "FEED", 10)
    announcing.people(work, 100)
    one = running(work, chief, NOT_STAFF)
    delivered: Delivered = Counter()
    for second in range(0, 12, 6):
        now = replace(work, now=work.now + timedelta(seconds=second))
        feed(now)
        carry_out(now, delivered, 6)
    feed(replace(work, now=work.now + timedelta(seconds=12)))
    progress = progress_of(work, announce.known(work, one.id))
    assert (progress.left, progress.fates[Fate.SENT], progress.rate) == (88, 12, 1.0)
    assert progress.time_left == timedelta(seconds=88)


def test_two_at_once_do_not_get_in_each_others_way(work: Work, chief: Person) -> None:
    announcing.people(work, 30)
    second = hired(work, Role.ADMINISTRATOR, 2, "*")
    ones = [running(work, author, NOT_STAFF) for author in (chief, second)]
    delivered: Delivered = Counter()
    to_the_end(work, delivered)
    assert set(delivered.values()) == {2}
    assert [fates(work, one.id) for one in ones] == [{Fate.SENT: 30}] * 2


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_in_between_each_is_sent_it_once(
    work: Work, chief: Person, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Random steps of the feeder, the sender, deaths of either, pauses: at the end everybody has it, once."""
    chance = random.Random(seed)
    monkeypatch.setattr(announcement_feed, "BUILD", 9)
    monkeypatch.setattr(announcement_feed, "FEED", 8)
    monkeypatch.setattr(announcement_feed, "FEED_BELOW", 5)
    announcing.people(work, 50)
    number = announce_sending.send(work, chief, written(work, chief, NOT_STAFF).id).id
    delivered: Delivered = Counter()
    now = work
    for _ in range(150):
        now = replace(now, now=now.now + timedelta(seconds=chance.choice((1, 5, 400))))
        stage = announce.known(now, number).stage
        match chance.randrange(8):
            case 0 if stage is Stage.RUNNING:
                announce_sending.pause(now, chief, number)
            case 1 | 2 if stage is Stage.PAUSED:
                announce_sending.resume(now, chief, number)
            case 3:  # a sender dies with these claimed, before it could send them
                notify.claim_due(now, chance.randrange(5))
            case 4:
                notify.free_stuck(now)
            case 5:  # a feeder dies in the middle of a step: all of it is undone
                with now.session.begin_nested() as part:
                    feed(now)
                    part.rollback()
            case 6:
                feed(now)
            case _other:
                carry_out(now, delivered, chance.randrange(6))
    if announce.known(now, number).stage is Stage.PAUSED:
        announce_sending.resume(now, chief, number)
    now = replace(now, now=now.now + timedelta(minutes=10))
    notify.free_stuck(now)
    to_the_end(now, delivered)
    assert len(delivered) == 50
    assert set(delivered.values()) == {1}
    assert fates(now, number) == {Fate.SENT: 50}
    assert announce.known(now, number).doing is Doing.SEND


def test_a_trial_that_telegram_does_not_take_is_told_to_its_maker(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    one = written(work, chief)
    try_out(work, chief, one.id)
    claimed = notify.claim_due(work, 9)
    assert [(found.kind, person.id) for found, person in claimed] == [(Kind.ANNOUNCEMENT_TRIAL, chief.id)]
    notify.not_sent(work, claimed[0][0], "BUTTON_URL_INVALID")
    told = [found for found, _person in notify.claim_due(work, 9)]
    assert [found.facts for found in told if found.kind is Kind.ANNOUNCEMENT_NEWS] == [
        {"announcement": one.id, "event": "not_taken"}
    ]
    assert fates(work, one.id) == {}
    assert announce.known(work, one.id) == one


def test_a_deletion_takes_of_what_failed_only_what_stands_in_a_chat(work: Work, chief: Person) -> None:
    announcing.people(work, 3)
    delivered: Delivered = Counter()
    one = running(work, chief, NOT_STAFF)
    _sent, partly, never = notify.claim_due(work, 3)
    for notification, person in (partly, never):
        if notification is partly[0]:
            notify.stands(work, notification, {"0 album": [5, 6]})
        announcing.end(work, delivered, notification, person, "refused")
    announcing.end(work, delivered, *_sent)
    to_the_end(work, delivered)
    assert fates(work, one.id) == {Fate.SENT: 1, Fate.FAILED: 2}
    assert progress_of(work, announce.known(work, one.id)).partly == 1
    changed = announce_sending.delete_sent(work, chief, one.id)
    assert progress_of(work, changed).left == 2
    feed(work)
    announce_sending.pause(work, chief, one.id)
    carry_out(work, delivered)
    assert fates(work, one.id) == {Fate.SENT: 1, Fate.FAILED: 2}, "held back: each is what it was"
    announce_sending.resume(work, chief, one.id)
    to_the_end(work, delivered)
    assert fates(work, one.id) == {Fate.DELETED: 2, Fate.FAILED: 1}
    announce_sending.send_again(work, chief, one.id)
    to_the_end(work, delivered)
    assert fates(work, one.id) == {Fate.DELETED: 2, Fate.SENT: 1}
