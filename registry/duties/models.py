"""What is done about the duties that certificates bring (Art. 48, 53, 54, 66 of Decree 268/2025/NĐ-CP).

Which duties there are is not stored: it follows from certificates and decisions (`rules.ledger`). Stored is what people do
about them: a `Notice` of the department, and the `YearReport` of an enterprise.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.lifecycle import Lifecycle, Managed, registered
from registry.parties.models import OfParty

NOTICE: str = "certificate_notice"
REPORT: str = "year_report"


class NoticeKind(models.TextChoices):
    """Whom the department tells of a decision about a certificate."""

    INCENTIVE_BODIES = "incentive_bodies", "Thông báo cho các cơ quan thực hiện ưu đãi, hỗ trợ"
    NATIONAL_PLATFORM = "national_platform", "Cập nhật Nền tảng số quản lý KH,CN&ĐMST quốc gia"
    MINISTRY = "ministry", "Thông báo cho Bộ Khoa học và Công nghệ"


class OfCertificate(OfParty, Managed):
    """What belongs to a certificate: whoever acts for its enterprise decides nothing about it."""

    class Meta:
        abstract = True

    certificate: Any

    locked_with = ("certificate__party",)

    @property
    def party(self) -> Any:
        return self.certificate.party

    @property
    def helper_ids(self) -> frozenset[int]:
        """Nobody fills this in for somebody else: the shared rules of who may act ask for it."""
        return frozenset()


class Notice(OfCertificate):
    """A duty of the department that one decision brought, and the evidence that it was done.

    The row appears with the first act on it. `done_on` is the day of the document or of the entry on the platform.
    """

    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, related_name="notices")
    decision = models.ForeignKey("core.Decision", models.PROTECT, related_name="+", verbose_name="quyết định")
    kind = models.CharField("việc", max_length=20, choices=NoticeKind.choices)
    done_on = models.DateField("làm ngày", null=True)
    document = models.CharField("số văn bản", max_length=60, blank=True)
    note = models.TextField("ghi chú", blank=True)
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="tệp")

    field_classes = dict.fromkeys(
        ["certificate", "decision", "kind", "done_on", "document", "note", "file", "state", "version"], INTERNAL
    )

    class Meta:
        verbose_name = "việc phải thông báo"
        verbose_name_plural = "việc phải thông báo"
        ordering = ["certificate", "decision", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "decision", "kind"], name="notice_once"),
            models.CheckConstraint(
                name="notice_done_has_evidence",
                condition=Q(state="open", done_on=None, document="", note="", file=None)
                | Q(state="done", done_on__isnull=False) & (~Q(document="") | ~Q(note="") | Q(file__isnull=False)),
                violation_error_message="Việc đã làm cần ngày và bằng chứng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.certificate}"

    @property
    def lifecycle(self) -> Lifecycle:
        return registered(NOTICE)


class YearReport(OfCertificate):
    """The V.6 of a certificate's enterprise for a year: the figures as they are kept, then the receipt.

    It counts as reported with the receipt of the Ministry's platform alone (Art. 54(2)): number, day, file. `figures` are
    the answers of `forms.FiguresForm` by name, amounts in whole đồng; `figures_version` rises with each saving.
    """

    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, related_name="year_reports")
    year = models.PositiveSmallIntegerField("năm báo cáo")
    figures = models.JSONField("số liệu", default=dict)
    figures_version = models.PositiveIntegerField("lần lưu số liệu", default=0)
    saved_at = models.DateTimeField("lưu lúc", null=True)
    receipt_number = models.CharField("số biên nhận", max_length=80, blank=True)
    received_on = models.DateField("ngày biên nhận", null=True)
    receipt = models.ForeignKey(
        "core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="tệp biên nhận"
    )

    field_classes = {
        "figures": RESTRICTED,
        **dict.fromkeys(
            [
                "certificate", "year", "figures_version", "saved_at", "receipt_number", "received_on", "receipt", "state",
                "version",
            ],
            INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = "báo cáo năm của doanh nghiệp KH&CN"
        verbose_name_plural = "báo cáo năm của doanh nghiệp KH&CN"
        ordering = ["certificate", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "year"], name="year_report_once"),
            models.CheckConstraint(
                name="year_report_receipt_whole",
                condition=Q(state="draft", received_on=None, receipt_number="", receipt=None)
                | Q(state="reported", received_on__isnull=False, receipt__isnull=False) & ~Q(receipt_number=""),
                violation_error_message=_("Biên nhận cần đủ số, ngày và tệp."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.year}"

    @property
    def lifecycle(self) -> Lifecycle:
        return registered(REPORT)
