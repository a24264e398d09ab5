"""What goes wrong in HTTP, and the error of ours that it becomes."""

import pytest
from aiohttp import web

from adapters.errors import Garbled, Unavailable
from adapters.http_exchange import MAX_ANSWER_BYTES, HttpExchange
from tests.adapters.answering import answering, port_of_nobody, saying

SYSTEM = "hirosaki/pos"


def exchange(url: str) -> HttpExchange:
    """An exchange with one server."""
    return HttpExchange(SYSTEM, url, {"X-Key": "himitsu"}, max_connections=2)


async def echo(request: web.Request) -> web.Response:
    body = await request.read()
    told = (
        f"{request.method} {request.path} {request.headers['X-Key']} {request.headers.get('Content-Type')} "
    )
    return web.Response(body=told.encode() + body)


async def test_a_request_carries_the_keys_header_its_type_and_its_bytes() -> None:
    async with answering(echo) as url:
        system = exchange(url)
        assert await system.post("/ask", b"\x8c", "text/xml") == b"POST /ask himitsu text/xml \x8c"
        assert await system.get("/ping") == b"GET /ping himitsu None "
        await system.close()


async def test_an_address_may_have_a_path_of_its_own() -> None:
    async with answering(echo) as url:
        system = exchange(f"{url}/behind/a/proxy/")
        assert (await system.get("/ping")).startswith(b"GET /behind/a/proxy/ping ")
        await system.close()


async def test_a_system_nobody_listens_for_is_unavailable() -> None:
    system = exchange(f"http://127.0.0.1:{port_of_nobody()}")
    with pytest.raises(Unavailable, match="GET /ping: ClientConnectorError"):
        await system.get("/ping")
    await system.close()


async def test_a_status_other_than_200_is_unavailable_and_its_text_goes_nowhere() -> None:
    async def broken(_request: web.Request) -> web.Response:
        return web.Response(status=500, text="ORA-00942: table MEMBERS does not exist")

    async with answering(broken) as url:
        system = exchange(url)
        with pytest.raises(Unavailable) as caught:
            await system.get("/ping")
        assert str(caught.value) == "hirosaki/pos: GET /ping: HTTP status 500"
        await system.close()


async def test_a_redirect_is_not_followed() -> None:
    async def elsewhere(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"})

    async with answering(elsewhere) as url:
        system = exchange(url)
        with pytest.raises(Unavailable, match="HTTP status 302"):
            await system.get("/ping")
        await system.close()


async def test_an_answer_that_breaks_off_is_garbled() -> None:
    async with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<DENBUN>") as url:
        system = exchange(url)
        with pytest.raises(Garbled, match="GET /ping: the answer breaks off"):
            await system.get("/ping")
        await system.close()


async def test_an_answer_that_is_no_http_is_unavailable() -> None:
    async with saying(b"\x00\xff\x8c\r\n\r\n") as url:
        system = exchange(url)
        with pytest.raises(Unavailable):
            await system.get("/ping")
        await system.close()


async def test_a_connection_that_is_hung_up_is_unavailable() -> None:
    async with saying(b"") as url:
        system = exchange(url)
        with pytest.raises(Unavailable, match="ServerDisconnectedError"):
            await system.get("/ping")
        await system.close()


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" " * 1024 * 1024)

    async with answering(endless) as url:
        system = exchange(url)
        with pytest.raises(Garbled, match=f"more than {MAX_ANSWER_BYTES} bytes"):
            await system.get("/ping")
        await system.close()


async def test_closing_what_was_never_used_does_nothing() -> None:
    await exchange("http://127.0.0.1:1").close()
