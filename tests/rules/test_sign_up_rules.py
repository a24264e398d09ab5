"""What may be a login ID and an e-mail address, and who somebody is by birth date and phone."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.rules.email_addresses import usable_email
from gateway.rules.identity import is_the_guardian, is_the_member
from gateway.rules.login_ids import usable_login_id
from tests.accounts.registries import TARO, TAROS_PARENT
from tests.config.coops import load

HIROSAKI = load()["hirosaki"]
BORN = date(2005, 8, 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hirosaki-taro", "hirosaki-taro"),
        (" ｈｉｒｏｓａｋｉ．ｔａｒｏ　", "hirosaki.taro"),
        ("Taro", "Taro"),
        ("a" * 32, "a" * 32),
        ("2005", "2005"),
    ],
)
def test_a_login_id_is_kept_half_width(typed: str, kept: str) -> None:
    """A36, A37."""
    assert usable_login_id(typed, HIROSAKI.member_numbers, HIROSAKI.provisional) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "abc", "a" * 33, "弘前太郎", "taro taro", "taro@example.jp", "-taro", "taro\n1", "taro\x00"),
        *("210100000001", "210100000001p", "２１０１　０００００００１Ｐ", "210100000001-p"),
    ],
)
def test_neither_a_provisional_id_nor_anything_odd_is_a_login_id(typed: str) -> None:
    """A8, A9."""
    assert usable_login_id(typed, HIROSAKI.member_numbers, HIROSAKI.provisional) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("taro@example.jp", "taro@example.jp"),
        (" ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ\n", "taro@example.jp"),
        ("ren..i.@docomo.example", "ren..i.@docomo.example"),
        ("a+b/c@mail.example.co.jp", "a+b/c@mail.example.co.jp"),
    ],
)
def test_an_address_is_kept_half_width_and_may_be_an_old_mobile_phones(typed: str, kept: str) -> None:
    """A1, A37."""
    assert usable_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "taro", "@example.jp", "taro@localhost", "taro@ example.jp", "taro@example..jp"),
        *("太郎@example.jp", "taro@-example.jp", "taro@example.jp\nBcc: x@example.jp", '"x"@example.jp'),
        *("a@b@example.jp", "a" * 65 + "@example.jp", "a@" + ("b" * 63 + ".") * 4 + "jp"),
    ],
)
def test_anything_else_is_no_address(typed: str) -> None:
    assert usable_email(typed) is None


@pytest.mark.parametrize("phone", ["0172001001", "0172-00-1001", "０１７２（００）１００１", "090 0000 0001"])
def test_a_member_is_known_by_birth_date_and_either_phone(phone: str) -> None:
    assert is_the_member(TARO, BORN, phone)
    assert not is_the_member(TARO, date(2005, 8, 2), phone)


@pytest.mark.parametrize("phone", ["", "001001", "08000000001", "none", "\ud83c"])
def test_another_phone_is_not_the_members(phone: str) -> None:
    assert not is_the_member(TARO, BORN, phone)


def test_a_guardian_is_known_by_the_family_phone_or_their_own_and_not_by_the_students() -> None:
    """A11, A16."""
    assert is_the_guardian(TARO, TAROS_PARENT, BORN, "080-0000-0001")
    assert is_the_guardian(TARO, TAROS_PARENT, BORN, "0172001001")
    assert not is_the_guardian(TARO, TAROS_PARENT, BORN, "09000000001")


def test_whom_the_registry_has_no_birth_date_or_phone_of_nobody_can_be() -> None:
    unknown = replace(TARO, home_phone=None, mobile_phone=None)
    assert not is_the_member(unknown, BORN, "")
    assert not is_the_member(replace(TARO, birth_date=None), BORN, "0172001001")
