"""Sending: every way to be refused, the last second, twice, the numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db import applications, documents
from domain.application import Event, Role, State
from domain.competition import Competition
from domain.documents import DocumentState
from domain.form import kept
from domain.refusal import Reason, Refused
from tests.applications import PAPERS, an_iin, answers, attach, ready, sent
from tests.factories import NOW, a_competition
from tests.in_force import PutInForce
from usecases.change_application import withdraw_application
from usecases.competitions import InForce
from usecases.drafts import open_draft
from usecases.own_applications import sent_answers
from usecases.submit_application import DECLARED, submit_application
from usecases.work import Work

CLOSES = a_competition().dates.intake_closes
SECOND = timedelta(seconds=1)


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def at(work: Work, moment: Any) -> Work:
    return replace(work, now=moment)


def refused(do: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value


def test_a_draft_becomes_an_application_with_its_answers_as_sent(work: Work, one: InForce) -> None:
    who = ready(work, one)
    application = submit_application(work, who.person, who.draft)
    assert application.number == "27-2026-000001"
    assert (application.state, application.sent_at, application.version_id) == (State.SENT, NOW, one.version_id)
    seen = sent_answers(work, who.person, application.id)
    assert seen.answers == kept(answers(an_iin(1001)), one.competition)
    assert [document.slot for document in seen.documents] == list(PAPERS)
    assert applications.events(work.session, application.id) == [
        Event(1, NOW, State.SENT, Role.APPLICANT, {"declared": list(DECLARED)}, who.person.id)
    ]
    assert open_draft(work, who.person) is None


def test_personal_answers_stand_sealed(work: Work, one: InForce) -> None:
    application = sent(work, one)
    plain, sealed = applications.answers(work.session, application.id)
    assert "iin" not in plain
    assert "surname" not in plain
    assert work.vault.open_data(sealed)["iin"] == an_iin(1001)


def test_an_answer_no_longer_asked_is_not_sent(work: Work, one: InForce) -> None:
    who = ready(work, one, given=answers(earlier_other="forgotten"))
    application = submit_application(work, who.person, who.draft)
    assert "earlier_other" not in sent_answers(work, who.person, application.id).answers


def test_pressing_twice_gives_the_same_application(work: Work, one: InForce) -> None:
    who = ready(work, one)
    first = submit_application(work, who.person, who.draft)
    again = submit_application(at(work, CLOSES + SECOND), who.person, who.draft)
    assert again == first
    assert len(applications.events(work.session, first.id)) == 1


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (a_competition().dates.intake_opens - SECOND, Reason.NOT_OPEN),
        (a_competition().dates.intake_opens, None),
        (CLOSES - SECOND, None),
        (CLOSES, Reason.INTAKE_CLOSED),
        (CLOSES + SECOND, Reason.INTAKE_CLOSED),
    ],
)
def test_intake_is_open_to_the_second(work: Work, one: InForce, moment: Any, reason: Reason | None) -> None:
    who, then = ready(work, one), at(work, moment)
    if reason is None:
        assert submit_application(then, who.person, who.draft).sent_at == moment
    else:
        refusal = refused(lambda: submit_application(then, who.person, who.draft))
        assert refusal.reason is reason
        assert refusal.facts == ({"closed_at": CLOSES} if reason is Reason.INTAKE_CLOSED else {})
        assert open_draft(work, who.person) is not None


def test_a_prolonged_intake_holds_for_a_draft_begun_before(work: Work, one: InForce, put_in_force: PutInForce) -> None:
    who = ready(work, one)
    later = replace(one.competition.dates, intake_closes=CLOSES + timedelta(days=1))
    prolonged = put_in_force(work.session, replace(one.competition, dates=later))
    application = submit_application(at(work, CLOSES + SECOND), who.person, who.draft)
    assert application.version_id == prolonged.version_id != one.version_id


def test_no_consent(work: Work, one: InForce) -> None:
    who = ready(work, one, consent=False)
    assert refused(lambda: submit_application(work, who.person, who.draft)).reason is Reason.NO_CONSENT


def test_what_is_missing_is_named_questions_before_papers(work: Work, one: InForce) -> None:
    written = answers()
    del written["surname"], written["budget"]
    who = ready(work, one, given=written, papers=("registration",))
    refusal = refused(lambda: submit_application(work, who.person, who.draft))
    assert (refusal.reason, refusal.facts) == (
        Reason.INCOMPLETE,
        {"keys": ("surname", "budget", "id_card", "pension")},
    )


def test_a_vulnerable_group_wants_its_paper(work: Work, one: InForce) -> None:
    who = ready(work, one, given=answers(vulnerable_groups=["orphan"]))
    refusal = refused(lambda: submit_application(work, who.person, who.draft))
    assert refusal.facts == {"keys": ("vulnerable",)}
    attach(work, who.draft, "vulnerable")
    assert submit_application(work, who.person, who.draft).state is State.SENT


def test_a_refused_file_fills_no_slot_but_one_on_its_way_does(work: Work, one: InForce) -> None:
    who = ready(work, one)
    files = documents.of_draft(work.session, work.vault, who.draft)
    assert {file.state for file in files} == {DocumentState.FETCHING}
    documents.refuse(work.session, files[0].id, Reason.FILE_NOT_WHAT_IT_SAYS, {}, NOW)
    refusal = refused(lambda: submit_application(work, who.person, who.draft))
    assert refusal.facts == {"keys": ("id_card",)}
    attach(work, who.draft, "id_card", "again.pdf")
    assert submit_application(work, who.person, who.draft).state is State.SENT


@pytest.mark.parametrize(("price", "fits"), [(1_000_000, True), (1_000_001, False)])
def test_the_budget_is_at_most_the_maximum(work: Work, one: InForce, price: int, fits: bool) -> None:
    who = ready(work, one, given=answers(budget=[{"item": "x", "quantity": 1, "price": price}]))
    if fits:
        assert submit_application(work, who.person, who.draft).state is State.SENT
        return
    refusal = refused(lambda: submit_application(work, who.person, who.draft))
    assert (refusal.reason, refusal.facts) == (Reason.OVER_MAXIMUM, {"total": price, "maximum": 1_000_000})


def test_one_identity_number_one_application(work: Work, one: InForce) -> None:
    sent(work, one, 1001, given=answers(an_iin(7)))
    other = ready(work, one, 1002, given=answers(an_iin(7)))
    assert refused(lambda: submit_application(work, other.person, other.draft)).reason is Reason.IIN_TAKEN


def test_the_same_identity_number_may_apply_in_another_competition(
    work: Work, one: InForce, put_in_force: PutInForce
) -> None:
    another: Competition = replace(one.competition, code="another", year=2027)
    sent(work, one, 1001, given=answers(an_iin(7)))
    application = sent(work, put_in_force(work.session, another), 1002, given=answers(an_iin(7)))
    assert application.number == "27-2027-000001"


def test_one_person_one_application(work: Work, one: InForce) -> None:
    first = sent(work, one)
    second = ready(work, one, given=answers(an_iin(9)))
    refusal = refused(lambda: submit_application(work, second.person, second.draft))
    assert (refusal.reason, refusal.facts) == (Reason.ALREADY_SENT, {"number": first.number})


def test_a_withdrawn_one_frees_person_and_identity_number(work: Work, one: InForce) -> None:
    first = sent(work, one, given=answers(an_iin(7)))
    who = ready(work, one, given=answers(an_iin(7)))
    withdraw_application(work, who.person, first.id)
    second = submit_application(work, who.person, who.draft)
    assert second.number == "27-2026-000002"
    assert refused(lambda: submit_application(work, who.person, first.draft_id)).reason is Reason.OLD_BUTTON


def test_somebody_elses_draft_is_an_old_button(work: Work, one: InForce) -> None:
    owner, other = ready(work, one, 1001), ready(work, one, 1002)
    assert refused(lambda: submit_application(work, other.person, owner.draft)).reason is Reason.OLD_BUTTON
    submit_application(work, owner.person, owner.draft)
    assert refused(lambda: submit_application(work, other.person, owner.draft)).reason is Reason.OLD_BUTTON


def test_numbers_have_no_gaps_under_refusals_and_run_apart_by_region(work: Work, one: InForce) -> None:
    numbers = [sent(work, one, 1001).number]
    for telegram_id in (1002, 1003):
        unwilling = ready(work, one, telegram_id, given=answers(an_iin(1001)))
        refused(lambda who=unwilling: submit_application(work, who.person, who.draft))  # type: ignore[misc]
        late = ready(work, one, telegram_id + 10)
        refused(lambda who=late: submit_application(at(work, CLOSES), who.person, who.draft))  # type: ignore[misc]
        numbers.append(sent(work, one, telegram_id + 20).number)
    numbers.append(sent(work, one, 1090, given=answers(an_iin(90), region="79")).number)
    assert numbers == ["27-2026-000001", "27-2026-000002", "27-2026-000003", "79-2026-000001"]
