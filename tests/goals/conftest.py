from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from registry.core import clock
from registry.goals.models import Goal
from registry.goals.services import keep
from registry.parties.models import Party
from registry.parties.profiles import FactDraft, record_facts
from tests.accounts.factories import UserFactory
from tests.parties.factories import owner_of, party

ANSWERS: dict[str, list[str]] = {
    "founded_on": ["06/05/2019"],
    "sector": ["industry"],
    "insured_workers": ["20"],
    "capital": ["5000000000"],
    **{
        f"y{year}-{name}": [amount]
        for year in (2023, 2024, 2025)
        for name, amount in (
            ("net_revenue", "10000000000"),
            ("total_revenue", "10300000000"),
            ("sti_spending", "140000000"),
            ("sti_product_revenue", "4000000000"),
        )
    },
    "results": ["patent"],
    "products": ["2"],
    "commercialised": ["1"],
    "sti_people": ["2"],
    "sti_people_vietnamese": ["1"],
    "hired_experts": ["0"],
}
"""A small enterprise that meets everything but spends 1.4 % of the 2 %."""


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with clock.at(datetime.fromisoformat("2026-11-22T09:00+07:00")):
        yield


@pytest.fixture
def made(db: None) -> Callable[..., Goal]:
    def make(organisation: Party | None = None, **changes: list[str]) -> Goal:
        held = organisation or party("Công ty Chè Thử", owner=UserFactory())
        answers = {name: words for name, words in (ANSWERS | changes).items() if words}
        return keep(held, answers, actor=owner_of(held), expected_version=0)

    return make


def tell_fact(goal: Goal, name: str, year: int, amount: int) -> None:
    draft = FactDraft(f"st_{name}", str(year), Decimal(amount), "đồng")
    record_facts(goal.party, [draft], actor=owner_of(goal.party))
