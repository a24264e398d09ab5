"""The process's settings. The environment is the real one, changed for the test."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from gateway.settings import DocumentMode, Mode, Settings, SettingsErrors, read_settings

DATABASE = "postgresql://gateway:not-shown@127.0.0.1/gateway"
PRODUCTION = {
    "GATEWAY_MODE": "production",
    "GATEWAY_SIGNING_KEY": "k" * 32,
    "GATEWAY_DOCUMENTS_DIR": "/etc/gateway/documents",
}


class Environment:
    """Sets variables for one test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def set(self, **variables: str) -> None:
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)

    def clear(self) -> None:
        for name in list(os.environ):
            if name.startswith("GATEWAY_") or name == "PORT":
                self._monkeypatch.delenv(name)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment with nothing but the database's address."""
    environment = Environment(monkeypatch)
    environment.clear()
    environment.set(GATEWAY_DATABASE_URL=DATABASE)
    return environment


def told() -> list[str]:
    with pytest.raises(SettingsErrors) as wrong:
        read_settings()
    assert str(wrong.value).splitlines() == list(wrong.value.problems)
    return list(wrong.value.problems)


def test_a_database_is_all_that_development_needs(environment: Environment) -> None:
    settings = read_settings()
    assert settings.database_url == SecretStr(DATABASE.replace("postgresql://", "postgresql+asyncpg://"))
    assert (settings.mode, settings.host, settings.port) == (Mode.DEVELOPMENT, "127.0.0.1", 8000)
    assert settings.coops_dir == Path("gateway/coops").absolute()
    assert settings.graphiql
    assert settings.introspection


def test_a_signing_key_is_made_for_each_start_of_a_development_process(environment: Environment) -> None:
    keys = {read_settings().signing_key.get_secret_value() for _ in range(2)}
    assert sorted(map(len, keys)) == [64, 64]


def test_production_hides_what_only_developers_need(environment: Environment) -> None:
    environment.set(**PRODUCTION)
    settings = read_settings()
    assert not settings.graphiql
    assert not settings.introspection


def test_what_production_hides_can_be_shown_on_purpose(environment: Environment) -> None:
    environment.set(**PRODUCTION, GATEWAY_INTROSPECTION="true")
    assert read_settings().introspection


@pytest.mark.parametrize(
    ("variables", "port"),
    [
        ({"PORT": "9"}, 9),
        ({"GATEWAY_PORT": "8"}, 8),
        ({"PORT": "9", "GATEWAY_PORT": "8"}, 8),
        ({"PORT": ""}, 8000),
    ],
)
def test_the_port_has_two_names(environment: Environment, variables: dict[str, str], port: int) -> None:
    environment.set(**variables)
    assert read_settings().port == port


def test_every_mistake_is_told_at_once(environment: Environment) -> None:
    environment.clear()
    environment.set(
        GATEWAY_DATABSE_URL=DATABASE,
        GATEWAY_MODE="prodution",
        PORT="eighty",
        GATEWAY_DEADLINE_SECONDS="0",
        GATEWAY_GRAPHIQL="perhaps",
        GATEWAY_MAX_DEPTH="0",
        GATEWAY_SIGNING_KEY="short",
    )
    assert told() == [
        "GATEWAY_DATABSE_URL is not a known setting. Did you mean `GATEWAY_DATABASE_URL`?",
        "GATEWAY_MAX_DEPTH must be 1 or more.",
        "GATEWAY_MODE has an unknown value. Did you mean `production`?",
        "GATEWAY_DATABASE_URL is missing. Set it to the PostgreSQL database of the gateway; `make run` brings one"
        " of its own.",
        "GATEWAY_SIGNING_KEY must have 32 characters or more. Make one with:"
        ' python -c "import secrets; print(secrets.token_hex(32))"',
        "PORT must be a whole number.",
        "GATEWAY_DEADLINE_SECONDS must be more than 0.",
        "GATEWAY_GRAPHIQL must be true or false.",
    ]


def test_production_insists_on_a_signing_key_and_offers_no_accounts(environment: Environment) -> None:
    environment.set(
        GATEWAY_MODE="production", GATEWAY_DOCUMENTS="off", GATEWAY_GRAPHIQL_ACCOUNTS="accounts.json"
    )
    assert told() == [
        "GATEWAY_SIGNING_KEY is missing, and production needs it. Make one with:"
        ' python -c "import secrets; print(secrets.token_hex(32))"',
        "GATEWAY_GRAPHIQL_ACCOUNTS must not be set in production.",
    ]


