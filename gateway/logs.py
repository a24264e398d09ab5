"""Logs: one line an event on standard error, as JSON in production, for the eye in development.

A traceback names files and lines and never the values of variables: passwords and addresses are among them.
"""

import logging
import sys

import structlog

from gateway.settings import Mode

TRACEBACKS_WITHOUT_VALUES = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure_logs(mode: Mode) -> None:
    """Sends everything, the libraries' own lines included, through one format. Times are UTC."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering(mode)],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def rendering(mode: Mode) -> list[structlog.typing.Processor]:
    """How an event becomes a line."""
    if mode is Mode.PRODUCTION:
        return [TRACEBACKS_WITHOUT_VALUES, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]
