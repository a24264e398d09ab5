"""仮ログインID and 仮パスワード (A8–A14, X1), against the guide's own words."""

from dataclasses import replace
from datetime import date

import pytest

from adapters.records import Member, MemberNumber
from gateway.coop_config.rules import ProvisionalRules
from gateway.rules.provisional_credentials import (
    ProvisionalId,
    canonical_id,
    is_issued,
    is_one_of,
    parse_provisional_id,
    secrets_of,
)
from gateway.viewer import AccountKind
from tests.accounts.registries import KENICHI, KENICHIS_PARENT, TARO, TAROS_PARENT
from tests.config.coops import load

HIROSAKI, HOKKAIDO = load()["hirosaki"], load()["hokkaido"]
NUMBER = MemberNumber("210100001234")


def rules() -> ProvisionalRules:
    assert HIROSAKI.provisional is not None
    return HIROSAKI.provisional


def parsed(text: str) -> ProvisionalId | None:
    return parse_provisional_id(text, HIROSAKI.member_numbers, HIROSAKI.provisional)


def member(**changes: object) -> Member:
    return replace(TARO, **changes)  # type: ignore[arg-type]  # the test names the fields


@pytest.mark.parametrize(
    "text",
    ["210100001234", "2101 0000 1234", "２１０１００００１２３４", " 2101-0000-1234 ", "2101－0000－1234"],
)
def test_a_members_id_is_the_number_however_it_is_typed(text: str) -> None:
    """A3, A4, A5."""
    assert parsed(text) == ProvisionalId(NUMBER, AccountKind.MEMBER)


@pytest.mark.parametrize(
    "text", ["210100001234ｐ", "210100001234p", "210100001234P", "210100001234Ｐ", "2101 0000 1234 p"]
)
def test_a_guardians_id_has_a_p_of_any_width_and_case(text: str) -> None:
    """A8, A9: the guide prints a full-width one in its example."""
    assert parsed(text) == ProvisionalId(NUMBER, AccountKind.GUARDIAN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p",
        "hirosaki-taro",
        "taro@example.jp",
        "21010000123",
        "2101000012345",
        "990100001234",
        "210100001234pp",
        "210100001234x",
    ],
)
def test_whatever_else_people_sign_in_with_is_none(text: str) -> None:
    assert parsed(text) is None


def test_a_co_op_without_provisional_credentials_has_no_such_ids() -> None:
    assert HOKKAIDO.provisional is None
    assert parse_provisional_id("10000001", HOKKAIDO.member_numbers, HOKKAIDO.provisional) is None


@pytest.mark.parametrize("kind", [AccountKind.MEMBER, AccountKind.GUARDIAN])
def test_there_is_one_way_to_write_an_id(kind: AccountKind) -> None:
    """A9."""
    whose = ProvisionalId(NUMBER, kind)
    assert canonical_id(whose, rules()) == {"MEMBER": "210100001234", "GUARDIAN": "210100001234p"}[kind.value]
    assert parsed(canonical_id(whose, rules())) == whose


@pytest.mark.parametrize(
    ("flag", "joined_on", "issued"),
    [
        (True, date(2013, 3, 1), True),
        (False, date(2020, 3, 1), False),
        (None, date(2013, 12, 31), False),
        (None, date(2014, 1, 1), True),
        (None, date(2024, 3, 10), True),
    ],
)
def test_the_registrys_flag_wins_else_it_is_who_joined_in_2014_or_later(
    flag: bool | None, joined_on: date, issued: bool
) -> None:
    """A14, X1: 2014 stands on both sides of the guide."""
    assert is_issued(member(provisional_credential_issued=flag, joined_on=joined_on), rules()) is issued


def test_a_provisional_password_of_2019_is_six_digits_of_a_phone_number() -> None:
    """A10, A11: 帰省先電話番号または保護者携帯番号の下６桁."""
    assert secrets_of(KENICHI, KENICHIS_PARENT, rules()) == ("001003", "123456")


def test_a_provisional_password_of_2020_is_the_date_of_birth() -> None:
    """A12: 学生本人の生年月日８桁, for the guardian too."""
    assert secrets_of(member(admission_year=2020), TAROS_PARENT, rules()) == ("20050801",)
    assert secrets_of(TARO, TAROS_PARENT, rules()) == ("20050801",)


def test_who_has_no_year_of_admission_goes_by_the_year_of_joining() -> None:
    later, earlier = date(2021, 4, 1), date(2018, 4, 1)
    assert secrets_of(member(admission_year=None, joined_on=later), None, rules()) == ("20050801",)
    assert secrets_of(member(admission_year=None, joined_on=earlier), None, rules()) == ("001001",)


def test_what_the_registry_lacks_is_no_secret() -> None:
    """Nobody gets in with an empty password, or with three digits of a number that was typed in wrong."""
    assert secrets_of(member(birth_date=None), TAROS_PARENT, rules()) == ()
    assert secrets_of(replace(KENICHI, home_phone=None), None, rules()) == ()
    assert secrets_of(replace(KENICHI, home_phone="110"), KENICHIS_PARENT, rules()) == ("123456",)
    assert secrets_of(KENICHI, replace(KENICHIS_PARENT, mobile_phone=None), rules()) == ("001003",)
    assert not is_one_of("", ())


@pytest.mark.parametrize("typed", ["001003", "００１００３", "001-003", " 001 003 ", "123456"])
def test_either_phone_number_is_right_in_any_width(typed: str) -> None:
    """A11."""
    assert is_one_of(typed, ("001003", "123456"))


@pytest.mark.parametrize("typed", ["", "001004", "1003", "0172001003", "001003123456", "20050801"])
def test_nothing_else_is(typed: str) -> None:
    assert not is_one_of(typed, ("001003", "123456"))
