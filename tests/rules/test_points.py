"""Points become money in whole units (B4, B6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.rules.points import to_automatic_top_up, transferable


@pytest.mark.parametrize(("points", "missing"), [(0, 200), (120, 80), (199, 1), (200, 0), (450, 0)])
def test_points_still_missing_until_the_register_tops_up(points: int, missing: int) -> None:
    """B4: at 200 points."""
    assert to_automatic_top_up(points, 200) == missing


@pytest.mark.parametrize(("web_points", "movable"), [(0, 0), (199, 0), (200, 200), (640, 600), (-5, 0)])
def test_web_points_move_in_whole_units(web_points: int, movable: int) -> None:
    """B6: 200ポイントごと."""
    assert transferable(web_points, 200) == movable


@given(st.integers(0, 1_000_000), st.integers(1, 1000))
def test_never_more_web_points_move_than_there_are(web_points: int, unit: int) -> None:
    """B6."""
    moved = transferable(web_points, unit)
    assert moved % unit == 0
    assert 0 <= web_points - moved < unit
