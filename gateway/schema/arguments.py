"""Arguments that many fields take."""

from typing import Annotated

import strawberry

First = Annotated[int, strawberry.argument(description="How many items, 1 to 100.")]
After = Annotated[
    str | None, strawberry.argument(description="The `endCursor` of the page before, null for the start.")
]
