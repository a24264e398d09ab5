"""The endpoint's fixtures, for the tests that ask the gateway itself."""

from tests.api.conftest import api

__all__ = ["api"]
