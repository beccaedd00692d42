"""Do certificate numbers stay distinct, consecutive and without a gap when many are granted at once: make race-numbers N=50.

For each database (SQLite; PostgreSQL where its programs are installed) a portal of its own is made, N certificates are
granted at the same moment, and beside them ten more whose transactions are given up after they had their number. Leaves
with 1 if a number is missing, twice there, or another than the next.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GIVEN_UP = 10
MOST_AT_ONCE = 60
PATIENCE = 600
"""Seconds that all grants together may take."""


class Stop(Exception):
    """The transaction is given up, by plan."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one database: the numbers in the order in which they were given, and what was expected."""

    numbers: Sequence[str]
    expected: Sequence[str]

    @property
    def faults(self) -> list[str]:
        here, wanted = list(self.numbers), list(self.expected)
        twice = sorted({one for one in here if here.count(one) > 1})
        found = [f"twice: {', '.join(twice)}"] if twice else []
        if missing := [one for one in wanted if one not in here]:
            found.append(f"missing (a gap): {', '.join(missing)}")
        if more := sorted({one for one in here if one not in wanted}):
            found.append(f"not of the series: {', '.join(more)}")
        if not found and here != wanted:
            found.append("given in another order than counted")
        return found


def race(count: int, given_up: int, actor: Any) -> Told:
    """Grant `count` certificates at once in this database, and give up `given_up` more, spread among them.

    Each grant runs in a thread of its own (MOST_AT_ONCE at a time, which start together), on a connection of its own.
    """
    from django.conf import settings
    from django.db import connection, transaction

    from registry.certificates.models import Certificate
    from registry.certificates.numbering import SCOPE

    everybody = count + given_up
    stopped = {place * everybody // given_up for place in range(given_up)}
    raised: list[BaseException] = []
    workers = min(everybody, MOST_AT_ONCE)
    barrier = Barrier(workers)

    def work(first: int) -> None:
        try:
            barrier.wait(60)
            for place in range(first, everybody, workers):
                try:
                    with transaction.atomic():
                        grant(place, actor)
                        if place in stopped:
                            raise Stop
                except Stop:
                    pass
        except BaseException as one:
            raised.append(one)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(first,)) for first in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if raised:
        raise raised[0]
    issued = Certificate.objects.order_by("pk").first()
    pattern, year = settings.NUMBER_PATTERNS[SCOPE], issued.first_issued_on.year if issued else 0
    expected = [pattern.format(number=number, year=year) for number in range(1, count + 1)]
    found = Certificate.objects.values_list("number", flat=True)
    return Told(sorted(found, key=lambda one: (len(one), one)), sorted(expected, key=lambda one: (len(one), one)))


def grant(place: int, actor: Any) -> Any:
    """One certificate, as a decision of the People's Committee issues it; its number is the next of the series."""
    from registry.certificates.deciding import GROUNDS, Content, Line, issue
    from registry.certificates.models import Regime
    from registry.core import clock
    from registry.core.decisions import DecisionDraft
    from registry.core.models import Authority
    from registry.core.selectors import ward
    from registry.parties.services import create_party

    name = f"Công ty Chạy Đua {place}"
    party = create_party(kind="cooperative", name=name, actor=actor, with_owner=False)
    there = ward("03478")
    assert there is not None
    content = Content(
        ward=there,
        name_vi=name,
        business_number=f"99{place:08d}",
        address="Bản Chạy Đua",
        sector="agriculture",
        fields=("biotech",),
        lines=(Line("utility_solution", "Một kết quả", "Một sản phẩm"),),
    )
    today = clock.today()
    draft = DecisionDraft(
        kind="grant",
        ground=GROUNDS[Regime.ND268],
        authority=Authority.objects.get(code="ubnd-tinh"),
        signed_on=today,
        effective_on=today,
        number=f"{place}/QĐ-UBND",
        signatory="Ông Ví Dụ",
    )
    return issue(party, content, draft, regime=Regime.ND268, number="", actor=actor)


def inside(count: int) -> int:
    """In the portal that was made for it: race, and tell the parent in one line."""
    import django

    django.setup()
    from accounts.models import User

    actor = User.objects.create_user(email="dua@example.vn", password=None, full_name="Người cấp")
    begun = time.monotonic()
    told = race(count, GIVEN_UP, actor)
    print(json.dumps({"numbers": list(told.numbers), "faults": told.faults, "seconds": time.monotonic() - begun}))
    return 0


def run(name: str, url: str, count: int) -> bool:
    """Race on one database in a portal of its own; whether all is as it should be."""
    with tempfile.TemporaryDirectory(prefix="portal-race-") as folder:
        clean = {
            key: value for key, value in os.environ.items() if not key.startswith(("PORTAL_", "DATABASE_URL", "DEMO"))
        }
        env = {**clean, "PORTAL_VAR": folder, "PORTAL_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "portal.settings"}
        env |= {"DATABASE_URL": url} if url else {}
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        child = [sys.executable, "-m", "bench.race_numbers", str(count), "--inside"]
        for command in (migrate, child):
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
            if done.returncode:
                print(f"{name}: FAILED\n{done.stderr[-3000:]}")
                return False
    found = json.loads(done.stdout.splitlines()[-1])
    numbers = found["numbers"]
    at_once = min(count + GIVEN_UP, MOST_AT_ONCE)
    print(
        f"{name}: {len(numbers)} granted, {at_once} at a time, {GIVEN_UP} given up after they had a number,"
        f" {found['seconds']:.1f} s; first {numbers[0]}, last {numbers[-1]}"
    )
    print(f"{name}: {'; '.join(found['faults']) or 'distinct, consecutive, without a gap'}")
    return not found["faults"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=50)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.count < 1:
        parser.error("N is a number from 1 on")
    if asked.inside:
        return inside(asked.count)
    well = run("SQLite", "", asked.count)
    with tempfile.TemporaryDirectory(prefix="portal-race-") as folder:
        Path(folder).chmod(0o711)  # the server may run as another user
        place = str(Path(folder) / "postgres")
        started = subprocess.run(
            ["sh", "scripts/postgres.sh", "start", place], cwd=ROOT, capture_output=True, text=True
        )
        if started.returncode:
            print(f"PostgreSQL: not run. {started.stderr.strip()}")
            return 0 if well else 1
        try:
            well = run("PostgreSQL", started.stdout.strip(), asked.count) and well
        finally:
            subprocess.run(["sh", "scripts/postgres.sh", "stop", place], cwd=ROOT, check=False)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
