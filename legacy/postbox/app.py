"""The postbox over HTTP: a page for people, JSON for programs."""

import json
from html import escape

from aiohttp import web

from legacy.postbox.messages import Message, Messages

_PAGE = """<!doctype html>
<html lang="ja"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Postbox ({count})</title>
<style>
body {{ font: 16px/1.6 sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }}
article {{ border: 1px solid #ccc; border-radius: 6px; padding: 0 1rem; margin: 1rem 0 }}
pre {{ white-space: pre-wrap; font: inherit }} small {{ color: #666 }}
</style>
<h1>Postbox ({count})</h1>{articles}</html>"""

_ARTICLE = """<article><h2>{subject}</h2><small>{received_at} · {sender} → {recipients}</small>
<pre>{text}</pre></article>"""


def postbox_app(messages: Messages) -> web.Application:
    """`GET /` the page, newest first; `GET /messages` JSON, oldest first; `DELETE /messages` empties it."""

    async def show(_: web.Request) -> web.Response:
        return web.Response(text=_page(messages.all()), content_type="text/html")

    async def tell(_: web.Request) -> web.Response:
        body = json.dumps(messages.all(), ensure_ascii=False).encode()
        return web.Response(body=body, content_type="application/json")

    async def empty(_: web.Request) -> web.Response:
        messages.clear()
        return web.Response(status=204)

    app = web.Application()
    app.add_routes([web.get("/", show), web.get("/messages", tell), web.delete("/messages", empty)])
    return app


def _page(kept: list[Message]) -> str:
    articles = "".join(_article(each) for each in reversed(kept)) or "<p>Nothing yet.</p>"
    return _PAGE.format(count=len(kept), articles=articles)


def _article(message: Message) -> str:
    return _ARTICLE.format(
        subject=escape(message["subject"]),
        received_at=escape(message["received_at"]),
        sender=escape(message["from"]),
        recipients=escape(", ".join(message["to"])),
        text=escape(message["text"]),
    )
