"""`python -m tests.bench.scale`: every read at several sizes, side by side in one PostgreSQL.

Each size has its databases and its gateway; requests go to the gateways in turn, so that what else the machine does
meets all of them. The smallest size has a second gateway, whose figures show what differs by chance alone.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from gateway.accounts import Passwords
from gateway.demo.processes import Children
from gateway.demo.program import python_program
from tests.bench.process_figures import CpuTime, resident_mebibytes
from tests.bench.scale.databases import Loaded, load, load_registries, without_autovacuum
from tests.bench.scale.gateways import Gateway, start_gateway
from tests.bench.scale.people import People
from tests.bench.scale.reads import PASSWORD, READS
from tests.bench.scale.report import Report, Taken, Timings
from tests.bench.scale.sizes import Size
from tests.bench.scale.statements import statement_figures
from tests.bench.scale.timing import connected
from tests.running.postgres import Postgres, running_postgres

BLOCK = 10
"""Requests of a kind to one gateway before it is the next one's turn."""


def main() -> None:
    """The command."""
    parser = ArgumentParser("python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--members", nargs="+", type=int, default=[10_000, 250_000, 1_500_000])
    parser.add_argument("--requests", type=int, default=500, help="of each kind to each gateway")
    parser.add_argument("--people", type=int, default=100, help="members who ask")
    uvloop.run(_measure(parser.parse_args()))


async def _measure(options: Namespace) -> None:
    sizes = [Size(members) for members in options.members]
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory(prefix="coop-scale-")))
        postgres = await stack.enter_async_context(running_postgres(directory))
        children = await stack.enter_async_context(Children(directory))
        loaded = await _load(postgres, sizes)
        gateways = await _start(directory, postgres, children, loaded)
        timings = await _time(gateways, options)
        after = [resident_mebibytes(gateway.child.pid) for gateway in gateways]
        pages = [await statement_figures(postgres, each) for each in loaded]
        report = Report(gateways, timings, after, pages)
        sys.stdout.write("\n".join(report.lines()) + "\n")


async def _load(postgres: Postgres, sizes: list[Size]) -> list[Loaded]:
    passwords = Passwords()
    hashed = await passwords.hash(PASSWORD)
    passwords.close()
    await without_autovacuum(postgres)
    _progress("registries are generated")
    await load_registries(postgres, sizes)
    loaded = []
    for size in sizes:
        _progress(f"{size.members:,} members are loaded")
        loaded.append(await load(postgres, size, hashed))
    return loaded


async def _start(
    directory: Path, postgres: Postgres, children: Children, loaded: list[Loaded]
) -> list[Gateway]:
    members = str(max(each.size.members for each in loaded))
    upstream = await children.start(
        python_program("upstream", "tests.bench.upstream", "--coop", "hirosaki", "--members", members)
    )
    url = f"http://127.0.0.1:{upstream.announced['port']}"
    return [
        await start_gateway(f"gateway-{place}", directory, each, children, postgres, url)
        for place, each in enumerate([loaded[0], *loaded])
    ]


async def _time(gateways: Sequence[Gateway], options: Namespace) -> Timings:
    people = [People(gateway.loaded.size, options.people) for gateway in gateways]
    timings: Timings = {}
    for read in READS:
        _progress(read.title)
        requests = [read.requests(each) for each in people]
        for gateway, own in zip(gateways, requests, strict=True):
            await _ask(gateway, own)  # whatever is compiled, prepared or made once
        taken = [Taken(len(own)) for own in requests]
        for begin in range(0, options.requests, BLOCK):
            for gateway, own, so_far in zip(gateways, requests, taken, strict=True):
                block = [own[(begin + nth) % len(own)] for nth in range(BLOCK)]
                before = CpuTime.of(gateway.child.pid)
                so_far.seconds.extend(await _ask(gateway, block))
                so_far.cpu += CpuTime.of(gateway.child.pid).since(before)
        timings[read.title] = taken
    return timings


async def _ask(gateway: Gateway, requests: Sequence[bytes]) -> list[float]:
    async with connected(gateway.port) as line:  # anew: a gateway hangs up on who rests
        return [await line.ask(request) for request in requests]


def _progress(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
