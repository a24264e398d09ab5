"""What a new password must be (NIST SP 800-63B-4, ASVS 5.0 chapter 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.accounts.password_policy import PasswordFault, message_of, own_words, password_faults
from tests.config.coops import load

COOP = load()["hirosaki"]
WORDS = own_words(
    COOP,
    "hirosaki-taro",
    "taro.hirosaki1985@example.jp",
    "210100000001",
    "20050801",
    "弘前 太郎",
    "ヒロサキ タロウ",
    None,
)
GOOD = "朝ごはんはりんごとパンと決めている"


def faults(password: str, *, has_code: bool = False) -> list[str]:
    return [fault.value for fault in password_faults(password, WORDS, has_code=has_code)]


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "qzxv jmkw plfh 7",
        "ただのながいことばでもよい文字数",
        "🍎🍏🥕🌽🍆🍅🥔🌶🧄🧅🥦🥬🥒🫑🥑",
        "x9!kq ZZ 42 vv e" * 8,
    ],
)
def test_any_characters_will_do_if_there_are_fifteen_or_more(password: str) -> None:
    """No rules about kinds of characters: small letters, spaces, kana, anything."""
    assert faults(password) == []


def test_fifteen_characters_alone_and_eight_beside_a_code() -> None:
    assert faults("qzxv jmkw plfh") == ["TOO_SHORT"]
    assert faults("qzxv jmkw plfh.") == []
    assert faults("qzxvjmk", has_code=True) == ["TOO_SHORT"]
    assert faults("qzxvjmkw", has_code=True) == []


def test_characters_count_not_bytes() -> None:
    assert faults("りんご畑で会う", has_code=True) == ["TOO_SHORT"]
    assert faults("りんご畑で会おう", has_code=True) == []


def test_a_hundred_and_twenty_eight_characters_are_taken_and_no_more() -> None:
    """64 at least must be; nothing is cut off."""
    long = "".join(chr(0x4E00 + turn) for turn in range(129))
    assert faults(long[:128]) == []
    assert faults(long) == ["TOO_LONG"]


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "12345678",
        "qwertyuiop",
        "Football",
        "ＰＡＳＳＷＯＲＤ",
        "iloveyou",
        "trustno1",
        "baseball",
    ],
)
def test_common_ones_are_refused_in_any_case_and_width(password: str) -> None:
    assert "COMMON" in faults(password, has_code=True)


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaaa", "123412341234123412341234", "passwordpassword", "ああああああああああああああああ"],
)
def test_repeating_a_little_is_no_length(password: str) -> None:
    assert "COMMON" in faults(password)


@pytest.mark.parametrize(
    "password",
    [
        "hirosaki-taro-2026",
        "Taro.Hirosaki1985",
        "210100000001!!!",
        "tarotaro20050801",
        "弘前太郎弘前太郎弘前太郎弘前太郎",
        "弘前大学生活協同組合の私です",
        "klas.seikyou.jp2026",
        "mypage-hirosaki-1",
        "ＨＩＲＯＳＡＫＩ－ＴＡＲＯ２０２６",
    ],
)
def test_words_of_the_co_op_and_the_person_are_refused(password: str) -> None:
    assert "OWN_WORDS" in faults(password)


@pytest.mark.parametrize(
    "password", ["hirosaki no ringo wa totemo oishii", "coop の帰りに桜を見て泣いた夜のこと"]
)
def test_such_a_word_among_others_is_no_harm(password: str) -> None:
    assert faults(password) == []


def test_without_words_of_one_s_own_nothing_is_refused_for_them() -> None:
    assert password_faults("qzxv jmkw plfh.", (), has_code=False) == ()


def test_short_pieces_of_names_are_no_words() -> None:
    """`example.jp` must not forbid every password with `jp` in it; a name of two kanji counts."""
    assert "jp" not in WORDS
    assert {"弘前", "太郎", "20050801", "hirosaki1985", "seikyou"} <= set(WORDS)


@given(st.text(max_size=200))
def test_anything_can_be_judged(password: str) -> None:
    faults(password)


@given(st.text(st.characters(categories=["L", "N"]), max_size=7))
def test_nothing_under_eight_characters_ever_passes(password: str) -> None:
    assert "TOO_SHORT" in faults(password, has_code=True)


@pytest.mark.parametrize("fault", PasswordFault)
def test_every_fault_is_told_in_japanese(fault: PasswordFault) -> None:
    assert message_of(fault, has_code=False).endswith("。") or "ご利用いただけません" in message_of(
        fault, has_code=False
    )


def test_the_message_names_the_length_that_applies() -> None:
    assert "15文字以上" in message_of(PasswordFault.TOO_SHORT, has_code=False)
    assert "8文字以上" in message_of(PasswordFault.TOO_SHORT, has_code=True)
