"""`python -m tests.bench.scale`: the same reads with ten thousand members and with a million and a half."""
