"""Certificates are signed at the same moment: one key is made for all of them, and every payload is good."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.st_enterprises.proofs.keys import published_keys, signing_key
from registry.st_enterprises.proofs.payload import sign, verify
from tests.st_enterprises.proofs.claims import claim

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_first_signatures_share_one_key(at_once: Callable[..., list[Any]], settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    payloads = at_once(*(lambda n=n: sign(claim(number=f"{n}/2026/DNKHCN"), signing_key()) for n in range(1, 17)))
    keys = published_keys()
    assert len(keys) == 1
    assert {verify(payload, keys).claim.number for payload in payloads} == {f"{n}/2026/DNKHCN" for n in range(1, 17)}


def test_a_demo_goes_live_once(at_once: Callable[..., list[Any]], settings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.DEMO = tmp_path, True
    signing_key()
    settings.DEMO = False
    payloads = at_once(*(lambda n=n: sign(claim(number=f"{n}/2026/DNKHCN"), signing_key()) for n in range(1, 17)))
    keys = published_keys()
    assert [key.development for key in keys.values()] == [True, False]
    assert not any(verify(payload, keys).key.development for payload in payloads)
