"""A dossier is somebody's application under a procedure: the draft they write, the snapshots they send, what was asked of them.

Who filled it in for them, and the keys that open it without an account, stand in `registry.dossiers.helped.models`.
"""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Lifecycle, Managed
from registry.core.selectors import ward
from registry.dossiers import procedure as procedures
from registry.dossiers.helped.models import Help, Pass
from registry.parties.models import OfParty

__all__ = ["Dossier", "DossierFile", "Help", "Pass", "Remark", "Submission", "SupplementRequest", "TimeLimit"]


class Dossier(OfParty, Managed):
    """One application. `answers` is the draft (field name → JSON value), free of demands until it is submitted.

    `title` and `ward` are what lists need of the answers, written again whenever these are saved.

    `due_at` runs only while the department has to answer; it is empty in a draft, while a supplement is awaited and when
    the dossier is closed.
    """

    reference = models.CharField("mã hồ sơ", max_length=24, unique=True)
    procedure = models.CharField("thủ tục", max_length=32)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="dossiers", verbose_name="người nộp")
    title = models.CharField("tên hồ sơ", max_length=300, blank=True)
    ward = models.ForeignKey(
        "core.AdministrativeUnit", models.PROTECT, null=True, related_name="+", verbose_name="xã, phường"
    )
    answers = models.JSONField("bản nháp", default=dict)
    answers_version = models.PositiveIntegerField("lần lưu", default=0)
    saved_at = models.DateTimeField("lưu lúc", null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    created_at = models.DateTimeField("lập lúc")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="assigned_dossiers",
        verbose_name="người thụ lý",
    )
    received_at = models.DateTimeField("nhận lúc", null=True)
    due_at = models.DateTimeField("hạn trả lời", null=True)
    closed_at = models.DateTimeField("xong lúc", null=True)

    locked_with = ("party",)
    field_classes = {
        "state": INTERNAL,
        "version": INTERNAL,
        "reference": INTERNAL,
        "procedure": INTERNAL,
        "party": INTERNAL,
        "title": INTERNAL,
        "ward": INTERNAL,
        "answers": RESTRICTED,
        "answers_version": INTERNAL,
        "saved_at": INTERNAL,
        "created_by": INTERNAL,
        "created_at": INTERNAL,
        "assigned_to": INTERNAL,
        "received_at": INTERNAL,
        "due_at": INTERNAL,
        "closed_at": INTERNAL,
    }

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="dossier_state_due"),
            models.Index(fields=["assigned_to", "state", "due_at"], name="dossier_assigned"),
            models.Index(fields=["party", "-created_at"], name="dossier_party"),
            models.Index(fields=["procedure", "state"], name="dossier_procedure"),
            models.Index(fields=["procedure", "closed_at"], name="dossier_closed"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def kind(self) -> "procedures.Procedure":
        return procedures.get(self.procedure)

    @property
    def lifecycle(self) -> Lifecycle:
        return self.kind.lifecycle

    @cached_property
    def helper_ids(self) -> frozenset[int]:
        """The accounts that have ever filled it in for its people (asked once for each reading of the row)."""
        return frozenset(self.helps.values_list("helper_id", flat=True))

    @cached_property
    def barred(self) -> str:
        """Why what it asks for can be granted no more, "" while it can (asked once for each reading of the row, as above)."""
        return self.kind.barred(self)

    def retell(self) -> None:
        """Say again, from the answers, what lists need of them. An answer that is no ward of today places it nowhere."""
        self.title = self.kind.name(self.answers)[:300]
        self.ward = ward(str(self.answers.get(self.kind.ward_field) or ""))


class TimeLimit(models.Model):
    """How long one step of a procedure may take, as dated data that staff can correct.

    `citation` names the provision (`nd268:51.1`); where it is empty no law sets the time and the limit is a service
    promise. `by_analogy`: the provision sets it for another procedure and is followed here because none sets it for this one;
    wherever the limit is shown, this is said. `target` is the department's own shorter aim. `suspended_by` cites what may stop
    the clock; empty = nothing.
    """

    procedure = models.CharField("thủ tục", max_length=32)
    step = models.CharField("bước", max_length=32)
    amount = models.PositiveSmallIntegerField("thời hạn")
    unit = models.CharField("đơn vị", max_length=2, choices=[("wd", "ngày làm việc"), ("d", "ngày"), ("m", "tháng")])
    target = models.PositiveSmallIntegerField("mục tiêu riêng của Sở", null=True, blank=True)
    citation = models.CharField("căn cứ", max_length=80, blank=True)
    by_analogy = models.BooleanField("áp dụng tương tự", default=False)
    suspended_by = models.CharField("tạm dừng theo", max_length=80, blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    effective_from = models.DateField("áp dụng từ")
    effective_to = models.DateField("áp dụng đến trước", null=True, blank=True)

    field_classes = dict.fromkeys(
        [
            "procedure",
            "step",
            "amount",
            "unit",
            "target",
            "citation",
            "by_analogy",
            "suspended_by",
            "source",
            "effective_from",
            "effective_to",
        ],
        PUBLIC,
    )

    class Meta:
        verbose_name = "thời hạn"
        verbose_name_plural = "thời hạn"
        ordering = ["procedure", "step", "-effective_from"]
        constraints = [
            models.CheckConstraint(
                name="time_limit_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Thời hạn phải từ 1 trở lên.",
            ),
            models.UniqueConstraint(fields=["procedure", "step", "effective_from"], name="time_limit_one_per_day"),
        ]

    def __str__(self) -> str:
        known = {kind.code: kind.title for kind in procedures.every()}
        return f"{known.get(self.procedure, self.procedure)}: {self.amount} {self.get_unit_display()}"

    @property
    def is_law(self) -> bool:
        return bool(self.citation)

    @property
    def analogy(self) -> str:
        """The provision that is followed by analogy, in words; "" where it sets the limit itself, or none does."""
        return ground_in_words(self.citation, get_language() or "vi") if self.by_analogy and self.citation else ""


class DossierFile(models.Model):
    """A file of the dossier with its purpose. Removing it from the draft sets `removed_at`: a snapshot may name it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="files")
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+", verbose_name="tệp")
    purpose = models.CharField("mục đích", max_length=32)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    added_at = models.DateTimeField("tải lên lúc")
    removed_at = models.DateTimeField("gỡ lúc", null=True)

    field_classes = {
        "dossier": INTERNAL,
        "file": RESTRICTED,
        "purpose": INTERNAL,
        "added_by": INTERNAL,
        "added_at": INTERNAL,
        "removed_at": INTERNAL,
    }

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["dossier", "removed_at"], name="dossierfile_dossier")]


class Submission(models.Model):
    """What was sent, once: a snapshot that names its form and version and carries every label, so that it reads for ever.

    `content` is canonical JSON (see `registry.dossiers.snapshot`), `sha256` its hash. Triggers refuse UPDATE and DELETE.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("lần gửi")
    form_code = models.CharField("biểu mẫu", max_length=32)
    form_version = models.CharField("bản biểu mẫu", max_length=16)
    content = models.TextField("nội dung")
    sha256 = models.CharField("mã băm", max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    submitted_at = models.DateTimeField("gửi lúc")

    field_classes = {
        "dossier": INTERNAL,
        "number": INTERNAL,
        "form_code": INTERNAL,
        "form_version": INTERNAL,
        "content": RESTRICTED,
        "sha256": INTERNAL,
        "submitted_by": INTERNAL,
        "submitted_at": INTERNAL,
    }

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="submission_number_once")]

    @property
    def sender(self) -> str:
        """Who sent it, in words. `submitted_by` is the helper's account where a founder without one confirmed it."""
        confirmed = (json.loads(self.content).get("helped") or {}).get("confirmed")
        if confirmed is None:
            return str(self.submitted_by)
        return _now("chủ dự án xác nhận, %(helper)s nhập hộ") % {"helper": self.submitted_by}


class SupplementRequest(models.Model):
    """The department asked the applicant to complete what its remarks mark. `answered_by` is the snapshot that did."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplements")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    message = models.TextField("lời nhắn", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("yêu cầu lúc")
    answered_by = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="answers_request")
    closed_at = models.DateTimeField("đóng lúc", null=True)

    field_classes = {
        "dossier": INTERNAL,
        "submission": INTERNAL,
        "message": INTERNAL,
        "asked_by": INTERNAL,
        "asked_at": INTERNAL,
        "answered_by": INTERNAL,
        "closed_at": INTERNAL,
    }

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(closed_at=None), name="supplement_one_open")
        ]


class Remark(models.Model):
    """What is to be completed: `target` is `field:<name>`, `file:<dossier file id>` or `files` (send another file)."""

    request = models.ForeignKey(SupplementRequest, models.PROTECT, related_name="remarks")
    target = models.CharField("mục", max_length=64)
    text = models.TextField("nhận xét")

    field_classes = {"request": INTERNAL, "target": INTERNAL, "text": INTERNAL}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "target"], name="remark_once_per_target"),
            models.CheckConstraint(
                name="remark_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Ghi nhận xét cho mục này."),
            ),
        ]
