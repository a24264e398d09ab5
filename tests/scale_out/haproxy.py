"""HAProxy in front of the gateways, as docs/operators/load-balancer.md has it."""

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from gateway.demo.program import Program
from tests.docs.markdown import blocks

PAGE = "docs/operators/load-balancer.md"
LOADED = re.compile(rb"Loading success")
SERVED_BY = "Served-By"
_FRONT = re.compile(r"bind .+")
_SERVERS = re.compile(r"(    server .+\n)+")


def haproxy(directory: Path, port: int, gateways: Sequence[int]) -> Program:
    """The documented load balancer, on this port and before the gateways on those, all of this machine.

    Its answers say in `SERVED_BY` who gave them.
    """
    servers = "".join(f"    server gateway{at} 127.0.0.1:{at} check\n" for at in gateways)
    tell = f"    http-response set-header {SERVED_BY} %s\n"
    text = _FRONT.sub(f"bind 127.0.0.1:{port}", _documented())
    file = directory / "haproxy.cfg"
    file.write_text(_SERVERS.sub(tell + servers, text), encoding="utf-8")
    program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None, "haproxy is missing: `make haproxy` installs it"
    return Program(name="haproxy", command=(program, "-W", "-db", "-f", str(file)), ready=LOADED)


def _documented() -> str:
    (block,) = [block for block in blocks(PAGE) if block.language == "haproxy"]
    return block.text
