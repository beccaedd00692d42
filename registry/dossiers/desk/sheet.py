"""What the page of a dossier shows: one submission's answers and files, with what was hidden, marked and changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from registry.core.classification import RESTRICTED
from registry.core.decisions import log_restricted_read
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier, DossierFile, Help, Submission, SupplementRequest
from registry.parties.models import MemberRole, Party
from registry.parties.selectors import facts_in_force, identifier, members

CLASS_LABELS = {"public": "Công khai", "internal": "Nội bộ", "restricted": "Hạn chế"}
ANY_FILE = "files"


@dataclass(frozen=True, slots=True)
class Mark:
    """The box beside an answer or file: is it ticked, what is written in it, what is wrong with that."""

    target: str
    number: int
    ticked: bool
    text: str
    error: str

    @property
    def field(self) -> str:
        return f"remark:{self.target}"


class Marks:
    """What was ticked and written on the page that was sent, by target; empty on a fresh page."""

    def __init__(self, posted: Mapping[str, Any] | None = None, problems: Mapping[str, Any] | None = None) -> None:
        self.ticked = set(posted.getlist("mark")) if posted is not None else set()  # type: ignore[attr-defined]
        self.posted, self.problems = posted or {}, problems or {}
        self.count = 0

    def of(self, target: str) -> Mark:
        self.count += 1
        text = str(self.posted.get(f"remark:{target}", ""))
        return Mark(target, self.count, target in self.ticked, text, str(self.problems.get(target, "")))


@dataclass(frozen=True, slots=True)
class Answer:
    """`hidden`: it is restricted and was not asked to be shown. `remarks`: what the department wrote on it before."""

    name: str
    label: str
    lines: tuple[str, ...]
    is_restricted: bool
    class_label: str
    hidden: bool
    is_changed: bool
    remarks: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    answers: tuple[Answer, ...]

    @property
    def hidden(self) -> int:
        return sum(answer.hidden for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was sent. Its name is restricted; where it leads is checked and logged by the file's own view."""

    label: str
    name: str
    kind: str
    size: int
    url: str
    is_new: bool
    remarks: tuple[str, ...]
    mark: Mark


@dataclass(slots=True)
class Sheet:
    """One submission as an officer reads it. `read` collects the restricted fields that were shown."""

    submission: Submission
    sections: list[Section] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    any_file: Mark | None = None
    hidden: int = 0
    read: list[str] = field(default_factory=list)


def sheet(
    dossier: Dossier,
    submission: Submission,
    previous: Submission | None,
    *,
    revealed: bool,
    marks: Marks,
    rounds: list[SupplementRequest],
) -> Sheet:
    content = snapshot.read(submission)
    changes = snapshot.diff(snapshot.read(previous), content) if previous else []
    changed = {change.name for change in changes}
    said = remarks_by_target(rounds)
    made = Sheet(submission)
    for step in content["steps"]:
        answers = []
        for one in step["answers"]:
            restricted = one["class"] == RESTRICTED
            hidden = restricted and not revealed and bool(one["text"])
            made.hidden += hidden
            if restricted and revealed and one["text"]:
                made.read.append(one["name"])
            target = f"field:{one['name']}"
            answers.append(
                Answer(
                    one["name"],
                    one["label"],
                    () if hidden else lines_of(one),
                    restricted,
                    CLASS_LABELS[one["class"]],
                    hidden,
                    one["name"] in changed,
                    tuple(said.get(target, ())),
                    marks.of(target),
                )
            )
        made.sections.append(Section(step["title"], tuple(answers)))
    made.papers = _papers(dossier, content, previous, revealed=revealed, marks=marks, said=said)
    if made.papers and revealed:
        made.read.append("files.name")
    made.any_file = marks.of(ANY_FILE)
    return made


