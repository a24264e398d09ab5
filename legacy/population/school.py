"""The members of a school co-op (Hokkaido): staff of schools, in service and retired, billed monthly."""

from datetime import date, timedelta
from random import Random

from legacy.population.affiliations import school_of
from legacy.population.contact import contact_of, dirt_of
from legacy.population.days import day_between, plus_years, previous_office_day, year_start
from legacy.population.figures import Figures
from legacy.population.membership import Capital, Membership, Seat, membership, status_of
from legacy.population.names import family_of, invented_name
from legacy.population.person import Billing, Kind, Name, Person, Portal, Renaming, Status
from legacy.population.places import HOKKAIDO

CAPITAL = Capital(5, 5_000)
BILLED_BACK = Billing(months=36, share=0.7)


def school_person(seat: Seat, rng: Random) -> Person:
    """Somebody of a school co-op, drawn from this stream."""
    kind = _kind(rng)
    birth_date = _birth_date(rng, kind, seat.today)
    dirt = dirt_of(rng)
    name = invented_name(rng, seat.index, dirt)
    members = membership(seat, rng, status_of(rng), _joined_on(rng, birth_date, seat.today), CAPITAL)
    contact = contact_of(rng, name, seat.index, HOKKAIDO, dirt)
    return Person(
        **seat.facts(),
        kind=kind,
        portal=Portal.REGISTERED if rng.random() < 0.6 else Portal.NONE,
        name=name,
        birth_date=birth_date,
        affiliation=school_of(rng) if kind is Kind.IN_SERVICE else "",
        **contact._asdict(),
        **members._asdict(),
        renaming=_renaming(rng, seat.today, name, members),
        billing=BILLED_BACK,
        dirt=dirt,
        fixed_figures=Figures(),
    )


def _kind(rng: Random) -> Kind:
    draw = rng.random()
    if draw < 0.74:
        return Kind.IN_SERVICE
    return Kind.RETIRED if draw < 0.96 else Kind.OTHER


def _birth_date(rng: Random, kind: Kind, today: date) -> date:
    """In service from 23 to 60; retired from 60 to 92, and one in a thousand past a hundred."""
    youngest, oldest = (60, 92) if kind is Kind.RETIRED else (23, 60)
    if kind is Kind.RETIRED and rng.random() < 0.001:
        youngest, oldest = 100, 104
    spring = year_start(today)
    return day_between(rng, plus_years(spring, -oldest), plus_years(spring, -youngest))


def _joined_on(rng: Random, birth_date: date, today: date) -> date:
    """Between their 22nd and 40th birthday."""
    return day_between(rng, plus_years(birth_date, 22), min(plus_years(birth_date, 40), year_start(today)))


def _renaming(rng: Random, today: date, name: Name, members: Membership) -> Renaming | None:
    """One in a hundred changed names in the three years before this one."""
    spring = year_start(today)
    earliest = max(members.joined_on + timedelta(days=30), spring - timedelta(days=3 * 365))
    if rng.random() >= 0.01 or members.status is Status.AWAITING_PAYMENT or earliest > spring:
        return None
    family, family_kana = family_of(rng, variant=False)
    accepted_on = previous_office_day(day_between(rng, earliest, spring))
    return Renaming(
        old=Name(family, name.given, family_kana, name.given_kana),
        received_on=accepted_on - timedelta(days=int(rng.random() * 5)),
        accepted_on=accepted_on,
    )
