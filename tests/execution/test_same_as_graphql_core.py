"""Generated schemas, data and operations give the same answers as graphql-core.

A few hundred operations in a normal run. The long form, 20,000 operations and more:

    EXECUTION_EXAMPLES=5000 python -m pytest tests/execution/test_same_as_graphql_core.py -q

(an example is a world with up to six operations, each carried out twice).
"""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from graphql import (
    DirectiveNode,
    DocumentNode,
    NameNode,
    OperationDefinitionNode,
    execute,
    parse,
    validate,
)
from graphql.type.directives import GraphQLDisableErrorPropagationDirective
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.execution import CompiledExecution, Limits
from tests.execution.operations import Operation, OperationMaker
from tests.execution.sameness import Answer, answer, assert_same
from tests.execution.worlds import Call, Dynamic, World

EXAMPLES = int(os.environ.get("EXECUTION_EXAMPLES", "50"))
OPERATIONS = 6
UNBOUNDED = Limits(compile_after=1, lines=100_000, at_once=100_000)


def worlds() -> st.SearchStrategy[World]:
    """Worlds from wholly well-behaved and synchronous to thoroughly mischievous."""
    return st.builds(
        World,
        seed=st.integers(0, 10**9),
        mischief=st.sampled_from([0, 0.05, 0.1, 0.3]),
        asynchrony=st.sampled_from([0, 0, 0.3, 0.8]),
    )


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Coroutines that were forgotten are found while warnings of them are ignored."""
    yield
    gc.collect()


@pytest.mark.usefixtures("forgotten")
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")  # graphql-core forgets some of its own
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 1000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    database=None,
)
@given(world=worlds(), seed=st.integers(0, 10**9), richness=st.sampled_from([2, 3, 5]))
async def test_generated_operations_get_the_same_answers(world: World, seed: int, richness: int) -> None:
    compiled = CompiledExecution(world.schema, limits=UNBOUNDED)
    for number in range(OPERATIONS):
        operation = OperationMaker(
            world.schema, world.chance("operation", seed, number), richness
        ).operation()
        await compare(world, compiled, operation)
    assert compiled.statistics().left == {}


async def compare(world: World, compiled: CompiledExecution, operation: Operation) -> None:
    """Compares twice: what was learned about a field's resolver in the first run changes how the second goes."""
    document = parse(operation.text)
    assert validate(world.schema, document) == []
    everything, _ = await carried_out(world, execute, without_propagation(document), operation)
    theirs, their_calls = await carried_out(world, execute, document, operation)
    for _ in range(2):
        ours, our_calls = await carried_out(world, compiled.execute, document, operation)
        assert_same(ours, theirs, everything, exactly=world.asynchrony == 0)
        assert len(our_calls) == len(set(our_calls)), "a resolver was called twice"
        if world.asynchrony == 0:
            assert our_calls == their_calls


async def carried_out(
    world: World, execution: object, document: DocumentNode, operation: Operation
) -> tuple[Answer, list[Call]]:
    """The answer, and which resolvers were called for it."""
    world.calls = []
    root = Dynamic("Query", "root", world)
    result = await answer(
        execution,  # type: ignore[arg-type]
        world.schema,
        document,
        root_value=root,
        variable_values=operation.variables,
    )
    return result, world.calls


def without_propagation(document: DocumentNode) -> DocumentNode:
    """The same operation, with the same locations, that tells every error there is."""
    operation, *fragments = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    directive = DirectiveNode(name=NameNode(value=GraphQLDisableErrorPropagationDirective.name), arguments=())
    changed = replace(operation, directives=(directive,))
    return DocumentNode(definitions=(changed, *fragments), loc=document.loc)
