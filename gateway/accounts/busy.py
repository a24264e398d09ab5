"""What is answered while too many passwords wait to be hashed."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.passwords import TooBusy
from gateway.accounts.sign_in import COME_BACK_AFTER

P = ParamSpec("P")
R = TypeVar("R")


def sheds_load(function: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R | TooManyAttempts]]:
    """The function, which asks to come back a little later instead of raising `TooBusy`."""

    @wraps(function)
    async def shedding(*arguments: P.args, **named: P.kwargs) -> R | TooManyAttempts:
        try:
            return await function(*arguments, **named)
        except TooBusy:
            return TooManyAttempts(COME_BACK_AFTER)

    return shedding
