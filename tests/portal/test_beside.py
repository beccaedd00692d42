"""What works beside the server: begun again when it is killed, gone when the server is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SERVER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from portal.server import start_beside

def work(orphaned):
    with open(sys.argv[1], "a") as told:
        told.write(f"{os.getpid()}\\n")
    orphaned.wait(60)

start_beside(work)
time.sleep(60)
"""


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)


def lives(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_worker_that_is_killed_is_begun_again_and_ends_with_its_server(tmp_path: Path) -> None:
    told = tmp_path / "told"
    told.touch()
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(told)])
    try:
        for times in (1, 2):
            until(lambda times=times: len(told.read_text().split()) == times)
            os.kill(int(told.read_text().split()[-1]), signal.SIGKILL)
        until(lambda: len(told.read_text().split()) == 3)
        last = int(told.read_text().split()[-1])
        assert lives(last)
    finally:
        server.kill()
        server.wait()
    until(lambda: not lives(last))
