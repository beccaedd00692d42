"""The step for files: send several with their purpose, take one out, put another in the place of one. Each error names its file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.core.files import FileRefused
from registry.core.lifecycle import Refusal
from registry.dossiers import showing
from registry.dossiers.models import Dossier, DossierFile
from registry.dossiers.pages import frame, home_of, number
from registry.dossiers.procedure import Step
from registry.dossiers.selectors import opened_targets
from registry.dossiers.services import add_file, remove_file, replace_file

Lines = list[tuple[str, str]]


def files(request: HttpRequest, dossier: Dossier, step: Step, actor: Any) -> HttpResponse:
    """Called by the step's view, which has found that the caller may change this dossier, as `actor`."""
    if request.method != "POST":
        return show(request, dossier, step, [])
    taken, lines = take(request, dossier, actor)
    if "autosave" in request.POST:
        return told(request, dossier, taken, lines)
    if lines:
        return show(request, dossier, step, lines)
    if taken:
        sentence = ngettext("Đã tải lên %(count)s tệp.", "Đã tải lên %(count)s tệp.", len(taken))
        messages.success(request, sentence % {"count": len(taken)})
    if "_next" in request.POST:
        _before, after = showing.neighbours(dossier, step, opened_targets(dossier))
        return redirect(showing.url(dossier, after.code))
    return redirect(home_of(request, dossier) if "_pause" in request.POST else showing.url(dossier, step.code))


def take(request: HttpRequest, dossier: Dossier, actor: Any) -> tuple[list[DossierFile], Lines]:
    """Do what the page asked; what came in, and what is wrong with the rest."""
    if "_remove" in request.POST:
        return [], _tried(lambda: remove_file(dossier, number(request.POST["_remove"]), actor=actor), "tep")[1]
    taken: list[DossierFile] = []
    lines: Lines = []
    for field, uploads in request.FILES.lists():
        for upload in uploads:
            item, wrong = _tried(lambda f=field, u=upload: _put(request, dossier, f, u, actor), anchor(field))
            taken += [item] if item else []
            lines += wrong
    if "_upload" in request.POST and not taken and not lines:
        lines = [("tep-moi", _("Chọn tệp trước khi tải lên."))]
    return taken, lines


def anchor(field: str) -> str:
    """The control through which the file came."""
    item = field.removeprefix("replace-")
    return f"tep-{item}" if item != field and item.isdigit() else "tep-moi"


def _put(request: HttpRequest, dossier: Dossier, field: str, upload: UploadedFile, actor: Any) -> DossierFile:
    if field.startswith("replace-"):
        return replace_file(dossier, number(field.removeprefix("replace-")), upload, actor=actor)
    return add_file(dossier, upload, request.POST.get("purpose", ""), actor=actor)


def _tried(do: Any, place: str) -> tuple[Any, Lines]:
    try:
        return do(), []
    except (FileRefused, Refusal) as refusal:
        return None, [(place, str(refusal))]


def told(request: HttpRequest, dossier: Dossier, taken: list[DossierFile], lines: Lines) -> JsonResponse:
    """The answer to the page's script: each file as the page shows it, each mistake as a sentence."""
    desk = Desk.of(dossier)
    rows = [render_to_string("dossiers/file_item.html", {"row": desk.row(item)}, request) for item in taken]
    return JsonResponse(
        {"items": rows, "errors": [sentence for _place, sentence in lines]}, status=422 if lines else 200
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """What one must know to say what may be done with each file: asked once a page."""

    dossier: Dossier
    opened: showing.Opened
    remarks: dict[str, str]
    sent_at: datetime | None

    @classmethod
    def of(cls, dossier: Dossier) -> "Desk":
        opened = opened_targets(dossier)
        last = None if opened is None else dossier.submissions.order_by("number").last()
        remarks = {one.target: one.text for one in showing.asked(dossier)[1]}
        return cls(dossier, opened, remarks, last.submitted_at if last else None)

    def row(self, item: DossierFile, wrong: str = "") -> dict[str, Any]:
        marked = f"file:{item.pk}" in self.remarks
        was_sent = self.sent_at is not None and item.added_at <= self.sent_at
        return {
            "item": item,
            "purpose": self.dossier.kind.file_purposes.get(item.purpose, item.purpose),
            "remark": self.remarks.get(f"file:{item.pk}", ""),
            "may_remove": self.opened is None or (bool(self.opened) and not was_sent),
            "may_replace": marked,
            "wrong": wrong,
        }


def show(request: HttpRequest, dossier: Dossier, step: Step, lines: Lines) -> HttpResponse:
    desk, kind = Desk.of(dossier), dossier.kind
    opened = desk.opened
    items = list(dossier.files.filter(removed_at=None).select_related("file"))
    if opened is None:
        items = [item for item in items if item.purpose not in kind.single_purposes]
    wrong_at = dict(lines)
    papers = sum(item.purpose not in kind.single_purposes for item in items)
    page = {
        **frame(request, dossier, step, opened),
        "rows": [desk.row(item, wrong_at.get(f"tep-{item.pk}", "")) for item in items],
        "purposes": [(code, label) for code, label in kind.file_purposes.items() if code not in kind.single_purposes],
        "purpose": request.POST.get("purpose", ""),
        "may_add": (opened is None or "files" in opened) and papers < kind.file_limit,
        "is_full": papers >= kind.file_limit,
        "asks_for_more": desk.remarks.get("files", ""),
        "lines": lines,
        "has_errors": bool(lines),
        "wrong": [sentence for place, sentence in lines if place in ("tep-moi", "tep")],
    }
    return render(request, "dossiers/files.html", page)
