"""docs/operators/connect-a-registry.md, done as it says."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from adapters.ports import MemberRegistry
from adapters.records import (
    Card,
    CardState,
    MemberKind,
    MemberNumber,
    MemberSearch,
    MemberStatus,
    ShareCapital,
)
from tests.adapters.registry.databases import registry_at, through
from tests.adapters.registry.test_check import run
from tests.running import Postgres

GUIDE = Path("docs/operators/connect-a-registry.md").read_text(encoding="utf-8")
NUMBER = MemberNumber("20000001")

PEOPLE = """
INSERT INTO members VALUES
  ('20000001', '大雪', '山子', 'ﾀｲｾﾂ', 'ﾔﾏｺ', '2001-02-03', 'student', 'active', '2019-05-01', 2019,
   '0700001', '旭川市', '０１６６-12-3456', NULL, 'Taisetsu@Example.jp', '理学部', 3, 3000, '2019-05-02'),
  ('20000002', '日高', '海', 'ﾋﾀﾞｶ', 'ｶｲ', NULL, 'retired', 'left', '1980-04-01', NULL,
   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO member_cards VALUES
  ('C1', '20000001', '2019-05-02', false), ('C2', '20000001', '2021-06-01', true);
"""


@pytest.fixture(scope="module")
async def guided_url(postgres: Postgres) -> AsyncIterator[str]:
    """A database made by the guide's SQL, as its user sees it."""
    async with postgres.database() as url:
        administrator = await asyncpg.connect(through("postgresql", url))
        for statements in re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL):
            await administrator.execute(statements)
        await administrator.execute(PEOPLE)
        yield make_url(url).set(username="coop_gateway").render_as_string(hide_password=False)
        await administrator.close()


@pytest.fixture
async def guided(guided_url: str) -> AsyncIterator[MemberRegistry]:
    """The registry the guide connects."""
    registry = registry_at(guided_url)
    yield registry
    await registry.close()


async def test_members_are_read_through_the_guides_views(guided: MemberRegistry) -> None:
    member = (await guided.members([NUMBER])).of(NUMBER)

    assert member is not None
    assert (member.name, member.name_kana, member.kind, member.status) == (
        "大雪 山子",
        "タイセツ ヤマコ",
        MemberKind.STUDENT,
        MemberStatus.ACTIVE,
    )
    assert (member.birth_date, member.joined_on, member.admission_year) == (
        date(2001, 2, 3),
        date(2019, 5, 1),
        2019,
    )
    assert (member.home_phone, member.mobile_phone, member.postal_code) == ("0166123456", None, "070-0001")
    assert member.share_capital == ShareCapital(3, 3_000, None, date(2019, 5, 2))


async def test_cards_are_read_through_the_guides_views(guided: MemberRegistry) -> None:
    assert (await guided.cards([NUMBER])).of(NUMBER) == [
        Card("C1", NUMBER, CardState.REPLACED, date(2019, 5, 2), 0),
        Card("C2", NUMBER, CardState.ACTIVE, date(2021, 6, 1), 1),
    ]


@pytest.mark.parametrize(
    "search",
    [
        MemberSearch(number="2000 0001"),
        MemberSearch(name_kana="たいせつ"),
        MemberSearch(phone="0166"),
        MemberSearch(email="taisetsu@"),
        MemberSearch(admission_year=2019),
        MemberSearch(status=MemberStatus.ACTIVE),
    ],
)
async def test_the_search_works_on_the_guides_views(guided: MemberRegistry, search: MemberSearch) -> None:
    page = await guided.search(search, limit=10, after=None)

    assert [member.number for member in page.items] == [NUMBER]


async def test_the_guides_check_finds_nothing_wrong(guided_url: str) -> None:
    code, output, _ = await run("MYCOOP_REGISTRY_URL", MYCOOP_REGISTRY_URL=guided_url)

    assert code == 0
    assert re.findall(r"(?m)^(\S+) +(.+?)(?: in \d+ ms)?$", output) == [
        ("ok", "connected"),
        ("ok", "7 tables with all their columns"),
        ("ok", "members of 2 members"),
        ("ok", "guardians of 2 members"),
        ("ok", "cards of 2 members"),
        ("ok", "changes of name of 2 members"),
        ("ok", "statements of 2 members"),
    ]
