"""Fields with nothing but guards are called directly, behind them, with the outcome that Strawberry gives."""

from typing import Any

import pytest
import strawberry

from gateway.execution import CompiledSchema, Guard, Limits
from tests.execution.unchecked import unchecked

Info = strawberry.Info[dict[str, Any], None]


class Allowed(Guard):
    """Lets pass whoever the context allows."""

    def guard(self, info: strawberry.Info) -> None:
        info.context["asked"].append(info.path.as_list())
        if not info.context["allowed"]:
            raise PermissionError(f"{info.field_name} is not for you")


class Twice(Allowed):
    """Does more than guard."""

    def resolve(self, next_: Any, source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        return 2 * super().resolve(next_, source, info, **arguments)


@strawberry.input
class Box:
    size: int


@strawberry.type
class Query:
    @strawberry.field(extensions=[Allowed()])  # type: ignore[untyped-decorator]
    def plus(self, info: Info, number: int = 1) -> int | None:
        info.context["resolved"].append(number)
        return number + 1

    @strawberry.field(extensions=[Allowed(), Allowed()])  # type: ignore[untyped-decorator]
    async def later(self, number: int = 1) -> int | None:
        return number + 2

    @strawberry.field(extensions=[Twice()])  # type: ignore[untyped-decorator]
    def twice(self) -> int | None:
        return 3

    @strawberry.field(extensions=[Allowed()])  # type: ignore[untyped-decorator]
    def boxed(self, box: Box | None = None) -> int | None:
        return None if box is None else box.size


STOCK = strawberry.Schema(query=Query)
COMPILED = CompiledSchema(query=Query, limits=Limits(compile_after=1))
TEXT = """query ($number: Int, $box: Box) {
    plus again: plus(number: $number) later twice boxed inBox: boxed(box: $box) noBox: boxed(box: null)
}"""


@pytest.mark.parametrize("allowed", [True, False])
async def test_a_guard_lets_pass_or_refuses_as_it_does_in_strawberry(allowed: bool) -> None:
    variables = {"number": 41, "box": {"size": 7}}
    theirs: dict[str, Any] = {"allowed": allowed, "asked": [], "resolved": []}
    ours: dict[str, Any] = {"allowed": allowed, "asked": [], "resolved": []}
    expected = await STOCK.execute(TEXT, variables, context_value=theirs)
    operation = unchecked(COMPILED).of(TEXT).operation(None)
    answer = await COMPILED.carry_out(operation, variables, ours)

    assert answer.data == expected.data
    assert sorted(map(repr, answer.errors or ())) == sorted(map(repr, expected.errors or ()))
    assert ours["resolved"] == theirs["resolved"] == ([1, 41] if allowed else [])
    assert sorted(ours["asked"]) == sorted(theirs["asked"])


async def test_a_refused_resolver_is_not_called() -> None:
    context: dict[str, Any] = {"allowed": False, "asked": [], "resolved": []}
    operation = unchecked(COMPILED).of("{ plus }").operation(None)
    answer = await COMPILED.carry_out(operation, {}, context)

    assert (answer.data, [error.message for error in answer.errors or ()]) == (
        {"plus": None},
        ["plus is not for you"],
    )
    assert (context["asked"], context["resolved"]) == ([["plus"]], [])
