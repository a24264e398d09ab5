"""Session tokens."""

import base64
import hashlib

from gateway.accounts.tokens import new_token, token_hash


def test_a_token_has_256_bits_in_43_characters_that_fit_a_cookie() -> None:
    token = new_token()
    assert len(base64.urlsafe_b64decode(token + "=")) * 8 == 256
    assert len(token) == 43


def test_no_token_comes_twice() -> None:
    assert len({new_token() for _ in range(1000)}) == 1000


def test_what_is_kept_of_a_token_is_its_sha_256() -> None:
    assert token_hash("abc") == hashlib.sha256(b"abc").digest()


def test_any_text_may_be_presented_as_a_token() -> None:
    assert len(token_hash("half a pair \ud83c")) == 32
