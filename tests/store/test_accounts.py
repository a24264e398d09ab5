"""Accounts in the store."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from adapters.records import MemberNumber
from gateway.clock import JAPAN
from gateway.store import AlreadyRegistered, CoopStore, LoginIdTaken
from gateway.store.login_ids import login_key
from gateway.store.records import Account, AccountKind, AccountState, NewAccount, TermsAcceptance
from gateway.viewer import StaffRole
from tests.running import NOW
from tests.store.accounts import HANAKO, NOBODY, TARO, account_of


async def test_an_account_comes_back_as_it_was_opened(hirosaki: CoopStore) -> None:
    new = NewAccount(
        AccountKind.MEMBER,
        "hirosaki-taro",
        registered_at=NOW,
        email="taro@example.jp",
        email_verified=True,
        member_number=TARO,
        terms=TermsAcceptance("2020-03", NOW - timedelta(days=1)),
    )
    account = await hirosaki.accounts.add(new, "hash")
    assert account == Account(
        account_id=account.account_id,
        coop_code="hirosaki",
        kind=AccountKind.MEMBER,
        state=AccountState.REGISTERED,
        login_id="hirosaki-taro",
        email="taro@example.jp",
        email_verified=True,
        member_number=TARO,
        registered_at=NOW,
        auth_code=False,
        must_change_password=False,
        terms=TermsAcceptance("2020-03", NOW - timedelta(days=1)),
        name=None,
        roles=frozenset(),
    )
    assert account.registered_at is not None
    assert account.registered_at.tzinfo == JAPAN
    assert await hirosaki.accounts.by_id([account.account_id]) == {account.account_id: account}


async def test_a_staff_account_has_a_name_and_roles_and_no_member_number(hirosaki: CoopStore) -> None:
    roles = frozenset({StaffRole.DESK, StaffRole.AUDITOR})
    new = NewAccount(AccountKind.STAFF, "staff", registered_at=NOW, name="窓口 花子", roles=roles)
    account = await hirosaki.accounts.add(new, "hash")
    assert (account.name, account.roles, account.member_number, account.terms) == (
        "窓口 花子",
        roles,
        None,
        None,
    )


async def test_every_id_has_its_own_account_or_none(hirosaki: CoopStore) -> None:
    taro, hanako = await account_of(hirosaki, TARO), await account_of(hirosaki, HANAKO)
    unknown = uuid4()
    found = await hirosaki.accounts.by_id([hanako.account_id, unknown, taro.account_id])
    assert found == {hanako.account_id: hanako, unknown: None, taro.account_id: taro}


async def test_a_members_account_is_found_by_number_and_never_the_guardians(hirosaki: CoopStore) -> None:
    """A16, E9."""
    taro = await account_of(hirosaki, TARO)
    await account_of(hirosaki, TARO, AccountKind.GUARDIAN)
    await account_of(hirosaki, HANAKO, AccountKind.GUARDIAN)
    found = await hirosaki.accounts.of_members([HANAKO, TARO, NOBODY])
    assert found == {HANAKO: None, TARO: taro, NOBODY: None}


async def test_asking_for_nothing_gives_nothing(hirosaki: CoopStore) -> None:
    assert await hirosaki.accounts.by_id([]) == {}
    assert await hirosaki.accounts.of_members([]) == {}


async def test_accounts_of_another_co_op_do_not_exist(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    taro = await account_of(hirosaki, TARO)
    assert await hokkaido.accounts.by_id([taro.account_id]) == {taro.account_id: None}
    assert await hokkaido.accounts.of_members([TARO]) == {TARO: None}
    assert await hokkaido.accounts.by_login_id(taro.login_id) is None


async def test_a_password_is_not_changed_from_another_co_op(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    taro = await account_of(hirosaki, TARO)
    await hokkaido.accounts.change_password(taro.account_id, "other")
    credential = await hirosaki.accounts.credential(taro.login_id)
    assert credential is not None
    assert credential.password_hash == "not a hash"


async def test_a_login_id_is_taken_once_in_a_co_op_whatever_its_case(
    hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    new = NewAccount(AccountKind.MEMBER, "Taro@Example.jp", registered_at=NOW, member_number=TARO)
    same = NewAccount(AccountKind.MEMBER, "taro@example.jp", registered_at=NOW, member_number=HANAKO)
    await hirosaki.accounts.add(new, "hash")
    with pytest.raises(LoginIdTaken, match=r"taro@example\.jp"):
        await hirosaki.accounts.add(same, "hash")
    await hokkaido.accounts.add(same, "hash")


async def test_a_member_has_one_account_and_a_guardian_has_one(hirosaki: CoopStore) -> None:
    """A16, A27."""
    for kind in (AccountKind.MEMBER, AccountKind.GUARDIAN):
        await account_of(hirosaki, TARO, kind)
        again = NewAccount(kind, f"another-{kind.value}", registered_at=NOW, member_number=TARO)
        with pytest.raises(AlreadyRegistered, match=TARO):
            await hirosaki.accounts.add(again, "hash")


@pytest.mark.parametrize(
    "impossible",
    [
        NewAccount(AccountKind.MEMBER, "taro", registered_at=NOW),
        NewAccount(AccountKind.STAFF, "staff", registered_at=NOW, member_number=TARO),
        NewAccount(
            AccountKind.MEMBER,
            "taro",
            registered_at=NOW,
            member_number=TARO,
            roles=frozenset({StaffRole.ADMINISTRATOR}),
        ),
    ],
    ids=["a member without a number", "staff with a number", "a member with a role"],
)
async def test_the_database_refuses_what_no_account_can_be(
    hirosaki: CoopStore, impossible: NewAccount
) -> None:
    with pytest.raises(IntegrityError):
        await hirosaki.accounts.add(impossible, "hash")


async def test_an_error_of_the_database_tells_none_of_the_data(hirosaki: CoopStore) -> None:
    """Its text goes to the log."""
    impossible = NewAccount(AccountKind.MEMBER, "secret-login", registered_at=NOW, email="secret@example.jp")
    with pytest.raises(IntegrityError) as refused:
        await hirosaki.accounts.add(impossible, "secret-hash")
    shown = str(refused.value)
    assert "ck_accounts_staff_have_no_member_number" in shown
    assert "secret" not in shown


async def test_what_fails_in_a_transaction_undoes_all_of_it(hirosaki: CoopStore) -> None:
    await account_of(hirosaki, HANAKO)

    async def both() -> None:
        async with hirosaki.transaction() as within:
            await account_of(within, TARO)
            await account_of(within, HANAKO)

    with pytest.raises(LoginIdTaken):
        await both()
    assert await hirosaki.accounts.of_members([TARO]) == {TARO: None}


async def test_a_transaction_within_one_can_fail_alone(hirosaki: CoopStore) -> None:
    await account_of(hirosaki, HANAKO)
    async with hirosaki.transaction() as outer:
        taro = await account_of(outer, TARO)
        with suppress(LoginIdTaken):
            async with outer.transaction() as inner:
                await account_of(inner, HANAKO)
    assert await hirosaki.accounts.of_members([TARO]) == {TARO: taro}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("210100001234p", "210100001234p"),
        ("210100001234ｐ", "210100001234p"),
        ("２１０１００００１２３４Ｐ", "210100001234p"),
        (" Sapporo@Example.JP\u3000", "sapporo@example.jp"),
    ],
)
def test_login_ids_are_compared_without_width_case_and_surrounding_space(written: str, key: str) -> None:
    """A9, A37."""
    assert login_key(written) == key


def test_a_member_number_keeps_its_leading_zeros() -> None:
    assert login_key(MemberNumber("00012345")) == "00012345"
