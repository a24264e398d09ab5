"""A request's line and header fields, read as they are asked for: of most fields nobody wants to know."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from starlette.requests import cookie_parser
from starlette.types import Scope

from gateway.store.records import Origin

RawFields = Sequence[tuple[bytes, bytes]]


class RequestHead:
    """The head of one request. Names of fields are in lower case."""

    __slots__ = ("_cookies", "_fields", "_scope", "method")

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self._scope = scope
        self._fields = _by_name(scope["headers"])
        self._cookies: Mapping[str, str] | None = None

    def field(self, name: str) -> str | None:
        """A field's value, None without it; of one that came several times all values, with commas between them."""
        value = self._fields.get(name.encode())
        return None if value is None else value.decode("latin-1")

    @property
    def cookies(self) -> Mapping[str, str]:
        """The cookies that came with it."""
        if self._cookies is None:
            written = self.field("cookie")
            self._cookies = {} if written is None else cookie_parser(written)
        return self._cookies

    @property
    def query(self) -> bytes:
        """What stands behind the question mark of its address."""
        query: bytes = self._scope["query_string"]
        return query

    @property
    def origin(self) -> Origin:
        """Where it comes from, for the throttle and the access log, as far as we know."""
        client = self._scope.get("client")
        return Origin(address=client[0] if client else None, user_agent=self.field("user-agent"))


def _by_name(fields: RawFields) -> Mapping[bytes, bytes]:
    by_name = dict(fields)
    return by_name if len(by_name) == len(fields) else _joined(fields)


def _joined(fields: RawFields) -> Mapping[bytes, bytes]:
    """The values of each name as one (RFC 9110, 5.2; RFC 6265, 5.4 for cookies)."""
    values: dict[bytes, list[bytes]] = defaultdict(list)
    for name, value in fields:
        values[name].append(value)
    return {name: (b"; " if name == b"cookie" else b", ").join(several) for name, several in values.items()}
