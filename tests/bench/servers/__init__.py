"""The Python servers of the comparison: `python -m tests.bench.servers NAME`."""
