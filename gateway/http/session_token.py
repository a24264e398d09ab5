"""The session token on the wire: a `__Host-` cookie for the web, a bearer token for everybody else."""

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "__Host-session"


def received_token(request: Request) -> str | None:
    """The token that came with a request; a bearer token goes before a cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return request.cookies.get(COOKIE)


def send_cookie(response: Response, token: str) -> None:
    """Sets the cookie for as long as the browser is open; the server's own limits end the session. "" takes it away."""
    if token:
        response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")
    else:
        response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
