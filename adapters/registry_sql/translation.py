"""What SQLAlchemy and the drivers raise becomes what the ports promise: here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from adapters.errors import Garbled, TimedOut, Unavailable

QUERY_CANCELED = "57014"
"""SQLSTATE of a statement the database itself gave up, at our `statement_timeout` or by its operator's
hand.
"""


@contextmanager
def translated(system: str) -> Iterator[None]:
    """Lets only `AdapterError`s out of what is done inside."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise
