"""Legacy text, byte by byte where it matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters import legacy_text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (bytes.fromhex("fbfc fab1"), "髙﨑"),
        (bytes.fromhex("eee0 ed95"), "髙﨑"),
        (bytes.fromhex("8740 878a"), "①㈱"),
        (bytes.fromhex("f040"), "\ue000"),
        (b"\x8c\x83", "激"),
    ],
)
def test_vendor_characters_decode(raw: bytes, text: str) -> None:
    assert legacy_text.decode(raw) == text


@pytest.mark.parametrize("following", [b"<", b" ", b""])
def test_half_a_character_becomes_a_stand_in_and_costs_nothing_after_it(following: bytes) -> None:
    assert legacy_text.decode(b"A\x8c" + following) == "A〓" + following.decode()


@given(st.binary())
def test_every_byte_string_decodes(raw: bytes) -> None:
    assert "\ufffd" not in legacy_text.decode(raw)


@given(st.text(alphabet=st.characters(codec="cp932", exclude_characters="¢£¬‖−〜")))
def test_what_was_written_whole_is_read_whole(text: str) -> None:
    assert legacy_text.decode(text.encode("cp932")) == text


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("弘前　太郎　　  ", "弘前　太郎"),
        ("ﾋﾛｻｷ ﾀﾛｳ", "ヒロサキ タロウ"),
        ("ｶﾞｰﾊﾟﾝ", "ガーパン"),
        ("藤\ue000 凛", "藤〓 凛"),
        ("\uf8f0A\x00B\x1f", "〓A〓B〓"),
        ("①㈱ A1-", "①㈱ A1-"),
        ("髙﨑～", "髙﨑～"),
        ("　", ""),
    ],
)
def test_what_a_person_is_shown(kept: str, shown: str) -> None:
    assert legacy_text.shown(kept) == shown


@given(st.text())
def test_what_is_shown_holds_no_private_use_character_and_no_padding(text: str) -> None:
    shown = legacy_text.shown(text)
    assert shown == shown.strip(legacy_text.PADDING)
    assert not any("\ue000" <= character <= "\uf8ff" for character in shown)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("０１７２－３４－４８０６", "0172344806"),
        ("(0172) 34-4806", "0172344806"),
        ("0172ー34ー4806　", "0172344806"),
        ("〒036-8224", "0368224"),
        ("　", ""),
    ],
)
def test_the_digits_of_a_telephone_number_of_any_width(typed: str, digits: str) -> None:
    assert legacy_text.digits(typed) == digits


def test_an_identifier_is_half_width_without_padding() -> None:
    assert legacy_text.identifier("　２１０１００００００１１ ") == "210100000011"


@pytest.mark.parametrize("typed", ["ひろさき　がっこう", "ヒロサキ ガッコウ", "ﾋﾛｻｷ ｶﾞｯｺｳ"])
def test_kana_of_any_kind_becomes_the_half_width_kana_of_the_registry(typed: str) -> None:
    assert legacy_text.half_width_kana(typed) == "ﾋﾛｻｷ ｶﾞｯｺｳ"
