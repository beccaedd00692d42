"""Words that must not come out, one in every field that is not public, in every row of a database that is thrown away.

What can be planted follows from `field_classes` alone. Left out are codes that the portal itself reads (KEPT, each with
its reason) and what its people have consented to show; numbers get numbers that stand nowhere else.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import count
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from registry.core.classification import PUBLIC
from registry.dossiers import procedure

CODE: Final = "a code that the portal reads"
OURS: Final = ("portal", "accounts", "notifications", "search", "registry", "cms")
KEPT: Final[dict[str, str]] = {
    **dict.fromkeys(
        "code key language group kind about subject action from_state to_state role ground scope procedure purpose "
        "holder_type holder_id public_id reference record unit period form_code form_version step state url "
        "number_key sort_key folded target phase engine run_id edition cause verdict outcomes verdict_was verdict_now "
        "seq position sha256 previous_sha256 file_sha256 list_reference helps_for request_id way retention".split(),
        CODE,
    ),
    "password": "a hash; nobody could sign in",
    "startups.ProposedField.name": CODE,
    "search.SearchEntry.document": "made from public words alone; it is read as it is in the search file",
    "core.Decision.content": "canonical JSON whose hash is chained; its public part is the record",
    "core.Event.data": CODE,
    "core.ReadLog.fields": CODE,
    "goals.GoalChange.changes": CODE,
    "portal.RetentionReport.kept": "a count",
    "search.EmptySearch.text": "words of nobody",
}
"""Fields that hold no canary: by name, or by model and name."""

OWNER: Final[dict[str, str]] = {
    "accounts.User": "",
    "notifications.Message": "user",
    "notifications.InboxItem": "user",
    "parties.Party": "pk",
    "parties.IdentityPaper": "representative.party_id",
    "parties.Invitation": "party_id",
    "dossiers.Dossier": "party_id",
    "dossiers.Submission": "dossier.party_id",
    "dossiers.SupplementRequest": "dossier.party_id",
    "dossiers.Remark": "request.dossier.party_id",
    "dossiers.Help": "dossier.party_id",
    "dossiers.Pass": "dossier.party_id",
    "startups.ChangeProposal": "startup.party_id",
    "startups.ProposedField": "proposal.startup.party_id",
    "certificates.CertificateVersion": "certificate.party_id",
    "official_papers.OfficialPaper": "dossier.party_id",
    "duties.YearReport": "certificate.party_id",
    "goals.Goal": "party_id",
    "goals.GoalFigures": "goal.party_id",
}
"""By which way a row belongs to a party (its key); people's own rows ("" and `user`) to a person."""

DIGITS: Final = "9077"
PATTERN: Final = re.compile(r"(?=(kanari\d{6}z|9077\d{8}))")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Canary:
    """`word` as it is found again (letters and digits); `where` is the field, `row` its key; whose it is, where known."""

    word: str
    where: str
    row: Any
    field_class: str
    party: int | None = None
    user: int | None = None


Nest = dict[str, Canary]


