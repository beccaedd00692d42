"""The log: one line of JSON per record, with the id of its request or run of jobs and without anything that tells of a person.

Whatever a record carries, text, arguments, extra fields or a traceback, passes `scrub` on its way out.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final

from registry.core.clock import ZONE

request_id: ContextVar[str] = ContextVar("request_id", default="")
run_id: ContextVar[str] = ContextVar("run_id", default="")

EMAIL: Final = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
QUERY: Final = re.compile(r"(?<=[?&])([\w.\[\]-]{1,64})=[^&\s\"'<>]*")
NUMBER: Final = re.compile(r"(?<![\w.-])(?:(?:\+84|0)[ .-]?\d{2,3}(?:[ .-]?\d{3,4}){2}|\d{9,})(?![\w-])")
KEY: Final = re.compile(r"(?<=/)(?=[^/\s]*\d)(?:[^/\s]*[0-9a-f]{24,}[^/\s]*|(?=[^/\s]*[A-Z:])[\w:-]{20,})")
# A key to a dossier is short enough to be typed: what stands behind the door's address is never written.
DOOR: Final = re.compile(r"(?<=/tiep-tuc/)[^/\s\"']+|(?<=/en/continue/)[^/\s\"']+", re.IGNORECASE)
# PostgreSQL shows the whole row that it refuses.
ROW: Final = re.compile(r"(?s)(?<=DETAIL:).*?(?=\n\n(?:The above|During)|\nCONTEXT:|\Z)")
RULES: Final = (
    (ROW, " …"),
    (EMAIL, "[email]"),
    (QUERY, r"\1=…"),
    (DOOR, "[key]"),
    (KEY, "[key]"),
    (NUMBER, "[number]"),
)

# What every record has; the rest was given as `extra`.
STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "server_time"}


def scrub(text: str) -> str:
    """Without e-mail addresses, values of query strings, keys in addresses, long numbers (phones, papers), rows of tables."""
    for pattern, instead in RULES:
        text = pattern.sub(instead, text)
    return text


def clean(value: Any) -> Any:
    """A field of a record as JSON may hold it: numbers as they are, everything else as scrubbed text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(item) for item in value]
    return scrub(str(value))


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, ZONE).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        if run_id.get():
            line["run"] = run_id.get()
        line |= {name: clean(value) for name, value in vars(record).items() if name not in STANDARD}
        if record.exc_info:
            line["traceback"] = scrub(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def config(level: str = "INFO") -> dict[str, Any]:
    """Everything to standard error, which the server's supervisor keeps."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "portal.logging.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers print to a console or mail the administrators: not here.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "elastic_transport": {
                "level": "ERROR"
            },  # every request, and every one that failed: the search says what it means
            "pyhanko": {"level": "ERROR"},  # names each signer whom it does not know: the register says what that means
        },
    }
