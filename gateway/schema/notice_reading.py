"""お知らせを読んだことの記録 (D8, D9)."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.errors import BadInput, ErrorCode
from gateway.paging import PAGE_LIMIT
from gateway.resolvers import notices as resolver
from gateway.resolvers.notices import NoticeKey
from gateway.schema.cost import ListSize
from gateway.schema.info import Info
from gateway.schema.nodes import malformed, read_global_id
from gateway.schema.notices import Notice
from gateway.schema.refusals import input_error
from gateway.schema.user_errors import UserError


@strawberry.input(description="読んだお知らせ.")
class MarkNoticesReadInput:
    """Which."""

    ids: list[strawberry.ID] = strawberry.field(description=f"Of notices, at most {PAGE_LIMIT}.")


@strawberry.type(description="The outcome: read by this account; a guardian's reading is not the student's.")
class MarkNoticesReadPayload:
    """The notices, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    notices: list[Notice] = strawberry.field(
        default_factory=list,
        description="Those of `ids` that are in the feed, newest first, with `readAt`: the first time, when it was "
        "read before.",
        directives=[ListSize(assumed_size=PAGE_LIMIT)],
    )


async def mark_notices_read(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        MarkNoticesReadInput, strawberry.argument(description="Which.")
    ],
) -> MarkNoticesReadPayload:
    """Harmless to repeat."""
    coop = info.context.at_home().coop
    try:
        wanted = _keys(input.ids, coop.code)
    except BadInput as error:
        return MarkNoticesReadPayload(errors=[input_error(ErrorCode.BAD_INPUT, error.message, "ids")])
    read = await resolver.mark_read(info.context, wanted)
    return MarkNoticesReadPayload(errors=[], notices=[Notice(record=each, coop=coop) for each in read])


def _keys(ids: Sequence[str], coop_code: str) -> set[NoticeKey]:
    if len(ids) > PAGE_LIMIT:
        raise BadInput("ids", f"一度に指定できる件数は{PAGE_LIMIT}までです。")
    return {_key(notice_id, coop_code) for notice_id in ids}


def _key(text: str, coop_code: str) -> NoticeKey:
    type_name, coop, key = read_global_id(text)
    if (type_name, coop, len(key)) != ("Notice", coop_code, 2):
        raise malformed()
    return NoticeKey(MemberNumber(key[0]), key[1])
