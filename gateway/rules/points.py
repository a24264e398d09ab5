"""Points become prepaid money in whole units of, say, 200 points."""


def to_automatic_top_up(points: int, unit: int) -> int:
    """Points still missing until the register tops up by itself (B4); 0 when the next purchase will."""
    return max(unit - points, 0)


def transferable(web_points: int, unit: int) -> int:
    """The part of the Web points that can be moved to prepaid: whole units only (B6)."""
    return max(web_points, 0) // unit * unit
