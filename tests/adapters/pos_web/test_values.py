"""Values as the POS writes them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.japan_time import JAPAN
from adapters.pos_web import values
from adapters.records import MemberNumber, TransactionKey, YearMonth

keys = st.builds(
    TransactionKey,
    st.dates(min_value=date(1000, 1, 1)),
    st.from_regex("[0-9]{3}", fullmatch=True),
    st.from_regex("[0-9]{2}", fullmatch=True),
    st.integers(0, 999_999),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [("000004500", 4500), ("000000350-", -350), ("000000000", 0), (" 000000007", 7), ("000000000-", 0)],
)
def test_a_number_may_have_a_trailing_minus(text: str, number: int) -> None:
    assert values.number(text) == number


def test_a_blank_number_is_none_where_it_may_be() -> None:
    assert values.number_or_none(" ") is None
    assert values.number_or_none("000012080") == 12080


def test_a_nutrient_has_one_place() -> None:
    assert values.decimal("0598.0") == Decimal("598.0")


def test_days_months_and_times() -> None:
    assert values.day("20261120") == date(2026, 11, 20)
    assert values.day_or_none("00000000") is None
    assert values.month("202604") == YearMonth(2026, 4)
    assert values.time("20261120123059") == datetime(2026, 11, 20, 12, 30, 59, tzinfo=JAPAN)
    assert values.time("20261120123059").isoformat() == "2026-11-20T12:30:59+09:00"


def test_a_transaction_key() -> None:
    assert values.key("20261119-001-03-000123") == TransactionKey(date(2026, 11, 19), "001", "03", 123)
    assert values.key_or_none("  ") is None


@given(keys)
def test_a_key_is_read_as_it_was_written(key: TransactionKey) -> None:
    assert values.key(values.write_key(key)) == key


@pytest.mark.parametrize(
    "forged",
    [
        TransactionKey(date(2026, 11, 19), "1", "03", 123),
        TransactionKey(date(2026, 11, 19), "001", "<>", 123),
        TransactionKey(date(2026, 11, 19), "001", "03", 1_000_000),
        TransactionKey(date(2026, 11, 19), "001", "03", -1),
    ],
)
def test_a_forged_key_is_not_written(forged: TransactionKey) -> None:
    with pytest.raises(ValueError, match=r"^not a transaction key$"):
        values.write_key(forged)


@pytest.mark.parametrize("number", ["", "2101-0000", "２１０１", "2101000000011"])
def test_what_is_no_member_number_is_not_written(number: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        values.write_number(MemberNumber(number))


def test_a_page_holds_1_to_200() -> None:
    assert (values.write_page_size(1), values.write_page_size(201)) == ("1", "200")
    with pytest.raises(ValueError, match="less than one"):
        values.write_page_size(0)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (values.number, ""),
        (values.number, "-350"),
        (values.number, "4 500"),
        (values.number, "４５００"),
        (values.number, "4500--"),
        (values.decimal, "0598,0"),
        (values.decimal, "NaN"),
        (values.decimal, "1e1000000"),
        (values.flag, "2"),
        (values.day, "00000000"),
        (values.day, "20260230"),
        (values.day, "2026112"),
        (values.day, "+2026112"),
        (values.month, "202613"),
        (values.time, "20261120246000"),
        (values.key, "20261119-001-03"),
        (values.key, "20261119-001-03-X"),
    ],
)
def test_what_is_no_value_is_refused_without_being_quoted(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"^[a-z]") as refused:
        read(text)
    assert not text or text not in str(refused.value)
