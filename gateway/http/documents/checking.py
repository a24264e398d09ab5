"""Whether documents can be run: against the schema, and against the limits that hold for trusted documents too."""

from collections.abc import Iterable, Iterator

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    validate,
)

from gateway.http.cost.estimates import cost_excess
from gateway.http.cost.pricing import Pricing
from gateway.http.document_size import size_excess
from gateway.http.documents.manifests import ManifestDocument
from gateway.limit_settings import LimitSettings


def document_problems(
    documents: Iterable[ManifestDocument], schema: GraphQLSchema, limits: LimitSettings
) -> list[str]:
    """A sentence for each mistake, naming file and document."""
    pricing = Pricing(schema)
    return [
        f"{document.place}: {problem}"
        for document in documents
        for problem in _problems(document.text, schema, pricing, limits)
    ]


def _problems(text: str, schema: GraphQLSchema, pricing: Pricing, limits: LimitSettings) -> Iterator[str]:
    try:
        document = parse(text)
    except GraphQLSyntaxError as error:
        yield error.message
        return
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if len(operations) != 1:
        yield f"It has {len(operations)} operations and must have one."
        return
    excess = size_excess(document, limits)
    if excess is not None:
        yield excess.sentence
        return
    errors = validate(schema, document)
    yield from (error.message for error in errors)
    if not errors:
        yield from _too_dear(operations[0], document, pricing, limits)


def _too_dear(
    operation: OperationDefinitionNode, document: DocumentNode, pricing: Pricing, limits: LimitSettings
) -> Iterator[str]:
    """By the sizes that stand in the document, or are its variables' defaults."""
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    excess = cost_excess(pricing.priced(operation, fragments).estimate(None), limits)
    if excess is not None:
        yield excess.sentence
