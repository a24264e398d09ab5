"""The `info` that the schema's fields receive."""

import strawberry

from gateway.context import Context

Info = strawberry.Info[Context, None]
