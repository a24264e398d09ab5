"""How much compiling a process allows itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the work and memory that clients' documents can cause.

    `compile_after`: an operation is compiled when it is asked for this many times; 1 compiles at once, None never.
    `operations`: how many are kept of those that come as parsed documents; the least recently used goes first.
    `variants`: how many combinations of the variables of `@skip` and `@include` are compiled per operation.
    `lines`: how long the source of one variant may become; fragments can multiply it exponentially.
    `share`: the part of its time that a process compiles at most, once it has compiled for `at_once` seconds.
    """

    compile_after: int | None = 2
    operations: int = 500
    variants: int = 16
    lines: int = 2_500
    share: float = 0.1
    at_once: float = 2.0
