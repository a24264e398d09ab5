"""What a co-op's TOML may say for a registry's URL, and what it may not."""

from pathlib import Path

import pytest

from adapters.errors import Unavailable
from adapters.records import MemberNumber
from adapters.registry_sql import RegistrySqlConfig, UnusableUrl, connect
from tests.adapters.registry.databases import POLICY, Databases, registry_at, through

SAPPORO = MemberNumber("10000001")


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("db.example.jp", "write it like postgresql://"),
        ("sqlite://", "an SQLite URL names a file"),
        ("sqlite:///:memory:", "an SQLite URL names a file"),
        ("mysql://gateway:very-secret@db/coop", "No module named 'asyncmy'; install"),
        ("nix://gateway:very-secret@db/coop", "sqlalchemy.dialects:nix; install"),
    ],
)
def test_an_unusable_url_is_refused_at_once_and_its_password_not_repeated(url: str, advice: str) -> None:
    with pytest.raises(UnusableUrl) as refusal:
        connect("test/registry", RegistrySqlConfig(url, POLICY))

    assert advice in str(refusal.value)
    assert "very-secret" not in str(refusal.value)


def test_a_configuration_does_not_show_its_password() -> None:
    assert "very-secret" not in repr(RegistrySqlConfig("postgresql://gateway:very-secret@db/coop", POLICY))


@pytest.mark.parametrize("bare", ["postgresql", "sqlite"])
async def test_a_url_without_a_driver_gets_one(
    bare: str, postgresql_databases: Databases, sqlite_databases: Databases
) -> None:
    databases = postgresql_databases if bare == "postgresql" else sqlite_databases
    registry = registry_at(through(bare, databases.hokkaido))

    assert (await registry.members([SAPPORO])).of(SAPPORO) is not None
    await registry.close()


async def test_sslmode_is_understood(postgresql_databases: Databases) -> None:
    registry = registry_at(f"{through('postgresql', postgresql_databases.hokkaido)}&sslmode=disable")

    await registry.ping()
    await registry.close()


async def test_an_option_the_driver_does_not_know_is_named(postgresql_databases: Databases) -> None:
    registry = registry_at(f"{through('postgresql', postgresql_databases.hokkaido)}&colour=blue")

    with pytest.raises(Unavailable, match="colour"):
        await registry.ping()
    await registry.close()


async def test_a_missing_sqlite_file_is_not_created(tmp_path: Path) -> None:
    registry = registry_at(f"sqlite:///{tmp_path}/missing.db")

    with pytest.raises(Unavailable, match="unable to open database file"):
        await registry.ping()

    await registry.close()
    assert _names_in(tmp_path) == []


def _names_in(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir()]
