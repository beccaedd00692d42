"""The planter of `make demo-canaries`: every field that is not public is planted or kept with a reason, and a leak is told."""

import json
from typing import Any

import pytest

from bench.canaries import Reading
from bench.crawling import Seen
from bench.leaks import squeezed
from bench.planting import KEPT, PATTERN, Canary, classed, of_answers, of_json, of_snapshot, plant, plantable
from registry.core import clock
from registry.parties.models import ContactPoint, Representative
from tests.dossiers.factories import dossier
from tests.parties.factories import party


def counter() -> Any:
    made: list[str] = []

    def new(digits: bool = False, field_class: str = "") -> str:
        made.append(f"9077{len(made):08d}" if digits else f"kanari{len(made):06d}z")
        return made[-1]

    return new


def test_every_field_that_is_not_public_is_planted_or_kept_with_a_reason() -> None:
    every = {f"{model._meta.label}.{field.name}" for model, field in classed()}
    planted = {f"{model._meta.label}.{field.name}" for model, field in plantable()}
    assert all(KEPT.values())
    assert {
        "parties.Representative.full_name",
        "dossiers.Dossier.answers",
        "parties.Fact.value",
        "core.Event.note",
    } <= planted
    assert {"goals.GoalFigures.answers", "certificates.CertificateVersion.phone", "reports.Report.email"} <= planted
    kept = {name.split(".")[-1] for name in every - planted}
    assert kept <= set(KEPT) | {name.split(".")[-1] for name in KEPT}


def test_a_word_is_found_however_it_is_written() -> None:
    text = "Kanari-000 001.z, 9077 0000 0002; kanari000003z"
    assert set(PATTERN.findall(squeezed(text))) == {"kanari000001z", "907700000002", "kanari000003z"}


def test_a_leak_is_told_by_reader_and_field_and_own_words_are_not_leaks(capsys: pytest.CaptureFixture[str]) -> None:
    nest = {
        "kanari000001z": Canary("kanari000001z", "parties.Representative.full_name", 1, "restricted", party=7),
        "kanari000002z": Canary("kanari000002z", "parties.Representative.full_name", 2, "restricted", party=8),
    }
    page = Seen("/x/", 200, "text/html; charset=utf-8", "", "<p>Kanari000001z và kanari000002z</p>")
    stranger, member, clean = Reading("stranger"), Reading("member"), Reading("nobody")
    stranger.look([page], nest, set(), set())
    member.look([page], nest, {7, 8}, set())
    clean.look([Seen("/y/", 500, "", "", "")], nest, set(), set())
    assert (stranger.tell(), member.tell(), clean.tell()) == (False, True, False)
    said = capsys.readouterr().out
    assert "LEAK parties.Representative.full_name (restricted): 2 times, at /x/ (row 1); /x/ (row 2)" in said
    assert "member: read 1 answers (1 text/html)\n  own words found: 2; of others: 0" in said
    assert "BROKEN 500 /y/" in said


@pytest.mark.django_db
def test_what_people_consented_to_show_is_no_secret() -> None:
    made = party()
    shown, hidden = (
        ContactPoint.objects.create(
            party=made, kind="email", value=f"{n}@x.example", shown=n == "a", since=clock.today()
        )
        for n in "ab"
    )
    person = Representative.objects.create(party=made, full_name="Lò Thị Mẫu", since=clock.today())
    nest: dict[str, Canary] = {}
    for row, name in ((shown, "value"), (hidden, "value"), (person, "full_name")):
        plant(row, row._meta.get_field(name), nest)
    for row in (shown, hidden, person):
        row.refresh_from_db()
    assert shown.value == "a@x.example"
    assert hidden.value in nest
    assert person.full_name in nest
    assert {canary.party for canary in nest.values()} == {made.pk}


@pytest.mark.django_db
def test_answers_are_planted_by_their_own_classes(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path
    made = dossier(submitted=True, show_phone=True)
    planted = of_answers(made, made.answers, counter())
    assert planted["name_vi"] == made.answers["name_vi"], "public"
    assert planted["phone"] == made.answers["phone"], "shown by consent"
    assert PATTERN.match(planted["representative"])
    content = json.loads(made.submissions.get().content)
    told = of_snapshot(content, counter())
    by_name = {one["name"]: one for step in told["steps"] for one in step["answers"]}
    assert PATTERN.match(by_name["representative"]["value"])
    assert PATTERN.match(by_name["representative"]["text"][0])
    assert of_json({"a": ["x_code", "Một câu dài", 7, "2026-05-05"]}, counter())["a"] == [
        "x_code", "kanari000000z", 7, "2026-05-05",
    ]  # fmt: skip
