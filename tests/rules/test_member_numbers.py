"""組合員番号 (A3, A4, A5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.records import MemberNumber
from gateway.coop_config.rules import MemberNumberFormat
from gateway.rules.member_numbers import MemberNumberError, display, normalise, parse

HIROSAKI = MemberNumberFormat(length=12, prefix="2101", groups=(4, 4, 4))
HOKKAIDO = MemberNumberFormat(length=8, groups=(4, 4))

NUMBER = MemberNumber("210112345678")


@pytest.mark.parametrize(
    "typed",
    [
        "210112345678",
        "2101 1234 5678",
        "2101-1234-5678",
        " 2101　1234　5678\n",
        "２１０１１２３４５６７８",
        "２１０１－１２３４－５６７８",
        "2101ー1234ー5678",
        "2101ｰ1234ｰ5678",
        "2101–1234—5678",
        "2101−1234‐5678",
        "2101\u200b1234\u00a05678",
    ],
)
def test_a_number_is_understood_whatever_the_width_of_digits_spaces_and_hyphens(typed: str) -> None:
    """A4, A5."""
    assert normalise(typed) == NUMBER
    assert parse(typed, HIROSAKI) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "   ", "---", "21011234567x", "210112345678p", "٢١٠١١٢٣٤٥٦٧٨", "2101_1234"]
)
def test_what_is_not_digits_is_refused_in_japanese(typed: str) -> None:
    """A4."""
    with pytest.raises(MemberNumberError, match=r"^組合員番号は半角数字（ハイフンなし）でご入力ください。$"):
        normalise(typed)


@pytest.mark.parametrize("typed", ["21011234567", "2101123456789"])
def test_a_number_of_another_length_is_refused_with_the_guides_own_words(typed: str) -> None:
    """A4."""
    with pytest.raises(MemberNumberError, match=r"^半角数字12桁（ハイフンなし）でご入力ください。$"):
        parse(typed, HIROSAKI)


def test_a_number_with_another_beginning_is_refused_with_the_right_beginning_named() -> None:
    """A3."""
    with pytest.raises(MemberNumberError, match=r"^組合員番号は「2101」から始まる12桁の番号です。$"):
        parse("310112345678", HIROSAKI)


def test_each_co_op_has_its_own_length_and_beginning() -> None:
    """A3: the format is the co-op's."""
    assert parse("1000 0001", HOKKAIDO) == "10000001"
    with pytest.raises(MemberNumberError, match="半角数字8桁"):
        parse("210112345678", HOKKAIDO)


def test_leading_zeros_are_kept() -> None:
    """A member number is text."""
    assert parse("0000-0007", HOKKAIDO) == "00000007"


def test_a_number_is_shown_in_the_groups_printed_on_the_card() -> None:
    """A5."""
    assert display(NUMBER, HIROSAKI) == "2101 1234 5678"
    assert display(MemberNumber("10000001"), HOKKAIDO) == "1000 0001"


def test_a_number_of_a_strange_length_is_shown_as_it_is() -> None:
    """The registry may hold one; none of its digits may be lost."""
    assert display(MemberNumber("21011234567"), HIROSAKI) == "21011234567"


@given(st.text(alphabet="0123456789０１２３４５６７８９ 　-－ー‐−①", min_size=1))
def test_normalising_twice_is_normalising_once(typed: str) -> None:
    """Idempotent, for whatever is a number at all."""
    try:
        once = normalise(typed)
    except MemberNumberError:
        return
    assert normalise(once) == once
    assert once.isascii()
    assert once.isdigit()


@given(st.from_regex(r"2101[0-9]{8}", fullmatch=True))
def test_what_is_shown_can_be_typed_again(number: str) -> None:
    """A5: spaces are accepted on input."""
    assert parse(display(MemberNumber(number), HIROSAKI), HIROSAKI) == number
