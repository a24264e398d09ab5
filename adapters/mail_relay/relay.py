"""The ports `NoticeBoard` and `Mailer` over the co-op's notice and mail system."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from adapters.http_exchange import HttpExchange
from adapters.mail_relay.config import MailRelayConfig
from adapters.mail_relay.dialogue import EVERYONE, Dialogue
from adapters.records import Answers, Mail, MailReceipt, MemberNumber, Notice, Snapshot, SystemStatus
from adapters.upstream import BatchRead, Freshness, Upstream


class MailRelay:
    """A notice and mail system."""

    def __init__(self, system: str, config: MailRelayConfig) -> None:
        policy = config.policy
        self._exchange = HttpExchange(system, config.url, {"X-Api-Key": config.key}, policy.max_connections)
        self._dialogue = Dialogue(system, self._exchange)
        self._upstream = Upstream(system, policy)
        self._notices: BatchRead[MemberNumber, Sequence[Notice]] = BatchRead(
            self._upstream,
            self._dialogue.notices,
            weight=lambda notices: 1 + len(notices),
            freshness=Freshness(policy.fresh_seconds),
        )

    async def notices(self, numbers: Sequence[MemberNumber]) -> Answers[MemberNumber, Sequence[Notice]]:
        """What each member is told, personally and together with everyone, newest first (X14).

        Gathered with what others ask for, notices to everyone cross the wire once for all of them.
        """
        if not numbers:
            return Answers({})
        parts = await self._notices([EVERYONE, *numbers])
        feeds = _feeds(parts, numbers)
        if not feeds and parts.failure is not None:
            raise parts.failure
        return Answers(feeds, parts.failure)

    def forget(self, number: MemberNumber) -> None:
        """Remember nothing of what was said to a member; notices to everyone are no member's."""
        self._notices.forget(number)

    def forget_everybody(self) -> None:
        """Remember nothing."""
        self._notices.forget_everybody()

    async def send(self, mail: Mail) -> MailReceipt:
        """Hand a mail on, at most once for each `mail_id`: the system knows the ids it has had."""
        return await self._upstream.write(partial(self._dialogue.send, mail))

    async def ping(self) -> None:
        """Ask whether it answers."""
        await self._upstream.read(self._dialogue.ping)

    def status(self) -> SystemStatus:
        """How it is doing."""
        return self._upstream.status()

    async def close(self) -> None:
        """Let go of its connections."""
        await self._exchange.close()


def _feeds(
    parts: Answers[MemberNumber, Sequence[Notice]], numbers: Sequence[MemberNumber]
) -> dict[MemberNumber, Snapshot[Sequence[Notice]]]:
    """One feed for each member of whom both parts were answered for: half a feed would hide notices."""
    to_everyone = parts.get(EVERYONE)
    if to_everyone is None:
        return {}
    return {number: _together(to_everyone, parts[number]) for number in numbers if number in parts}


def _together(
    to_everyone: Snapshot[Sequence[Notice]], personal: Snapshot[Sequence[Notice]]
) -> Snapshot[Sequence[Notice]]:
    feed = sorted((*to_everyone.value, *personal.value), key=attrgetter("published_at"), reverse=True)
    return Snapshot(tuple(feed), to_everyone.last_known or personal.last_known)
