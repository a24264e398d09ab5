"""How much compiling a process allows itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the work and memory that clients' documents can cause.

    `compile_after`: an operation is compiled when it is asked for this many times; 1 compiles at once.
    `operations`: how many operations are kept, the least recently used goes first.
    `variants`: how many combinations of the variables of `@skip` and `@include` are compiled per operation.
    `lines`: how long the source of one variant may become; fragments can multiply it exponentially.
    """

    compile_after: int = 2
    operations: int = 500
    variants: int = 16
    lines: int = 5_000
