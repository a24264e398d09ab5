"""What SQLAlchemy and the drivers raise becomes what the ports promise: here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from asyncpg import InternalClientError  # type: ignore[import-untyped]
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from adapters.errors import AdapterError, Garbled, TimedOut, Unavailable

CANCELED_BY_THE_DATABASE: Final = "57014"
"""SQLSTATE of a statement PostgreSQL gave up, at our `statement_timeout` or at its operator's bidding."""

UNDECODABLE: Final = (ValueError, ArithmeticError, LookupError, BufferError, InternalClientError)
"""What drivers raise over bytes that make no sense."""


@contextmanager
def translated(system: str) -> Iterator[None]:
    """Lets `AdapterError`s and nothing else out of what is asked of a database inside."""
    try:
        yield
    except DBAPIError as error:
        raise _refused(system, error) from error
    except TimeoutError as error:
        raise TimedOut(system, "no connection was made in time") from error
    except (
        SQLAlchemyError,
        OSError,
        TypeError,
    ) as error:  # TypeError: an option of the URL the driver does not know
        raise Unavailable(system, _in_brief(error)) from error
    except UNDECODABLE as error:
        raise Garbled(system, f"an answer that cannot be decoded ({type(error).__name__})") from error


def _refused(system: str, error: DBAPIError) -> AdapterError:
    """What the database or its driver said, without the statement that SQLAlchemy adds."""
    if getattr(error.orig, "sqlstate", None) == CANCELED_BY_THE_DATABASE:
        return TimedOut(system, _in_brief(error.orig))
    return Unavailable(system, _in_brief(error.orig))


def _in_brief(error: BaseException | None) -> str:
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"
