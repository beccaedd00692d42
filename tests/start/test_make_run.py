"""The portal started as `make run` and `make serve` start it, on a state folder of its own, and spoken to from outside."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from django.conf import settings

from portal.personas import PERSONAS

pytestmark = pytest.mark.start
FIRST_START, SECOND_START = 300, 10


def environment(var: Path, **variables: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DJANGO_")) and k != "DATABASE_URL"}
    return {**clean, "PORTAL_VAR": str(var), **variables}


@contextmanager
def portal(var: Path, within: float, **variables: str) -> Iterator[tuple[str, Path]]:
    """A running portal: its address and the file of what it prints. It must answer within so many seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    printed = var / "printed"
    began = time.monotonic()
    with printed.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment(var, PORT=str(port), PORTAL_LOG_LEVEL="WARNING", **variables),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    address = f"http://localhost:{port}"
    try:
        while not answers(f"{address}/healthz"):
            assert process.poll() is None, printed.read_text()
            assert time.monotonic() - began < within, f"no answer in {within} s: {printed.read_text()}"
            time.sleep(0.1)
        yield address, printed
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(json.load(answer) == {"status": "ok"})
    except (URLError, OSError):
        return False


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def startups(address: str) -> int:
    with urlopen(f"{address}/api/v1/startups", timeout=30) as answer:
        return int(json.load(answer)["count"])


def enters(address: str, email: str) -> bool:
    """Signs in with the demo's password and asks for the account page."""
    opener = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = f"{address}/tai-khoan/dang-nhap/"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', opener.open(page).read().decode()).group(1)
    form = {"csrfmiddlewaretoken": token, "login": email, "password": "laichau-demo-2030"}
    opener.open(Request(page, urlencode(form).encode(), {"Referer": page}))
    return bool(opener.open(f"{address}/tai-khoan/").geturl() == f"{address}/tai-khoan/")


def test_a_first_start_a_second_and_one_without_the_demo(tmp_path: Path) -> None:
    with portal(tmp_path, FIRST_START, DEMO="1") as (address, printed):
        told = printed.read_text()
        assert all(email in told for email in PERSONAS)
        count = startups(address)
        assert count >= 50
        assert enters(address, "founder@demo.test")
        assert status(f"{address}/dev/thu/") == 200
        assert status(f"{address}/tim-kiem/?q={quote('ờ' * 5000)}") == 200
        reset = subprocess.run(
            [sys.executable, "manage.py", "demo_reset"],
            cwd=settings.BASE_DIR,
            env=environment(tmp_path, DEMO="1"),
            capture_output=True,
            text=True,
        )
        assert reset.returncode != 0
        assert "Máy chủ đang chạy" in reset.stderr

    with portal(tmp_path, SECOND_START, DEMO="1") as (address, _):
        assert startups(address) == count

    with portal(tmp_path, FIRST_START, DEMO="0") as (address, printed):
        assert startups(address) == count
        assert not enters(address, "founder@demo.test")
        assert status(f"{address}/dev/thu/") == 404
        assert not any(email in printed.read_text() for email in PERSONAS)
        home = urlopen(f"{address}/").read().decode()
        assert re.search(r"/static/css/look\.[0-9a-f]{12}\.css", home)


def test_a_mistyped_setting_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path, DEMO="maybe"),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 3
    assert result.stderr == "Cấu hình sai: DEMO='maybe' không dùng được: cần 1 hoặc 0 (cũng nhận true, false).\n"


def test_a_port_in_use_is_told_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment(tmp_path, DEMO="1", PORT=str(port)),
            capture_output=True,
            text=True,
        )
    assert result.returncode == 1
    assert f"make run PORT={port + 10}" in result.stderr
