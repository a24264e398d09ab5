"""Which document a request asks for, and whether it may be run."""

from collections.abc import Iterable

import structlog
from cachetools import LRUCache

from gateway.errors import DocumentNotTrusted
from gateway.execution.documents import Documents, digest_of
from gateway.execution.prepared import Document
from gateway.http.documents.manifests import ManifestDocument
from gateway.http.operation_checks import Prices
from gateway.settings import DocumentMode

log = structlog.get_logger("gateway.documents")

HASH_PREFIX = "sha256:"
REMEMBERED = 1000
"""Unknown documents that have been logged; each is logged once, until others have pushed it out."""


class TrustedDocuments:
    """The documents of all manifests, by their ids and by the SHA-256 of their text, prepared for good."""

    def __init__(
        self, prepared: Documents[Prices], mode: DocumentMode, documents: Iterable[ManifestDocument] = ()
    ) -> None:
        """Prepares the documents, which must have been checked; raises `DocumentRefused` for one that cannot be."""
        self._prepared = prepared
        self._mode = mode
        self._trusted: dict[str, Document[Prices]] = {}
        for each in documents:
            document = prepared.pin(each.text)
            self._trusted[each.id] = self._trusted[document.digest] = document
        self._logged: LRUCache[str, bool] = LRUCache(REMEMBERED)

    def of(self, query: str | None, identifier: str | None) -> Document[Prices]:
        """The document to run, by its id where we know it and else by its text.

        Raises `DocumentNotTrusted` when it stands in no manifest and must, or when there is nothing but an unknown
        id; `DocumentRefused` when it cannot be run.
        """
        known = None if identifier is None else self._by_id(identifier)
        if known is not None:
            return known
        if query is None:
            raise DocumentNotTrusted("No manifest has a document of this id.")
        if self._mode is DocumentMode.OFF:
            return self._prepared.of(query)
        digest = digest_of(query)
        if digest in self._trusted:
            return self._trusted[digest]
        if self._mode is DocumentMode.ONLY:
            raise DocumentNotTrusted(
                "Only documents from manifests are run here: send the id of one of them."
            )
        self._log_once(digest)
        return self._prepared.of(query)

    def _by_id(self, identifier: str) -> Document[Prices] | None:
        return self._trusted.get(identifier) or self._trusted.get(identifier.removeprefix(HASH_PREFIX))

    def _log_once(self, digest: str) -> None:
        if digest not in self._logged:
            self._logged[digest] = True
            log.warning("document_not_trusted", document=f"{HASH_PREFIX}{digest}")
