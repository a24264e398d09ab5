"""A request's head, field by field."""

from starlette.types import Scope

from gateway.http.request_head import RequestHead
from gateway.store.records import Origin


def head(*fields: tuple[bytes, bytes], **scope: object) -> RequestHead:
    received: Scope = {
        "type": "http",
        "method": "POST",
        "headers": list(fields),
        "query_string": b"",
        **scope,
    }
    return RequestHead(received)


def test_a_field_is_found_by_its_name_in_lower_case() -> None:
    received = head((b"accept", b"application/json"), (b"host", b"gateway.test"))

    assert received.field("accept") == "application/json"
    assert received.field("cookie") is None


def test_a_field_that_came_several_times_is_one() -> None:
    received = head((b"accept", b"text/html"), (b"host", b"gateway.test"), (b"accept", b"application/json"))

    assert received.field("accept") == "text/html, application/json"


def test_so_a_token_beside_another_one_is_none() -> None:
    received = head((b"authorization", b"Bearer one"), (b"authorization", b"Bearer other"))

    assert received.field("authorization") == "Bearer one, Bearer other"


def test_cookies_may_come_in_several_fields() -> None:
    received = head((b"cookie", b"a=1; b=2"), (b"cookie", b"c=3"))

    assert received.cookies == {"a": "1", "b": "2", "c": "3"}
    assert head().cookies == {}


def test_where_it_comes_from_is_known_as_far_as_the_server_says() -> None:
    known = head((b"user-agent", b"browser"), client=("192.0.2.7", 50_000))

    assert known.origin == Origin("192.0.2.7", "browser")
    assert head(client=None).origin == Origin(None, None)
