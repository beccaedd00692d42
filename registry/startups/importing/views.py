"""The desk's pages of importing: upload, preview, confirm, progress, report. For case officers and leaders."""

from io import BytesIO
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.core import export, files
from registry.core.lifecycle import Refusal
from registry.dossiers.desk.entrance import desk
from registry.startups.importing import waiting
from registry.startups.importing.columns import COLUMNS, Unusable, template
from registry.startups.models import ImportRun

SHOWN: Final = 200  # rejections on the page; the report has them all
RUNS: Final = 20
WORDS: Final = {"created": ("Mới", "ok"), "updated": ("Cập nhật", "info"), "unchanged": ("Không đổi", ""), "refused": ("Không nhận", "bad")}  # fmt: skip
TONES: Final = {"done": "ok", "unusable": "bad", "stopped": "bad", "checked": "warn"}
Phase = ImportRun.Phase


class ListForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="Tệp danh sách",
        help_text="XLSX hoặc CSV UTF-8, nặng nhất 20 MB.",
        error_messages={"required": "Chọn tệp danh sách.", "empty": "Tệp trống (0 byte)."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Upload a list, and what was imported before."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        try:
            run = waiting.uploaded(form.cleaned_data["file"], request.user)
        except (Unusable, files.FileRefused, Refusal) as refused:
            form.add_error("file", str(refused))
        else:
            return _worked(run)
    runs = ImportRun.objects.select_related("started_by")[:RUNS]
    context = {
        "form": form,
        "runs": [(run, TONES.get(run.phase, "info")) for run in runs],
        "needed": "; ".join(column.vi for column in COLUMNS if column.needed),
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "Trang chủ"},
            {"url": "", "label": "Nhập danh sách"},
        ],
    }
    return TemplateResponse(request, "startups/staff/imports.html", context, status=400 if form.errors else 200)


def _worked(run: ImportRun) -> HttpResponse:
    """A short list is looked through at once."""
    if run.rows_total <= waiting.AT_ONCE:
        waiting.work_on(run)
    return redirect("import_run", run_id=run.run_id)


def _run(run_id: str) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("started_by", "file"), run_id=run_id)


@desk
@require_safe
def show(request: HttpRequest, run_id: str) -> HttpResponse:
    """How far a run is, what it would do or what it has done."""
    run = _run(run_id)
    figures = [(label, getattr(run, what), tone) for what, (label, tone) in WORDS.items()]
    context: dict[str, Any] = {
        "run": run,
        "tone": TONES.get(run.phase, "info"),
        "at_work": run.phase in (*waiting.AT_WORK.keys(), *waiting.AT_WORK.values()),
        "is_checked": run.phase == Phase.CHECKED,
        "is_done": run.phase == Phase.DONE,
        "is_own": run.started_by_id == request.user.pk,
        "figures": figures,
        "taken": run.created + run.updated,
        "sample": [{**row, "label": WORDS[row["what"]][0], "tone": WORDS[row["what"]][1]} for row in run.sample],
        "rejected": run.rejected[:SHOWN],
        "more": max(0, len(run.rejected) - SHOWN),
        "breadcrumbs": [
            {"url": reverse("import_lists"), "label": "Nhập danh sách"},
            {"url": "", "label": run.file_name},
        ],
    }
    return TemplateResponse(request, "startups/staff/import.html", context)


@desk
@require_POST
def enter(request: HttpRequest, run_id: str) -> HttpResponse:
    """Take the list over, as the preview said."""
    run = _run(run_id)
    if not waiting.confirmed(run, request.user):
        messages.error(request, "Lượt này không chờ bạn xác nhận. Xem trạng thái bên dưới.")
        return redirect("import_run", run_id=run.run_id)
    return _worked(_run(run_id))


@desk
@require_POST
def drop(request: HttpRequest, run_id: str) -> HttpResponse:
    """Leave it: the file is removed."""
    if waiting.dropped(_run(run_id), request.user):
        messages.success(request, "Đã bỏ lượt nhập và xóa tệp.")
        return redirect("import_lists")
    messages.error(request, "Lượt này không chờ bạn xác nhận nên không bỏ được.")
    return redirect("import_run", run_id=run_id)


def rejected_table(run: ImportRun) -> export.Table:
    shown = ((ImportRun, "rejected"),)
    return export.Table(
        "Dòng không nhận",
        (
            export.Column("row", "Dòng", lambda one: one["row"], shown),
            export.Column("column", "Cột", lambda one: one["column"], shown),
            export.Column("reason", "Lý do", lambda one: one["reason"], shown),
        ),
        lambda: [run.rejected],
        export.STAFF_TABLE,
    )


@desk
@require_safe
def report(request: HttpRequest, run_id: str) -> HttpResponseBase:
    """What came of a run: `format` json as the command writes it, or the rejected rows as a table."""
    run = _run(run_id)
    code = request.GET.get("format", "json")
    if code in export.FORMATS:
        return export.download(rejected_table(run), code, f"nhap-{run.run_id}")
    if code != "json":
        raise Http404
    content = {
        "run_id": run.run_id,
        "created": run.created,
        "updated": run.updated,
        "unchanged": run.unchanged,
        "rejected": run.rejected,
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="nhap-{run.run_id}.json"'
    return response


@desk
@require_safe
def empty_list(request: HttpRequest) -> HttpResponse:
    """The template: all headings, one row as an example."""
    content = BytesIO()
    template().save(content)
    response = HttpResponse(content.getvalue(), content_type=export.FORMATS["xlsx"].content_type)
    response["Content-Disposition"] = 'attachment; filename="mau-danh-sach-khoi-nghiep.xlsx"'
    return response
