"""Members of the simulated co-op with figures of their own (`legacy.population`), by what the tests need them for."""

from adapters.records import MemberNumber


def hirosaki(index: int) -> MemberNumber:
    """The member with this index."""
    return MemberNumber(f"2101{index:08d}")


TARO = hirosaki(1)
"""弘前 太郎: Pico 4,350, points 120, Web points 640, two unreceived slips, a meal card."""
HANAKO = hirosaki(2)
"""津軽 花子: no money, no points, no meal card."""
MEGUMI = hirosaki(6)
"""白神 恵: has suspended Pico on the Web."""
SORA = hirosaki(12)
"""平川 空: joined this spring, no history at all."""
NOBODY = hirosaki(99_999_999)
"""Nobody's number."""
EVERYBODY = [hirosaki(index) for index in range(1, 101)]
