"""What a clear answer is: no error of ours, in the language of its address, and nothing that was typed comes back as HTML."""

import re
from typing import Any

from django.http import HttpResponse

SCRIPT = "<script>alert(1)</script>"
HEADING = re.compile(r"<h1[^>]*>(?:\s|<[^>]*>)*[^\s<]")

NASTY = {
    "empty": "",
    "blank": "   ",
    "long": "che " * 1250,
    "one long word": "x" * 5000,
    "digits": "9" * 5000,
    "quote": '"',
    "quotes": "' OR 1=1 --",
    "open phrase": '"chè cổ',
    "operator": "NEAR(che tra, 2)",
    "operators": "AND OR NOT che*",
    "column": "title:che",
    "caret": "^che - + ( ) : { } \\",
    "NUL": "che\x00tra",
    "only NUL": "\x00",
    "decomposed": "che\u0300 co\u0302\u0309 thu\u0323",
    "HTML": SCRIPT,
    "template": "{{ 7|add:7 }}{% now 'Y' %}",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "format": "%s %(x)s %n {0} {}",
    "wildcard": "%_*?",
    "right to left": "\u202eche\u202c",
    "emoji": "🍵" * 50,
    "other digits": "٢٠٢٦",
    "superscript": "²",
    "lines": "che\r\nX-Evil: 1\n\n",
    "path": "../../../etc/passwd",
    "minus": "-1",
    "far": "999999",
    "fraction": "1.5",
    "power": "1e309",
    "no day": "2026-02-30",
    "old day": "0001-01-01",
    "last day": "9999-12-31",
    "ward": "99999",
}
"""Values that somebody types, pastes or tries, by what they are."""


def body_of(response: Any) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return str(raw.decode())


def assert_clear(response: HttpResponse, said: str, language: str) -> str:
    """The body, after the look at what every answer owes."""
    assert response.status_code < 500, said
    body = body_of(response)
    assert SCRIPT not in body or "json" in response["Content-Type"] or "csv" in response["Content-Type"], said
    if response["Content-Type"].startswith("text/html") and response.status_code not in (301, 302, 303):
        assert f'<html lang="{language}"' in body, said
        assert HEADING.search(body), f"{said}: says nothing"
    assert "evil.example" not in response.headers.get("Location", ""), said
    assert "X-Evil" not in response.headers, said
    return body


def language_of(url: str) -> str:
    return "en" if url.startswith("/en/") else "vi"
