"""What an operation costs: an estimate before it runs, and what it came to afterwards.

One object costs 1, a call of a field its `@cost`, and what stands in a list costs as often as the list is long. The
estimate takes each list at its longest and every `@skip` and `@include` as asked for, so that what runs is never
dearer. All that does not depend on variables is added up once a document; a request adds what its page sizes change.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gateway.http.cost.prices import Price
from gateway.http.limits import Excess
from gateway.limit_settings import LimitSettings
from gateway.paging import PAGE_LIMIT

Variables = Mapping[str, Any]


class Total(NamedTuple):
    """What an operation comes to: cost, and the objects in its lists."""

    cost: int
    nodes: int


class BySize(NamedTuple):
    """A size that the request decides: the value, or the length, of a variable."""

    variable: str
    otherwise: int

    def of(self, variables: Variables) -> int:
        """The size for these variables; what is no size is left to coercion to refuse."""
        value = variables.get(self.variable)
        if isinstance(value, list):
            return page_of(len(value))
        return page_of(value) if isinstance(value, int) else self.otherwise


def page_of(size: int) -> int:
    """How long a list gets when so much of it is asked for: who asks for more than a page is answered with none."""
    return min(max(0, size), PAGE_LIMIT)


Size = int | BySize


@dataclass(frozen=True, slots=True)
class PricedField:
    """A field of an operation that costs something. `key` is its name in the answer."""

    key: str
    price: Price
    size: Size
    below: Mapping[str, Sequence["PricedField"]]
    """What is selected of its objects, by the type an object may have."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A sum, and what joins it once the variables are known: parts that count so often, parts whose dearest counts."""

    cost: int = 0
    nodes: int = 0
    repeated: tuple[tuple[Size, "Estimate"], ...] = ()
    alternatives: tuple[tuple["Estimate", ...], ...] = ()

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.cost + other.cost,
            self.nodes + other.nodes,
            self.repeated + other.repeated,
            self.alternatives + other.alternatives,
        )

    @property
    def is_fixed(self) -> bool:
        """Whether no variable changes it."""
        return not self.repeated and not self.alternatives

    def times(self, size: Size) -> "Estimate":
        """The same so often."""
        if self.is_fixed and isinstance(size, int):
            return Estimate(size * self.cost, size * self.nodes)
        return self if size == 1 else Estimate(repeated=((size, self),))

    def total(self, variables: Variables) -> Total:
        """The sum for these variables."""
        cost, nodes = self.cost, self.nodes
        for size, part in self.repeated:
            times = size if isinstance(size, int) else size.of(variables)
            of_one = part.total(variables)
            cost, nodes = cost + times * of_one.cost, nodes + times * of_one.nodes
        for parts in self.alternatives:
            totals = [part.total(variables) for part in parts]
            cost += max(each.cost for each in totals)
            nodes += max(each.nodes for each in totals)
        return Total(cost, nodes)


class PricedOperation:
    """What one operation of a document costs."""

    __slots__ = ("_estimate", "_fields")

    def __init__(self, fields: Sequence[PricedField]) -> None:
        self._fields = fields
        self._estimate = _estimated(fields)

    def estimate(self, variables: Variables | None) -> Total:
        """The most that it can come to with these variables, as they came in JSON."""
        return self._estimate.total(variables or {})

    def actual(self, data: Mapping[str, Any] | None) -> int:
        """What an answer came to."""
        return 0 if data is None else sum(_spent(field, data) for field in self._fields)


def cost_excess(total: Total, limits: LimitSettings) -> Excess | None:
    """The limit that an operation is beyond by its estimate."""
    if total.nodes > limits.max_nodes:
        sentence = (
            f"The operation asks for up to {total.nodes:,} objects in lists, and at most {limits.max_nodes:,} are"
            " allowed: ask for smaller pages."
        )
        return Excess("nodes", total.nodes, limits.max_nodes, sentence)
    if total.cost > limits.max_cost:
        sentence = f"The operation costs up to {total.cost:,}, and at most {limits.max_cost:,} is allowed."
        return Excess("cost", total.cost, limits.max_cost, sentence)
    return None


def _estimated(fields: Iterable[PricedField]) -> Estimate:
    return sum(
        (Estimate(cost=each.price.weight) + _one_object(each).times(each.size) for each in fields), Estimate()
    )


def _one_object(field: PricedField) -> Estimate:
    itself = Estimate(int(field.price.objects), int(field.price.objects and field.price.many))
    kinds = tuple(_estimated(fields) for fields in field.below.values())
    return itself + _dearest(kinds) if kinds else itself


def _dearest(kinds: tuple[Estimate, ...]) -> Estimate:
    if all(each.is_fixed for each in kinds):
        return Estimate(max(each.cost for each in kinds), max(each.nodes for each in kinds))
    return kinds[0] if len(kinds) == 1 else Estimate(alternatives=(kinds,))


def _spent(field: PricedField, parent: Mapping[str, Any]) -> int:
    if field.key not in parent:
        return 0  # a field of another type than this object has
    objects = list(_objects(parent[field.key]))
    below = {each.key: each for fields in field.below.values() for each in fields}
    spent = field.price.weight + len(objects) * field.price.objects
    return spent + sum(_spent(each, found) for found in objects for each in below.values())


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)
    elif isinstance(value, dict):
        yield value
