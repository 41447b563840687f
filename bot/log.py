"""Structured logs: one line an event, no personal data (people appear by their row number, never by name)."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logs(*, readable: bool) -> None:
    """Lines for people (`readable`) or JSON for machines, both on standard error."""
    render = structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries' own logs quote requests and addresses: only their warnings pass.
    to_stderr = logging.StreamHandler(sys.stderr)
    to_stderr.setFormatter(Discreet("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[to_stderr])


class Discreet(logging.Formatter):
    """A library's line about an exception without its message and trace: they quote what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        return f"{record.levelname} {record.name} {where(error)}" if error else super().format(record)


def where(error: BaseException) -> str:
    """An error without its message (messages quote data): its type and the place it came from."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
