"""Exactly once in effect, while everything that can be killed is killed (docs/reliability.md).

`python -m tests.faults.exactly_once --instructions 2000` is the full form; `test_exactly_once.py` a small one.
"""
