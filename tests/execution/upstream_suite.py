"""graphql-core's own execution tests against compiled operations: run by hand, it needs a network.

    pip download --no-deps --no-binary graphql-core graphql-core==3.3.2    # a source distribution carries the tests
    pip install --no-deps --target describe pytest-describe
    PYTHONPATH=describe python -m tests.execution.upstream_suite graphql_core-3.3.2.tar.gz

The tests run unchanged, but `execute` and `execute_sync` are the door of `gateway/execution`, which compiles every
operation it can at once. `EXCEPTIONS` are the tests that say something else about compiled operations, and why. At the
end it is told how many operations were compiled, and for which reasons others were left to graphql-core.
"""

import inspect
import os
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import graphql
import graphql.execution
import pytest
from graphql import ExecutionResult, GraphQLSchema
from graphql.execution.execute import assume_not_awaitable

from gateway.execution import CompiledExecution, Limits

NOT_BEGUN = "a deferred resolver is not called for an object that became null before it"
ORDER = "the same data; errors in another order, or another of several that race beneath one null"
NOT_DRAINED = "an iterator is not run to its end for the sake of awaitables in it once its list has failed"
HARNESS = "`execute_sync` takes nothing for awaitable; this script cannot say so to the door"

EXCEPTIONS: dict[str, str] = {
    "cancel_selection_sets": NOT_BEGUN,
    "cancel_lists": NOT_BEGUN,
    "handles_sync_errors_combined_with_async_ones_in_async_context": NOT_BEGUN,
    "throws": ORDER,
    "returns_null": ORDER,
    "nullable_and_non_nullable_root_fields_throw_nested_errors": ORDER,
    "slower_nullable_after_non_nullable_root_field": ORDER,
    "nullable_and_non_nullable_nested_fields_throw_nested_errors": ORDER,
    "slower_nullable_after_non_nullable_nested_field": ORDER,
    "drains_the_iterator_when_next_throws": NOT_DRAINED,
    "drains_the_iterator_when_a_null_bubbles_up_from_a_non_null_item": NOT_DRAINED,
    "handles_iterator_errors_with_later_pending_awaitables": NOT_DRAINED,
    "handles_sync_errors_with_later_pending_awaitables": NOT_DRAINED,
    "resolve_type_on_interface_yields_useful_error": "the test changes its schema between executions",
    "provides_info_about_current_execution_state": "`info` has the same attributes, but is no tuple",
    "throws_if_encountering_async_operation_without_check_sync": HARNESS,
    "throws_if_encountering_async_iterable_execution_without_check_sync": HARNESS,
    "iterates_sync_and_async_iterables_synchronously_without_check_sync": HARNESS,
    "reports_async_iterables_as_errors_without_check_sync": HARNESS,
}
"""Tests by name, with the reason why their assertion does not hold here."""

DOORS: "WeakKeyDictionary[GraphQLSchema, CompiledExecution]" = WeakKeyDictionary()
LEFT: Counter[str] = Counter()
EXECUTED = Counter[str]()

original = graphql.execution.execute
original_sync = graphql.execution.execute_sync


def execute(*arguments: Any, **options: Any) -> Any:
    """graphql-core's `execute`, through the door."""
    given = inspect.signature(original).bind(*arguments, **options).arguments
    given.update(given.pop("custom_context_args", {}))
    return through_the_door({name: value for name, value in given.items() if value is not None})


def execute_sync(*arguments: Any, **options: Any) -> Any:
    """graphql-core's `execute_sync`, through the door where it checks nothing."""
    given = inspect.signature(original_sync).bind(*arguments, **options).arguments
    if given.pop("check_sync", False):
        return original_sync(*arguments, **options)
    return through_the_door({**given, "is_awaitable": assume_not_awaitable}, sync=True)


def through_the_door(given: dict[str, Any], *, sync: bool = False) -> ExecutionResult | Awaitable[Any]:
    """Carries out one operation, and counts."""
    schema = given["schema"]
    if not isinstance(schema, GraphQLSchema):
        return original(**given)
    door = DOORS.get(schema)
    if door is None:
        door = DOORS[schema] = CompiledExecution(
            schema, limits=Limits(compile_after=1), otherwise=otherwise(sync)
        )
    before = door.statistics()
    try:
        return door.execute(**given)
    finally:
        after = door.statistics()
        LEFT.update(Counter(after.left) - Counter(before.left))
        EXECUTED["compiled"] += after.executed - before.executed


def otherwise(sync: bool) -> Callable[..., Any]:
    """What is left to graphql-core goes to the function it would have gone to."""

    def left(schema: GraphQLSchema, document: Any, **options: Any) -> Any:
        if sync:
            options.pop("is_awaitable")
            return original_sync(schema, document, **options)
        return original(schema, document, **options)

    return left


class Exceptions:
    """A pytest plugin."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Skips the exceptions, with their reasons."""
        for item in items:
            reason = EXCEPTIONS.get(item.name.partition("[")[0])
            if reason is not None:
                item.add_marker(pytest.mark.skip(reason=reason))


def give_way(root: Path) -> None:
    """Makes `tests` the name of their package instead of ours."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path[:] = [str(root), *(entry for entry in sys.path if Path(entry).resolve() != Path.cwd())]
    os.chdir(root)


def main(archive: Path) -> int:
    """Runs the suite; the exit code is pytest's."""
    with tempfile.TemporaryDirectory() as directory, tarfile.open(archive) as packed:
        packed.extractall(directory, filter="data")
        (root,) = Path(directory).iterdir()
        for name in ("graphql", "graphql.execution", "graphql.graphql"):
            module: Any = sys.modules[name]
            module.execute = execute
            if hasattr(module, "execute_sync"):
                module.execute_sync = execute_sync
        give_way(root)
        options = [
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            str(root),
            "-c",
            os.devnull,
            "-o",
            "asyncio_mode=strict",
        ]
        code = pytest.main([*options, "-rfE", str(root / "tests" / "execution")], plugins=[Exceptions()])
    print(f"{EXECUTED['compiled']} executions compiled; left to graphql-core:")  # noqa: T201
    for reason, count in LEFT.most_common():
        print(f"{count:6} {reason}")  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
