"""Fills the gateway's store on the database's side: INSERT … SELECT, with the indexes made afterwards.

What stands in it follows from a person's number `n` alone, so that whoever asks can work out tokens, ids and login IDs.
Lines of all co-ops and members are mixed in time, as they are in a store that has run for long.
"""

import hashlib
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]

from tests.bench.scale.sizes import Size

PEOPLE = """
CREATE UNLOGGED TABLE people (n int PRIMARY KEY, coop text, number text, account_id uuid);
INSERT INTO people
SELECT row_number() OVER (), coop, number, md5('account' || row_number() OVER ())::uuid
FROM (
    SELECT code AS coop, (before + place::bigint * every)::text AS number
    FROM unnest($1::text[], $2::int[], $3::bigint[], $4::int[]) AS coops (code, members, before, every),
        generate_series(1, members) AS place
) AS everybody;
"""

FILLING = {
    "accounts": """
INSERT INTO accounts (account_id, coop, kind, state, login_id, login_key, password_hash, email, email_verified,
    member_number, registered_at, terms_version, terms_accepted_at)
SELECT account_id, coop, 'MEMBER', 'REGISTERED', login, login, $1, login, true,
    number, now() - interval '1 year', '2020-03', now() - interval '1 year'
FROM people, LATERAL (SELECT 'm' || n || '@example.jp') AS made (login)
WHERE n % 10 < 6""",
    "staff": """
INSERT INTO accounts (account_id, coop, kind, state, login_id, login_key, password_hash, registered_at, name, roles)
SELECT md5('staff' || coop || place)::uuid, coop, 'STAFF', 'REGISTERED', login, login, $1,
    now() - interval '1 year', '職員', '{DESK,STORE,OFFICE,AUDITOR,ADMINISTRATOR}'
FROM (SELECT DISTINCT coop FROM people) AS coops, generate_series(1, 5) AS place,
    LATERAL (SELECT 'staff-' || place) AS made (login)""",
    "unconfirmed": """
INSERT INTO accounts (coop, kind, state, login_id, login_key, member_number, pending_until)
SELECT coop, 'MEMBER', 'AWAITING_CONFIRMATION', number, 'pending:' || n, number, now() + interval '1 day'
FROM people WHERE n % 1000 = 999""",
    "sessions": """
INSERT INTO sessions (token_hash, coop, account_id, device_label, address, user_agent,
    created_at, last_seen_at, idle_limit, ends_at, expires_at)
SELECT sha256(convert_to('member-' || n, 'UTF8')), coop, account_id, 'iPhone', '192.0.2.1', 'Mozilla/5.0',
    now(), now(), interval '1 day', now() + interval '1 day', now() + interval '1 day'
FROM people WHERE n % 10 < 3
UNION ALL
SELECT sha256(convert_to(coop || '-' || login_id, 'UTF8')), coop, account_id, 'Windows', '192.0.2.2', 'Mozilla/5.0',
    now(), now(), interval '1 day', now() + interval '1 day', now() + interval '1 day'
FROM accounts WHERE kind = 'STAFF'""",
    "access_log": """
INSERT INTO access_log (coop, at, action, outcome, account_id, session_id, member_number, what, address, user_agent)
SELECT coop, now() - (total - line) * interval '100 days' / total,
    CASE WHEN line % 10 = 0 THEN 'SIGN_IN' WHEN line % 997 = 0 THEN 'NOT_PERMITTED' ELSE 'VIEW' END,
    CASE WHEN line % 997 = 0 THEN 'REFUSED' ELSE 'ALLOWED' END,
    account_id, account_id, number, '{MEMBER,PICO,PROFILE}', '192.0.2.1', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0)'
FROM (SELECT count(*) AS people, 3 * count(*) AS total FROM people) AS counted, generate_series(1, total) AS line,
    LATERAL (SELECT (line * 7919) % counted.people + 1) AS picked (n) JOIN people USING (n)""",
    "change_requests": """
INSERT INTO change_requests (request_id, coop, member_number, kind, state, requested_at, settled_at, details,
    requested_by, idempotency_key, fingerprint)
SELECT md5('request' || line)::uuid, coop, number, 'PICO_SUSPENSION', state, at,
    CASE WHEN state = 'DONE' THEN at + interval '1 minute' END, '{}', account_id, md5('key' || line)::uuid, '\\x00'
FROM (SELECT count(*) AS people, count(*) / 2 AS total FROM people) AS counted, generate_series(1, total) AS line,
    LATERAL (SELECT (line * 7919) % counted.people + 1, now() - (total - line) * interval '700 days' / total,
        CASE WHEN line % 500 = 0 THEN 'NEEDS_ATTENTION' ELSE 'DONE' END) AS picked (n, at, state)
    JOIN people USING (n)""",
    "inquiries": """
INSERT INTO inquiries (inquiry_id, coop, member_number, topic, state, body, sent_at, account_id)
SELECT md5('inquiry' || line)::uuid, coop, number, 'OTHER', CASE WHEN line % 500 = 0 THEN 'OPEN' ELSE 'ANSWERED' END,
    'カードが読み取れません。', now() - (total - line) * interval '700 days' / total, account_id
FROM (SELECT count(*) AS people, count(*) / 5 AS total FROM people) AS counted, generate_series(1, total) AS line,
    LATERAL (SELECT (line * 7919) % counted.people + 1) AS picked (n) JOIN people USING (n)""",
    "outbox_mail": """
INSERT INTO outbox_mail (mail_id, coop, state, sender, recipient, subject, text, queued_at, attempts, next_attempt_at,
    settled_at, kind)
SELECT md5('mail' || line)::uuid, coop, CASE WHEN line % 997 = 0 THEN 'UNDELIVERABLE' ELSE 'SENT' END,
    'mypage@example.jp', 'm' || n || '@example.jp', 'お知らせ', repeat('本文です。', 30), at, 1, at, at, 'NOTICE'
FROM (SELECT count(*) AS people, count(*) AS total FROM people) AS counted, generate_series(1, total) AS line,
    LATERAL (SELECT (line * 7919) % counted.people + 1, now() - (total - line) * interval '100 days' / total)
        AS picked (n, at) JOIN people USING (n)""",
    "published_notices": """
INSERT INTO published_notices (notice_id, coop, title, body, reach, by_mail, published_at, published_by,
    idempotency_key, fingerprint, withdrawn_at)
SELECT md5('notice' || coop || place)::uuid, coop, 'お知らせ', repeat('本文です。', 30),
    CASE WHEN place % 20 = 0 THEN 'EVERYONE' ELSE 'MEMBERS' END, false, now() - place * interval '3 days',
    md5('staff' || coop || 1)::uuid, md5('key' || place)::uuid, '\\x00',
    CASE WHEN place % 20 = 0 AND place > 40 THEN now() END
FROM (SELECT DISTINCT coop FROM people) AS coops, generate_series(1, 200) AS place""",
    "notice_recipients": """
INSERT INTO notice_recipients (coop, member_number, notice_id)
SELECT coop, number, md5('notice' || coop || (n % 199 / 20 * 20 + 1))::uuid FROM people""",
    "notice_reads": """
INSERT INTO notice_reads (account_id, notice_id, coop, read_at)
SELECT account_id, 'N' || place, coop, now() FROM people, generate_series(1, 3) AS place WHERE n % 10 < 6""",
    "mailed_occasions": """
INSERT INTO mailed_occasions (account_id, kind, occasion, coop, mail_id)
SELECT account_id, 'LOW_BALANCE', '2026-' || n % 12, coop, md5('mail' || n)::uuid FROM people WHERE n % 10 < 3""",
    "alert_preferences": """
INSERT INTO alert_preferences (account_id, coop, low_balance_below, ready_to_collect)
SELECT account_id, coop, CASE WHEN n % 2 = 0 THEN 1000 END, true FROM people WHERE n % 10 < 3""",
    "digital_cards": """
INSERT INTO digital_cards (coop, member_number, state, activated_at)
SELECT coop, number, 'ACTIVE', now() FROM people WHERE n % 10 < 2""",
    "guardian_sharing": """
INSERT INTO guardian_sharing (coop, member_number, shared, changed_at)
SELECT coop, number, true, now() FROM people WHERE n % 10 < 2""",
    "share_payments": """
INSERT INTO share_payments (coop, member_number, confirmed_at, confirmed_by)
SELECT coop, number, now(), md5('staff' || coop || 1)::uuid FROM people WHERE n % 10 < 2""",
    "share_refunds": """
INSERT INTO share_refunds (coop, member_number, refunded_on, recorded_at, recorded_by)
SELECT coop, number, current_date, now(), md5('staff' || coop || 1)::uuid FROM people WHERE n % 50 = 9""",
    "auth_code_methods": """
INSERT INTO auth_code_methods (account_id, coop, method, changed_at)
SELECT account_id, coop, 'NONE', now() FROM people WHERE n % 10 < 1""",
    "recovery_codes": """
INSERT INTO recovery_codes (account_id, digest, coop)
SELECT account_id, sha256(convert_to('code' || place, 'UTF8')), coop FROM people, generate_series(1, 8) AS place
WHERE n % 20 < 1""",
    "auth_challenges": """
INSERT INTO auth_challenges (token_hash, coop, account_id, method, purpose, tries_left, expires_at)
SELECT sha256(convert_to('challenge' || n, 'UTF8')), coop, account_id, 'EMAIL', 'FULL', 5, now() + interval '1 day'
FROM people WHERE n % 10 < 1""",
    "mailed_tokens": """
INSERT INTO mailed_tokens (token_hash, coop, account_id, purpose, issued_at, expires_at)
SELECT sha256(convert_to('mailed' || n, 'UTF8')), coop, account_id, 'RESET_PASSWORD', now(), now() + interval '1 day'
FROM people WHERE n % 10 < 1""",
    "throttles": """
INSERT INTO throttles (coop, key, family, counted_since, expires_at)
SELECT coop, sha256(convert_to('throttle' || n, 'UTF8')), sha256(convert_to('family' || n, 'UTF8')), now(),
    now() + interval '1 day' FROM people WHERE n % 10 < 2""",
    "recovery_requests": """
INSERT INTO recovery_requests (coop, kind, member_number, identifier, requested_at, due_at)
SELECT coop, 'PASSWORD', number, number, now(), now() + interval '1 day' FROM people WHERE n % 100 = 0""",
}
"""By what it fills, in this order. The one parameter is the password's hash."""

