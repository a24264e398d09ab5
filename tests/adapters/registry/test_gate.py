"""Through the registry's gate, which counts statements and plays faults: what a call costs, and how it fails."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

import httpx
import pytest
from sqlalchemy import make_url

from adapters.errors import AdapterError, Garbled, Incomplete, TimedOut, Unavailable
from adapters.ports import MemberRegistry
from adapters.records import MemberNumber, MemberSearch, StatementKey, StatementsQuery, YearMonth
from adapters.registry_sql import RegistrySqlConfig, connect
from adapters.upstream import Policy, deadline
from gateway.demo.processes import Children
from gateway.demo.systems import Simulator
from tests.adapters.registry.databases import POLICY, Databases
from tests.running import LegacySystem, Postgres

TIMEOUT = 1.0
OVERTIME = 0.9
"""What a busy machine may add to a timeout; SQLAlchemy's farewell to a silent connection would add 2 seconds."""

NUMBERS = [MemberNumber(str(10_000_000 + index)) for index in range(1, 41)]

Ask = Callable[[MemberRegistry], Awaitable[object]]

METHODS: Mapping[str, tuple[str, Ask]] = {
    "members": ("KUMIAIIN", lambda registry: registry.members(NUMBERS)),
    "guardians": ("HOGOSHA", lambda registry: registry.guardians(NUMBERS)),
    "cards": ("KUMIAIINSHO", lambda registry: registry.cards(NUMBERS)),
    "name_changes": ("HENKO_UKETSUKE", lambda registry: registry.name_changes(NUMBERS)),
    "statement": (
        "SEIKYU",
        lambda registry: registry.statement(
            [StatementKey(number, YearMonth(2026, 11)) for number in NUMBERS]
        ),
    ),
    "statements": (
        "SEIKYU",
        lambda registry: registry.statements(
            [StatementsQuery(number, None, 1 + index % 3) for index, number in enumerate(NUMBERS)]
        ),
    ),
    "search": ("KUMIAIIN", lambda registry: registry.search(MemberSearch(phone="011"), limit=50, after=None)),
    "list": ("KUMIAIIN", lambda registry: registry.search(MemberSearch(), limit=50, after=None)),
    "ping": ("OTHER", lambda registry: registry.ping()),
}
"""Every method of the port, and the table by which the gate counts its statements."""

every_method = pytest.mark.parametrize(("table", "ask"), METHODS.values(), ids=METHODS)


@pytest.fixture(scope="session")
async def gate(
    postgresql_databases: Databases, postgres: Postgres, logs: Path
) -> AsyncIterator[LegacySystem]:
    """The gate before the school co-op's registry."""
    simulator = Simulator(
        "contract-gate",
        "legacy.registry",
        ("gate", "--upstream", str(postgres.socket_directory)),
        ports=("port", "control_port"),
        control="control_port",
    )
    async with httpx.AsyncClient(trust_env=False) as http, Children(logs) as children:
        child = await children.start(simulator.program())
        address = make_url(postgresql_databases.hokkaido).difference_update_query(["host"])
        url = address.set(host="127.0.0.1", port=child.announced["port"])
        yield LegacySystem(children, simulator, child, url.render_as_string(hide_password=False), http)


@pytest.fixture
async def registry(gate: LegacySystem) -> AsyncIterator[MemberRegistry]:
    """The adapter behind the gate, with one connection, which is open already."""
    async with behind(gate, replace(POLICY, max_connections=1, max_concurrent_calls=1)) as registry:
        yield registry


@pytest.fixture
async def hasty(gate: LegacySystem) -> AsyncIterator[MemberRegistry]:
    """Does not wait long, and has a connection for each method at once."""
    policy = replace(
        POLICY, timeout_seconds=TIMEOUT, max_connections=len(METHODS), max_concurrent_calls=len(METHODS)
    )
    async with behind(gate, policy) as registry:
        yield registry


@asynccontextmanager
async def behind(gate: LegacySystem, policy: Policy) -> AsyncIterator[MemberRegistry]:
    """The adapter behind the gate, connected; what that cost is not counted."""
    registry = connect("hokkaido/registry", RegistrySqlConfig(gate.url, policy))
    await registry.ping()
    await gate.forget_calls()
    try:
        yield registry
    finally:
        await registry.close()


@every_method
async def test_a_call_costs_one_statement(
    gate: LegacySystem, registry: MemberRegistry, table: str, ask: Ask
) -> None:
    """Forty members at once or one: no BEGIN, no ROLLBACK, no ping of the connection, no second question."""
    await ask(registry)

    assert await gate.calls() == {table: 1}


async def test_what_concurrent_requests_ask_leaves_together(
    gate: LegacySystem, registry: MemberRegistry
) -> None:
    answers = await asyncio.gather(*(registry.members([number]) for number in NUMBERS))

    assert [answer.of(number) is not None for answer, number in zip(answers, NUMBERS, strict=True)] == [
        True
    ] * 40
    assert (await gate.calls())["KUMIAIIN"] <= 2


