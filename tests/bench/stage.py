"""What a measurement plays on: the simulated systems, and gateways that 32 members of each co-op can ask."""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.records import MemberNumber
from gateway.accounts import Passwords, Vault, open_account
from gateway.coop import Coop
from gateway.coop_config.reading import load_coops
from gateway.demo.seeding import seed
from gateway.store import Store
from gateway.store.migrate import migrate
from gateway.store.records import AccountKind, NewAccount
from gateway.wiring import ADAPTERS
from legacy.population import Population
from legacy.population.person import Status
from tests.api.asking import PASSWORD, Api
from tests.faults.gateways import running_gateway
from tests.running import NOW, SIGNING_KEY, LegacySystems, fixed_clock
from tests.running.legacy import MEMBERS, running_legacy_systems
from tests.running.postgres import running_postgres

AUDIENCE = 32
REGISTERED_AT = NOW.replace(year=NOW.year - 1)


@dataclass(frozen=True)
class Audience:
    """One gateway and who asks it: 32 members of each co-op, and a member of Hirosaki's staff."""

    members: Mapping[str, Sequence[Api]]
    staff: Api


@dataclass(frozen=True)
class Stage:
    """The running systems. The sessions of the audience hold for every gateway, for they share a database."""

    systems: LegacySystems
    database: str
    coops_dir: Path
    tokens: Mapping[str, Sequence[str]]
    staff_token: str

    @asynccontextmanager
    async def gateway(self) -> AsyncIterator[Audience]:
        """A gateway that has just started."""
        async with running_gateway(self.database, coops_dir=self.coops_dir) as nobody:
            members = {
                coop: [Api(nobody.client, token) for token in tokens] for coop, tokens in self.tokens.items()
            }
            yield Audience(members, Api(nobody.client, self.staff_token))


@asynccontextmanager
async def stage(coops_dir: Path) -> AsyncIterator[Stage]:
    """Starts everything, and ends everything."""
    coops = load_coops(coops_dir, ADAPTERS)
    with TemporaryDirectory() as logs:
        async with (
            running_postgres(Path(logs)) as postgres,
            running_legacy_systems(postgres, coops, Path(logs)) as systems,
        ):
            os.environ |= {**systems.environment, "GATEWAY_SIGNING_KEY": SIGNING_KEY}
            database = await postgres.create("bench")
            await migrate(database)
            await seed(database, coops, fixed_clock, Vault(SIGNING_KEY))
            people = {code: await _open_accounts(database, coop) for code, coop in coops.items()}
            async with running_gateway(database, coops_dir=coops_dir) as nobody:
                tokens = {code: await _signed_in(nobody, code, logins) for code, logins in people.items()}
                (staff,) = await _signed_in(nobody, "hirosaki", ["staff-hirosaki"])
            yield Stage(systems, database, coops_dir, tokens, staff)


async def _open_accounts(database: str, coop: Coop) -> list[str]:
    store, passwords = Store.open(database), Passwords()
    logins = [f"bench-{place}@example.jp" for place in range(AUDIENCE)]
    for login, number in zip(logins, _active_members(coop.code), strict=False):
        new = NewAccount(AccountKind.MEMBER, login, REGISTERED_AT, member_number=number)
        await open_account(store.of(coop.code), passwords, new, PASSWORD)
    passwords.close()
    await store.close()
    return logins


def _active_members(coop: str) -> list[MemberNumber]:
    """Members who are no people of the demo."""
    population = Population(coop, MEMBERS, NOW)
    people = list(population.people())[20:]
    return [MemberNumber(person.number) for person in people if person.status is Status.ACTIVE]


async def _signed_in(nobody: Api, coop: str, logins: Sequence[str]) -> list[str]:
    signed_in = [await nobody.signed_in(coop, login) for login in logins]
    return [person.token for person in signed_in if person.token is not None]
