"""Preferences, digital cards and read notices: what is set, and what holds while nothing is."""

from datetime import timedelta

import sqlalchemy as sa

from gateway.store import CoopStore, Store
from gateway.store.records import (
    AlertPreferences,
    DigitalCard,
    DigitalCardState,
    GuardianSharing,
    NoticeReadsQuery,
)
from gateway.store.tables import alert_preferences, digital_cards, guardian_sharing, notice_reads
from tests.running import NOW
from tests.store.accounts import HANAKO, TARO, account_of

EARLIER = NOW - timedelta(days=30)


async def put(store: Store, table: sa.Table, **row: object) -> None:
    """A row, as the mutations that are still to come will write it."""
    async with store.engine.begin() as connection:
        await connection.execute(table.insert().values(row))


async def test_alerts_are_as_set_and_otherwise_only_about_money_to_collect(
    store: Store, hirosaki: CoopStore
) -> None:
    taro = (await account_of(hirosaki, TARO)).account_id
    hanako = (await account_of(hirosaki, HANAKO)).account_id
    row = {"account_id": taro, "coop": "hirosaki", "low_balance_below": 1000, "ready_to_collect": False}
    await put(store, alert_preferences, **row)
    assert await hirosaki.preferences.alerts([hanako, taro]) == {
        taro: AlertPreferences(taro, low_balance_below=1000, ready_to_collect=False),
        hanako: AlertPreferences(hanako, low_balance_below=None, ready_to_collect=True),
    }


async def test_the_guardian_sees_the_pages_until_the_student_says_no(
    store: Store, hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    """X13."""
    await put(store, guardian_sharing, coop="hirosaki", member_number=TARO, shared=False, changed_at=EARLIER)
    assert await hirosaki.preferences.guardian_sharing([HANAKO, TARO]) == {
        TARO: GuardianSharing(TARO, shared=False, changed_at=EARLIER),
        HANAKO: GuardianSharing(HANAKO, shared=True, changed_at=None),
    }
    assert await hokkaido.preferences.guardian_sharing([TARO]) == {
        TARO: GuardianSharing(TARO, shared=True, changed_at=None)
    }


async def test_a_digital_card_is_there_once_activated_and_stays_when_revoked(
    store: Store, hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    """E13, E14."""
    row = {"state": DigitalCardState.REVOKED, "activated_at": EARLIER, "revoked_at": NOW}
    await put(store, digital_cards, coop="hirosaki", member_number=TARO, **row)
    card = DigitalCard(TARO, DigitalCardState.REVOKED, activated_at=EARLIER, revoked_at=NOW)
    assert await hirosaki.digital_cards.of_members([HANAKO, TARO]) == {HANAKO: None, TARO: card}
    assert await hokkaido.digital_cards.of_members([TARO]) == {TARO: None}


async def test_a_notice_is_read_by_an_account_and_unread_for_every_other(
    store: Store, hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    taro = (await account_of(hirosaki, TARO)).account_id
    hanako = (await account_of(hirosaki, HANAKO)).account_id
    await put(store, notice_reads, account_id=taro, notice_id="17", coop="hirosaki", read_at=EARLIER)
    taros, hanakos = NoticeReadsQuery(taro, ("17", "18")), NoticeReadsQuery(hanako, ("17",))
    assert await hirosaki.notice_reads.read_at([hanakos, taros]) == {taros: {"17": EARLIER}, hanakos: {}}
    assert await hokkaido.notice_reads.read_at([taros]) == {taros: {}}


async def test_asking_for_nothing_gives_nothing(hirosaki: CoopStore) -> None:
    assert await hirosaki.preferences.alerts([]) == {}
    assert await hirosaki.preferences.guardian_sharing([]) == {}
    assert await hirosaki.digital_cards.of_members([]) == {}
    assert await hirosaki.notice_reads.read_at([]) == {}


async def test_sharing_is_set_and_set_again(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    """X13."""
    for shared in (False, True, False):
        set_to = await hirosaki.preferences.share_with_guardian(TARO, shared, NOW)
        assert set_to == GuardianSharing(TARO, shared=shared, changed_at=NOW)
        assert await hirosaki.preferences.guardian_sharing([TARO]) == {TARO: set_to}
    assert (await hokkaido.preferences.guardian_sharing([TARO]))[TARO].changed_at is None


async def test_a_card_is_revoked_once(store: Store, hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    """E14, E24."""
    active = {"member_number": TARO, "state": DigitalCardState.ACTIVE, "activated_at": NOW}
    await put(store, digital_cards, coop="hirosaki", **active)
    assert not await hokkaido.digital_cards.revoke(TARO, NOW)
    assert await hirosaki.digital_cards.revoke(TARO, NOW)
    assert not await hirosaki.digital_cards.revoke(TARO, NOW)
    card = (await hirosaki.digital_cards.of_members([TARO]))[TARO]
    assert card == DigitalCard(TARO, DigitalCardState.REVOKED, NOW, revoked_at=NOW)


async def test_alerts_are_set_and_set_again(hirosaki: CoopStore) -> None:
    taro = (await account_of(hirosaki, TARO)).account_id
    for below, ready in ((1000, False), (None, True), (500, True)):
        wanted = AlertPreferences(taro, low_balance_below=below, ready_to_collect=ready)
        await hirosaki.preferences.set_alerts(wanted)
        assert await hirosaki.preferences.alerts([taro]) == {taro: wanted}


async def test_a_card_is_activated_once_and_never_after_it_was_revoked(
    hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    """E13, E14."""
    assert await hirosaki.digital_cards.activate(TARO, EARLIER)
    assert not await hirosaki.digital_cards.activate(TARO, NOW)
    card = DigitalCard(TARO, DigitalCardState.ACTIVE, activated_at=EARLIER, revoked_at=None)
    assert await hirosaki.digital_cards.of_members([TARO]) == {TARO: card}
    assert await hokkaido.digital_cards.of_members([TARO]) == {TARO: None}
    await hirosaki.digital_cards.revoke(TARO, NOW)
    assert not await hirosaki.digital_cards.activate(TARO, NOW)


async def test_what_was_read_before_keeps_its_time(hirosaki: CoopStore) -> None:
    taro = (await account_of(hirosaki, TARO)).account_id
    await hirosaki.notice_reads.mark(taro, ["17"], EARLIER)
    await hirosaki.notice_reads.mark(taro, ["17", "18", "18"], NOW)
    await hirosaki.notice_reads.mark(taro, [], NOW)
    both = NoticeReadsQuery(taro, ("17", "18"))
    assert await hirosaki.notice_reads.read_at([both]) == {both: {"17": EARLIER, "18": NOW}}
