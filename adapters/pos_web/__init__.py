"""The POS back office over HTTP: CP932 XML, result codes inside a 200, batch inquiries, closed at night."""

from adapters.pos_web.config import PosWebConfig
from adapters.pos_web.point_of_sale import PosWeb

__all__ = ["PosWebConfig", "connect"]


def connect(name: str, config: PosWebConfig) -> PosWeb:
    """The POS called `name` (such as "hirosaki/pos"). Connects with the first question."""
    return PosWeb(name, config)
