"""Days and calendars for property tests."""

from datetime import date

from hypothesis import strategies as st

DAYS = st.dates(date(2014, 1, 1), date(2090, 12, 31))
CLOSED_DAYS = st.frozensets(DAYS, max_size=30)
CLOSING_DAYS = st.integers(1, 31)
