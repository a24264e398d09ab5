"""The floor: what uvicorn takes to read a request and send the same bytes, computed by nobody."""

import orjson

from tests.bench.asgi import App, Receive, Scope, Send, body_of, respond
from tests.bench.servers.told import Told


async def app(told: Told) -> App:
    """The application. The gateway's answers are known to it by the operation's name."""
    answers = {
        name.encode(): answer.encode() for name, answer in orjson.loads(told.answers.read_bytes()).items()
    }

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        body = await body_of(receive)
        name = next(name for name in answers if name in body)
        await respond(send, 200, b"application/json", answers[name])

    return answer
