"""The one door: the table, the event, the author's news; taking back; writing anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db import applications, documents
from domain.application import Role, State
from domain.consent import ConsentKind
from domain.notification import Kind, Lane
from domain.refusal import Reason, Refused
from tests.applications import PAPERS, an_iin, answers, ready, sent
from tests.factories import NOW, a_competition, a_person
from tests.in_force import PutInForce
from usecases.change_application import change_application, withdraw_application
from usecases.competitions import InForce
from usecases.documents import documents_of
from usecases.drafts import open_draft
from usecases.notify import claim_due
from usecases.own_applications import sent_answers, standing_of
from usecases.submit_application import submit_application
from usecases.withdraw_consent import withdraw_consent
from usecases.work import Work
from usecases.write_anew import write_anew

CLOSES = a_competition().dates.intake_closes
SECOND = timedelta(seconds=1)


@pytest.fixture
def one(work: Work, put_in_force: PutInForce) -> InForce:
    return put_in_force(work.session, a_competition())


def test_a_move_is_noted_and_its_author_told_once(work: Work, one: InForce) -> None:
    application = sent(work, one)
    moved = change_application(work, application.id, State.RETURNED, Role.ORGANISER, reason="id_card")
    assert moved == replace(application, state=State.RETURNED)
    event = applications.events(work.session, application.id)[-1]
    assert (event.at, event.state, event.role, event.facts) == (
        NOW,
        State.RETURNED,
        Role.ORGANISER,
        {"reason": "id_card"},
    )
    [(news, recipient)] = claim_due(work, 10)
    assert (news.kind, news.lane, recipient.id) == (Kind.APPLICATION, Lane.RECEIPT, application.person_id)
    assert news.facts == {"application": application.id, "state": "returned"}


def test_the_same_state_twice_is_told_twice(work: Work, one: InForce) -> None:
    application = sent(work, one)
    change_application(work, application.id, State.RETURNED, Role.ORGANISER)
    change_application(work, application.id, State.TECHNICAL_SELECTION, Role.APPLICANT)
    change_application(work, application.id, State.RETURNED, Role.ORGANISER)
    assert [news.facts["state"] for news, _person in claim_due(work, 10)] == ["returned", "returned"]


def test_what_the_table_does_not_know_is_refused_and_leaves_no_trace(work: Work, one: InForce) -> None:
    application = sent(work, one)
    with pytest.raises(Refused) as refused:
        change_application(work, application.id, State.WINNER, Role.COMMISSION)
    assert (refused.value.reason, refused.value.facts) == (
        Reason.NOT_A_MOVE,
        {"state": State.SENT, "new": State.WINNER},
    )
    assert len(applications.events(work.session, application.id)) == 1
    assert claim_due(work, 10) == []


def test_an_unknown_application_is_not_found(work: Work) -> None:
    with pytest.raises(Refused) as refused:
        change_application(work, 77, State.RETURNED, Role.ORGANISER)
    assert refused.value.reason is Reason.NOT_FOUND


def test_taking_back_until_the_last_second_and_twice_is_once(work: Work, one: InForce) -> None:
    application, then = sent(work, one), replace(work, now=CLOSES - SECOND)
    person = a_person(work)
    withdrawn = withdraw_application(then, person, application.id)
    assert (withdrawn.state, withdrawn.withdrawn_at) == (State.WITHDRAWN, CLOSES - SECOND)
    assert withdraw_application(replace(work, now=CLOSES + SECOND), person, application.id) == withdrawn
    assert len(applications.events(work.session, application.id)) == 2
    assert claim_due(then, 10) == []


def test_from_the_second_of_closing_it_cannot_be_taken_back(work: Work, one: InForce) -> None:
    application = sent(work, one)
    with pytest.raises(Refused) as refused:
        withdraw_application(replace(work, now=CLOSES), a_person(work), application.id)
    assert (refused.value.reason, refused.value.facts) == (Reason.WITHDRAWAL_CLOSED, {"closed_at": CLOSES})


def test_somebody_elses_application_is_not_found(work: Work, one: InForce) -> None:
    application, other = sent(work, one), a_person(work, 1002)
    for forbidden in (
        lambda: withdraw_application(work, other, application.id),
        lambda: standing_of(work, other, application.id),
        lambda: sent_answers(work, other, application.id),
        lambda: write_anew(work, other, application.id),
    ):
        with pytest.raises(Refused) as refused:
            forbidden()
        assert refused.value.reason is Reason.NOT_FOUND
    assert standing_of(work, other) is None


def test_a_withdrawn_one_can_be_written_anew_with_its_answers_and_files(work: Work, one: InForce) -> None:
    application, person = sent(work, one), a_person(work)
    withdraw_application(work, person, application.id)
    write_anew(work, person, application.id)
    draft = open_draft(work, person)
    assert draft
    assert draft.answers == answers(an_iin(1001))
    assert [file.slot for file in documents_of(work, draft.id)] == list(PAPERS)
    assert [file.slot for file in documents_of(work, application.draft_id)] == list(PAPERS)
    again = submit_application(work, person, draft.id)
    assert again.number == "27-2026-000002"
    view = standing_of(work, person)
    assert view
    assert (view.application, [other.id for other in view.others]) == (again, [application.id])


def test_a_draft_that_is_open_already_stays_as_it_is(work: Work, one: InForce) -> None:
    application, person = sent(work, one), a_person(work)
    withdraw_application(work, person, application.id)
    begun = ready(work, one, given={"surname": "Басқа"}, papers=())
    write_anew(work, person, application.id)
    draft = open_draft(work, person)
    assert draft
    assert (draft.id, draft.answers, documents_of(work, draft.id)) == (begun.draft, {"surname": "Басқа"}, ())


def test_refused_files_are_not_taken_along(work: Work, one: InForce) -> None:
    application, person = sent(work, one), a_person(work)
    first = documents_of(work, application.draft_id)[0]
    documents.refuse(work.session, first.id, Reason.FILE_NOT_WHAT_IT_SAYS, {}, NOW)
    view = standing_of(work, person)
    assert view
    assert view.refused_files == 1
    withdraw_application(work, person, application.id)
    write_anew(work, person, application.id)
    draft = open_draft(work, person)
    assert draft
    assert [file.slot for file in documents_of(work, draft.id)] == list(PAPERS[1:])


def test_anew_only_from_a_withdrawn_one_while_intake_is_open(work: Work, one: InForce) -> None:
    application, person = sent(work, one), a_person(work)
    with pytest.raises(Refused) as standing:
        write_anew(work, person, application.id)
    withdraw_application(work, person, application.id)
    with pytest.raises(Refused) as late:
        write_anew(replace(work, now=CLOSES), person, application.id)
    assert (standing.value.reason, late.value.reason) == (Reason.NOT_FOUND, Reason.INTAKE_CLOSED)


def test_without_consent_nothing_is_written_anew(work: Work, one: InForce) -> None:
    application = sent(work, one)
    person = a_person(work)
    withdraw_consent(work, person, ConsentKind.PROCESSING)
    with pytest.raises(Refused) as caught:
        write_anew(work, person, application.id)
    assert caught.value.reason is Reason.NO_CONSENT
    assert open_draft(work, person) is None
