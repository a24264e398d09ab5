"""The root of what can be done."""

import strawberry

from gateway.permissions import public, signed_in
from gateway.schema import sign_in as fields
from gateway.schema.sign_in import EndSessionPayload, SignInPayload, SignOutPayload


@strawberry.type(description="What can be done.")
class Mutation:
    """Root fields; each carries its permission."""

    sign_in: SignInPayload = strawberry.field(
        resolver=fields.sign_in, description="ログイン.", extensions=public()
    )
    sign_out: SignOutPayload = strawberry.field(
        resolver=fields.sign_out, description="ログアウト: ends this session.", extensions=signed_in()
    )
    end_session: EndSessionPayload = strawberry.field(
        resolver=fields.end_session,
        description="Ends one of one's own sessions, on whatever device.",
        extensions=signed_in(),
    )
