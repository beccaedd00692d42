"""Who may see what, and the papers as data."""

import inspect
import json
from dataclasses import fields, is_dataclass

import pytest

from registry.core.classification import CLASSES, INTERNAL, PUBLIC, RESTRICTED, Undeclared
from registry.st_enterprises.papers import content
from registry.st_enterprises.papers.data import data
from registry.st_enterprises.papers.field_classes import FIELD_CLASSES, field_class
from registry.st_enterprises.profile import Year
from tests.st_enterprises.papers.reading import leaves
from tests.st_enterprises.papers.samples import EMPTY, FULL

CODES = pytest.mark.parametrize("code", list(FULL))
WRITTEN = [one for _name, one in inspect.getmembers(content, is_dataclass)]
OF_THE_REPRESENTATIVE = "identity_number identity_by identity_on phone email permanent_address current_address".split()


def test_every_field_has_a_class_and_no_class_lacks_its_field() -> None:
    assert len(WRITTEN) >= 13
    assert Year in WRITTEN
    assert {kind: set(classes) for kind, classes in FIELD_CLASSES.items()} == {
        kind: {field.name for field in fields(kind)} for kind in WRITTEN
    }
    assert {value for classes in FIELD_CLASSES.values() for value in classes.values()} == set(CLASSES)


def test_a_field_that_nobody_classed_is_refused() -> None:
    with pytest.raises(Undeclared, match="Person.salary"):
        field_class(content.Person, "salary")
    with pytest.raises(Undeclared):
        field_class(int, "real")


def test_what_must_never_be_public_is_restricted() -> None:
    for name in OF_THE_REPRESENTATIVE:
        assert field_class(content.Representative, name) == RESTRICTED
    for kind in WRITTEN:
        for field in fields(kind):
            if field.type == int | None and field.name not in ("number", "year", "reissue_number"):
                assert field_class(kind, field.name) == RESTRICTED, (kind, field.name)
    assert {field_class(content.Person, field.name) for field in fields(content.Person)} == {RESTRICTED}
    assert set(FIELD_CLASSES[content.Certificate].values()) == {PUBLIC}


@CODES
@pytest.mark.parametrize("classes", [(PUBLIC,), (PUBLIC, INTERNAL), CLASSES])
def test_the_data_have_the_fields_of_the_asked_classes_and_no_others(code: str, classes: tuple[str, ...]) -> None:
    paper = FULL[code]
    wanted = {path for path, _value in leaves(paper) if classes_along(paper, path) <= set(classes)}
    told = json.loads(data(paper, classes))
    del told["form"]
    assert {path for path in paths(told) if path} == wanted
    for restricted in (
        "012190000017",
        "0912 000 017",
        "giang.mau@rieng.example",
        "Lò Văn Thử",
        "180000001",
        "250000001",
    ):
        assert RESTRICTED in classes or restricted not in data(paper, classes)


@CODES
def test_the_data_are_the_whole_paper_in_one_spelling(code: str) -> None:
    read = json.loads(data(FULL[code]))
    assert read["form"] == code
    assert set(read) - {"form"} == {field.name for field in fields(FULL[code])}
    assert data(FULL[code]) == json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert json.loads(data(EMPTY[code]))["form"] == code


def test_amounts_are_whole_dong_and_days_iso() -> None:
    plan = json.loads(data(FULL["V.2"]))
    assert plan["years"][0]["sti_spending"] == 180_000_001
    assert plan["effects"] == ["export"]
    assert json.loads(data(EMPTY["V.2"]))["effects"] is None
    assert json.loads(data(FULL["V.1"]))["representative"]["identity_on"] == "2021-08-15"
    without_restricted = json.loads(data(FULL["V.1"], (PUBLIC, INTERNAL)))["representative"]
    assert without_restricted == {"name": "Giàng Thị Mẫu", "position": "Tổng giám đốc"}


def classes_along(paper: object, path: tuple) -> set[str]:
    found, here = set(), paper
    for step in path:
        if isinstance(step, str):
            found.add(field_class(here, step))
            here = getattr(here, step)
        else:
            here = here[step]
    return found


def paths(told: object, path: tuple = ()) -> list[tuple]:
    """Where the values of some JSON stand; a list of codes is one value."""
    if isinstance(told, dict):
        return [found for key, value in told.items() for found in paths(value, (*path, key))]
    if isinstance(told, list) and path[-1] != "effects":
        return [found for number, value in enumerate(told) for found in paths(value, (*path, number))]
    return [path]
