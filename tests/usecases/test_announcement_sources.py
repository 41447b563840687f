"""People who came by a link of ours, asked for by the link's name."""

from __future__ import annotations

from domain.audience import Audience, Field, Part, ticked
from domain.coverage import SourceKind
from domain.regions import Words
from domain.staff import Role
from handlers.announcements.texts import audience_words
from handlers.language import speaking
from tests.announcing import written
from tests.staff import LOT, hired
from usecases import announce
from usecases.announce_audience import offered_values
from usecases.coverage_sources import come_by_link, make_source
from usecases.meet_person import came_from, known_person
from usecases.work import Work

ELSEWHERE = "19-7"


def test_a_coordinator_reads_the_names_of_their_own_lots_links(work: Work) -> None:
    coordinator, other = hired(work, Role.COORDINATOR, 2), hired(work, Role.COORDINATOR, 3, ELSEWHERE)
    mine = make_source(work, coordinator, SourceKind.SCHOOL, LOT, Words("№5 мектеп", "Школа №5"), "")
    theirs = make_source(work, other, SourceKind.SCHOOL, ELSEWHERE, Words("№9 мектеп", "Школа №9"), "")
    come_by_link(work, known_person(work, 1001), mine.code)
    come_by_link(work, known_person(work, 1002), theirs.code)
    came_from(work, known_person(work, 1003), "poster")
    one = written(work, coordinator)
    assert offered_values(work, one, Field.SOURCE) == (f"via-{mine.code}",)
    asked = ticked(Audience(), Part.INCLUDE, 0, Field.SOURCE, f"via-{mine.code}", on=True)
    announce.choose_audience(work, coordinator, one.id, asked)
    for language, name in (("kk", "№5 мектеп"), ("ru", "Школа №5")):
        with speaking(language):
            assert name in audience_words(announce.announcement_of(work, coordinator, one.id))
    chief = hired(work, Role.ADMINISTRATOR, 4, "*")
    every = written(work, chief)
    assert set(offered_values(work, every, Field.SOURCE)) == {f"via-{mine.code}", f"via-{theirs.code}", "poster"}
    assert set(announce.with_sources(work, every).sources) == {f"via-{mine.code}", f"via-{theirs.code}"}
