"""Keyed hashes and sealed secrets."""

import pytest
from cryptography.fernet import InvalidToken

from gateway.accounts import Vault

KEY = "a signing key of the tests' own, 32 or more"


def test_a_digest_depends_on_key_purpose_and_every_part() -> None:
    vault = Vault(KEY)
    digests = {
        vault.digest("code", "a", "b"),
        vault.digest("code", "ab"),
        vault.digest("code", "a", "b", ""),
        vault.digest("throttle", "a", "b"),
        Vault(KEY + "x").digest("code", "a", "b"),
    }
    assert len(digests) == 5
    assert {len(digest) for digest in digests} == {32}
    assert vault.digest("code", "a", "b") == Vault(KEY).digest("code", "a", "b")


def test_any_text_has_a_digest() -> None:
    assert len(Vault(KEY).digest("code", "half a pair \ud83c", "nul\x00inside")) == 32


def test_what_is_sealed_is_opened_by_the_same_key_for_the_same_purpose() -> None:
    sealed = Vault(KEY).seal("totp-secret", "JBSWY3DPEHPK3PXP")
    assert b"JBSWY3DPEHPK3PXP" not in sealed
    assert Vault(KEY).open("totp-secret", sealed) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    ("key", "purpose"), [("another key, which is as long", "totp-secret"), (KEY, "other")]
)
def test_nobody_else_opens_it(key: str, purpose: str) -> None:
    sealed = Vault(KEY).seal("totp-secret", "JBSWY3DPEHPK3PXP")
    with pytest.raises(InvalidToken):
        Vault(key).open(purpose, sealed)


def test_what_a_former_key_has_made_is_understood_and_nothing_new_is_made_with_it() -> None:
    former, rotated = (
        Vault("the key of before, which is as long"),
        Vault(KEY, "the key of before, which is as long"),
    )
    sealed = former.seal("totp-secret", "JBSWY3DPEHPK3PXP")

    assert rotated.open("totp-secret", sealed) == "JBSWY3DPEHPK3PXP"
    assert rotated.digests("code", "a") == [Vault(KEY).digest("code", "a"), former.digest("code", "a")]
    assert rotated.digest("code", "a") == Vault(KEY).digest("code", "a")
    assert Vault(KEY).open("totp-secret", rotated.seal("totp-secret", "x")) == "x"


def test_what_was_sealed_with_a_former_key_is_sealed_anew_once() -> None:
    former, rotated = (
        Vault("the key of before, which is as long"),
        Vault(KEY, "the key of before, which is as long"),
    )
    anew = rotated.sealed_anew("totp-secret", former.seal("totp-secret", "JBSWY3DPEHPK3PXP"))

    assert anew is not None
    assert Vault(KEY).open("totp-secret", anew) == "JBSWY3DPEHPK3PXP"
    assert rotated.sealed_anew("totp-secret", anew) is None


def test_a_vault_does_not_show_its_key() -> None:
    assert KEY not in repr(Vault(KEY))
