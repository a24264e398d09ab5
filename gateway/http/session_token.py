"""The session token on the wire: a `__Host-` cookie for the web, a bearer token for everybody else.

A second cookie marks the device as one that somebody has signed in on. It outlives the session and opens nothing.
"""

from starlette.responses import Response

from gateway.accounts.known_devices import KNOWN_FOR
from gateway.http.request_head import RequestHead

COOKIE = "__Host-session"
MARK = "__Host-device"


def received_token(head: RequestHead) -> str | None:
    """The token that came with a request; a bearer token goes before a cookie."""
    scheme, _, token = (head.field("authorization") or "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return head.cookies.get(COOKIE)


def send_cookie(response: Response, token: str) -> None:
    """Sets the cookie for as long as the browser is open; the server's own limits end the session. "" takes it away."""
    if token:
        response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")
    else:
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def received_mark(head: RequestHead) -> str | None:
    """The mark of a device that came with a request."""
    return head.cookies.get(MARK)


def send_mark(response: Response, mark: str) -> None:
    """Sets the mark for as long as it is good."""
    age = int(KNOWN_FOR.total_seconds())
    response.set_cookie(MARK, mark, max_age=age, path="/", secure=True, httponly=True, samesite="strict")
