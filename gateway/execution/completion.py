"""Completing values: from what a resolver returned to what stands in the answer, by the type that is expected.

A value that is not what its type leads to expect goes to `odd`, which does what graphql-core does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
)
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE

from gateway.execution.abstract import type_check, type_naming
from gateway.execution.leaves import coercion, leaf_statement
from gateway.execution.plain import is_plain
from gateway.execution.positions import Index, Position
from gateway.execution.refusal import NotCompiled
from gateway.execution.source import Function, quoted
from gateway.execution.strawberry_fields import own_class

if TYPE_CHECKING:
    from gateway.execution.compiler import Compiler


class Completion:
    """Writes statements that complete the value in a variable, in place."""

    def __init__(self, compiler: "Compiler", *, keeps_dates: bool) -> None:
        self._compiler = compiler
        self._keeps_dates = keeps_dates
        self._source = compiler.source
        self._made: dict[tuple[str, str], str] = {}

    def write(self, function: Function, variable: str, here: Position) -> None:
        """The statements for the type of a place."""
        type_ = cast("GraphQLOutputType", get_nullable_type(here.type))
        if is_leaf_type(type_):
            self._leaf(function, type_, variable, here)
        elif is_list_type(type_):
            self._list(function, type_, variable, here)
        elif function.is_deep:
            self._outside(function, variable, here)
        else:
            self._object(function, cast("GraphQLObjectType | GraphQLAbstractType", type_), variable, here)

    def _leaf(self, function: Function, type_: GraphQLLeafType, variable: str, here: Position) -> None:
        nullable = not isinstance(here.type, GraphQLNonNull)
        slow = self._once(
            "leaf", type_.name, lambda: coercion(type_, self._compiler.ledger, self._compiler.plain)
        )
        statement = leaf_statement(
            self._source, type_, variable, slow, nullable=nullable, keeps_dates=self._keeps_dates
        )
        function.line(statement, here)

    def _list(
        self, function: Function, type_: GraphQLList[GraphQLOutputType], variable: str, here: Position
    ) -> None:
        items, item = self._source.name("o"), self._source.name("x")
        with self._expecting(
            f"type({variable}) is list or type({variable}) is tuple or iterable({variable})",
            function,
            variable,
            here,
        ):
            function.line(f"{items} = []")
            with function.block(f"for {item} in {variable}:", here):
                self._item(function, item, here.of_item(Index(items, counted=True), type_.of_type))
                function.line(f"{items}.append({item})")
            function.line(f"{variable} = {items}")

    def _item(self, function: Function, item: str, here: Position) -> None:
        if isinstance(here.type, GraphQLNonNull):
            self.write(function, item, here)
            return
        with function.block("try:", here):
            self.write(function, item, here)
        function.line(f"except Exception: {item} = fail(run)")

    def _object(
        self,
        function: Function,
        type_: GraphQLObjectType | GraphQLAbstractType,
        variable: str,
        here: Position,
    ) -> None:
        expected = f"type({variable}) in plain or accepts({variable})"
        class_ = None if is_abstract_type(type_) else own_class(cast("GraphQLObjectType", type_))
        if class_ is not None and is_plain(class_):
            expected = f"type({variable}) is {self._source.bind(class_, 'class')} or {expected}"
        with self._expecting(expected, function, variable, here):
            if is_abstract_type(type_):
                self._abstract(function, type_, variable, here)
            else:
                self._checked(function, cast("GraphQLObjectType", type_), variable, here)

    @contextmanager
    def _expecting(self, condition: str, function: Function, variable: str, here: Position) -> Iterator[None]:
        """What is written within is for values of which the condition holds; null where it may be stays as it is."""
        word = "if"
        if not isinstance(here.type, GraphQLNonNull):
            function.line(f"if {variable} is None: pass", here)
            word = "elif"
        with function.indented(f"{word} {condition}:", here):
            yield
        function.line(f"else: {variable} = odd(run, {variable})", here)

    def _abstract(
        self, function: Function, type_: GraphQLAbstractType, variable: str, here: Position
    ) -> None:
        compiler = self._compiler
        naming = self._once(
            "type_of", type_.name, lambda: type_naming(compiler.schema, type_, compiler.ledger)
        )
        name = self._source.name("t")
        function.line(f"{name} = {naming}(run, {variable}, {compiler.info(here)})", here)
        possible = compiler.schema.get_possible_types(type_)
        if not possible:
            raise NotCompiled("an abstract type without object types")
        for place, one in enumerate(possible):
            word = "elif" if place else "if"
            with function.indented(f"{word} {name} == {quoted(one.name)}:", here):
                self._checked(function, one, variable, here)
        function.line(f"else: {variable} = {name}")

    def _checked(self, function: Function, type_: GraphQLObjectType, variable: str, here: Position) -> None:
        """An object, if its type says that it is one."""
        if type_.is_type_of is None:
            self._fields(function, type_, variable, here)
            return
        answer = self._source.name("c")
        check = self._once("is", type_.name, lambda: type_check(type_, self._compiler.ledger))
        doubtful = f"{check}(run, {variable}, {self._compiler.info(here)})"
        class_ = own_class(type_)
        if class_ is not None:
            own = f"type({variable}) is {self._source.bind(class_, 'class')}"
            doubtful = f"{own} and not hasattr({variable}, '{TYPE_CAST_ATTRIBUTE}') or {doubtful}"
        function.line(f"{answer} = {doubtful}", here)
        with function.indented(f"if {answer} is True:", here):
            self._fields(function, type_, variable, here)
        function.line(f"else: {variable} = {answer}")

    def _fields(self, function: Function, type_: GraphQLObjectType, variable: str, here: Position) -> None:
        holder = self._source.name("s")
        function.line(f"{holder} = {variable}")
        self._compiler.object_fields(function, type_, holder, variable, here)

    def _outside(self, function: Function, variable: str, here: Position) -> None:
        """The same in a function of its own, which knows the lists it is in and the buckets it fills."""
        name = self._source.name("part")
        inner = self._source.function("", outer=function)
        self.write(inner, variable, here)
        inner.line(f"return {variable}")
        names = [variable, *(index.variable for index in here.indices()), *inner.buckets]
        known = ", ".join(["run", *dict.fromkeys(names)])
        inner.heading = f"def {name}({known}):"
        function.line(f"{variable} = {name}({known})", here)

    def _once(self, kind: str, type_name: str, make: Callable[[], object]) -> str:
        """A global for a type, made once."""
        name = self._made.get((kind, type_name))
        if name is None:
            name = self._made[kind, type_name] = self._source.bind(make(), kind)
        return name
