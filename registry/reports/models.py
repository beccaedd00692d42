"""A report: somebody says that a public record is wrong, and the department answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.lifecycle import Lifecycle, Managed
from registry.reports.lifecycle import LIFECYCLE


class Outcome(models.TextChoices):
    """What came of a report, as staff choose it; the reporter reads it in their letter."""

    MENDED = "mended", "Đã sửa"
    WAS_RIGHT = "was_right", "Thông tin đã đúng"
    NOT_OURS = "not_ours", "Không thuộc việc của Sở"
    SPAM = "spam", "Không phải báo lỗi"


class Report(Managed):
    """`about` names the record as events do; `title` and `address` are what it was called and where it stood that day.

    `language` is that of the page and so of the answer. The reporter's address is kept only if they gave it, and not for
    ever (`services.forget_reporters`).
    """

    kind = models.CharField("loại", max_length=16)
    about = models.CharField("bản ghi", max_length=80)
    title = models.CharField("tên lúc báo", max_length=300)
    address = models.CharField("địa chỉ lúc báo", max_length=300)
    language = models.CharField("ngôn ngữ", max_length=2)
    text = models.TextField("nội dung")
    email = models.EmailField("thư điện tử người báo", blank=True)
    sent_at = models.DateTimeField("gửi lúc")
    outcome = models.CharField("kết quả", max_length=16, choices=Outcome.choices, blank=True)
    answer = models.TextField("câu trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )

    field_classes = {
        "state": INTERNAL,
        "version": INTERNAL,
        "kind": INTERNAL,
        "about": INTERNAL,
        "title": INTERNAL,
        "address": INTERNAL,
        "language": INTERNAL,
        "text": INTERNAL,
        "email": RESTRICTED,
        "sent_at": INTERNAL,
        "outcome": INTERNAL,
        "answer": INTERNAL,
        "answered_at": INTERNAL,
        "answered_by": INTERNAL,
    }

    class Meta:
        verbose_name = "báo lỗi"
        verbose_name_plural = "báo lỗi"
        ordering = ["sent_at", "id"]
        indexes = [
            models.Index(fields=["state", "kind", "sent_at"], name="report_waiting"),
            models.Index(fields=["answered_at"], name="report_answered"),
            models.Index(fields=["about"], name="report_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_answered_by_somebody",
                condition=Q(state="new", answered_at=None) | (Q(state="answered") & ~Q(answered_at=None)),
                violation_error_message="Báo lỗi đã trả lời thì có người và lúc trả lời.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def lifecycle(self) -> Lifecycle:
        return LIFECYCLE
