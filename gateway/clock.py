"""The clock is passed in wherever time matters, so that a rule never asks the machine."""

from adapters.japan_time import JAPAN, Clock, system_clock

__all__ = ["JAPAN", "Clock", "system_clock"]
