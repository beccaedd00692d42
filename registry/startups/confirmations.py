"""Once a year somebody who acts for the startup says that its page is still right. The rows, and what they mean on a day.

A `Confirmation` holds from `confirmed_on` until before `until` (empty: still); one a startup holds at a time, so that the
state of any day is a question to the database.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, PUBLIC


class Confirmed(models.TextChoices):
    """What the public sees: within the term, or past it."""

    CURRENT = "current", _("Đã xác nhận trong kỳ")
    OVERDUE = "overdue", _("Quá hạn xác nhận")


class Way(models.TextChoices):
    PUBLICATION = "publication", "Đăng hoặc sửa trang"
    ACCOUNT = "account", "Trong tài khoản"
    MAIL = "mail", "Từ thư nhắc"


class Confirmation(models.Model):
    """What the page says was right on `confirmed_on`; the next confirmation is due on `due_on` (empty: no term was set).

    Written again are only `until`, when the next one comes or the page is taken down, and `due_on`, when staff correct
    the term.
    """

    startup = models.ForeignKey("startups.Startup", models.PROTECT, related_name="confirmations")
    confirmed_on = models.DateField("xác nhận ngày")
    due_on = models.DateField("hạn xác nhận tiếp", null=True)
    until = models.DateField("thay bằng lần sau từ", null=True)
    recorded_at = models.DateTimeField("ghi nhận lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người xác nhận"
    )
    way = models.CharField("cách xác nhận", max_length=12, choices=Way.choices)

    field_classes = {
        "startup": PUBLIC,
        "confirmed_on": PUBLIC,
        "due_on": PUBLIC,
        "until": PUBLIC,
        "recorded_at": INTERNAL,
        "by": INTERNAL,
        "way": INTERNAL,
    }

    class Meta:
        verbose_name = "xác nhận hằng năm"
        verbose_name_plural = "xác nhận hằng năm"
        ordering = ["startup", "-confirmed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["startup"], condition=Q(until=None), name="confirmation_one_in_force"),
            models.CheckConstraint(
                name="confirmation_ends_after_start", condition=Q(until=None) | Q(until__gte=F("confirmed_on"))
            ),
            models.CheckConstraint(
                name="confirmation_due_later", condition=Q(due_on=None) | Q(due_on__gt=F("confirmed_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["startup", "confirmed_on", "until"], name="confirmation_on_a_day"),
            models.Index(fields=["due_on"], condition=Q(until=None), name="confirmation_due"),
        ]

    def __str__(self) -> str:
        return f"{self.startup}: {self.confirmed_on:%d/%m/%Y}"


class ConfirmationReminder(models.Model):
    """That people were told so many days before a due date. Written with the message, so that it is told once."""

    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="reminders")
    due_on = models.DateField("hạn")
    days = models.PositiveSmallIntegerField("trước hạn, ngày")
    told_at = models.DateTimeField("nhắc lúc")

    field_classes = dict.fromkeys(["confirmation", "due_on", "days", "told_at"], INTERNAL)

    class Meta:
        verbose_name = "lần nhắc xác nhận"
        verbose_name_plural = "lần nhắc xác nhận"
        ordering = ["confirmation", "due_on", "-days"]
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "due_on", "days"], name="confirmation_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%d/%m/%Y} - {self.days}"
