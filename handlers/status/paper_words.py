"""What stands on the paper of an application: plain words in the language of the moment, the IIN masked."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from domain.form import Answers, path
from domain.identity import masked
from handlers.answer_words import answer_text, region_name, section_title, title
from handlers.figures import moment
from handlers.language import _, language, words
from handlers.status.paper import Paper, Section
from handlers.status.texts import file_mark
from usecases.own_applications import SentAnswers


def paper_of(sent: SentAnswers, now: datetime) -> Paper:
    number, competition = sent.application.number, sent.competition.competition
    facts = (
        words(competition.name),
        _("Region: {region}").format(region=region_name(sent.application.region)),
        _("Sent: {moment} (Kazakhstan time)").format(moment=moment(sent.application.sent_at)),
        _("Rules of the competition: version {version}").format(version=sent.competition.number),
    )
    return Paper(
        language=language(),
        number=number,
        title=_("Application {number}").format(number=number),
        facts=facts,
        sections=(*_answers(sent), *_files(sent)),
        page=_("page {page} of {pages}"),
        made_at=now,
    )


def _answers(sent: SentAnswers) -> list[Section]:
    asked = path(sent.answers, sent.competition.competition)
    return [
        Section(section_title(section), tuple((title(one.key), _answer(one.key, sent.answers)) for one in questions))
        for section, questions in groupby(asked, key=lambda one: one.section)
    ]


def _answer(key: str, answers: Answers) -> str:
    value = answers.get(key)
    return masked(value) if key == "iin" and value else answer_text(key, value)


def _files(sent: SentAnswers) -> list[Section]:
    titles = {slot.key: words(slot.title) for slot in sent.competition.competition.documents}
    lines = tuple(
        (titles.get(document.slot, document.slot), f"{document.file_name} – {document.sha256 or file_mark(document)}")
        for document in sent.documents
    )
    return [Section(_("Files and their fingerprints (SHA-256)"), lines)] if lines else []
