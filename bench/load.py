"""Asking a running portal: many times the same by wrk, and what takes several steps by people in threads."""

import http.client
import itertools
import json
import re
import shutil
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

LUA = Path(__file__).resolve().parent / "report.lua"
PEOPLE = 4
_visitors = itertools.count(1)


def wrk(
    address: str,
    paths: Sequence[str],
    folder: Path,
    *,
    connections: int,
    seconds: int,
    proxied: bool = False,
    rest_ms: int = 0,
) -> dict[str, Any]:
    """Requests a second and percentiles in milliseconds of asking for these paths by turns.

    `proxied`: with the header by which nginx says that HTTPS came before it. `rest_ms`: each connection pauses so long.
    """
    program = shutil.which("wrk")
    if program is None:
        sys.exit("make bench needs the program wrk. On Debian: sudo apt-get install -y wrk nginx-light")
    file = folder / f"paths-{threading.get_ident()}"
    file.write_text("".join(f"{path}\n" for path in paths), "utf-8")
    command = [program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(LUA)]
    command += ["-H", "X-Forwarded-Proto: https"] if proxied else []
    done = subprocess.run(
        [*command, address, "--", str(file), str(rest_ms)], stdout=subprocess.PIPE, text=True, check=True
    )  # noqa: S603
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return {"rps": round(told["requests"] / told["seconds"], 1), **{p: round(told[p], 2) for p in ("p50", "p95", "p99")},
            "failed": told["failed"], "n": told["requests"]}  # fmt: skip


class Person:
    """Somebody at a browser, on the portal's own port; comes from an address of their own, as the proxy would say it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host = parts.netloc
        number = next(_visitors)
        self.headers = {
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{parts.netloc}/",
        }
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        body = urlencode(form).encode() if form is not None else None
        headers = {**self.headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection(self.host, timeout=60)
        try:
            line.request("GET" if body is None else "POST", path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
            for given in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = given.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, text
        finally:
            line.close()

    def hidden(self, text: str) -> dict[str, str]:
        """The hidden fields of the page, the token among them."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
        return dict(found)

    def sign_in(self, email: str, password: str) -> float:
        """Milliseconds of the posted form."""
        path = "/tai-khoan/dang-nhap/"
        _, text = self.ask(path)
        form = {**self.hidden(text), "login": email, "password": password}
        began = time.perf_counter()
        status, _ = self.ask(path, form)
        took = (time.perf_counter() - began) * 1000
        if status != 302:
            sys.exit(f"signing in was answered with {status}")
        return took


def timed(work: Callable[[Any], float], given: Sequence[Any]) -> dict[str, Any]:
    """Do the work for each, some at a time; each returns its milliseconds."""
    began = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        taken = sorted(people.map(work, given))
    seconds = time.perf_counter() - began
    return {
        "rps": round(len(taken) / seconds, 1),
        **{name: round(at(taken, share), 1) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))},
        "failed": 0,
        "n": len(taken),
    }


def at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if len(values) > 1 else statistics.fmean(values)


def fetch(address: str, path: str, trust: ssl.SSLContext) -> str:
    parts = urlsplit(address)
    line = http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=30, context=trust)
    try:
        line.request("GET", path)
        return line.getresponse().read().decode("utf-8", "replace")
    finally:
        line.close()
