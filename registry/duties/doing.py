"""What the acts on notices and yearly reports do. Called by the engine alone, in the transaction of the act."""

from typing import Any

from django import forms

from registry.core import files
from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.files import FileRefused
from registry.core.lifecycle import Data, Invalid
from registry.core.models import PrivateFile
from registry.core.text import clean
from registry.dossiers.deciding import require_stated
from registry.duties.forms import EvidenceForm, ReceiptForm
from registry.duties.models import NOTICE, REPORT, Notice, YearReport


def evidence_stands(notice: Notice, data: Data) -> None:
    """Guard of `fulfil`."""
    require_stated(_evidence(notice, data))


def fulfil(notice: Notice, actor: Any, data: Data) -> dict[str, Any]:
    stated = _stated(_evidence(notice, data))
    notice.done_on = stated["done_on"]
    notice.document, notice.note = clean(stated["document"]), clean(stated["remark"])
    notice.file = _kept(stated["file"], NOTICE, notice.pk, actor, INTERNAL) if stated["file"] else None
    return {"done_on": notice.done_on.isoformat(), "document": notice.document}


def reopen(notice: Notice, actor: Any, data: Data) -> dict[str, Any]:
    """It was recorded by mistake: what had been said stays in the history."""
    said = {"done_on": notice.done_on.isoformat() if notice.done_on else "", "document": notice.document}
    notice.done_on, notice.document, notice.note, notice.file = None, "", "", None
    return said


def receipt_stands(report: YearReport, data: Data) -> None:
    """Guard of `receive`."""
    require_stated(_receipt(report, data))


def receive(report: YearReport, actor: Any, data: Data) -> dict[str, Any]:
    """Art. 54(2): reported on the Ministry's platform, which gave this receipt."""
    stated = _stated(_receipt(report, data))
    report.receipt_number, report.received_on = clean(stated["number"]), stated["received_on"]
    report.receipt = _kept(stated["file"], REPORT, report.pk, actor, RESTRICTED)
    return {
        "number": report.receipt_number,
        "received_on": stated["received_on"].isoformat(),
        "file": report.receipt.public_id,
        "figures_version": report.figures_version,
    }


def take_back(report: YearReport, actor: Any, data: Data) -> dict[str, Any]:
    """The receipt was recorded by mistake. Its file stays with the report; the history names it."""
    said = {"number": report.receipt_number, "file": report.receipt.public_id if report.receipt else ""}
    report.receipt_number, report.received_on, report.receipt = "", None, None
    return said


def _evidence(notice: Notice, data: Data) -> EvidenceForm:
    return EvidenceForm(notice.decision.signed_on, dict(data), {"file": data.get("file")})


def _receipt(report: YearReport, data: Data) -> ReceiptForm:
    return ReceiptForm(report.year, dict(data), {"file": data.get("file")})


def _stated(form: forms.Form) -> dict[str, Any]:
    form.is_valid()
    return form.cleaned_data


def _kept(upload: Any, holder: str, pk: int, actor: Any, file_class: str) -> PrivateFile:
    try:
        stored = files.store(upload, owner=actor, file_class=file_class, purpose=holder)
    except FileRefused as refused:
        raise Invalid(str(refused), {"file": str(refused)}) from refused
    return files.attach(stored, holder, pk)
