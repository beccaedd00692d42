"""The page for checking without a network, and the picture that leads to the check. In a browser: tests/browser."""

import json
import re
from hashlib import sha256
from xml.etree import ElementTree

import pytest
import segno
from django.test import Client

from registry.st_enterprises.proofs import page
from registry.st_enterprises.proofs.keys import SigningKey, published_keys
from registry.st_enterprises.proofs.links import payload_in, qr_svg, verification_url
from registry.st_enterprises.proofs.payload import MOST_SIGNS, sign, verify
from tests.portal.shareable import assert_shareable
from tests.st_enterprises.proofs.claims import LONG_HOLDER, claim
from tests.startups.test_badge import expected, modules

ADDRESS = "/xac-minh/ngoai-tuyen.html"
TEXT = page.TOOL.read_text()
VENDORED, OWN = re.search(
    r'<script type="module">\n(.*?)\n(// The page itself\..*?)</script>', TEXT, re.DOTALL
).groups()
NOBLE = "98a330d171d913862ff822a0bf978b1b791b0863c235cf6962747f66754b9330"
"""SHA-256 of index.js of @noble/ed25519 2.3.0 as its package carries it, without the last line's end."""


def test_the_file_is_small_and_calls_nobody() -> None:
    assert len(TEXT.encode()) <= 60_000
    assert not re.search(r"(?:src|href|action)=[\"'](?!#)", TEXT)
    assert not re.search(r"fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\b|innerHTML|eval", OWN)
    assert page.NO_KEYS in TEXT


def test_the_vendored_part_is_as_published_and_carries_its_licence() -> None:
    assert sha256(VENDORED.encode()).hexdigest() == NOBLE
    assert "Permission is hereby granted, free of charge" in TEXT
    assert "Copyright (c) 2019 Paul Miller" in TEXT


def test_the_policy_of_the_file_is_that_of_its_own_script_and_style() -> None:
    policy = page.policy()
    told = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', TEXT).group(1)
    wanted = ("default-src", "script-src", "style-src", "base-uri", "form-action")
    assert told == "; ".join(" ".join((name, *policy[name])) for name in wanted)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_stands_in_both_languages(language: str) -> None:
    body = TEXT.partition("<body>")[2].partition("<script")[0]
    assert body.count('lang="vi"') == body.count('lang="en"') > 20


def test_the_portal_serves_it_with_its_keys(key: SigningKey) -> None:
    assert_shareable(ADDRESS)
    answer = Client().get(ADDRESS)
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'self'" not in policy
    assert "unsafe" not in policy
    served = answer.content.decode()
    assert len(answer.content) <= 60_000
    block = re.search(r'<script id="keys" type="application/json">(.*?)</script>', served, re.DOTALL).group(1)
    assert json.loads(block) == Client().get("/.well-known/st-certificate-keys.json").json()
    assert json.loads(block)["keys"][0]["kid"] == key.key_id
    assert served.replace(block, '{"keys": []}') == TEXT


def test_the_code_leads_to_the_check(key: SigningKey) -> None:
    payload = sign(claim(holder=LONG_HOLDER), key)
    url = verification_url(payload)
    drawing = ElementTree.fromstring(qr_svg(url))
    (path,) = [one.get("d") for one in drawing.iter() if one.get("stroke") == "#000"]
    assert modules(path) == expected(url, "m")
    assert verify(payload_in(url), published_keys())


def test_the_longest_link_stays_readable_on_paper() -> None:
    """73 modules on 40 mm leave half a millimetre each."""
    host = "https://" + "x" * 42
    qr = segno.make(f"{host}/xac-minh/#{'x' * MOST_SIGNS}", error="m", micro=False, boost_error=False)
    assert qr.symbol_size(border=0)[0] <= 73