def lines_of(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """What was answered; a box that was left empty is a no."""
    return ("Không",) if answer["value"] is False else tuple(answer["text"])


def _papers(
    dossier: Dossier,
    content: Mapping[str, Any],
    previous: Submission | None,
    *,
    revealed: bool,
    marks: Marks,
    said: Mapping[str, list[str]],
) -> list[Paper]:
    rows = {row.pk: row for row in DossierFile.objects.filter(dossier=dossier).select_related("file")}
    before = {entry["id"] for entry in snapshot.read(previous)["files"]} if previous else None
    return [
        Paper(
            entry["purpose_label"],
            entry["name"] if revealed else "",
            rows[entry["id"]].file.get_kind_display(),
            entry["size"],
            reverse("file", args=[rows[entry["id"]].file.public_id]),
            before is not None and entry["id"] not in before,
            tuple(said.get(f"file:{entry['id']}", ())),
            marks.of(f"file:{entry['id']}"),
        )
        for entry in content["files"]
        if entry["id"] in rows
    ]


def remarks_by_target(rounds: list[SupplementRequest]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for request in rounds:
        for remark in request.remarks.all():
            said.setdefault(remark.target, []).append(remark.text)
    return said


@dataclass(frozen=True, slots=True)
class Asked:
    """One remark of a round, with the label of what it marks."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Round:
    request: SupplementRequest
    asked: tuple[Asked, ...]


def rounds_of(dossier: Dossier) -> list[SupplementRequest]:
    found = dossier.supplements.select_related("submission", "asked_by", "answered_by")
    return list(found.prefetch_related("remarks").order_by("asked_at", "id"))


def told(dossier: Dossier, rounds: list[SupplementRequest]) -> list[Round]:
    """The rounds with words for their targets, newest first. A file is called by its purpose."""
    labels = {f"field:{name}": str(one.label or name) for name, one in dossier.kind.fields().items()}
    labels[ANY_FILE] = "Tài liệu (gửi thêm tệp)"
    purposes = dossier.kind.file_purposes
    for row in dossier.files.order_by("added_at", "id") if rounds else ():
        labels[f"file:{row.pk}"] = f"Tệp: {purposes.get(row.purpose, row.purpose)}"
    return [
        Round(one, tuple(Asked(labels.get(r.target, r.target), r.text) for r in one.remarks.all()))
        for one in reversed(rounds)
    ]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the applicant: what it is, what it says ("" = hidden), where it comes from."""

    label: str
    text: str
    hidden: bool
    source: str = ""


FACT_LABELS = {"staff": "Số người làm", "capital": "Vốn đã gọi", "support": "Hỗ trợ đã nhận"}


def applicant_facts(party: Party, *, revealed: bool) -> tuple[list[Fact], list[str]]:
    """Who the applicant is, and the restricted fields that were shown. The number of a household is a person's number."""
    found = [Fact("Tên", party.name, False), Fact("Loại", party.get_kind_display(), False)]
    read: list[str] = []

    def add(label: str, text: str, name: str, source: str = "") -> None:
        """A restricted fact."""
        found.append(Fact(label, text if revealed else "", not revealed, source))
        if revealed and name not in read:
            read.append(name)

    number = identifier(party)
    if number and number.scheme == "tax_code":
        found.append(Fact(number.get_scheme_display(), number.value, False))
    elif number:
        add(number.get_scheme_display(), number.value, "party.identifier")
    for membership in members(party):
        role = MemberRole(membership.role).label
        found.append(
            Fact(f"Thành viên ({role})".replace(" (Chủ quản)", " chủ quản"), str(membership.user.full_name), False)
        )
    for one in facts_in_force(party):
        label = " · ".join(part for part in (FACT_LABELS.get(one.code, one.code), one.period) if part)
        amount = f"{int(one.value):,}".replace(",", ".") if one.value == int(one.value) else str(one.value)
        add(label, f"{amount} {one.unit}", f"party.{one.code}", one.get_source_display())
    return found, read


def help_facts(helped: Help, *, revealed: bool) -> list[Fact]:
    """Who filled it in, and where the founder without an account is called."""
    return [
        Fact("Nhập hộ bởi", f"{helped.helper.full_name}, {helped.organisation}", False),
        Fact("Chủ dự án", helped.founder_name if revealed else "", not revealed),
        Fact("Báo qua điện thoại", helped.contact if revealed else "", not revealed),
    ]


def leave_trace(user: Any, dossier: Dossier, fields: list[str]) -> None:
    """Say in the read log what was shown."""
    if fields:
        log_restricted_read(user, dossier.subject, list(dict.fromkeys(fields)))
