"""Make search/data/neighbours.txt: which Vietnamese syllables follow each other, without marks, in law texts and reference lists.

    .venv/bin/python scripts/neighbours.py ../shared/domain/decree-268-2025-*.* ../shared/reference/*.csv

Texts are .txt, .json (an object of texts) or .csv (every column); what is no pair of Vietnamese syllables is left out.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.normalise import fold
from search.ocr import DATA, SYLLABLES

HEADER = """\
# Which syllable follows which, without marks, and how often: "first second:times …". Counted by scripts/neighbours.py from the text of
# Decree 268/2025/NĐ-CP with its appendices (legal texts: no copyright) and from the reference lists. Read by search/ocr.py.
"""


def texts(path: Path) -> list[str]:
    raw = path.read_text("utf-8")
    if path.suffix == ".json":
        return list(json.loads(raw).values())
    if path.suffix == ".csv":
        return [cell for row in csv.reader(raw.splitlines()) for cell in row]
    return [raw]


def main() -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    for path in map(Path, sys.argv[1:]):
        for text in texts(path):
            for run in re.split(r"[^\w\s]|\d+", fold(text)):
                pairs.update(pair for pair in pairwise(run.split()) if pair[0] in SYLLABLES and pair[1] in SYLLABLES)
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for (first, second), times in sorted(pairs.items()):
        lines[first].append(f"{second}:{times}")
    body = "".join(f"{first} {' '.join(followers)}\n" for first, followers in sorted(lines.items()))
    (DATA / "neighbours.txt").write_text(HEADER + body, "utf-8")
    print(f"{len(pairs)} pairs of {len(lines)} syllables")


if __name__ == "__main__":
    main()
