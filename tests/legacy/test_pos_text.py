"""How the POS writes text and figures (docs/wire/pos.md, "Values")."""

from datetime import date, datetime
from decimal import Decimal

from legacy.pos import text


def test_the_vendor_writes_taka_and_saki_into_other_rows_than_python() -> None:
    assert text.encoded("髙﨑") == b"\xfb\xfc\xfa\xb1"
    assert "髙﨑".encode("cp932") == b"\xee\xe0\xed\x95"


def test_what_the_vendor_writes_is_read_by_python() -> None:
    assert text.encoded("髙﨑 健一 ⅰ№㈱①").decode("cp932") == "髙﨑 健一 ⅰ№㈱①"


def test_private_use_characters_are_f040_onwards() -> None:
    assert text.encoded("\ue000\ue757") == b"\xf0\x40\xf9\xfc"


def test_a_field_is_cut_at_bytes_and_may_end_with_half_a_character() -> None:
    assert text.field("ミールカードＡ-1200円コース", 24).endswith("円コ".encode("cp932") + b"\x81")


def test_a_field_is_padded_with_full_width_spaces_after_full_width_text() -> None:
    assert text.field("文庫", 9) == "文庫\u3000\u3000".encode("cp932") + b" "


def test_a_field_is_padded_with_half_width_spaces_after_half_width_text() -> None:
    assert text.field("A4", 6) == b"A4    "


def test_a_field_is_cut_before_it_is_escaped() -> None:
    assert text.field("A&B", 2) == b"A&amp;"


def test_a_number_has_nine_digits_and_its_minus_behind() -> None:
    assert (text.number(4500), text.number(-350), text.number(0)) == (
        b"000004500",
        b"000000350-",
        b"000000000",
    )


def test_a_nutrient_has_one_place() -> None:
    assert (text.measure(Decimal("598")), text.measure(Decimal("1.7"))) == (b"0598.0", b"0001.7")


def test_days_and_times_are_digits_and_no_day_is_zeros() -> None:
    assert text.day(date(2026, 3, 9)) == b"20260309"
    assert text.day(None) == b"00000000"
    assert text.time(datetime.fromisoformat("2026-11-20T09:05:07+09:00")) == b"20261120090507"
