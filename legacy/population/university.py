"""The members of a university co-op (Hirosaki): students with guardians, Pico and meal cards."""

from datetime import date, timedelta
from random import Random

from legacy.population.contact import contact_of, dirt_of, guardian_email
from legacy.population.days import academic_year, day_between, year_start
from legacy.population.figures import Figures
from legacy.population.membership import Capital, Membership, Seat, membership, status_of
from legacy.population.names import invented_name, name_of
from legacy.population.person import Kind, Name, Parent, Person, Portal, Status, Stop
from legacy.population.places import NORTH, mobile_phone
from legacy.population.studies import Study, study_of

CAPITAL = Capital(20, 20_000)
_STORES = ("101", "102", "103")
_AT_THE_REGISTERS = (Status.ACTIVE, Status.WITHDRAWING)


def university_person(seat: Seat, rng: Random) -> Person:
    """Somebody of a university co-op, drawn from this stream."""
    study = study_of(rng, seat.today)
    dirt = dirt_of(rng)
    name = invented_name(rng, seat.index, dirt)
    joined_on = min(study.joined_on, seat.today)
    members = membership(seat, rng, status_of(rng), joined_on, CAPITAL)
    contact = contact_of(rng, name, seat.index, NORTH, dirt)
    portal = _portal(rng, members.joined_on)
    return Person(
        **seat.facts(),
        kind=study.kind,
        portal=portal,
        name=name,
        birth_date=study.birth_date,
        admission_year=study.admission_year,
        graduates_on=study.graduates_on,
        kari_flag=_kari_flag(rng, portal, members.joined_on),
        affiliation=study.affiliation,
        **contact._asdict(),
        **members._asdict(),
        parent=_parent(rng, seat.index, name, study.kind),
        has_meal_card=_has_meal_card(rng, seat.today, study, members),
        stop=_stop(rng, seat.today, members),
        dirt=dirt,
        fixed_figures=None if members.status in _AT_THE_REGISTERS else Figures(),
    )


def _portal(rng: Random, joined_on: date) -> Portal:
    """60% registered, 35% provisional, 5% neither; who joined before 2014 is not provisional (A14, A15)."""
    draw = rng.random()
    if joined_on < date(2014, 1, 1):
        return Portal.REGISTERED if draw < 0.55 else Portal.NONE
    if draw < 0.605:
        return Portal.REGISTERED
    return Portal.PROVISIONAL if draw < 0.985 else Portal.NONE


def _kari_flag(rng: Random, portal: Portal, joined_on: date) -> str:
    """Goes by the year of joining, is blank now and then, and rarely says otherwise (X1)."""
    draw = rng.random()
    if draw < 0.03 and portal is not Portal.NONE:
        return " "
    issued = portal is Portal.PROVISIONAL or (portal is Portal.REGISTERED and joined_on.year >= 2014)
    if draw > 0.98 and portal is Portal.REGISTERED:
        issued = not issued
    return "1" if issued else "0"


def _parent(rng: Random, index: int, name: Name, kind: Kind) -> Parent | None:
    share = {Kind.UNDERGRADUATE: 0.8, Kind.GRADUATE: 0.4}.get(kind, 0.0)
    if rng.random() >= share:
        return None
    parent = name_of(rng, (name.family, name.family_kana))
    draw = rng.random()
    relation = "01" if draw < 0.55 else "02" if draw < 0.95 else "03" if draw < 0.98 else "09"
    email = guardian_email(rng, parent, index)
    return Parent(
        name=parent,
        relation=relation,
        mobile_phone=mobile_phone(rng) if rng.random() < 0.9 else None,
        email=email,
        registered=rng.random() < 0.3,
    )


def _has_meal_card(rng: Random, today: date, study: Study, members: Membership) -> bool:
    """7% of undergraduates, freshmen twice as many."""
    if study.kind is not Kind.UNDERGRADUATE or members.status is not Status.ACTIVE:
        return False
    return rng.random() < (0.14 if study.admission_year == academic_year(today) else 0.05)


def _stop(rng: Random, today: date, members: Membership) -> Stop | None:
    """Three in five of the suspended asked for it on the Web."""
    if rng.random() >= 0.004 or members.status is not Status.ACTIVE:
        return None
    store = None if rng.random() < 0.6 else _STORES[int(rng.random() * len(_STORES))]
    spring = year_start(today)
    return Stop(day_between(rng, max(members.joined_on, spring - timedelta(days=200)), spring), store)
