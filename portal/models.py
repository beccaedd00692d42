"""What the house itself records: how long which data is kept, and what was removed when."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from registry.core.classification import INTERNAL, PUBLIC

LONGEST_YEARS: Final = 100
LONGEST: Final = {"d": 366 * LONGEST_YEARS, "m": 12 * LONGEST_YEARS, "y": LONGEST_YEARS}
"""The most a rule may say, by unit: whatever is to be kept longer needs no rule at all."""


class RetentionRule(models.Model):
    """How long one kind of data is kept, as dated data. `code` names the handler that a room lends (portal/retention.py).

    `citation` names the provision (`nd268:51.1`), where one sets the time; `source` says who set or proposed it. Without a rule
    in force nothing of that kind is removed.
    """

    UNITS = [("d", "ngày"), ("m", "tháng"), ("y", "năm")]

    code = models.SlugField("loại dữ liệu", max_length=40)
    amount = models.PositiveSmallIntegerField("giữ trong")
    unit = models.CharField("đơn vị", max_length=1, choices=UNITS)
    citation = models.CharField("căn cứ", max_length=80, blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    effective_from = models.DateField("áp dụng từ")
    effective_to = models.DateField("áp dụng đến trước", null=True, blank=True)

    field_classes = dict.fromkeys(
        ["code", "amount", "unit", "citation", "source", "effective_from", "effective_to"], PUBLIC
    )

    class Meta:
        verbose_name = "thời gian lưu giữ"
        verbose_name_plural = "thời gian lưu giữ"
        ordering = ["code", "-effective_from"]
        constraints = [
            models.CheckConstraint(
                name="retention_keeps_something",
                condition=Q(amount__gt=0),
                violation_error_message="Thời gian giữ phải từ 1 trở lên.",
            ),
            models.CheckConstraint(
                name="retention_ends_after_start",
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                violation_error_message="Ngày hết áp dụng phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                name="retention_one_per_day",
                fields=["code", "effective_from"],
                violation_error_message="Loại dữ liệu này đã có quy tắc áp dụng từ ngày đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.kept}"

    def clean(self) -> None:
        if self.is_too_long:
            sentence = f"Thời gian giữ dài nhất là {LONGEST_YEARS} năm. Dữ liệu giữ mãi thì không cần quy tắc."
            raise ValidationError({"amount": sentence})

    @property
    def is_too_long(self) -> bool:
        """Was it written before there was a longest time? Nothing is that old."""
        return bool(self.amount and self.unit in LONGEST and self.amount > LONGEST[self.unit])

    @property
    def kept(self) -> str:
        return f"{self.amount} {self.get_unit_display()}"


class RetentionReport(models.Model):
    """What one rule removed on one day. Written when that day's work was done to its end."""

    code = models.CharField("loại dữ liệu", max_length=40)
    day = models.DateField("ngày")
    kept = models.CharField("giữ trong", max_length=20)
    removed = models.PositiveIntegerField("đã xóa", default=0)

    field_classes = dict.fromkeys(["code", "day", "kept", "removed"], INTERNAL)

    class Meta:
        verbose_name = "lần dọn dữ liệu"
        verbose_name_plural = "lần dọn dữ liệu"
        ordering = ["-day", "code"]
        constraints = [models.UniqueConstraint(name="retention_report_once_a_day", fields=["code", "day"])]

    def __str__(self) -> str:
        return f"{self.code} {self.day:%d/%m/%Y}: {self.removed}"
