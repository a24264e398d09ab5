"""The routes of GraphiQL: the page, what it is told about this gateway, and its assets."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gateway.http.graphiql.config import GraphiqlConfig

DIST = Path(__file__).parent / "dist"

# Monaco positions its text by style attributes and elements; the fonts and icons of GraphiQL are data: in its
# style sheet. Scripts are files of this origin: none is inline, none is evaluated.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
NO_SNIFF = {"X-Content-Type-Options": "nosniff"}
PAGE_HEADERS = NO_SNIFF | {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
NOT_STORED = NO_SNIFF | {"Cache-Control": "no-store"}
ASSET_HEADERS = NO_SNIFF | {"Cache-Control": "public, max-age=31536000, immutable"}

NOT_BUILT = """\
GraphiQL is not built. Build it with Node.js 20.19 or newer and start the gateway again:

    cd gateway/http/graphiql && npm ci && npm run build

`make run` does so by itself. The API answers at {endpoint} all the same.
"""


def graphiql_routes(config: GraphiqlConfig, dist: Path = DIST) -> list[Route | Mount]:
    """GraphiQL at `/graphiql`, or there the command that builds it (503) when `dist` was never built."""
    page = dist / "index.html"
    if not page.exists():
        return [_not_built(config)]
    return [
        _page(page),
        _config(config),
        Mount("/graphiql/assets", HashedAssets(directory=dist / "assets")),
    ]


class HashedAssets(StaticFiles):
    """Files whose names change with their content, so that a browser never asks for one twice."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(ASSET_HEADERS)
        return response


def _page(page: Path) -> Route:
    async def answer(_: Request) -> Response:
        return FileResponse(page, headers=PAGE_HEADERS)

    return Route("/graphiql", answer)


def _config(config: GraphiqlConfig) -> Route:
    document = config.as_json()

    async def answer(_: Request) -> Response:
        return Response(document, media_type="application/json", headers=NOT_STORED)

    return Route("/graphiql/config.json", answer)


def _not_built(config: GraphiqlConfig) -> Route:
    text = NOT_BUILT.format(endpoint=config.endpoint)

    async def answer(_: Request) -> Response:
        return PlainTextResponse(text, status_code=503, headers=NOT_STORED)

    return Route("/graphiql", answer)
