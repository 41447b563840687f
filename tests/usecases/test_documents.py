"""Files put into a draft, taken out, replaced, kept until it is known what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from db.tables import NotificationRow
from domain.documents import Document, DocumentState
from domain.refusal import Reason, Refused
from tests.factories import NOW, a_person
from tests.in_force import PutInForce
from tests.papers import EXTRA, ID_CARD, PENSION, a_file, begin_draft, papers_now
from usecases import documents
from usecases.documents import Papers, Taken
from usecases.drafts import discard
from usecases.fetch_documents import to_delete
from usecases.work import Work


@pytest.fixture
def view(work: Work, put_in_force: PutInForce) -> Papers:
    begin_draft(work.session, put_in_force)
    return papers_now(work, a_person(work))


def names(view: Papers, slot: str | None = None) -> list[str]:
    return [file.name for file in view.files if slot is None or file.slot == slot]


def again(work: Work) -> Papers:
    return papers_now(work, a_person(work))


def only(view: Papers) -> Document:
    (file,) = view.files
    return file


def test_a_person_without_a_draft_has_no_papers(work: Work) -> None:
    assert documents.papers_of(work, a_person(work)) is None


def test_a_file_is_there_at_once_and_waits_to_be_fetched(work: Work, view: Papers) -> None:
    sent = a_file(name="../my\u202e scan.PDF", mime="application/pdf")
    assert documents.attach(work, view, PENSION, sent) is Taken.ADDED
    assert only(again(work)) == Document(
        id=1,
        draft_id=view.draft.id,
        slot="pension",
        file_id="id1",
        file_unique_id="unique1",
        photo=False,
        album=None,
        name="my scan.PDF",
        file_type="pdf",
        size=1000,
        state=DocumentState.FETCHING,
        added_at=NOW,
    )
    assert [slot.key for slot in again(work).missing] == ["id_card"]
    assert documents.filled(again(work)) == (1, 2)


def test_the_name_is_not_readable_in_the_database(work: Work, view: Papers) -> None:
    documents.attach(work, view, PENSION, a_file(name="Aigerim.pdf"))
    (row,) = work.session.execute(text("SELECT * FROM document"))
    assert "Aigerim" not in repr(row)


def test_a_draft_is_touched_by_its_documents(work: Work, view: Papers) -> None:
    later = replace(work, now=NOW + timedelta(hours=2))
    documents.attach(later, view, EXTRA, a_file())
    assert again(work).draft.touched_at == later.now


def test_the_same_file_twice_is_one(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file())
    assert documents.attach(work, again(work), ID_CARD, a_file()) is Taken.ALREADY
    assert documents.attach(work, again(work), EXTRA, a_file()) is Taken.ADDED
    assert [file.slot for file in again(work).files] == ["id_card", "extra"]


def test_a_slot_for_one_file_takes_the_newer_one(work: Work, view: Papers) -> None:
    documents.attach(work, view, PENSION, a_file(1, "old.pdf"))
    assert documents.attach(work, again(work), PENSION, a_file(2, "new.pdf")) is Taken.REPLACED
    assert names(again(work)) == ["new.pdf"]


def test_a_full_slot_takes_no_more_but_one_may_be_replaced(work: Work, view: Papers) -> None:
    for number in range(5):
        documents.attach(work, again(work), ID_CARD, a_file(number, f"{number}.pdf"))
    with pytest.raises(Refused, match="too_many_files"):
        documents.attach(work, again(work), ID_CARD, a_file(5, "5.pdf"))
    second = again(work).files[1]
    assert documents.attach(work, again(work), ID_CARD, a_file(5, "5.pdf"), instead=second.id) is Taken.REPLACED
    assert names(again(work)) == ["0.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf"]


def test_what_is_to_be_replaced_must_be_there_and_in_that_slot(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file(1))
    first = only(again(work))
    with pytest.raises(Refused, match="old_button"):
        documents.attach(work, again(work), EXTRA, a_file(2), instead=first.id)
    with pytest.raises(Refused, match="not_found"):
        documents.attach(work, again(work), ID_CARD, a_file(2), instead=99)


def test_a_bad_file_changes_nothing(work: Work, view: Papers) -> None:
    with pytest.raises(Refused, match="file_type"):
        documents.attach(work, view, PENSION, a_file(name="scan.docx"))
    with pytest.raises(Refused, match="file_too_big"):
        documents.attach(work, view, PENSION, a_file(size=2 << 20))
    assert again(work).files == ()


def test_nothing_is_taken_after_the_intake_has_closed(work: Work, view: Papers) -> None:
    late = replace(work, now=view.draft.competition.competition.dates.intake_closes)
    for step in (
        lambda: documents.attach(late, view, EXTRA, a_file()),
        lambda: documents.keep(late, view, a_file()),
        lambda: documents.attach_part(late, view, EXTRA, a_file(album="7")),
    ):
        with pytest.raises(Refused, match="intake_closed"):
            step()


def test_what_is_removed_is_gone_and_its_row_keeps_only_times(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file(name="Aigerim.pdf"))
    documents.remove(work, again(work).files)
    assert again(work).files == ()
    row = work.session.execute(text("SELECT file_id, sealed_name, storage_key, removed_at IS NULL FROM document")).one()
    assert tuple(row) == ("", b"", None, 0)


def test_a_removed_file_may_come_again(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file())
    documents.remove(work, again(work).files)
    assert documents.attach(work, again(work), ID_CARD, a_file()) is Taken.ADDED


def test_somebody_elses_document_is_not_found(work: Work, view: Papers, put_in_force: PutInForce) -> None:
    begin_draft(work.session, put_in_force, 2002)
    other = papers_now(work, a_person(work, 2002))
    documents.attach(work, other, ID_CARD, a_file())
    theirs = only(papers_now(work, a_person(work, 2002)))
    for step in (
        lambda: view.file(theirs.id),
        lambda: documents.open_document(work, a_person(work), view, theirs.id),
        lambda: documents.place(work, view, ID_CARD, theirs.id),
    ):
        with pytest.raises(Refused, match="not_found"):
            step()


def test_an_opening_is_written_down(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file())
    person = a_person(work)
    file = documents.open_document(work, person, again(work), only(again(work)).id)
    rows = work.session.execute(text("SELECT who, whose, what, subject FROM opening")).all()
    assert [tuple(row) for row in rows] == [(person.id, person.id, "document", f"document:{file.id}")]


def test_a_discarded_draft_takes_its_files_along(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file())
    work.session.execute(text("UPDATE document SET state = 'stored', storage_key = 'ab/cd'"))
    discard(work, again(work).draft)
    assert documents.documents_of(work, view.draft.id) == ()
    assert to_delete(work, 10) == ["ab/cd"]


# Albums


def test_a_part_that_cannot_be_taken_stays_visible_with_its_reason(work: Work, view: Papers) -> None:
    documents.attach_part(work, view, ID_CARD, a_file(1, "1.pdf", album="7"))
    documents.attach_part(work, again(work), ID_CARD, a_file(2, "2.exe", album="7"))
    documents.attach_part(work, again(work), ID_CARD, a_file(3, "3.pdf", album="7", size=11 << 20))
    good, wrong, big = again(work).files
    assert good.state is DocumentState.FETCHING
    assert (wrong.state, wrong.reason, wrong.facts["sent"]) == (DocumentState.REFUSED, Reason.FILE_TYPE, "exe")
    assert (big.reason, big.facts) == (Reason.FILE_TOO_BIG, {"size": 11 << 20, "limit": 10 << 20})
    assert [slot.key for slot in again(work).missing] == ["id_card", "pension"]


def test_refused_files_make_way_for_the_next_good_one(work: Work, view: Papers) -> None:
    documents.attach_part(work, view, ID_CARD, a_file(1, "1.exe", album="7"))
    documents.attach_part(work, again(work), ID_CARD, a_file(2, "2.pdf", album="7"))
    assert names(again(work)) == ["1.exe", "2.pdf"]
    documents.attach(work, again(work), ID_CARD, a_file(3, "3.pdf"))
    assert names(again(work)) == ["2.pdf", "3.pdf"]


def test_an_album_for_a_slot_of_one_file_keeps_the_first_and_says_so_of_the_rest(work: Work, view: Papers) -> None:
    documents.attach(work, view, PENSION, a_file(1, "old.pdf"))
    for number in (2, 3):
        documents.attach_part(work, again(work), PENSION, a_file(number, f"{number}.pdf", album="7"))
    assert [(file.name, file.reason) for file in again(work).files] == [
        ("2.pdf", None),
        ("3.pdf", Reason.TOO_MANY_FILES),
    ]


def test_an_album_is_answered_once_and_put_off_by_every_part(work: Work, view: Papers) -> None:
    person = a_person(work)
    assert documents.album_part(work, person, "7", "id_card")
    assert documents.album_part(replace(work, now=NOW + timedelta(seconds=1)), person, "7", "id_card")
    rows = work.session.execute(select(NotificationRow)).scalars().all()
    assert [(row.kind, row.due_at) for row in rows] == [("album", NOW + timedelta(seconds=2.5))]
    assert rows[0].facts == {"album": "7", "slot": "id_card"}


def test_a_part_that_comes_after_the_answer_is_answered_by_itself(work: Work, view: Papers) -> None:
    person = a_person(work)
    documents.album_part(work, person, "7", "id_card")
    work.session.execute(text("UPDATE notification SET state = 'sent'"))
    assert not documents.album_part(work, person, "7", "id_card")


# Where a file goes


def where(view: Papers, focus: str = "", album: str | None = None) -> str | None:
    slot = documents.slot_of(view, focus, a_file(album=album))
    return slot.key if slot else None


def test_a_file_goes_where_the_person_is(work: Work, view: Papers) -> None:
    assert where(view, "extra") == "extra"


def test_a_file_goes_to_the_only_slot_that_waits(work: Work, view: Papers) -> None:
    assert where(view) is None
    documents.attach(work, view, PENSION, a_file())
    assert where(again(work)) == "id_card"


def test_when_nothing_waits_its_sender_is_asked(work: Work, view: Papers) -> None:
    for number in (1, 2):
        documents.attach(work, again(work), ID_CARD, a_file(number))
    documents.attach(work, again(work), PENSION, a_file(3))
    assert where(again(work)) is None


def test_an_album_stays_together_wherever_its_sender_goes_meanwhile(work: Work, view: Papers) -> None:
    documents.attach_part(work, view, ID_CARD, a_file(1, album="7"))
    assert where(again(work), "pension", "7") == "id_card"
    documents.keep(work, again(work), a_file(2, album="8"))
    assert where(again(work), "pension", "8") is None


def test_a_kept_file_is_in_no_slot_until_its_sender_says(work: Work, view: Papers) -> None:
    documents.keep(work, view, a_file(name="scan.pdf"))
    kept = only(again(work))
    assert (kept.slot, again(work).unplaced) == ("", (kept,))
    assert [slot.key for slot in again(work).missing] == ["id_card", "pension"]
    assert documents.place(work, again(work), PENSION, kept.id) is Taken.ADDED
    assert names(again(work), "pension") == ["scan.pdf"]
    assert again(work).unplaced == ()


def test_a_kept_album_goes_as_a_whole(work: Work, view: Papers) -> None:
    documents.keep(work, view, a_file(1, "single.pdf"))
    for number in (2, 3):
        documents.keep(work, again(work), a_file(number, "", album="7", photo=True))
    documents.place(work, again(work), ID_CARD, again(work).files[1].id)
    assert [file.file_unique_id for file in again(work).files if file.slot == "id_card"] == ["unique2", "unique3"]
    assert names(again(work), "") == ["single.pdf"]


def test_a_kept_file_that_does_not_fit_the_slot_stays_kept(work: Work, view: Papers) -> None:
    documents.keep(work, view, a_file(name="scan.docx"))
    before = again(work)
    with pytest.raises(Refused, match="file_type"), work.session.begin_nested():
        documents.place(work, before, PENSION, only(before).id)
    assert again(work) == before


def test_a_file_that_no_slot_could_take_is_not_kept(work: Work, view: Papers) -> None:
    with pytest.raises(Refused) as refused:
        documents.keep(work, view, a_file(name="scan.exe"))
    assert refused.value.facts == {"formats": ("jpg", "png", "pdf", "docx"), "sent": "exe"}
    assert again(work).files == ()


def test_of_a_kept_album_the_bad_files_are_named_where_it_is_placed(work: Work, view: Papers) -> None:
    for number, name in enumerate(("a.pdf", "b.exe", "c"), 1):
        documents.keep(work, again(work), a_file(number, name, album="7"))
    documents.place(work, again(work), ID_CARD, again(work).files[0].id)
    assert [(file.name, file.slot, file.reason) for file in again(work).files] == [
        ("a.pdf", "id_card", None),
        ("b.exe", "id_card", Reason.FILE_TYPE),
        ("c", "id_card", Reason.FILE_TYPE),
    ]


def test_no_endless_heap_of_files_is_kept(work: Work, view: Papers) -> None:
    for number in range(documents.MOST_UNPLACED):
        documents.keep(work, again(work), a_file(number))
    with pytest.raises(Refused, match="too_many_files"):
        documents.keep(work, again(work), a_file(99))


def test_the_refused_files_of_one_album_are_swept_away_by_the_next(work: Work, view: Papers) -> None:
    for album in ("7", "8"):
        for number in (1, 2):
            documents.attach_part(work, again(work), ID_CARD, a_file(number, f"{album}{number}.exe", album=album))
    assert names(again(work)) == ["81.exe", "82.exe"]


def test_a_placed_file_cannot_be_placed_again(work: Work, view: Papers) -> None:
    documents.attach(work, view, ID_CARD, a_file())
    with pytest.raises(Refused, match="old_button"):
        documents.place(work, again(work), EXTRA, only(again(work)).id)
