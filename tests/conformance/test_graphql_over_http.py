"""The endpoint passes every server audit of graphql-http: what the specification demands, advises and allows."""

import asyncio
import json
from asyncio.subprocess import PIPE
from collections import Counter
from pathlib import Path
from typing import Any

AUDIT = Path(__file__).parent / "audit.js"
AUDITS = {"MUST": 13, "SHOULD": 23, "MAY": 25}


async def test_every_audit_of_graphql_over_http_passes(endpoint: str) -> None:
    audits = await audited(endpoint)

    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert Counter(audit["name"].partition(" ")[0] for audit in audits) == AUDITS


async def audited(url: str) -> list[dict[str, Any]]:
    """Each audit: id, name, status and, where it did not pass, the reason."""
    node = await asyncio.create_subprocess_exec("node", str(AUDIT), url, stdout=PIPE)
    printed, _ = await node.communicate()
    assert node.returncode == 0, "the audits did not run; `make test` installs them"
    audits: list[dict[str, Any]] = json.loads(printed)
    return audits