SETTINGS = (
    "SET session_replication_role = replica",  # all fits: no key need be looked up
    "SET enable_hashjoin = off",  # one line after another, in the order of time
    "SET enable_mergejoin = off",
    "SET maintenance_work_mem = '512MB'",
)

INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND indexname NOT LIKE 'pk_%' AND tablename NOT IN ('people', 'alembic_version')
"""


async def fill_store(connection: "asyncpg.Connection[asyncpg.Record]", size: Size, password_hash: str) -> int:
    """Fills a migrated, empty database; says how many people it knows."""
    coops = list(size.coops())
    making, people = PEOPLE.strip().rstrip(";").split(";")
    for setting in SETTINGS:
        await connection.execute(setting)
    await connection.execute(making)
    await connection.execute(
        people,
        [coop.code for coop in coops],
        [coop.members for coop in coops],
        [coop.before_the_first for coop in coops],
        [coop.every for coop in coops],
    )
    await connection.execute("ANALYZE people")
    indexes = await connection.fetch(INDEXES)
    for index in indexes:
        await connection.execute(f"DROP INDEX {index['indexname']}")
    for statement in FILLING.values():
        await connection.execute(statement, *([password_hash] if "$1" in statement else []))
    for index in indexes:
        await connection.execute(index["indexdef"])
    await connection.execute("VACUUM ANALYZE")
    return int(await connection.fetchval("SELECT count(*) FROM people"))


def account_id_of(n: int) -> UUID:
    """The account of person n."""
    return _uuid(f"account{n}")


def request_id_of(line: int) -> UUID:
    """A change request by its place in time."""
    return _uuid(f"request{line}")


def _uuid(text: str) -> UUID:
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())
