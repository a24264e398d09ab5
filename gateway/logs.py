"""Logs: one line an event on standard error, as JSON in production, for the eye in development."""

import logging
import sys

import structlog

from gateway.settings import Mode


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
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(mode)],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def _rendering(mode: Mode) -> list[structlog.typing.Processor]:
    if mode is Mode.PRODUCTION:
        return [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
