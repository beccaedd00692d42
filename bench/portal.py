"""How fast the portal answers with so many startups: make bench [N=10000] [EDITS=1000].

A portal of its own with production settings, and the nginx of deploy/ before it. A benchmark, not a test: it fails on nothing and
says which aims it missed. Figures depend on the machine and on who else uses it; ratios within one run say more.
Needed besides Python: nginx and wrk.
"""

import argparse
import json
import os
import re
import signal
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from bench import load, nginx
from bench.search import machine

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench"
APP_CONNECTIONS, FRONT_CONNECTIONS = 4, 16
FILTERED = (
    "sector=agriculture",
    "stage=growth",
    "field=biotech",
    "year=2025&stage=idea",
    "page=7",
    "sector=services&page=3",
)
WORDS = ("chè shan tuyết", "sam lai chau", "truy xuất nguồn gốc", "mật ong", "tho cam", "cá hồi", "gạo séng cù")
SIGN_INS, READERS = 40, 2
LIST = "/khoi-nghiep/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=8, help="of each measurement")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, portal(Path(folder), given.size) as running:
        figures = measured(running, given.seconds)
        figures["freshness"] = freshness(running, given.edits)
        figures["memory_mb"] = memory(running.place.app)
    figures = {"machine": machine(), "size": given.size, **figures}
    figures["ratios"] = ratios(figures)
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / "portal.json"
    file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(table(figures))
    print(f"\n{file.relative_to(ROOT)}")


class Running:
    def __init__(self, place: nginx.Place, environment: dict[str, str], known: dict[str, Any], folder: Path) -> None:
        self.place, self.environment, self.known, self.folder = place, environment, known, folder
        self.app = f"http://127.0.0.1:{place.app}"


