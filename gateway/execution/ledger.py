"""Which line of a generated source stands for which place in the answer: all an error needs to be located.

Because of it, generated source keeps no account of paths while nothing goes wrong.
"""

import sys
from types import FrameType
from typing import Any

from graphql import GraphQLError, located_error

from gateway.execution.late import completed_late
from gateway.execution.positions import Position
from gateway.execution.run import Key, Lost, Run


class Ledger:
    """The lines of one generated source; generated source calls its methods."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self.places: dict[int, Position] = {}

    def fail(self, run: Run) -> None:
        """The exception being handled is the error of a place that may be null; gives that null."""
        error, path = self._located()
        run.report(error, path)

    def fail_above(self, run: Run, steps: int) -> None:
        """The exception being handled makes null what the first `steps` of its path lead to."""
        error, path = self._located()
        if run.report(error, path):
            run.nullify(path[:steps])

    def fail_all(self, run: Run) -> None:
        """The exception being handled makes the whole answer null; raises `Lost`."""
        self.fail_above(run, 0)
        raise Lost

    def odd(self, run: Run, value: Any) -> Any:
        """Completes a value that the calling line does not, as graphql-core does."""
        position, path = self.here(sys._getframe(1))
        return completed_late(run, position, path, value)

    def here(self, frame: FrameType) -> tuple[Position, list[Key]]:
        """The place that a frame of generated source is working on."""
        position = self.places[frame.f_lineno]
        return position, position.path(frame.f_locals)

    def _located(self) -> tuple[GraphQLError, list[Key]]:
        """The exception being handled as graphql-core locates it: where its innermost generated line stands.

        The generated frames leave the traceback, so that an exception that is raised again is located anew.
        """
        error = sys.exception()
        assert isinstance(error, Exception)  # noqa: S101 - called from `except Exception`
        traceback = error.__traceback__
        assert traceback is not None  # noqa: S101 - it was raised
        while (below := traceback.tb_next) is not None and below.tb_frame.f_globals is self._namespace:
            traceback = below
        position = self.places[traceback.tb_lineno]
        path = position.path(traceback.tb_frame.f_locals)
        error.__traceback__ = traceback.tb_next
        return located_error(error, position.nodes, path), path
