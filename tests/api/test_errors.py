"""Errors: what a client is told, what only the log is told, and which operations are refused."""

import time
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from gateway.settings import DocumentMode, Mode, Settings
from gateway.store import Store
from tests.api.asking import Api
from tests.api.opening import take_away
from tests.api.own_gateway import running_gateway
from tests.running import LegacySystems

ALERTS = "{ viewer { account { loginId alerts { readyToCollect } } } }"
MASKED = "エラーが発生しました。時間をおいて、もう一度お試しください。"
INVALID = {"code": "INVALID_OPERATION"}


async def test_a_fault_of_our_own_is_masked_and_its_reference_finds_it_in_the_log(
    taro: Api, store: Store
) -> None:
    await take_away(store, "alert_preferences")

    with capture_logs() as logs:
        response = await taro.post(ALERTS)

    (error,) = response.json()["errors"]
    reference = error["extensions"].pop("reference")
    assert error["message"] == MASKED
    assert error["extensions"] == {"code": "INTERNAL"}
    assert error["path"] == ["viewer", "account", "alerts"]
    (logged,) = [entry for entry in logs if entry.get("reference") == reference]
    assert "alert_preferences" in str(logged["exc_info"])
    for secret in ("alert_preferences", "SELECT", "sqlalchemy", "asyncpg", "Traceback"):
        assert secret not in response.text


async def test_a_fault_before_any_field_is_masked_too(taro: Api, store: Store) -> None:
    """Nobody can be told who is asking: still an answer in JSON, and nothing of the database in it."""
    await take_away(store, "sessions")

    with capture_logs() as logs:
        response = await taro.post("{ coops { code } }")

    told = response.json()
    reference = told["errors"][0]["extensions"].pop("reference")
    assert response.status_code == 500
    assert told == {"errors": [{"message": MASKED, "extensions": {"code": "INTERNAL"}}]}
    assert [entry["event"] for entry in logs if entry.get("reference") == reference] == ["request failed"]


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("{ coops { cod } }", "Cannot query field 'cod' on type 'Coop'. Did you mean 'code'?"),
        ("{ coops { code }", "Syntax Error: Expected Name, found <EOF>."),
        (
            "{ coops }",
            "Field 'coops' of type '[Coop!]!' must have a selection of subfields. Did you mean 'coops { ... }'?",
        ),
        ("{ ...Missing }", "Unknown fragment 'Missing'."),
        ("{ ...A } fragment A on Query { ...A }", "Cannot spread fragment 'A' within itself."),
        ("subscription { x }", "The subscription operation is not supported by the schema."),
    ],
)
async def test_what_is_wrong_with_an_operation_is_said_in_graphqls_own_words(
    api: Api, operation: str, message: str
) -> None:
    error = (await api.ask(operation)).only_error()

    assert (error["message"], error["extensions"]) == (message, INVALID)


async def test_a_variable_of_the_wrong_form_is_the_operations_fault(sapporo: Api) -> None:
    answer = await sapporo.ask(
        "query ($month: YearMonth!) { viewer { member { statement(month: $month) { id } } } }",
        month="２０２６-11",
    )

    error = answer.only_error()
    assert error["extensions"] == INVALID
    assert error["message"].endswith('A month is written as year and month, such as "2020-04".')


@pytest.mark.parametrize("month", ["0000-01", "2026-00", "2026-13", "2026-1", "26-01", "2026-01-01", ""])
async def test_a_month_is_one_of_the_calendar(sapporo: Api, month: str) -> None:
    operation = "query ($month: YearMonth!) { viewer { member { statement(month: $month) { id } } } }"

    assert (await sapporo.ask(operation, month=month)).only_error()["extensions"] == INVALID


def nested(levels: int) -> str:
    """An operation of so many levels, by a field that is always there."""
    return "{ coops " + "{ terms " * (levels - 2) + "{ version }" + " }" * (levels - 2) + " }"


def doubling(fragments: int) -> str:
    """A short document that asks for one name 2 ** fragments times."""
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments))
    return f"{{ ...F0 }} {chain} fragment F{fragments} on Query {{ coops {{ code }} }}"


