"""What every server is measured on: one co-op's legacy systems, its members, and who of them is signed in."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

import gateway
from adapters.records import MemberNumber
from gateway.accounts import Passwords
from gateway.accounts.tokens import new_token, token_hash
from gateway.clock import system_clock
from gateway.coop import Coop
from gateway.coop_config.reading import load_coops
from gateway.demo.databases import Registry
from gateway.demo.postgres import SUPERUSER
from gateway.demo.processes import Child, Children
from gateway.demo.program import python_program
from gateway.demo.systems import Simulation, Simulator, environment
from gateway.store import CoopStore, Store
from gateway.store.migrate import migrate
from gateway.store.records import AccountKind, NewAccount, Origin, SessionLimits
from gateway.viewer import StaffRole
from gateway.wiring import ADAPTERS
from legacy.population import Population
from legacy.population.person import Person, Status
from tests.bench.workloads import People
from tests.conftest import COOPS_DIR
from tests.running import SIGNING_KEY
from tests.running.postgres import Postgres, running_postgres

COOP = "hirosaki"
PASSWORD = "bench-coop-2026"
SCHEMA = Path(gateway.__file__).parent.parent / "schema.graphql"
ALL_DAY = SessionLimits(idle=timedelta(hours=24), absolute=timedelta(hours=24))
STAFF = 8


@dataclass(frozen=True, slots=True)
class World:
    """The running systems and what a server must be told of them."""

    directory: Path
    postgres: Postgres
    children: Children
    gate: Simulator
    gate_child: Child
    upstream: Child
    people: People
    environment: Mapping[str, str]
    """Of a gateway."""

    @property
    def upstream_url(self) -> str:
        """POS and notice system."""
        return f"http://127.0.0.1:{self.upstream.announced['port']}"

    @property
    def registry_url(self) -> str:
        """The registry, by PostgreSQL's own URL."""
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.gate_child.announced['port']}/registry_{COOP}"

    @property
    def file(self) -> Path:
        """What the peers are told, as JSON."""
        return self.directory / "world.json"

    def count_urls(self) -> tuple[str, str]:
        """Where calls are counted: POS and notice system, registry."""
        return f"{self.upstream_url}/_calls", f"{self.gate.control_url(self.gate_child.announced)}/_calls"

    def pids(self) -> tuple[int, int]:
        """The programs that stand for the legacy systems."""
        return self.upstream.pid, self.gate_child.pid


@asynccontextmanager
async def built_world(directory: Path, members: int, signed_in: int) -> AsyncIterator[World]:
    """Starts the systems of a co-op of so many members, and signs some of them in. Ends everything on leaving."""
    async with AsyncExitStack() as stack:
        postgres = await stack.enter_async_context(running_postgres(directory))
        children = await stack.enter_async_context(Children(directory))
        coop = load_coops(COOPS_DIR, ADAPTERS)[COOP]
        now = system_clock()
        await Registry(COOP, members, now).load(postgres.server)
        gate = Simulation(members, postgres.socket_directory).of(coop, smtp_port=1)["registry"]
        gate_child = await children.start(gate.program())
        size = ("--coop", COOP, "--members", str(members))
        upstream = await children.start(python_program("upstream", "tests.bench.upstream", *size))
        active = list(islice(_active(members), signed_in))
        database = await postgres.create("gateway")
        await migrate(database)
        tokens, staff = await _sign_in(database, active)
        people = People(COOP, list(tokens), staff, _pages(active), list(map(_login, active)), PASSWORD)
        (directory / "world.json").write_text(json.dumps(_told(coop, tokens, staff)), encoding="utf-8")
        url = f"http://127.0.0.1:{upstream.announced['port']}"
        registry = (
            f"postgresql+asyncpg://{SUPERUSER}@127.0.0.1:{gate_child.announced['port']}/registry_{COOP}"
        )
        urls = {"registry": registry, "pos": url, "notices": url, "mailer": url}
        yield World(
            directory=directory,
            postgres=postgres,
            children=children,
            gate=gate,
            gate_child=gate_child,
            upstream=upstream,
            people=people,
            environment={
                **environment(coop, urls),
                "GATEWAY_MODE": "production",
                "GATEWAY_DOCUMENTS": "off",
                "GATEWAY_ADDRESS_REQUESTS_PER_SECOND": "0",
                "GATEWAY_ADDRESS_COST_PER_SECOND": "0",
                "GATEWAY_VIEWER_COST_PER_SECOND": "0",
                "GATEWAY_MAX_REQUESTS_IN_PROGRESS": "1000",
                "GATEWAY_SIGNING_KEY": SIGNING_KEY,
                "GATEWAY_DATABASE_URL": database,
                "GATEWAY_PORT": "0",
                "GATEWAY_DEADLINE_SECONDS": "30",
            },
        )


def _active(members: int) -> Sequence[Person]:
    """Members of long standing who are no people of the demo, so that every screen is full."""
    population = Population(COOP, members, system_clock())
    people = list(population.people())[20:]
    return [person for person in people if person.status is Status.ACTIVE and _buys(person)]


def _buys(person: Person) -> bool:
    return person.figures.receipts_a_year > 100 and person.joined_on < person.today - timedelta(days=400)


def _pages(active: Sequence[Person]) -> list[MemberNumber]:
    return [MemberNumber(person.number) for person in active[: len(active) // 2]]


def _login(person: Person) -> str:
    return f"bench-{person.number}@example.jp"


async def _sign_in(database: str, active: Sequence[Person]) -> tuple[dict[str, str], list[str]]:
    """Opens accounts, all of one password, and a session of each: member numbers by token, and staff's tokens."""
    store, passwords = Store.open(database), Passwords()
    at, hashed = store.of(COOP), await passwords.hash(PASSWORD)
    tokens: dict[str, str] = {}
    for person in active:
        new = NewAccount(
            AccountKind.MEMBER,
            _login(person),
            system_clock(),
            member_number=MemberNumber(person.number),
        )
        tokens[await _session(at, new, hashed)] = person.number
    roles = frozenset({StaffRole.DESK})
    staff = [
        NewAccount(AccountKind.STAFF, f"staff-{place}", system_clock(), name="職員", roles=roles)
        for place in range(STAFF)
    ]
    staff_tokens = [await _session(at, new, hashed) for new in staff]
    passwords.close()
    await store.close()
    return tokens, staff_tokens


async def _session(at: CoopStore, new: NewAccount, hashed: str) -> str:
    account = await at.accounts.add(new, hashed)
    token = new_token()
    await at.sessions.start(
        token_hash(token),
        account.account_id,
        ALL_DAY,
        system_clock(),
        origin=Origin("127.0.0.1", "bench"),
        device_label=None,
    )
    return token


def _told(coop: Coop, tokens: Mapping[str, str], staff: Sequence[str]) -> dict[str, object]:
    """What a peer needs of the co-op's file."""
    assert coop.pico is not None
    return {
        "coop": coop.code,
        "schema": str(SCHEMA),
        "viewers": tokens,
        "staff": staff,
        "numberGroups": list(coop.member_numbers.groups),
        "pointUnit": coop.pico.points.unit,
        "stores": {store.code: store.name for store in coop.stores},
        "texts": {
            "asOfNote": coop.texts.as_of_note,
            "howToResume": coop.texts.how_to_resume,
            "pickupPhrase": coop.pico.prepaid.pickup_phrase,
        },
    }
