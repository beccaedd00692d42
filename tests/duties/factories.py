"""What happens to certificates and their duties, for tests."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from registry.certificates.models import Certificate
from registry.duties.models import Notice, YearReport
from registry.duties.services import act_on_notice, act_on_report


def pdf(name: str = "bien-nhan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")


def evidence(**more: Any) -> dict[str, Any]:
    return {"done_on": "20/03/2026", "document": "15/SKHCN-QLKH", "remark": "", "file": None} | more


def fulfilled(found: Certificate, kind: str, actor: Any, *, version: int = 0, **more: Any) -> Notice:
    decision = found.versions.get(turn=0).decision
    return act_on_notice(found, decision, kind, "fulfil", actor=actor, data=evidence(**more), expected_version=version)


def received(found: Certificate, year: int, actor: Any, on: str = "", *, version: int = 0) -> YearReport:
    data = {"number": f"BN-{year}-01", "received_on": on or f"10/12/{year}", "file": pdf()}
    return act_on_report(found, year, "receive", actor=actor, data=data, expected_version=version)
