"""The invented people: who has number n of a co-op is a pure function of co-op, index, seed and day."""

from legacy.population.population import Population

__all__ = ["Population"]
