"""A worker as a program of its own, with a mailer that remembers in a file: `URL FILE [--dies-after-sending]`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import gateway
from adapters.records import Circuit, Mail, MailOutcome, MailReceipt, SystemStatus
from gateway.accounts.vault import Vault
from gateway.coop_config.reading import load_coops
from gateway.store import Store
from gateway.wiring import ADAPTERS
from gateway.worker import run_worker
from tests.running import fixed_clock

COOPS_DIR = Path(gateway.__file__).parent / "coops"
SIGNING_KEY = "a key of the tests: nothing that is sealed with it matters"


class FileMailer:
    """Sends a mail by writing its id into a file, once; the process may die before it can say so."""

    def __init__(self, file: Path, *, dies_after_sending: bool) -> None:
        self._file = file
        self._dies_after_sending = dies_after_sending

    async def send(self, mail: Mail) -> MailReceipt:
        """Writes the id, unless it stands there."""
        sent = self._file.read_text().split() if self._file.exists() else []
        if str(mail.mail_id) not in sent:
            self._file.write_text("\n".join([*sent, str(mail.mail_id)]))
        if self._dies_after_sending:
            os.kill(os.getpid(), signal.SIGKILL)
        return MailReceipt(mail.mail_id, MailOutcome.ACCEPTED)

    async def ping(self) -> None:
        """It is here."""

    def status(self) -> SystemStatus:
        """It is well."""
        return SystemStatus("hirosaki/mailer", Circuit.CLOSED, 0, 0)

    async def close(self) -> None:
        """There is nothing to let go of."""


async def main(url: str, file: str, *options: str) -> None:
    """Works until it is told to end."""
    store = Store.open(url)
    mailer = FileMailer(Path(file), dies_after_sending="--dies-after-sending" in options)
    coops = load_coops(COOPS_DIR, ADAPTERS)
    await run_worker(
        store,
        {"hirosaki": mailer},
        {},
        coops,
        Vault(SIGNING_KEY),
        fixed_clock,
        ready=lambda: print("READY {}"),  # noqa: T201
    )
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