def test_production_runs_documents_of_manifests_and_limits_rates(environment: Environment) -> None:
    environment.set(**PRODUCTION)
    settings = read_settings()
    assert settings.documents is DocumentMode.ONLY
    assert settings.hsts_seconds == 63_072_000
    assert settings.address_requests_per_second == 200
    assert settings.address_cost_per_second == 2000
    assert settings.viewer_cost_per_second == 500


def test_development_runs_whatever_is_asked_and_as_often(environment: Environment) -> None:
    settings = read_settings()
    assert settings.documents is DocumentMode.OFF
    assert settings.hsts_seconds == 0
    assert settings.address_requests_per_second == 0
    assert settings.address_cost_per_second == 0
    assert settings.viewer_cost_per_second == 0


def test_production_without_manifests_is_told_what_to_do(environment: Environment) -> None:
    environment.set(GATEWAY_MODE="production", GATEWAY_SIGNING_KEY="k" * 32)
    assert told() == [
        "GATEWAY_DOCUMENTS_DIR is missing, and only documents from manifests are to be run. Put the manifests of"
        " your clients into a directory and name it here, or set GATEWAY_DOCUMENTS=off to run whatever is asked.",
    ]


def test_production_is_told_everything_it_lacks_at_once(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GATEWAY_DATABASE_URL")
    environment.set(GATEWAY_MODE="production")
    assert [problem.partition(".")[0] for problem in told()] == [
        "GATEWAY_DATABASE_URL is missing",
        "GATEWAY_SIGNING_KEY is missing, and production needs it",
        "GATEWAY_DOCUMENTS_DIR is missing, and only documents from manifests are to be run",
    ]


@pytest.mark.parametrize("documents", ["off", "only", "log_unknown"])
def test_a_mistake_elsewhere_changes_nothing_in_whether_manifests_are_needed(
    environment: Environment, documents: str
) -> None:
    environment.set(GATEWAY_MODE="production", GATEWAY_SIGNING_KEY="short", GATEWAY_DOCUMENTS=documents)
    named = [problem.split()[0] for problem in told()]
    needed = [] if documents == "off" else ["GATEWAY_DOCUMENTS_DIR"]
    assert named == ["GATEWAY_SIGNING_KEY", *needed]


@pytest.mark.parametrize(
    ("former", "keys"),
    [("one, with a comma", ("one, with a comma",)), ('["second", "third"]', ("second", "third"))],
)
def test_former_signing_keys_come_after_the_one_that_is_used(
    environment: Environment, former: str, keys: tuple[str, ...]
) -> None:
    environment.set(GATEWAY_SIGNING_KEY="n" * 32, GATEWAY_FORMER_SIGNING_KEYS=former)
    assert read_settings().signing_keys == ("n" * 32, *keys)


def test_a_list_of_former_keys_that_is_none_is_told_without_the_keys(environment: Environment) -> None:
    environment.set(GATEWAY_FORMER_SIGNING_KEYS='["second",')
    assert told() == [
        'GATEWAY_FORMER_SIGNING_KEYS must be one key, or a list such as ["…", "…"].',
    ]


def test_origins_stand_in_one_variable_and_are_origins(environment: Environment) -> None:
    environment.set(GATEWAY_CORS_ORIGINS="https://mypage.example.jp, http://localhost:5173")
    assert read_settings().cors_origins == ("https://mypage.example.jp", "http://localhost:5173")


@pytest.mark.parametrize(
    "origins", ["*", "https://example.jp/", "example.jp", "null", "https://*.example.jp"]
)
def test_what_is_no_origin_is_refused(environment: Environment, origins: str) -> None:
    environment.set(GATEWAY_CORS_ORIGINS=origins)
    assert told() == [
        "GATEWAY_CORS_ORIGINS must be origins such as https://mypage.example.jp, with commas between them."
    ]


def test_another_kind_of_database_is_refused_without_its_address_being_told(environment: Environment) -> None:
    environment.set(GATEWAY_DATABASE_URL="mysql://root:hidden@127.0.0.1/gateway")
    (problem,) = told()
    assert problem.startswith(
        "GATEWAY_DATABASE_URL must be an address such as postgresql://user:password@host/database."
    )
    assert "hidden" not in problem


def test_secrets_do_not_show(environment: Environment) -> None:
    settings = Settings(database_url=SecretStr(DATABASE), signing_key=SecretStr("x" * 40))
    assert "not-shown" not in repr(settings)
    assert "x" * 40 not in repr(settings)
