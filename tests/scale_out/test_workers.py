"""Workers share the outbox; one that is killed in the middle of its mails loses none and doubles none."""

from collections import Counter
from uuid import uuid4

from adapters.records import Mail
from gateway.store import Store
from gateway.store.records import MailKind
from tests.running import LegacySystems, fixed_clock
from tests.running.eventually import eventually
from tests.running.fleet import Fleet

MAILS = 60


async def test_a_worker_killed_while_mail_goes_out_loses_none_and_doubles_none(
    fleet: Fleet, database: str, legacy_systems: LegacySystems
) -> None:
    postbox = legacy_systems.postbox
    await postbox.empty()
    workers = [await fleet.worker("worker-1"), await fleet.worker("worker-2")]
    await queue(database)

    async def arrived(at_least: int) -> bool:
        return len(await postbox.mails()) >= at_least

    for already, worker in zip((5, 20), workers, strict=True):
        await eventually(lambda already=already: arrived(already), within=60)  # type: ignore[misc]  # its default
        await fleet.kill(worker)
        await fleet.worker(f"{worker.program.name}-again")
    await eventually(lambda: arrived(MAILS), within=60)
    counts = Counter(mail["subject"] for mail in await postbox.mails())
    assert counts == {f"お知らせ {number}": 1 for number in range(MAILS)}


async def queue(database: str) -> None:
    """So many mails, to be sent at once."""
    store = Store.open(database, connections=1)
    try:
        async with store.of("hirosaki").transaction() as within:
            for number in range(MAILS):
                mail = Mail(
                    mail_id=uuid4(),
                    sender="mypage@klas.seikyou.jp",
                    recipient="hirosaki@example.jp",
                    subject=f"お知らせ {number}",
                    text="…",
                )
                await within.outbox.enqueue(mail, fixed_clock(), MailKind.TEST)
    finally:
        await store.close()
