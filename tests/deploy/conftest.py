"""A portal with production settings behind the nginx of deploy/, spoken to from outside."""

import http.client
import os
import re
import signal
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection

from bench import nginx

FIRST_START = 300
"""Seconds; on a quiet machine it takes fifteen, most of them for packing the static files."""
PERSON = ("nguoi@vidu.example", "mat-khau-thu-nghiem-1")
SET_UP = f"""
from allauth.account.models import EmailAddress
from accounts.models import User
user = User(email="{PERSON[0]}", full_name="Người Thử", language="vi")
user.set_password("{PERSON[1]}")
user.save()
EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
"""
PUBLISH = """
import time
from cms.home.models import HomePage
page = HomePage.objects.get(locale__language_code="vi")
page.title = {title!r}
page.save_revision().publish()
print(time.time())
"""


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def cache(self) -> str:
        return self.headers.get("X-Cache") or ""


@dataclass
class Installation:
    """The portal's process (which may be restarted) and the nginx before it."""

    place: nginx.Place
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    trust: ssl.SSLContext = field(init=False)

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve", "--no-jobs"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + FIRST_START
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.place.app}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process
        self.process.send_signal(how)
        self.process.wait(30)

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def publish(self, title: str) -> float:
        """Give the front page another title; returns when that was done."""
        return float(self.manage("shell", "--no-imports", "-c", PUBLISH.format(title=title)).split()[-1])

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, secure: bool = True, **headers: str
    ) -> Answer:
        if secure:
            line: Any = http.client.HTTPSConnection("localhost", self.place.https, timeout=30, context=self.trust)
        else:
            line = http.client.HTTPConnection("localhost", self.place.http, timeout=30)
        try:
            line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            line.close()

    def signed_in(self) -> str:
        """The cookies of somebody who came in by the form."""
        address = "/tai-khoan/dang-nhap/"
        form = self.ask(address)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', form.text)
        assert token
        cookies = "; ".join(value.split(";")[0] for value in form.headers.get_all("Set-Cookie") or [])
        data = urlencode({"csrfmiddlewaretoken": token[1], "login": PERSON[0], "password": PERSON[1]}).encode()
        typed = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"{self.place.address}{address}"}
        answer = self.ask(address, "POST", data, Cookie=cookies, **typed)
        assert answer.status == 302, answer.text
        return "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") or [])


@pytest.fixture(scope="module")
def installed(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    var = folder / "var"
    var.mkdir()
    with django_db_blocker.unblock():
        connection.ensure_connection()
        target = sqlite3.connect(var / "portal.sqlite3")
        connection.connection.backup(target)
        target.close()
    https, plain, app = nginx.free_ports(3)
    place = nginx.Place(folder / "nginx", var / "static", https, plain, app)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DJANGO_", "DEMO", "DATABASE_"))}
    environment = clean | {
        "PORTAL_VAR": str(var),
        "PORTAL_HOSTS": "localhost,127.0.0.1",
        "PORTAL_BASE_URL": place.address,
        "PORTAL_BEHIND_PROXY": "1",
        "PORTAL_PAGE_CACHE": "0",
        "PORT": str(app),
    }
    installation = Installation(place, environment, folder / "log")
    installation.manage("shell", "--no-imports", "-c", SET_UP)
    try:
        installation.start()
        with nginx.running(place):
            installation.trust = place.trust
            yield installation
    finally:
        installation.stop(signal.SIGINT)
