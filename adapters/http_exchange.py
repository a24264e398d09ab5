"""One HTTP request to a legacy system and its answer: the one place where aiohttp's errors become ours."""

from collections.abc import Mapping

import aiohttp
from yarl import URL

from adapters.errors import Garbled, Unavailable

MAX_ANSWER_BYTES = 32 * 1024 * 1024
"""More than any inquiry of the known systems can bring; what is longer is not read to its end."""


class HttpExchange:
    """Keeps the connections to one system. Sets no time limit of its own: `adapters.upstream` does."""

    def __init__(self, system: str, url: str, headers: Mapping[str, str], max_connections: int) -> None:
        self._system = system
        self._url = URL(url)
        self._headers = headers
        self._max_connections = max_connections
        self._session: aiohttp.ClientSession | None = None

    async def get(self, path: str) -> bytes:
        """The body of the answer. Raises `Unavailable` or `Garbled`."""
        return await self._exchange("GET", path, None, {})

    async def post(self, path: str, body: bytes, content_type: str) -> bytes:
        """The body of the answer. Raises `Unavailable` or `Garbled`."""
        return await self._exchange("POST", path, body, {"Content-Type": content_type})

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        url = self._url.joinpath(path.lstrip("/"))
        try:
            async with self._kept_session().request(
                method, url, data=body, headers=headers, allow_redirects=False
            ) as response:
                if response.status != 200:
                    raise Unavailable(self._system, f"{method} {path}: HTTP status {response.status}")
                return await self._body(response)
        except aiohttp.ClientPayloadError as error:
            raise Garbled(self._system, f"{method} {path}: the answer breaks off") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Unavailable(self._system, f"{method} {path}: {type(error).__name__}") from error

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for part in response.content.iter_any():
            body += part
            if len(body) > MAX_ANSWER_BYTES:
                raise Garbled(self._system, f"an answer of more than {MAX_ANSWER_BYTES} bytes")
        return bytes(body)

    def _kept_session(self) -> aiohttp.ClientSession:
        """Made with the first request: aiohttp wants the event loop to be running."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._max_connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            )
        return self._session
