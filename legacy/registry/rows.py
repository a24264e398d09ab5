"""One member's rows in every table, typed by a clerk."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Table

from legacy.population.days import year_start
from legacy.population.person import Card, Dirt, Parent, Person
from legacy.registry.clerk import Clerk
from legacy.registry.eras import NONE, era_date
from legacy.registry.statements import statements_of
from legacy.registry.tables import (
    HENKO_UKETSUKE,
    HOGOSHA,
    KUMIAIIN,
    KUMIAIINSHO,
    SEIKYU,
    SEIKYU_MEISAI,
    SHUSSIKIN,
)

Row = tuple[str | int, ...]


def rows_of(person: Person) -> Iterator[tuple[Table, Row]]:
    """Every row about somebody, with the table it belongs to; columns in the table's order, padded."""
    clerk = Clerk(person.rng("registry"), full_width_phones=Dirt.FULL_WIDTH_PHONE in person.dirt)
    number = person.number.ljust(12)
    yield KUMIAIIN, _member(person, number, clerk)
    yield SHUSSIKIN, _share_capital(person, number, clerk)
    if person.parent is not None:
        yield HOGOSHA, _guardian(person.parent, number, clerk)
    for card in person.cards:
        yield KUMIAIINSHO, _card(card, number, clerk)
    for row in _changes(person, number, clerk):
        yield HENKO_UKETSUKE, row
    yield from _statements(person, number, clerk)


def _member(person: Person, number: str, clerk: Clerk) -> Row:
    return (
        number,
        clerk.name(person.name, 40),
        clerk.kana(person.name),
        clerk.day(person.birth_date),
        person.kind.value,
        person.status.value,
        clerk.day(person.joined_on),
        f"{person.admission_year or '':4}",
        clerk.day(person.graduates_on),
        clerk.day(person.withdrawal_noticed_on),
        clerk.day(person.share_refunded_on),
        clerk.postal_code(person.postal_code),
        clerk.text(person.address, 120),
        clerk.phone(person.home_phone),
        clerk.phone(person.mobile_phone),
        (person.email or "").ljust(80),
        clerk.text(person.affiliation, 60),
        person.kari_flag,
        clerk.stamp(_last_change(person)),
    )


def _last_change(person: Person) -> date:
    if person.renaming is not None:
        return person.renaming.accepted_on
    return max(person.joined_on, year_start(person.today))


def _share_capital(person: Person, number: str, clerk: Clerk) -> Row:
    share = person.share
    return (
        number,
        f"{share.units:04d}",
        share.amount,
        clerk.day(share.applied_on),
        clerk.day(share.paid_on),
    )


def _guardian(parent: Parent, number: str, clerk: Clerk) -> Row:
    return (
        number,
        clerk.name(parent.name, 40),
        clerk.kana(parent.name),
        parent.relation,
        clerk.phone(parent.mobile_phone),
        (parent.email or "").ljust(80),
    )


def _card(card: Card, number: str, clerk: Clerk) -> Row:
    issued_on = clerk.day(card.issued_on)
    return (card.card_number, number, issued_on, card.state.value, f"{card.reissue_count:02d}")


def _statements(person: Person, number: str, clerk: Clerk) -> Iterator[tuple[Table, Row]]:
    for statement in statements_of(person):
        key = (number, statement.month)
        closed_on, due_on = era_date(statement.closed_on), era_date(statement.due_on)
        yield SEIKYU, (*key, closed_on, due_on, f"{len(statement.lines):03d}", statement.total)
        for count, line in enumerate(statement.lines, start=1):
            text = clerk.text(line.description, 40)
            yield SEIKYU_MEISAI, (*key, f"{count:03d}", era_date(line.used_on), text, line.amount)


def _changes(person: Person, number: str, clerk: Clerk) -> Iterator[Row]:
    """The name that was taken up; one member in a hundred waits for a new address, one in 500 was refused."""
    if person.renaming is not None:
        change = person.renaming
        old, new = clerk.name(change.old, 120), clerk.name(person.name, 120)
        received_on, accepted_on = clerk.day(change.received_on), clerk.day(change.accepted_on)
        yield _change(person, number, 1, ("01", old, new, received_on, "1", accepted_on))
    draw = person.rng("registry/changes").random()
    if draw < 0.01:
        old, new = clerk.text(person.address, 120), clerk.text(f"{person.address}　青葉荘201号室", 120)
        received_on = clerk.day(person.today - timedelta(days=1))
        yield _change(person, number, 2, ("02", old, new, received_on, "0", NONE))
    elif draw < 0.012:
        typed = clerk.phone(person.home_phone).ljust(120)
        refused_on = clerk.day(year_start(person.today))
        yield _change(person, number, 3, ("03", typed, typed, refused_on, "9", refused_on))


def _change(person: Person, number: str, count: int, what: tuple[str, ...]) -> Row:
    return (f"{person.index:08d}{count:02d}", number, *what)
