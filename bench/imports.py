"""How fast a list is taken over, and how much memory it takes: make bench-import N=10000.

The list is made up, with faults of seven kinds planted in every hundredth row; it goes into a portal of its own by the command
that operators use: tried, taken over, and once more, when nothing changes. Figures depend on the machine and on who else uses it.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.corpus import WARDS, Maker, Place

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench"
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
EVERY = 100  # one row in so many has a fault
FAULTS: tuple[tuple[str, str, str], ...] = (
    # (the column that is told, what is written into it, what that is)
    ("Mã số thuế", "0100000001", "a tax code with a wrong check digit"),
    ("Tên dự án", "", "no name"),
    ("Mã xã, phường", "99999", "a commune that there is not"),
    ("Ngày đăng ký kinh doanh", "31/02/2023", "a day that there is not"),
    ("Điện thoại", "12", "a phone number that is none"),
    ("Khu vực kinh tế", "Khai khoáng", "a sector that is not in the plan"),
    ("Mã ngành kinh tế", "9999", "an industry that is not in the list"),
)
SECTORS = ("Nông nghiệp", "Công nghiệp, xây dựng, giao thông", "Dịch vụ")
STAGES = ("Ý tưởng", "Thử nghiệm", "Có khách hàng", "Tăng trưởng")
FIELDS = ("Công nghệ sinh học", "Công nghệ thông tin, truyền thông", "Năng lượng, vật liệu")


def tax_codes(count: int) -> list[str]:
    """Numbers with the right check digit, each another."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        nine = f"62{number:07d}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, nine, strict=True)) % 11
        if 0 <= check <= 9:
            found.append(f"{nine}{check}")
    return found


def rows(count: int, *, faults: bool) -> list[dict[str, str]]:
    """A made-up list by heading; with `faults`, rows EVERY - 1, 2 × EVERY - 1, … (from 0) are wrong in turn."""
    codes = tax_codes(count)
    made = []
    for number in range(count):
        make = Maker(2030, number)
        code, name = WARDS[number % len(WARDS)]
        row = {
            "Mã tham chiếu": f"DS-{number:05d}",
            "Loại chủ dự án": "Doanh nghiệp" if number % 3 else "Hợp tác xã",
            "Mã số thuế": codes[number],
            "Tên chủ dự án": f"Công ty {make.proper()} {number}",
            "Tên dự án": f"{make.proper()} {number}",
            "Giới thiệu": make.body(Place(code, name))[:180],
            "Mã xã, phường": code,
            "Xã, phường": name,
            "Địa chỉ": f"Số {number % 200 + 1}, bản {make.proper()}",
            "Ngày đăng ký kinh doanh": f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{2015 + number % 10}",
            "Người đại diện": make.person(),
            "Thư điện tử": f"du-an-{number}@example.vn",
            "Điện thoại": f"09{number:08d}",
            "Mã ngành kinh tế": "0127; 1076" if number % 2 else "0127",
            "Lĩnh vực công nghệ": FIELDS[number % len(FIELDS)],
            "Khu vực kinh tế": SECTORS[number % len(SECTORS)],
            "Giai đoạn": STAGES[number % len(STAGES)],
            "Vấn đề": make.body(Place(code, name)),
            "Lời giải": make.body(Place(code, name)),
            "Sản phẩm, dịch vụ": f"{make.proper()} | {make.proper()}",
            "Đội ngũ": f"{make.person()} | Sáng lập; {make.person()}",
            "Số người làm từng năm": f"2024 | {number % 30}; 2025 | {number % 40}",
        }
        if faults and number % EVERY == EVERY - 1:
            column, value, _what = FAULTS[number // EVERY % len(FAULTS)]
            row[column] = value
        made.append(row)
    return made


def write_csv(path: Path, made: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]))
        writer.writeheader()
        writer.writerows(made)


def write_xlsx(path: Path, made: list[dict[str, str]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(made[0]))
    for row in made:
        sheet.append(list(row.values()))
    book.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--database", default="", help="DATABASE_URL of an empty database; without it SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-import-") as folder:
        environment = {**os.environ, "PORTAL_VAR": folder, "DEMO": "0", "PORTAL_LOG_LEVEL": "ERROR"}
        environment.pop("DATABASE_URL", None)
        if given.database:
            environment["DATABASE_URL"] = given.database
        told = measured(Path(folder), given.size, environment)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"import-{given.size}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def measured(folder: Path, size: int, environment: dict[str, str]) -> list[dict[str, Any]]:
    manage(environment, "migrate", "-v0")
    manage(environment, "sync_roles", "-v0")
    manage(environment, "shell", "-v0", "-c", LEADER)
    made = rows(size, faults=True)
    write_csv(folder / "list.csv", made)
    write_xlsx(folder / "list.xlsx", made)
    changed = [{**row, "Giới thiệu": "Câu giới thiệu mới."} for row in made]
    write_csv(folder / "changed.csv", changed)
    steps = (
        ("tried, CSV", ["list.csv", "--dry-run"]),
        ("taken over, CSV", ["list.csv"]),
        ("once more, XLSX", ["list.xlsx"]),
        ("every row changed, CSV", ["changed.csv"]),
    )
    told = []
    for name, arguments in steps:
        told.append(step(folder, environment, name, arguments))
        say(told[-1])
    return told


def say(step: dict[str, Any]) -> None:
    print(
        f"{step['step']:<28} {step['seconds']:>7.1f} s  cpu {step['cpu']:>6.1f} s  {step['megabytes']:>5} MB  exit {step['exit']}  {step['report']}"
    )


LEADER = """
from django.contrib.auth.models import Group
from accounts.models import User
User.objects.create_user(email="leader@example.vn", password=None).groups.add(Group.objects.get(name="leader"))
"""


def step(folder: Path, environment: dict[str, str], name: str, arguments: list[str]) -> dict[str, Any]:
    report = folder / "report.json"
    command = [sys.executable, "manage.py", "import_startups", str(folder / arguments[0]), *arguments[1:]]
    started = time.perf_counter()
    done = subprocess.Popen(
        [*command, "--report", str(report)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )  # noqa: S603
    _pid, status, used = os.wait4(done.pid, 0)
    seconds = time.perf_counter() - started
    told = json.loads(report.read_text("utf-8"))
    told["rejected"] = len(told["rejected"])
    return {
        "step": name,
        "seconds": round(seconds, 1),
        "cpu": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": used.ru_maxrss // 1024,
        "exit": os.waitstatus_to_exitcode(status),
        "report": told,
    }


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