def plant_all() -> tuple[Nest, dict[str, int], list[str]]:
    """Plant; gives the canaries by word, how many each field holds, and the fields of which there was no row.

    The triggers that keep events and decisions as they are go first, and what columns are checked for: the database is thrown
    away afterwards.
    """
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    nest: Nest = {}
    planted: dict[str, int] = {}
    empty: list[str] = []
    for model, field in plantable():
        where = f"{model._meta.label}.{field.name}"
        before = len(nest)
        for row in model._base_manager.order_by("pk"):
            plant(row, field, nest)
        planted[where] = len(nest) - before
        if not model._base_manager.exists():
            empty.append(where)
    return nest, planted, empty


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def classed() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field of ours that is not public and holds text, JSON or an amount."""
    for model in apps.get_models():
        classes = getattr(model, "field_classes", None)
        if classes and model.__module__.split(".")[0] in OURS:
            for field in model._meta.concrete_fields:
                is_text = isinstance(
                    field, models.CharField | models.TextField | models.JSONField | models.DecimalField
                )
                if classes.get(field.name, PUBLIC) != PUBLIC and is_text and not field.choices:
                    yield model, field


def plantable() -> list[tuple[type[models.Model], models.Field]]:
    return [
        (model, field)
        for model, field in classed()
        if field.name not in KEPT and f"{model._meta.label}.{field.name}" not in KEPT
    ]


def plant(row: models.Model, field: models.Field, nest: Nest) -> None:
    """A canary into one field of one row, where nobody consented to show it."""
    label = row._meta.label
    if is_shown(row):
        return

    def new(digits: bool = False, field_class: str = "") -> str:
        """`field_class` where an answer inside has a class of its own."""
        number = next(_numbers)
        word = f"{DIGITS}{number:08d}" if digits else f"kanari{number:06d}z"
        party, user = belongs(row)
        nest[word] = Canary(
            word, f"{label}.{field.name}", row.pk, field_class or row.field_classes[field.name], party, user
        )  # type: ignore[attr-defined]
        return word

    value = planted_value(row, field, new)
    if value is not None:
        row._meta.model._base_manager.filter(pk=row.pk).update(**{field.name: value})


def planted_value(row: models.Model, field: models.Field, new: Callable[..., str]) -> Any:
    label = row._meta.label
    held = getattr(row, field.name)
    if label == "dossiers.Dossier" and field.name == "answers":
        return of_answers(row, held, new)
    if label == "dossiers.Submission" and field.name == "content":
        return json.dumps(of_snapshot(json.loads(held), new), ensure_ascii=False)
    if label == "startups.ProposedField":
        return new() if isinstance(held, str) and row_class(row) != PUBLIC else None
    if isinstance(field, models.JSONField):
        return of_json(held, new)
    if isinstance(field, models.DecimalField):
        return new(digits=True)
    if isinstance(field, models.EmailField):
        return f"{new()}@kin.example"
    if label == "core.PrivateFile":
        return f"{new()}.pdf"
    if label == "parties.IdentityPaper" or getattr(row, "kind", "") == "phone":
        return new(digits=True)
    short = field.max_length is not None and field.max_length < 13
    return None if short else new()


def is_shown(row: models.Model) -> bool:
    """What is public by its scheme, or by consent."""
    return bool(getattr(row, "shown", False) or getattr(row, "is_public", False))


def row_class(row: Any) -> str:
    return str(row.proposal.startup.dossier.kind.classes().get(row.name, PUBLIC))


def of_answers(dossier: Any, answers: dict[str, Any], new: Callable[..., str]) -> dict[str, Any]:
    """A canary in every answer whose class is not public, where no `show_…` opens it."""
    classes = procedure.get(dossier.procedure).classes()
    return {
        name: of_json(value, partial(new, field_class=classes[name]))
        if is_secret(name, classes.get(name, PUBLIC), answers)
        else value
        for name, value in answers.items()
    }


def of_snapshot(content: dict[str, Any], new: Callable[..., str]) -> dict[str, Any]:
    answers = {one["name"]: one["value"] for step in content["steps"] for one in step["answers"]}
    for step in content["steps"]:
        for one in step["answers"]:
            if is_secret(one["name"], one["class"], answers):
                made = partial(new, field_class=one["class"])
                one["value"] = of_json(one["value"], made)
                one["text"] = [made() for _line in one["text"]]
    return content


def is_secret(name: str, field_class: str, answers: dict[str, Any]) -> bool:
    if name.startswith("show_") or name in ("ward", "filed_at", "filed_number"):
        return False
    return field_class != PUBLIC and not answers.get(f"show_{name}")


def of_json(value: Any, new: Callable[..., str]) -> Any:
    """The same shape with a canary for each text that is no code, day or small number."""
    if isinstance(value, dict):
        return {name: of_json(one, new) for name, one in value.items()}
    if isinstance(value, list):
        return [of_json(one, new) for one in value]
    if not isinstance(value, str) or len(value) < 6 or re.fullmatch(r"[a-z0-9_:]+|\d{4}-\d\d-\d\d.*", value):
        return value if not (isinstance(value, str) and value.isdigit() and len(value) > 7) else new(digits=True)
    return new()


def belongs(row: models.Model) -> tuple[int | None, int | None]:
    """(party, person) that a row is about; of a row of the department both are None."""
    label = row._meta.label
    way = OWNER.get(label)
    if label == "core.PrivateFile":
        return _of_file(row), getattr(row, "owner_id", None)
    if label == "accounts.User":
        return None, row.pk
    if way == "user":
        return None, getattr(row, "user_id", None)
    if label in ("core.Event", "core.Decision"):
        return _of_subject(getattr(row, "subject", "")), getattr(row, "actor_id", None)
    if way is None:
        return getattr(row, "party_id", None), None
    return reduce(lambda found, name: getattr(found, name, None), way.split("."), row), None  # type: ignore[return-value]


FILES_OF: Final[dict[str, tuple[str, str]]] = {
    "dossier": ("dossiers.Dossier", "party_id"),
    "official_paper": ("official_papers.OfficialPaper", "dossier.party_id"),
    "certificate": ("certificates.Certificate", "party_id"),
    "year_report": ("duties.YearReport", "certificate.party_id"),
}
"""What holds a party's files, by the word of its holder, and the way to the party; other files are the department's."""


def _of_file(row: Any) -> int | None:
    if row.holder_type not in FILES_OF:
        return None
    label, way = FILES_OF[row.holder_type]
    holder = apps.get_model(label)._base_manager.filter(pk=row.holder_id).first()
    return reduce(lambda found, name: getattr(found, name, None), way.split("."), holder)  # type: ignore[return-value]


def _of_subject(subject: str) -> int | None:
    label, _colon, key = subject.partition(":")
    if not key.isdecimal():
        return None
    model = apps.get_model(label)
    row = model._base_manager.filter(pk=int(key)).first()
    return getattr(row, "party_id", None) or getattr(getattr(row, "startup", None), "party_id", None)
