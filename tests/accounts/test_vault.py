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


def test_a_vault_does_not_show_its_key() -> None:
    assert KEY not in repr(Vault(KEY))
