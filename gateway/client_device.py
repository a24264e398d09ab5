"""What a client says it runs on (A2, X22): a matter of presentation, never a security boundary."""

from enum import Enum


class ClientDevice(Enum):
    """パソコン, スマホ, スマホ以外の携帯電話."""

    PC = "PC"
    SMARTPHONE = "SMARTPHONE"
    FEATURE_PHONE = "FEATURE_PHONE"
