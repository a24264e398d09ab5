"""`python -m legacy.mailer`: the notice and mail system of one co-op."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager

from legacy.mailer.app import MailerApp, mailer_faults
from legacy.mailer.board import Board
from legacy.mailer.relay import Relay, SmtpServer
from legacy.population.arguments import add_population_arguments, population_of
from legacy.serving import listening, run


def main() -> None:
    """Serves until SIGTERM or SIGINT."""
    run(_mailer(_arguments().parse_args()))


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(
        "python -m legacy.mailer", description="A simulated notice and mail system (docs/wire/mailer.md)."
    )
    add_population_arguments(parser)
    parser.add_argument("--port", type=int, default=0, help="0, the default, picks a free one")
    parser.add_argument(
        "--smtp", type=_server, required=True, metavar="HOST:PORT", help="where mail is handed to"
    )
    parser.add_argument("--key", help="the only key accepted; default: any that is not empty")
    return parser


def _server(text: str) -> SmtpServer:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise ArgumentTypeError(f"{text!r} is no HOST:PORT")
    return SmtpServer(host, int(port))


@asynccontextmanager
async def _mailer(arguments: Namespace) -> AsyncIterator[Mapping[str, object]]:
    relay = Relay(arguments.smtp, arguments.now)
    app = MailerApp(Board(population_of(arguments), arguments.now), relay, mailer_faults(), arguments.key)
    async with aclosing(relay), listening(app.application(), arguments.port) as port:
        yield {"port": port}


if __name__ == "__main__":
    main()
