"""A portal of its own for a measurement: another process, a temporary folder, indices under a prefix of their own."""

import contextlib
import json
import os
import secrets
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


@contextlib.contextmanager
def apart(engine: str) -> Iterator[dict[str, str]]:
    """The environment of a process that shares nothing with this portal; what it leaves is removed at the end."""
    prefix = f"bench-{secrets.token_hex(4)}"
    with tempfile.TemporaryDirectory(prefix="search-bench-") as folder:
        environment = {
            **os.environ,
            "PORTAL_VAR": folder,
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'portal.sqlite3'}",
            "SEARCH_ENGINE": engine,
            "DEMO": "0",
            "PORTAL_DEBUG": "0",
            "PORTAL_LOG_LEVEL": "WARNING",
            "PORTAL_PAGE_CACHE": "0",
        }
        if engine == "elasticsearch":
            environment["ELASTICSEARCH_PREFIX"] = prefix
        try:
            yield environment
        finally:
            if engine == "elasticsearch":
                _remove_indices(getattr(settings, "ELASTICSEARCH_URL", ""), prefix)


def is_apart() -> bool:
    """Whether this process is such a portal."""
    return Path(settings.VAR_DIR).name.startswith("search-bench-")


def _remove_indices(server: str, prefix: str) -> None:
    with urllib.request.urlopen(f"{server}/_cat/indices/{prefix}*?format=json", timeout=30) as answer:  # noqa: S310
        names = [index["index"] for index in json.load(answer)]
    for name in names:
        request = urllib.request.Request(f"{server}/{name}", method="DELETE")  # noqa: S310 (the portal's own server)
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310
