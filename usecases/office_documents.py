"""Documents of an application that was sent, for the office: what there is, and opening it, which is written down."""

from __future__ import annotations

from dataclasses import dataclass

from db import documents
from domain.documents import Document, DocumentState
from usecases.work import Work


@dataclass(frozen=True)
class Opened:
    """A document and where in the storage its bytes are."""

    document: Document
    storage_key: str


def documents_sent(work: Work, number: str) -> list[Document]:
    """The files of the application of this number, by slot; none for an unknown number."""
    return [document for document, _key, _person in documents.of_application(work.session, work.vault, number)]


def open_documents(work: Work, number: str) -> list[Opened]:
    """Those of them that are in the storage. That the office opened each is written down (law 94-V)."""
    opened = []
    for document, key, person_id in documents.of_application(work.session, work.vault, number):
        if document.state is DocumentState.STORED and key:
            documents.record_opening(work.session, None, person_id, document.id, work.now)
            opened.append(Opened(document, key))
    return opened
