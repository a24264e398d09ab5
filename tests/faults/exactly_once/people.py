"""Who asks: members with accounts and sessions, and one member of staff in a store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from adapters import pos_web
from adapters.ports import PointOfSale
from adapters.records import MemberNumber, PrepaidSource
from gateway.accounts.tokens import new_token, token_hash
from gateway.clock import system_clock
from gateway.store import Store
from gateway.store.records import Account, Origin, SessionLimits
from gateway.viewer import StaffRole
from legacy.population.person import Status
from legacy.population.population import Population
from tests.adapters.policies import PATIENT
from tests.api.opening import open_member, open_staff
from tests.faults.exactly_once.intentions import UNIT, Person
from tests.running import NOW, LegacySystem

COOP = "hirosaki"
FIRST = 16
"""The cast of the demo stands before."""
AT_ONCE = 100
A_DAY = SessionLimits(idle=timedelta(days=1), absolute=timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Money:
    """A member's Web points, and what of them waits as prepaid money."""

    web_points: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sessions: each member's own, and that of the store."""

    members: Mapping[MemberNumber, str]
    staff: str


def point_of_sale(url: str) -> PointOfSale:
    """The POS as this program itself asks it, in peace."""
    config = pos_web.PosWebConfig(url=url, terminal="TEST", key=LegacySystem.key, policy=PATIENT)
    return pos_web.connect(f"{COOP}/pos", config)


async def people_at(pos: PointOfSale, members: int, how_many: int) -> list[Person]:
    """Members in good standing whose Pico is usable; those with most Web points first."""
    population = Population(COOP, members, NOW)
    others = list(population.people())[FIRST - 1 :]
    active = [MemberNumber(person.number) for person in others if person.status is Status.ACTIVE]
    found: list[Person] = []
    for numbers in _parts(active):
        balances, suspensions = await pos.balances(numbers), await pos.suspensions(numbers)
        for number in numbers:
            balance = balances.of(number)
            if balance is not None and suspensions.of(number) is None:
                found.append(Person(number, balance.web_points // UNIT))
    return sorted(found, key=lambda person: person.units, reverse=True)[:how_many]


async def money_of(pos: PointOfSale, numbers: Sequence[MemberNumber]) -> dict[MemberNumber, Money]:
    """What the POS says everybody has."""
    money: dict[MemberNumber, Money] = {}
    for part in _parts(numbers):
        balances, items = await pos.balances(part), await pos.prepaid_items(part)
        for number in part:
            balance = balances.of(number)
            assert balance is not None, number
            moved = [each for each in items.of(number) if each.source is PrepaidSource.WEB_POINTS]
            money[number] = Money(balance.web_points, sum(item.amount for item in moved))
    return money


async def signed_in(store: Store, people: Sequence[Person]) -> Tokens:
    """An account and a session for everybody."""
    members = {
        person.number: await _session(
            store, await open_member(store, COOP, f"member-{person.number}", person.number)
        )
        for person in people
    }
    staff = await open_staff(store, COOP, "exactly-once", StaffRole.STORE)
    return Tokens(members, await _session(store, staff))


async def _session(store: Store, account: Account) -> str:
    token = new_token()
    await store.of(COOP).sessions.start(
        token_hash(token),
        account.account_id,
        A_DAY,
        system_clock(),
        origin=Origin("127.0.0.1", None),
        device_label=None,
    )
    return token


def _parts(numbers: Sequence[MemberNumber]) -> list[Sequence[MemberNumber]]:
    return [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
