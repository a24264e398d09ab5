"""Notices that the co-op's staff publish and withdraw (D8, D9)."""
