"""Telephone numbers compared as digits, in SQL.

`phone_digits(column)` is what remains of `０１７２－３４（４８０６）` without punctuation and in half width:
`0172344806`. Where the engine can translate characters in one go it does; anywhere else the expression is a
nest of `replace`, slower and right.
"""

from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

FULL_WIDTH = "０１２３４５６７８９"
HALF_WIDTH = "0123456789"
PUNCTUATION = "-() －（）　ー−"
"""What clerks put between digits. Kept short: SQLite parses no more than some thirty nested calls."""


class phone_digits(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it stands for
    """The digits of one column, in half width."""

    type = String()
    inherit_cache = True


@compiles(phone_digits)
def _nested(element: phone_digits, compiler: SQLCompiler, **_: Any) -> str:
    without = reduce(lambda text, mark: func.replace(text, mark, ""), PUNCTUATION, _only(element))
    halved = reduce(
        lambda text, pair: func.replace(text, *pair), zip(FULL_WIDTH, HALF_WIDTH, strict=True), without
    )
    return compiler.process(halved, literal_binds=True)


@compiles(phone_digits, "postgresql", "oracle")
def _translated(element: phone_digits, compiler: SQLCompiler, **_: Any) -> str:
    translated = func.translate(_only(element), FULL_WIDTH + PUNCTUATION, HALF_WIDTH)
    return compiler.process(translated, literal_binds=True)


def _only(element: phone_digits) -> ColumnElement[Any]:
    (column,) = element.clauses
    return column
