"""What an enterprise asked the portal to keep of its self-assessment: its figures, what they came to, what changed that.

Nothing of it is anybody's but the enterprise's: every word of content is restricted, and the department is told how many meet
every condition (`counting`), never which.
"""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.permalinks import new_public_id
from registry.goals.rules import Cause

CAUSES: Final = (
    (Cause.LAW.value, _("Quy định hoặc cách tính đã đổi")),
    (Cause.FACTS.value, _("Số liệu của doanh nghiệp trên cổng đã đổi")),
    (Cause.TIME.value, _("Thời gian trôi qua, các năm được xét đã khác")),
)


class Goal(models.Model):
    """That an enterprise wants the certificate. `version` counts the figures that were saved; one goal to a party.

    `verdict` and `outcomes` (condition → outcome) are what its people were last told, by the rules of `edition`, at
    `answered_at`; `answered_on` repeats the day for the job that looks again.
    """

    public_id = models.CharField("mã", max_length=12, unique=True, default=new_public_id, editable=False)
    party = models.OneToOneField("parties.Party", models.PROTECT, related_name="goal", verbose_name="doanh nghiệp")
    version = models.PositiveIntegerField("bản số liệu", default=1)
    verdict = models.CharField("kết luận", max_length=24)
    outcomes = models.JSONField("từng điều kiện")
    edition = models.CharField("bản quy tắc", max_length=40)
    answered_at = models.DateTimeField("tính lúc")
    answered_on = models.DateField("tính ngày", db_index=True)
    created_at = models.DateTimeField("lập lúc")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")

    current: "list[GoalFigures]"
    """The figures of today's version, where a selector brought them."""

    field_classes = {
        **dict.fromkeys(["public_id", "party", "version", "edition"], INTERNAL),
        **dict.fromkeys(["answered_at", "answered_on", "created_at", "created_by"], INTERNAL),
        **dict.fromkeys(["verdict", "outcomes"], RESTRICTED),
    }

    class Meta:
        verbose_name = "mục tiêu"
        verbose_name_plural = "mục tiêu"

    def __str__(self) -> str:
        return self.public_id


class GoalFigures(models.Model):
    """The figures as they were saved, version by version. `answers` is what the questions were answered with (`figures`)."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="figures")
    number = models.PositiveIntegerField("bản")
    answers = models.JSONField("câu trả lời")
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lưu")

    field_classes = {
        **dict.fromkeys(["goal", "number", "saved_at", "saved_by"], INTERNAL),
        "answers": RESTRICTED,
    }

    class Meta:
        verbose_name = "số liệu của mục tiêu"
        verbose_name_plural = "số liệu của mục tiêu"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="goalfigures_number_once")]

    def __str__(self) -> str:
        return f"{self.goal_id}/{self.number}"


class GoalChange(models.Model):
    """An answer became another one without its people having typed anything: facts of the party, the law, or time.

    `changes` lists `{"condition", "was", "now"}`; an outcome is "" where the condition was not asked.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField("lần")
    at = models.DateTimeField("lúc")
    cause = models.CharField("vì", max_length=8, choices=CAUSES)
    changes = models.JSONField("thay đổi")
    verdict_was = models.CharField("kết luận trước", max_length=24)
    verdict_now = models.CharField("kết luận nay", max_length=24)

    field_classes = {
        **dict.fromkeys(["goal", "number", "at", "cause"], INTERNAL),
        **dict.fromkeys(["changes", "verdict_was", "verdict_now"], RESTRICTED),
    }

    class Meta:
        verbose_name = "thay đổi của mục tiêu"
        verbose_name_plural = "thay đổi của mục tiêu"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "number"],
                name="goalchange_number_once",
                violation_error_message=_("Thay đổi này đã ghi rồi."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}/{self.number}"
