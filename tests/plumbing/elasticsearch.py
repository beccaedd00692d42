"""Tests marked `elasticsearch` speak to a real server; its address is what ELASTICSEARCH_URL named when the run began."""

import os
import urllib.error
import urllib.request

_ADDRESS = os.environ.get("ELASTICSEARCH_URL", "")


def address() -> str:
    return _ADDRESS


def answers() -> bool:
    if not _ADDRESS:
        return False
    try:
        with urllib.request.urlopen(_ADDRESS, timeout=3) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