TOO_LARGE = {
    "tokens": (
        "{ " + "coops { code } " * 300 + "}",
        "Syntax Error: Document contains more than 1000 tokens. Parsing aborted.",
    ),
    "nesting": ("{ a " * 300, "Syntax Error: Document is nested too deeply. Parsing aborted."),
    "aliases": (
        "{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }",
        "The operation uses 31 aliases, and at most 30 are allowed.",
    ),
    "aliases in fragments": (
        "{ ...A x: __typename } fragment A on Query { ...B ...B } fragment B on Query { "
        + " ".join(f"b{n}: __typename" for n in range(15))
        + " }",
        "The operation uses 31 aliases, and at most 30 are allowed.",
    ),
    "root fields": (
        "{ " + " ".join(f"a{n}: __typename" for n in range(21)) + " }",
        "The operation has 21 root fields, and at most 20 are allowed.",
    ),
    "fields": (
        "{ "
        + " ".join(f"a{n}: coops {{ ...C }}" for n in range(20))
        + " } fragment C on Coop { "
        + " ".join(f"f{n}" for n in range(10))
        + " }",
        "The operation asks for 210 fields or more, and at most 200 are allowed.",
    ),
    "repetitions": (
        "{ coops { " + "code " * 102 + "} }",
        "The operation names 101 fields again, and at most 100 are allowed.",
    ),
    "directives": (
        "{ __typename " + "@include(if: true) " * 51 + "}",
        "The operation uses 51 directives, and at most 50 are allowed.",
    ),
    "mutations": (
        "mutation { " + " ".join(f"a{n}: signOut {{ errors {{ code }} }}" for n in range(5)) + " }",
        "The operation has 5 mutations, and at most 4 are allowed.",
    ),
    "objects in lists": (
        "{ members(first: 100) { edges { node { statements(first: 80) { edges { cursor } } } } } }",
        "The operation asks for up to 8,100 objects in lists, and at most 5,000 are allowed: ask for smaller pages.",
    ),
    "cost": (
        "{ members(first: 100) { edges { node { statements(first: 24) { edges { node { id } } }"
        " pico { transactions(first: 24) { edges { node { id } } } } } } } }",
        "The operation costs up to 10,111, and at most 10,000 is allowed.",
    ),
    "depth": (nested(13), "The operation is nested 13 levels deep, and at most 12 are allowed."),
    "depth in fragments": (
        "{ coops { ...T } } fragment T on Coop { terms " + "{ terms " * 10 + "{ version }" + " }" * 10 + " }",
        "The operation is nested 13 levels deep, and at most 12 are allowed.",
    ),
}


@pytest.mark.parametrize(("operation", "message"), TOO_LARGE.values(), ids=TOO_LARGE.keys())
async def test_an_operation_beyond_a_limit_is_refused_with_the_limit(
    api: Api, operation: str, message: str
) -> None:
    answer = await api.ask(operation)

    assert answer.data is None
    assert (answer.errors[0]["message"], answer.errors[0]["extensions"]) == (message, INVALID)


async def test_an_operation_within_the_limits_is_not_refused_for_its_size(api: Api) -> None:
    aliases = " ".join(f"a{n}: code" for n in range(30))
    twelve = (await api.ask(nested(12))).errors

    assert len((await api.data(f"{{ coops {{ {aliases} }} }}"))["coops"][0]) == 30
    assert [error["message"] for error in twelve if "nested" in error["message"]] == []


async def test_introspection_is_as_deep_as_it_is(api: Api) -> None:
    of_type = "{ name ofType " * 12 + "{ name }" + " }" * 12
    data = await api.data(f'{{ __type(name: "Coop") {{ fields {{ type {of_type} }} }} }}')

    assert data["__type"]["fields"][0]["type"]["ofType"]["name"] == "CoopCode"


async def test_fragments_that_double_one_another_cost_next_to_nothing(api: Api) -> None:
    """Measured naively, ninety of them would take longer than the universe is old."""
    started = time.monotonic()
    data = await api.data(doubling(90))

    assert data["coops"] == [{"code": "hirosaki"}, {"code": "hokkaido"}]
    assert time.monotonic() - started < 2


@pytest.fixture
async def production(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    """The gateway as members meet it."""
    settings = Settings(
        mode=Mode.PRODUCTION,
        database_url=SecretStr(seeded_database),
        signing_key=SecretStr("k" * 32),
        documents=DocumentMode.OFF,
    )
    async with running_gateway(settings) as api:
        yield api


@pytest.mark.parametrize(
    "operation", ["{ __schema { types { name } } }", '{ __type(name: "Coop") { name } }']
)
async def test_production_tells_nobody_its_schema(production: Api, operation: str) -> None:
    answer = await production.ask(operation)

    assert answer.data is None
    assert {error["message"].partition(",")[0] for error in answer.errors} == {
        "GraphQL introspection has been disabled"
    }


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("{ coops { cod } }", "Cannot query field 'cod' on type 'Coop'."),
        ('{ coop(cod: "x", code: "y") { code } }', "Unknown argument 'cod' on field 'Query.coop'."),
        ("{ coops { ... on Coo { code } } }", "Unknown type 'Coo'."),
        (
            'mutation { signIn(input: {coop: "x", identifier: "x", password: "x", transport: TOKE}) { token } }',
            "Value 'TOKE' does not exist in 'SessionTransport' enum.",
        ),
    ],
)
async def test_production_suggests_no_names(production: Api, operation: str, message: str) -> None:
    assert (await production.ask(operation)).only_error()["message"] == message


async def test_production_has_no_graphiql(production: Api) -> None:
    assert (await production.client.get("/graphiql")).status_code == 404
    response = await production.client.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.headers["content-type"]) == (
        400,
        "application/json; charset=utf-8",
    )


@pytest.mark.parametrize("term", ["number", "nameKana", "phone", "email"])
async def test_a_search_for_what_no_database_can_hold_is_bad_input(
    hirosaki_staff: Api, legacy_systems: LegacySystems, term: str
) -> None:
    """The registry is not asked: its failure would count against it, and shut everybody out for a while."""
    await legacy_systems.forget_calls()
    search = "query ($search: MemberSearch) { members(search: $search) { edges { cursor } } }"

    error = (await hirosaki_staff.ask(search, search={term: "ﾋﾛｻｷ\0"})).only_error()

    assert error["message"] == "検索条件に使用できない文字が含まれています。"
    assert error["extensions"] == {"code": "BAD_INPUT", "argument": "search"}
    assert await legacy_systems.hirosaki.registry.calls() == {}
