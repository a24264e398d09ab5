"""The cache of documents: each is parsed, validated and examined once, and found again by its text or the hash of it.

What was refused is remembered too, in a cache of its own, so that it is neither looked into again nor takes the place
of what is run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic
from weakref import WeakValueDictionary

from cachetools import LRUCache
from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from gateway.execution.prepared import Document, DocumentRefused, FactsT, operations_of
from gateway.execution.schema import CompiledSchema

Check = Callable[[DocumentNode], None]
"""Looks at a document that was only parsed; raises `GraphQLError` for one that must not be looked into further."""

Examination = Callable[[DocumentNode, GraphQLSchema], FactsT]
"""Finds out what is to be known of a valid document; raises `GraphQLError` for one that must not be run."""


@dataclass(frozen=True, slots=True)
class CacheLimits:
    """How much is kept: so many documents, and so many characters of them in all; of refused ones as many again.

    A parsed and compiled document takes about a hundred times the memory of its text.
    """

    documents: int = 500
    characters: int = 1_000_000

    def weight(self, characters: int) -> int:
        """What a text of that length counts for, in characters: short ones as much as there is room for on average."""
        return max(characters, self.characters // self.documents)


class Documents(Generic[FactsT]):
    """The documents of one schema."""

    def __init__(
        self,
        schema: CompiledSchema,
        *,
        check: Check,
        examine: Examination[FactsT],
        rules: Sequence[type[ASTValidationRule]] = (),
        max_tokens: int | None = None,
        max_errors: int = 100,
        limits: CacheLimits | None = None,
    ) -> None:
        """`rules` are validated beside those of the specification; `max_errors` of them are told.

        `check` and `max_tokens` hold for what clients send, not for what is pinned.
        """
        self._schema = schema
        self._check = check
        self._examine = examine
        self._rules = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule, *rules)
        self._max_tokens = max_tokens
        self._max_errors = max_errors
        self._limits = limits or CacheLimits()
        room = self._limits.characters
        self._prepared: LRUCache[str, Document[FactsT]] = LRUCache(room, self._weight)
        self._refused: LRUCache[str, _Refused] = LRUCache(room, lambda one: one.weight)
        self._pinned: dict[str, Document[FactsT]] = {}
        self._by_digest: WeakValueDictionary[str, Document[FactsT]] = WeakValueDictionary()

    def of(self, text: str) -> Document[FactsT]:
        """The document of a text; raises `DocumentRefused`."""
        known = self._prepared.get(text)
        if known is not None:
            return known
        refused = self._refused.get(text)
        if refused is not None:
            raise DocumentRefused(refused.errors)
        digest = digest_of(text)
        return self._pinned.get(digest) or self._kept(self._new(digest, text))

    def known(self, digest: str) -> Document[FactsT] | None:
        """The document whose text has that SHA-256, in hexadecimal, while it is kept."""
        return self._pinned.get(digest) or self._by_digest.get(digest)

    def pin(self, text: str) -> Document[FactsT]:
        """Keeps a document for good, however large it is; raises `DocumentRefused`."""
        digest = digest_of(text)
        if digest not in self._pinned:
            self._pinned[digest] = self._new(digest, text, pinned=True)
        return self._pinned[digest]

    def _weight(self, document: Document[FactsT]) -> int:
        return self._limits.weight(len(document.text))

    def _kept(self, document: Document[FactsT]) -> Document[FactsT]:
        if self._weight(document) <= self._limits.characters:
            self._prepared[document.text] = self._by_digest[document.digest] = document
        return document

    def _new(self, digest: str, text: str, *, pinned: bool = False) -> Document[FactsT]:
        try:
            node = parse(text) if pinned else self._sent(text)
            self._validate(node)
            return Document(digest, text, node, self._examine(node, self._schema.core), pinned)
        except GraphQLError as error:
            raise self._refusal(text, [error]) from None
        except DocumentRefused as refusal:
            raise self._refusal(text, refusal.errors) from None
        except RecursionError:
            raise self._refusal(text, [GraphQLError("The document is nested too deeply.")]) from None

    def _sent(self, text: str) -> DocumentNode:
        """What a client sent, parsed and checked."""
        node = parse(text, max_tokens=self._max_tokens)
        self._check(node)
        return node

    def _validate(self, node: DocumentNode) -> None:
        if not operations_of(node):
            raise GraphQLError("Must provide an operation.")
        errors = validate(self._schema.core, node, self._rules, self._max_errors)
        if errors:
            raise DocumentRefused(errors)

    def _refusal(self, text: str, errors: list[GraphQLError]) -> DocumentRefused:
        self._schema.tell(errors)
        for error in errors:
            error.nodes = None  # their whole document would be kept with them
            error.__traceback__ = None
        told = sum(len(error.message) for error in errors)
        refused = _Refused(errors, self._limits.weight(len(text) + told))
        if refused.weight <= self._limits.characters:
            self._refused[text] = refused
        return DocumentRefused(errors)


@dataclass(frozen=True, slots=True)
class _Refused:
    errors: list[GraphQLError]
    weight: int


def digest_of(text: str) -> str:
    """The SHA-256 of a document's text in UTF-8, in hexadecimal."""
    return sha256(text.encode()).hexdigest()