@contextmanager
def portal(folder: Path, size: int) -> Iterator[Running]:
    """The portal and nginx, with everything in the folder; both end with the block."""
    https, plain, app = nginx.free_ports(3)
    var = folder / "var"
    place = nginx.Place(folder / "nginx", var / "static", https, plain, app)
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DJANGO_", "DEMO"))}
    environment = own | {
        "PORTAL_VAR": str(var),
        "PORTAL_HOSTS": "localhost,127.0.0.1",
        "PORTAL_BASE_URL": place.address,
        "PORTAL_BEHIND_PROXY": "1",
        "PORTAL_PAGE_CACHE": "0",
        "PORTAL_LOG_LEVEL": "ERROR",
        "PORT": str(app),
    }
    out = folder / "known.json"
    command = [sys.executable, "-m", "bench.population", str(size), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603
    serving = subprocess.Popen([sys.executable, "manage.py", "serve", "--no-jobs"], cwd=ROOT, env=environment)  # noqa: S603
    try:
        until = time.monotonic() + 120
        while not answers(f"http://127.0.0.1:{app}/healthz"):
            if serving.poll() is not None or time.monotonic() > until:
                sys.exit("the portal did not start")
            time.sleep(0.2)
        with nginx.running(place):
            yield Running(place, environment, json.loads(out.read_text("utf-8")), folder)
    finally:
        serving.send_signal(signal.SIGINT)
        serving.wait(30)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def measured(running: Running, seconds: int) -> dict[str, Any]:
    """Each page uncached on the portal's own port; then a static file, and the same page kept by nginx."""
    details = running.known["details"]
    asked = {
        "empty view": ["/healthz"],
        "home": ["/"],
        "list": [LIST],
        "filtered list": [f"{LIST}?{one}" for one in FILTERED],
        "detail": details,
        "search": [f"/tim-kiem/?q={quote(word)}" for word in WORDS],
    }
    told: dict[str, Any] = {}
    for name, paths in asked.items():
        say(f"asking: {name}")
        # As nginx would pass it on: the portal answers plain HTTP only to who says that HTTPS came before.
        told[name] = uncached(running, paths, seconds)
    say("signing in, sending dossiers")
    person = running.known["email"], running.known["password"]
    someone = load.Person(running.app)
    someone.sign_in(*person)
    told["sign-in"] = load.timed(lambda _: load.Person(running.app).sign_in(*person), range(SIGN_INS))
    told["submission"] = load.timed(lambda reference: submission(running, someone, reference), running.known["drafts"])
    say("asking nginx")
    page = load.fetch(running.place.address, LIST, running.place.trust)
    (running.place.static / "bench.html").write_text(page, "utf-8")
    for turn in (1, 2):  # in turns, so that a busy moment hits both
        for name, path in (("(a) static file by nginx", "/static/bench.html"), ("(b) list by the micro-cache", LIST)):
            got = load.wrk(
                running.place.address, [path], running.folder, connections=FRONT_CONNECTIONS, seconds=seconds
            )
            told[name] = got if turn == 1 else better(told[name], got)
    told["page_bytes"] = len(page.encode())
    return {"pages": told}


def uncached(running: Running, paths: list[str], seconds: int) -> dict[str, Any]:
    return load.wrk(running.app, paths, running.folder, connections=APP_CONNECTIONS, seconds=seconds, proxied=True)


def better(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return max(one, other, key=lambda told: told["rps"])


def submission(running: Running, signed_in: load.Person, reference: str) -> float:
    """Milliseconds of sending one complete draft: checked, its snapshot kept, the clock started, letters written."""
    someone = load.Person(running.app)
    someone.cookies = dict(signed_in.cookies)
    path = f"/tai-khoan/khoi-nghiep/{reference}/kiem-tra/"
    _, text = someone.ask(path)
    form = {**someone.hidden(text), "truthful": "on", "_send": "1"}
    began = time.perf_counter()
    status, text = someone.ask(path, form)
    took = (time.perf_counter() - began) * 1000
    if status not in (302, 303):
        sys.exit(f"sending {reference} was answered with {status}")
    return took


def freshness(running: Running, edits: int) -> dict[str, Any]:
    """So many edits of many pages, published while everybody reads: how long until a visitor behind nginx sees each."""
    pages = running.known["pages"]
    rounds = max(1, edits // len(pages))
    say(f"editing: {rounds} rounds of {len(pages)} pages")
    command = [sys.executable, "-m", "bench.editor", str(rounds), json.dumps([number for number, _ in pages])]
    addresses = dict(pages)
    stop = threading.Event()
    readers = [
        threading.Thread(target=read_on, args=(running, [*addresses.values(), LIST], stop)) for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()
    taken: list[float] = []
    stale = 0
    secure = running.place.trust

    def wait_for(line: str) -> float:
        number, text, at = json.loads(line)
        return seen(running, addresses[number], text, at, secure)

    editor = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=running.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert editor.stdin
    assert editor.stdout
    try:
        with ThreadPoolExecutor(len(pages)) as visitors:
            for _ in range(rounds):
                editor.stdin.write("\n")
                editor.stdin.flush()
                lines, waits = [], []
                for _ in pages:
                    lines.append(editor.stdout.readline())
                    waits.append(visitors.submit(wait_for, lines[-1]))
                taken += [wait.result() for wait in waits]
                for number, text, _ in map(json.loads, lines):
                    stale += text not in load.fetch(running.place.address, addresses[number], secure)
    finally:
        stop.set()
        editor.stdin.close()
        editor.wait(60)
        for reader in readers:
            reader.join()
    ordered = sorted(taken)
    return {
        "edits": len(taken),
        "p50": round(statistics.median(ordered), 2),
        "max": round(ordered[-1], 2),
        "later_than_2_s": sum(one > 2 for one in ordered),
        "stale_after": stale,
    }


def seen(running: Running, path: str, text: str, published: float, secure: ssl.SSLContext) -> float:
    """Seconds from the publication to the first answer that has the new text."""
    while True:
        asked = time.time()
        if text in load.fetch(running.place.address, path, secure):
            return max(asked - published, 0)
        if asked - published > 30:
            sys.exit(f"{path} was not seen in 30 s")
        time.sleep(0.02)


def read_on(running: Running, paths: list[str], stop: threading.Event) -> None:
    while not stop.is_set():
        load.wrk(running.place.address, paths, running.folder, connections=4, seconds=2, rest_ms=5)


def memory(app: int) -> dict[str, list[float]]:
    """Megabytes of each worker, as /metrics tells them: all that is in memory, and what is its own."""
    with urlopen(f"http://127.0.0.1:{app}/metrics", timeout=10) as answer:  # noqa: S310
        text = answer.read().decode()
    found = re.findall(r'portal_process_bytes\{kind="(\w+)",process="\d+"\} (\S+)', text)
    return {
        kind: [round(float(size) / 1e6, 1) for name, size in found if name == kind] for kind in ("resident", "private")
    }


def ratios(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """What is aimed at, what was found, and whether that is reached."""
    pages, fresh = figures["pages"], figures["freshness"]
    bare = pages["empty view"]["p95"]
    kept = pages["(b) list by the micro-cache"]["rps"] / pages["(a) static file by nginx"]["rps"]
    heaviest = max(
        figures["memory_mb"]["private"]
    )  # `resident` counts pages of SQLite's mapped file, which the system may take back
    rows = [
        ("(b) micro-cache / (a) static file, requests a second", round(kept, 3), ">= 0.9", kept >= 0.9),
        *(
            (
                f"{name} uncached / empty view, p95",
                round(pages[name]["p95"] / bare, 2),
                "<= 3",
                pages[name]["p95"] <= 3 * bare,
            )
            for name in ("list", "detail")
        ),
        ("memory of the heaviest worker's own, MB", heaviest, "<= 250", heaviest <= 250),
        ("edits seen later than 2 s", fresh["later_than_2_s"], "= 0", fresh["later_than_2_s"] == 0),
        ("stale answers after an edit was seen", fresh["stale_after"], "= 0", fresh["stale_after"] == 0),
    ]
    return [{"what": what, "found": found, "aim": aim, "reached": bool(well)} for what, found, aim, well in rows]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def table(figures: dict[str, Any]) -> str:
    where = figures["machine"]
    lines = [
        f"\n{figures['size']} startups; {where['cores']} cores, load {where['load'][0]}, Python {where['python']}, {where['system']}",
        f"\n  {'':32}{'a second':>10}{'p50 ms':>9}{'p95':>9}{'p99':>9}{'n':>8}{'failed':>8}",
    ]
    for name, told in figures["pages"].items():
        if isinstance(told, dict):
            lines.append(
                f"  {name:32}{told['rps']:>10}{told['p50']:>9}{told['p95']:>9}{told['p99']:>9}{told['n']:>8}{told['failed']:>8}"
            )
    lines += [f"\n  memory of the workers, MB: {figures['memory_mb']}", f"  freshness: {figures['freshness']}\n"]
    for row in figures["ratios"]:
        lines.append(
            f"  {'reached' if row['reached'] else 'MISSED ':8}{row['what']:58}{row['found']:>8}  aim {row['aim']}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
