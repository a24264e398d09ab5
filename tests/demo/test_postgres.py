"""The embedded PostgreSQL that the demo and the tests share."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.running import Postgres


async def test_every_database_of_a_test_starts_empty(postgres: Postgres) -> None:
    for _ in range(2):
        async with postgres.database() as url:
            engine = create_async_engine(url)
            async with engine.begin() as connection:
                await connection.execute(text("CREATE TABLE only_here (a int)"))
            await engine.dispose()


async def test_a_database_can_be_the_copy_of_another(postgres: Postgres) -> None:
    original = create_async_engine(await postgres.create("original"))
    async with original.begin() as connection:
        await connection.execute(text("CREATE TABLE copied AS SELECT 42 AS answer"))
    await original.dispose()
    async with postgres.database("original") as url:
        copy = create_async_engine(url)
        async with copy.connect() as connection:
            assert await connection.scalar(text("SELECT answer FROM copied")) == 42
        await copy.dispose()
