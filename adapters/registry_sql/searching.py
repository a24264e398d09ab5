"""The staff's search for members: every part given must match, pages go by member number.

A statement is built once for each set of parts and kept. Text is matched from its beginning, in the form
the registry keeps it in: half-width kana, digits, e-mail addresses in any case.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from sqlalchemy import CHAR, ColumnElement, Integer, Select, String, bindparam, func, or_, select

from adapters.legacy_text import digits, half_width_kana
from adapters.records import MemberNumber, MemberSearch
from adapters.registry_sql.asking import NUMBER_WIDTH, Asking, padded
from adapters.registry_sql.codes import kinds, statuses
from adapters.registry_sql.phone_digits import phone_digits
from adapters.registry_sql.queries import SHARE_CAPITAL
from adapters.registry_sql.tables import CARD_NUMBER, NUMBER, kumiaiin, kumiaiinsho, shussikin

ESCAPE = "/"

Parameters = Mapping[str, object]


class Part(NamedTuple):
    """One part of a search: the condition, and its parameters for a value (none: that matches nobody)."""

    condition: ColumnElement[bool]
    parameters: Callable[[Any], Parameters]


def search_asking(search: MemberSearch, limit: int, after: MemberNumber | None) -> Asking | None:
    """Ask for `limit` members and one more, to tell whether more follow.

    None when nobody can match, because nothing remains of a part that was given: a number without a digit,
    a card number that is not whole, blank kana.
    """
    given = {name: getattr(search, name) for name in PARTS}
    parts = {name: PARTS[name].parameters(value) for name, value in given.items() if value is not None}
    if not all(parts.values()):
        return None
    paging: dict[str, object] = {"after": padded(after or ""), "most": limit + 1}
    return _statement(frozenset(parts)), paging | _merged(parts.values())


@lru_cache
def _statement(parts: frozenset[str]) -> Select[Any]:
    page = _page(parts).cte("page")
    return (
        select(kumiaiin, *SHARE_CAPITAL)
        .join_from(page, kumiaiin, page.c.kumiaiin_no == kumiaiin.c.kumiaiin_no)
        .outerjoin(shussikin, page.c.kumiaiin_no == shussikin.c.kumiaiin_no)
        .order_by(page.c.kumiaiin_no)
    )


def _page(parts: frozenset[str]) -> Select[Any]:
    """The numbers alone: an index of names and numbers tells them, and no row is read that is not on the page."""
    return (
        select(kumiaiin.c.kumiaiin_no)
        .where(kumiaiin.c.kumiaiin_no > bindparam("after", type_=NUMBER))
        .where(*(PARTS[name].condition for name in sorted(parts)))
        .order_by(kumiaiin.c.kumiaiin_no)
        .limit(bindparam("most", type_=Integer()))
    )


def _merged(parameters: Iterable[Parameters]) -> dict[str, object]:
    return {name: value for part in parameters for name, value in part.items()}


def _number_range(text: str) -> Parameters:
    """From the prefix itself to the prefix and nines: a range uses the primary key on every engine, LIKE does not."""
    prefix = digits(text)
    return {"first": padded(prefix), "last": prefix.ljust(NUMBER_WIDTH, "9")} if prefix else {}


def _card(text: str) -> Parameters:
    number = digits(text)
    return {"card": number} if len(number) == CARD_NUMBER.length else {}


def _prefix(parameter: str, clean: Callable[[str], str]) -> Callable[[str], Parameters]:
    def parameters(text: str) -> Parameters:
        cleaned = clean(text)
        return {parameter: f"{_escaped(cleaned)}%"} if cleaned else {}

    return parameters


def _escaped(text: str) -> str:
    for special in (ESCAPE, "%", "_"):
        text = text.replace(special, ESCAPE + special)
    return text


def _kana(text: str) -> str:
    return " ".join(half_width_kana(text).split())


def _address(text: str) -> str:
    return normalize("NFKC", text).strip().lower()


def _begins(column: ColumnElement[str], parameter: str) -> ColumnElement[bool]:
    return column.like(bindparam(parameter, type_=String()), escape=ESCAPE)


PARTS: Final[Mapping[str, Part]] = {
    "number": Part(
        kumiaiin.c.kumiaiin_no.between(bindparam("first", type_=NUMBER), bindparam("last", type_=NUMBER)),
        _number_range,
    ),
    "card_number": Part(
        kumiaiin.c.kumiaiin_no.in_(
            select(kumiaiinsho.c.kumiaiin_no).where(
                kumiaiinsho.c.card_no == bindparam("card", type_=CARD_NUMBER)
            )
        ),
        _card,
    ),
    "name_kana": Part(_begins(kumiaiin.c.shimei_kana, "kana"), _prefix("kana", _kana)),
    "phone": Part(
        or_(
            _begins(phone_digits(kumiaiin.c.tel_jitaku), "phone"),
            _begins(phone_digits(kumiaiin.c.tel_keitai), "phone"),
        ),
        _prefix("phone", digits),
    ),
    "email": Part(_begins(func.lower(kumiaiin.c.mail), "email"), _prefix("email", _address)),
    "status": Part(
        kumiaiin.c.jotai.in_(bindparam("statuses", type_=CHAR(1), expanding=True)),
        lambda status: {"statuses": statuses(status)},
    ),
    "kind": Part(
        kumiaiin.c.kubun.in_(bindparam("kinds", type_=CHAR(2), expanding=True)),
        lambda kind: {"kinds": kinds(kind)},
    ),
    "admission_year": Part(
        kumiaiin.c.nyugaku_nen == bindparam("year", type_=CHAR(4)), lambda year: {"year": f"{year:04d}"}
    ),
}
"""By the names of `MemberSearch`."""
