"""`python -m gateway staff`: accounts of staff, from the command line of whoever runs the gateway (E26)."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pyotp
import pytest

from gateway.store import Store
from gateway.store.records import AccessLogQuery, Account, AccountState
from gateway.viewer import StaffRole
from tests.api.asking import SIGN_IN, VERIFY, Api
from tests.api.opening import set_account_state
from tests.running import NOW

PASSWORD = "yukidoke 26"
ADD = (
    *("add", "--coop", "hirosaki", "--login-id", "madoguchi", "--roles", "DESK,OFFICE"),
    *("--name", "黒石 窓", "--email", "desk@example.jp"),
)
OF_THE_DESK = ("--coop", "hirosaki", "--login-id", "staff-hirosaki")


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    printed: str
    complained: str


@dataclass(frozen=True)
class Operator:
    """Who runs the gateway, at a shell."""

    database: str

    async def staff(self, *arguments: str, password: str = PASSWORD) -> Ended:
        """Runs the command; the password comes by standard input."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gateway", "staff", *arguments),
            env={**os.environ, "GATEWAY_DATABASE_URL": self.database},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complained = await process.communicate(f"{password}\n".encode())
        assert process.returncode is not None
        return Ended(process.returncode, printed.decode(), complained.decode())


@pytest.fixture
def operator(seeded_database: str, gateway_client: httpx.AsyncClient) -> Operator:
    """Over the database of the gateway that runs."""
    return Operator(seeded_database)


@pytest.fixture
async def store(seeded_database: str) -> AsyncIterator[Store]:
    """That database."""
    opened = Store.open(seeded_database)
    yield opened
    await opened.close()


async def account(store: Store, login_id: str = "staff-hirosaki") -> Account | None:
    return await store.of("hirosaki").accounts.by_login_id(login_id)


async def actions(store: Store) -> list[str]:
    page = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=5))
    return [entry.action.value for entry in page.items]


async def test_who_was_added_signs_in_with_password_and_app(
    operator: Operator, gateway_client: httpx.AsyncClient
) -> None:
    added = await operator.staff(*ADD)
    first, hint, uri = added.printed.splitlines()
    assert (added.code, added.complained) == (0, "")
    assert first == "madoguchi may sign in, with the roles DESK, OFFICE."
    assert hint == "Give this to the owner's authenticator app; it is not shown again:"

    api, app = Api(gateway_client), pyotp.parse_uri(uri)
    assert isinstance(app, pyotp.TOTP)
    challenge = (await api.data(SIGN_IN, coop="hirosaki", identifier="madoguchi", password=PASSWORD))[
        "signIn"
    ]
    given = {"coop": "hirosaki", "challenge": challenge["challenge"]["challenge"], "code": app.at(NOW)}
    token = (await api.data(VERIFY, **given))["verifyAuthCode"]["token"]

    staff = (await Api(gateway_client, token).data("{ viewer { staff { name roles } } }"))["viewer"]["staff"]
    assert staff == {"name": "黒石 窓", "roles": ["DESK", "OFFICE"]}


@pytest.mark.parametrize(
    ("changed", "password", "complaint"),
    [
        ({}, "short", "The password is too short: 8 characters or more.\n"),
        (
            {},
            "madoguchi 26",
            "The password holds the login ID, the name, the address or words of the co-op.\n",
        ),
        ({"madoguchi": "takasaki"}, PASSWORD, "takasaki is taken.\n"),
        ({"desk@example.jp": "desk"}, PASSWORD, "The e-mail address is none.\n"),
        (
            {"madoguchi": "窓口"},
            PASSWORD,
            "The login ID must be 4 to 32 half-width letters, digits, `.`, `_` and `-`.\n",
        ),
    ],
)
async def test_what_cannot_be_added_is_told_in_a_sentence(
    operator: Operator, store: Store, changed: dict[str, str], password: str, complaint: str
) -> None:
    ended = await operator.staff(*(changed.get(part, part) for part in ADD), password=password)

    assert (ended.code, ended.printed, ended.complained) == (1, "", complaint)
    assert await account(store, "madoguchi") is None


async def test_an_unknown_co_op_names_those_there_are(operator: Operator) -> None:
    ended = await operator.staff("close", "--coop", "aomori", "--login-id", "x")

    assert (ended.code, ended.complained) == (
        2,
        "There is no co-op aomori. Known here: hirosaki, hokkaido.\n",
    )


async def test_an_unknown_role_names_those_there_are(operator: Operator) -> None:
    ended = await operator.staff("roles", *OF_THE_DESK, "--roles", "KING")

    assert ended.code == 2
    assert "write some of DESK, STORE, OFFICE, AUDITOR, ADMINISTRATOR" in ended.complained


async def test_new_roles_take_the_place_of_the_old(operator: Operator, store: Store) -> None:
    ended = await operator.staff("roles", *OF_THE_DESK, "--roles", "AUDITOR")

    assert (ended.code, ended.printed) == (0, "staff-hirosaki now has the roles AUDITOR.\n")
    changed = await account(store)
    assert changed is not None
    assert changed.roles == {StaffRole.AUDITOR}
    assert await actions(store) == ["ROLES_CHANGED"]


async def test_who_is_closed_is_signed_out_at_once(
    operator: Operator, store: Store, gateway_client: httpx.AsyncClient
) -> None:
    staff = await Api(gateway_client).signed_in("hirosaki", "staff-hirosaki")

    ended = await operator.staff("close", *OF_THE_DESK)

    assert (ended.code, ended.printed) == (0, "staff-hirosaki is closed, for good.\n")
    assert (await staff.data("{ viewer { account { id } } }"))["viewer"] is None
    assert set((await actions(store))[:2]) == {"LEFT", "END_SESSION"}
    assert (
        await operator.staff("close", *OF_THE_DESK)
    ).complained == "There is no staff account staff-hirosaki.\n"


async def test_a_locked_account_is_opened(operator: Operator, store: Store) -> None:
    await set_account_state(store, "hirosaki", "staff-hirosaki", AccountState.LOCKED)

    ended = await operator.staff("unlock", *OF_THE_DESK)

    assert (ended.code, ended.printed) == (0, "staff-hirosaki is open again.\n")
    opened = await account(store)
    assert opened is not None
    assert opened.state is AccountState.REGISTERED


async def test_a_member_is_no_staff(operator: Operator, store: Store) -> None:
    ended = await operator.staff("close", "--coop", "hirosaki", "--login-id", "takasaki")

    assert (ended.code, ended.complained) == (1, "There is no staff account takasaki.\n")
