"""The clock of the simulated systems: the machine's, or one that stands still for tests."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present as an aware time in Japan."""

JAPAN = ZoneInfo("Asia/Tokyo")


def system_clock() -> datetime:
    """The machine's time, in Japan."""
    return datetime.now(JAPAN)


def add_clock_argument(parser: ArgumentParser) -> None:
    """Lets a program take `--now 2026-11-20T12:00:00+09:00`; the parsed `now` is a Clock."""
    parser.add_argument(
        "--now",
        type=_stopped_at,
        default=system_clock,
        metavar="TIME",
        help="stand still at this time (ISO with offset); default: the machine's clock",
    )


def _stopped_at(text: str) -> Clock:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no ISO time; write 2026-11-20T12:00:00+09:00") from None
    if moment.tzinfo is None:
        raise ArgumentTypeError(f"{text!r} lacks an offset; write {text}+09:00 for Japan time")
    return lambda: moment.astimezone(JAPAN)
