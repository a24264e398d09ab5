"""How a card's money is settled, for any purchases, balance and points (B1, B4)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from legacy.population.streams import stream
from legacy.pos.prepaid import Flow, settled

purchases = st.lists(st.integers(200, 14_999), max_size=8)
months = st.lists(purchases, min_size=1, max_size=24)
balances = st.integers(0, 50_000)
points = st.integers(0, 199)


def flows_of(bought: list[list[int]], balance: int, present_points: int, seed: int = 1) -> list[Flow]:
    """Months as the journal settles them, with Web points where the rules allow some."""
    spent = [*map(sum, bought)]
    web_points = [
        400 if yen >= 2_000 and 2 <= month < len(spent) - 1 else 0 for month, yen in enumerate(spent)
    ]
    return settled(spent, web_points, balance, present_points, stream("test", seed))


@given(months, balances, points, st.integers(0, 99))
def test_the_last_month_ends_at_the_present_balance(
    bought: list[list[int]], balance: int, present_points: int, seed: int
) -> None:
    flows = flows_of(bought, balance, present_points, seed)
    assert flows[-1].closing == (balance if any(bought) else 0)
    assert flows[0].opening == 0
    assert all(before.closing == after.opening for before, after in pairwise(flows))


@given(months, balances, points, st.integers(0, 99))
def test_no_balance_and_no_deposit_is_negative(
    bought: list[list[int]], balance: int, present_points: int, seed: int
) -> None:
    flows = flows_of(bought, balance, present_points, seed)
    assert all(flow.deposits >= 0 <= flow.closing for flow in flows)


@given(months, balances, points, st.integers(0, 99))
def test_only_the_first_deposit_has_odd_yen(
    bought: list[list[int]], balance: int, present_points: int, seed: int
) -> None:
    deposits = [flow.deposits for flow in flows_of(bought, balance, present_points, seed)]
    first = next((month for month, yen in enumerate(deposits) if yen), 0)
    assert all(yen % 1_000 == 0 for yen in deposits[first + 1 :])


@given(months, balances, points)
def test_the_meter_ends_at_the_present_points(
    bought: list[list[int]], balance: int, present_points: int
) -> None:
    """B4: below 200, because the register has topped up."""
    flows = flows_of(bought, balance, present_points)
    reading = flows[-1].meter + sum(bought[-1])
    assert reading // 100 % 200 == (present_points if any(bought) else 0)


@given(months, balances, points)
def test_welcome_points_come_once_and_with_a_deposit(
    bought: list[list[int]], balance: int, present_points: int
) -> None:
    flows = flows_of([[400, *bought[0]], *bought[1:]], balance, present_points)
    assert [flow.welcome_points for flow in flows[1:]] == [0] * (len(flows) - 1)
    assert flows[0].deposits > 0


def test_a_card_that_never_paid_has_no_flow() -> None:
    assert settled([0, 0], [0, 0], 0, 0, stream("test")) == [Flow(0, 0, 0, 0, 0, 0)] * 2
