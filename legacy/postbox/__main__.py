"""`python -m legacy.postbox`: where all mail of the demo and the tests ends."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP

from legacy.clock import add_clock_argument
from legacy.postbox.app import postbox_app
from legacy.postbox.messages import Messages
from legacy.serving import LOOPBACK, listening, run


def main() -> None:
    """Serves until SIGTERM or SIGINT."""
    run(_postbox(_arguments().parse_args()))


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(
        "python -m legacy.postbox", description="Keeps the mail it receives, and shows it."
    )
    parser.add_argument("--smtp-port", type=int, default=0, help="0, the default, picks a free one")
    parser.add_argument("--port", type=int, default=0, help="of the page; 0, the default, picks a free one")
    add_clock_argument(parser)
    return parser


@asynccontextmanager
async def _postbox(arguments: Namespace) -> AsyncIterator[Mapping[str, object]]:
    messages = Messages(arguments.now)
    smtp = await asyncio.get_running_loop().create_server(
        lambda: SMTP(messages, enable_SMTPUTF8=True, hostname="postbox.invalid"),
        LOOPBACK,
        arguments.smtp_port,
    )
    async with smtp, listening(postbox_app(messages), arguments.port) as port:
        yield {"smtp_port": smtp.sockets[0].getsockname()[1], "port": port}


if __name__ == "__main__":
    main()
