"""The signing key of every gateway under test: what is sealed in the seeded database is sealed with it."""

SIGNING_KEY = "a key of the tests, which protects nothing at all"
