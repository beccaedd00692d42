"""Taking over what a decided dossier says of its party: many at once leave the same rows behind as one by one."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from registry.core.models import Industry
from registry.core.selectors import wards
from registry.parties.models import Party
from registry.parties.profiles import PartyProfile, take_over, take_over_many
from tests.parties.factories import party as organisation

pytestmark = pytest.mark.django_db
FIRST, THEN = date(2031, 1, 5), date(2031, 10, 5)


def said(**changes: Any) -> PartyProfile:
    lines = tuple(Industry.objects.filter(level=4, edition="2025").order_by("code")[:3])
    whole = {
        "names": {"vi": "Công ty Thử"},
        "ward": wards()[0],
        "address": "Bản Một",
        "representative": "Lò Văn Thử",
        "representative_title": "Giám đốc",
        "industries": lines[:2],
        "contacts": (("email", "a@vi-du.test", True), ("phone", "0912345678", False)),
    }
    return PartyProfile(**{**whole, **changes})


def changes() -> list[dict[str, Any]]:
    lines = tuple(Industry.objects.filter(level=4, edition="2025").order_by("code")[:3])
    return [
        {},
        {"names": {}},
        {"names": {"vi": "Công ty Khác"}},
        {"address": "Bản Hai"},
        {"ward": wards()[1]},
        {"ward": None, "address": ""},
        {"representative": "Giàng A Thử"},
        {"representative_title": ""},
        {"representative": ""},
        {"identity_number": "001099000001"},
        {"industries": lines[1:]},
        {"industries": lines[:1]},
        {"industries": ()},
        {"contacts": (("email", "a@vi-du.test", False),)},
        {"contacts": (("email", "", True), ("phone", "0912000000", False))},
        {"contacts": ()},
    ]


def rows(party: Party) -> list[list[tuple[Any, ...]]]:
    party.refresh_from_db()
    return [
        [(party.name,)],
        sorted(party.names.values_list("kind", "text", "since", "until"), key=str),
        sorted(party.addresses.values_list("ward", "text", "since", "until"), key=str),
        sorted(party.representatives.values_list("full_name", "title", "since", "until", "papers__number"), key=str),
        sorted(party.industries.values_list("industry", "since", "until"), key=str),
        sorted(party.contacts.values_list("kind", "value", "shown", "since", "until"), key=str),
    ]


def test_many_at_once_are_as_one_by_one() -> None:
    cases = list(product(changes()[:1], changes())) + list(product(changes(), changes()[:1]))
    alone = [organisation("Công ty Thử") for _ in cases]
    together = [organisation("Công ty Thử") for _ in cases]
    for on, step in ((FIRST, 0), (THEN, 1), (THEN, 1)):
        for party, case in zip(alone, cases, strict=True):
            take_over(party, said(**case[step]), on=on)
        take_over_many([(party, said(**case[step])) for party, case in zip(together, cases, strict=True)], on=on)
    for one, other, case in zip(alone, together, cases, strict=True):
        assert rows(one) == rows(other), case


def test_who_says_nothing_new_costs_nothing_of_their_own(django_assert_max_num_queries: Any) -> None:
    parties = [organisation("Công ty Thử") for _ in range(20)]
    take_over_many([(party, said()) for party in parties], on=FIRST)
    again = [(party, said()) for party in parties]
    with django_assert_max_num_queries(5):
        take_over_many(again, on=THEN)


def test_one_party_twice_the_last_word_holds() -> None:
    party = organisation("Công ty Thử")
    take_over_many([(party, said())], on=FIRST)
    take_over_many([(party, said(address="Bản Hai")), (party, said())], on=THEN)
    assert party.addresses.get(until=None).text == "Bản Một"
