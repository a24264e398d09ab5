"""How many members are in which co-op, at a size."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

NATION = 1_500_000
COOPS_OF_THE_NATION = 210
MEDIAN, SIGMA, SMALLEST, LARGEST = 5_200, 0.85, 300, 60_000
"""Co-op sizes are log-normal."""


@dataclass(frozen=True, slots=True)
class Coop:
    """A co-op in the gateway's store: so many members, whose numbers are `every` so many places apart."""

    code: str
    members: int
    before_the_first: int
    every: int = 1


@dataclass(frozen=True, slots=True)
class Size:
    """So many members in the store, over as many co-ops as the nation has for so many.

    Two co-ops are asked. Hirosaki keeps its own size in the store, as one of many; its registry holds all the members
    there are, which no registry does, and Hirosaki's own are spread over it. Hokkaido's holds at most what the largest
    school co-op has.
    """

    members: int

    @property
    def hirosaki(self) -> int:
        """Members of Hirosaki in the store."""
        return self.members * 8 // 10 if self.members <= 10_000 else 8_000

    @property
    def hokkaido(self) -> int:
        """The same of Hokkaido."""
        return self.members // 10 if self.members <= 10_000 else 1_000

    @property
    def hokkaido_registry(self) -> int:
        """Members in the registry of Hokkaido."""
        return min(30_000, max(self.hokkaido, self.members // 25))

    def coops(self) -> Iterator[Coop]:
        """All co-ops, those that are asked first."""
        yield Coop("hirosaki", self.hirosaki, 210_100_000_000, every=self.members // self.hirosaki)
        yield Coop("hokkaido", self.hokkaido, 10_000_000, every=self.hokkaido_registry // self.hokkaido)
        rest = self.members - self.hirosaki - self.hokkaido
        for number, members in enumerate(_log_normal(rest, self._others), start=1):
            yield Coop(f"coop-{number:03d}", members, 900_000_000_000)

    @property
    def _others(self) -> int:
        return max(1, round(self.members * (COOPS_OF_THE_NATION - 2) / NATION))


def _log_normal(members: int, coops: int) -> list[int]:
    """So many members over so many co-ops, sized as the nation's are."""
    law = NormalDist(log(MEDIAN), SIGMA)
    shares = [min(max(exp(law.inv_cdf((place + 0.5) / coops)), SMALLEST), LARGEST) for place in range(coops)]
    return [round(members * share / sum(shares)) for share in shares]
