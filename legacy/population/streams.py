"""Random streams that depend on nothing but what they are named after."""

from hashlib import blake2b
from math import exp
from random import Random

SEED = 20140401
"""The population everybody knows, unless told otherwise."""


def stream(*name: str | int) -> Random:
    """The stream of this name: the same figures in every process, on every day, in any order of asking."""
    label = "/".join(map(str, name)).encode()
    return Random(int.from_bytes(blake2b(label, digest_size=8).digest(), "big"))


def poisson(rng: Random, mean: float) -> int:
    """A count with this mean: exact for small means, rounded normal for large ones."""
    if mean > 30:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
