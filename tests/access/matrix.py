"""tests/access_matrix.csv: who gets what at which address. One row for each pattern and method.

pattern   as in the urls.py files, in Vietnamese; `quan-tri/pages/*` covers all that Wagtail itself serves there
method    GET or POST (an empty form)
url       what is asked for; words in braces come from tests/access/world.py. Empty: the pattern has no parameters
then      one column for each persona: the status
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.access.world import PERSONAS

FILE = Path(__file__).resolve().parent.parent / "access_matrix.csv"
COLUMNS = ("pattern", "method", "url", *PERSONAS)


@dataclass(frozen=True)
class Row:
    pattern: str
    method: str
    url: str
    statuses: dict[str, int]


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [
        Row(
            line["pattern"],
            line["method"],
            line["url"] or "/" + line["pattern"],
            {persona: int(line[persona]) for persona in PERSONAS},
        )
        for line in found
    ]
