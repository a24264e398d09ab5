"""Mails to many accounts: what staff tell everybody, and reminders that come by themselves."""

from collections.abc import Sequence
from datetime import date

from adapters.records import PrepaidBalance, PrepaidItem, PrepaidSource
from gateway.coop import Coop
from gateway.coop_config.rules import PicoRules
from gateway.mails.queueing import Envelope, post
from gateway.store.records import MailKind

_SOURCES = {
    PrepaidSource.PAYMENT_SLIP: "払込用紙でのご入金",
    PrepaidSource.WEB_POINTS: "Webポイントからの移行",
}


async def queue_notice(to: Envelope, title: str, body: str) -> None:
    """お知らせ, as it stands in MyPage (D8, D9)."""
    await post(to, MailKind.NOTICE, title=title, body=body)


async def queue_low_balance(to: Envelope, balance: PrepaidBalance, below: int) -> None:
    """残高が設定した額を下回ったこと, stamped with the day whose figure it is (B2)."""
    await post(to, MailKind.LOW_BALANCE, amount=balance.prepaid_balance, as_of=balance.as_of, below=below)


async def queue_ready_to_collect(to: Envelope, items: Sequence[PrepaidItem], rules: PicoRules) -> None:
    """未受取プリペイドが受け取れること, where and with which words (B14, B15)."""
    sums = [(_SOURCES[item.source], item.amount) for item in items]
    await post(to, MailKind.READY_TO_COLLECT, sums=sums, **_how_to_collect(to.coop, rules))


async def queue_graduation(
    to: Envelope, usable_until: date, balance: PrepaidBalance, unreceived: int, rules: PicoRules
) -> None:
    """卒業年の3月末までに使い切ること, with what is not collected yet (B23, X9)."""
    disclosure = to.coop.prepaid_disclosure
    assert disclosure is not None, "the configuration is checked: PICO has its disclosure"  # noqa: S101
    facts = {
        "usable_until": usable_until,
        "amount": balance.prepaid_balance,
        "as_of": balance.as_of,
        "unreceived": unreceived,
        "expiry": disclosure.expiry,
        "refund": disclosure.refund,
    }
    await post(to, MailKind.GRADUATION, **facts, **_how_to_collect(to.coop, rules))


async def queue_leaving(to: Envelope) -> None:
    """請求明細を早めに確認すること, to who has given notice of leaving (E23)."""
    await post(to, MailKind.LEAVING, warning=to.coop.texts.withdrawal_warning)


def _how_to_collect(coop: Coop, rules: PicoRules) -> dict[str, str]:
    stores = "・".join(store.name for store in coop.stores if store.can_receive_prepaid)
    return {"stores": stores, "phrase": rules.prepaid.pickup_phrase}