async def test_pages_of_the_list_that_many_turn_at_once_are_one_statement(
    gate: LegacySystem, registry: MemberRegistry
) -> None:
    """Each with its own beginning and its own limit; two at the same place share a page."""
    everybody = await registry.search(MemberSearch(), limit=40, after=None)
    await gate.forget_calls()
    places = [(None, 3), (NUMBERS[4], 5), (NUMBERS[4], 5), (NUMBERS[9], 1), (NUMBERS[39], 50)]

    pages = await asyncio.gather(
        *(registry.search(MemberSearch(), limit=limit, after=after) for after, limit in places)
    )

    assert await gate.calls() == {"KUMIAIIN": 1}
    shown = [[member.number for member in page.items] for page in pages]
    assert shown == [NUMBERS[:3], NUMBERS[5:10], NUMBERS[5:10], [NUMBERS[10]], shown[4]]
    assert shown[4][0] > NUMBERS[39]
    assert pages[1].items == everybody.items[5:10]
    assert [page.has_next for page in pages[:4]] == [True] * 4


async def test_a_search_for_nobody_costs_nothing(gate: LegacySystem, registry: MemberRegistry) -> None:
    await registry.search(MemberSearch(number="?"), limit=50, after=None)

    assert await gate.calls() == {}


FAULTS: Mapping[str, type[AdapterError]] = {
    "error": Unavailable,
    "truncated": Unavailable,
    "garbled": Garbled,
    "partial": Incomplete,
}

FEWER_THAN_TWO_ROWS = {"guardians", "name_changes", "ping"}
"""Of these, `partial` leaves nothing out."""

CASES = [
    (method, fault)
    for method in METHODS
    for fault in FAULTS
    if not (fault == "partial" and method in FEWER_THAN_TWO_ROWS)
]


@pytest.mark.parametrize(("method", "fault"), CASES)
async def test_a_fault_becomes_its_error_and_is_over_when_it_is_over(
    gate: LegacySystem, registry: MemberRegistry, method: str, fault: str
) -> None:
    """Never an empty answer; and the one connection is free again."""
    _, ask = METHODS[method]

    async with gate.fault(fault):
        with pytest.raises(AdapterError) as raised:
            await ask(registry)

    assert type(raised.value) is FAULTS[fault]
    await ask(registry)


async def test_silence_is_timed_out_in_time_whatever_was_asked(
    gate: LegacySystem, hasty: MemberRegistry
) -> None:
    questions = [ask for _, ask in METHODS.values()]
    began = monotonic()

    async with gate.fault("timeout"):
        outcomes = await asyncio.gather(*(ask(hasty) for ask in questions), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [TimedOut] * len(METHODS)
    assert monotonic() - began < TIMEOUT + OVERTIME
    for ask in questions:
        await ask(hasty)


async def test_a_slow_answer_is_waited_for(gate: LegacySystem, registry: MemberRegistry) -> None:
    async with gate.fault("latency", seconds=0.1):
        assert len(await registry.members(NUMBERS)) == 40


async def test_an_answer_slower_than_the_timeout_is_given_up(
    gate: LegacySystem, hasty: MemberRegistry
) -> None:
    async with gate.fault("latency", seconds=30):
        with pytest.raises(TimedOut):
            await hasty.members(NUMBERS)


async def test_a_request_in_a_hurry_is_not_kept_until_the_timeout(
    gate: LegacySystem, hasty: MemberRegistry
) -> None:
    began = monotonic()

    async with gate.fault("timeout"):
        with deadline(0.1), pytest.raises(TimedOut):
            await hasty.members(NUMBERS)

    assert monotonic() - began < TIMEOUT


async def test_a_connection_that_died_in_the_pool_costs_a_retry_and_no_error(gate: LegacySystem) -> None:
    """Why there is no pre-ping: a restart of the database is rare, a question is not."""
    async with behind(gate, replace(POLICY, retries=1)) as registry:
        search = MemberSearch(phone="011")
        await asyncio.gather(*(registry.search(search, limit=50, after=None) for _ in range(3)))

        async with gate.stopped():
            with pytest.raises(Unavailable):
                await registry.members(NUMBERS)

        assert len(await registry.members(NUMBERS)) == 40


async def test_last_known_answers_bridge_an_outage(gate: LegacySystem) -> None:
    async with behind(gate, replace(POLICY, snapshot_entries=100)) as registry:
        before = await registry.members(NUMBERS[:2])

        async with gate.fault("error"):
            during = await registry.members(NUMBERS[:3])

    assert {number: (answer.value, answer.last_known) for number, answer in during.items()} == {
        number: (before.of(number), True) for number in NUMBERS[:2]
    }
    assert isinstance(during.failure, Unavailable)
