"""Who filled a dossier in for somebody else, and the keys that open one dossier without an account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, RESTRICTED


class Help(models.Model):
    """Somebody fills a dossier in for a founder without e-mail. One at a time; rows end, they are never deleted.

    `organisation` is for whom the helper works, as it was called that day. The founder has no account: `contact` is how
    news reaches them (the department calls), and what they confirmed stands in the `Pass` that they used.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="helps", verbose_name="hồ sơ")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập hộ")
    organisation = models.CharField("nhập hộ cho", max_length=200)
    founder_name = models.CharField("chủ dự án", max_length=120)
    contact = models.CharField("liên hệ của chủ dự án", max_length=120)
    since = models.DateTimeField("từ lúc")
    until = models.DateTimeField("đến lúc", null=True)

    field_classes = {
        "dossier": INTERNAL,
        "helper": INTERNAL,
        "organisation": INTERNAL,
        "founder_name": RESTRICTED,
        "contact": RESTRICTED,
        "since": INTERNAL,
        "until": INTERNAL,
    }

    class Meta:
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["helper", "until"], name="help_helper")]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(until=None), name="help_one_open"),
            models.CheckConstraint(
                name="help_ends_after_start",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="Việc nhập hộ kết thúc sau khi bắt đầu.",
            ),
        ]


class Purpose(models.TextChoices):
    CONFIRM = "confirm", _("xác nhận hồ sơ nhập hộ")
    DEVICE = "device", _("làm tiếp trên máy khác")


class Pass(models.Model):
    """A key to one dossier: who has the link, the QR or the code may do what its purpose says, and nothing else.

    The key itself is kept nowhere: `secret` is its hash under the installation's key (`helped.keys`). It opens while it
    has not ended and `expires_at` is ahead.

    * confirm: the founder reads what was filled in, and sends it or gives it back. `used_at` and `submission` say what
      was sent by it; from then on it only shows how far the dossier has come, and `expires_at` moves to a year.
    * device: one browser goes on with the draft as `issued_by`. `opened_at` says that it has been taken up, which works
      once; `expires_at` then moves from the minutes of the code to the hours of the work.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="passes", verbose_name="hồ sơ")
    purpose = models.CharField("mục đích", max_length=8, choices=Purpose.choices)
    secret = models.CharField(max_length=64, unique=True)
    step = models.CharField("bước", max_length=32, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    issued_at = models.DateTimeField("lập lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    opened_at = models.DateTimeField("mở lần đầu lúc", null=True)
    used_at = models.DateTimeField("gửi lúc", null=True)
    ended_at = models.DateTimeField("thu lại lúc", null=True)
    submission = models.OneToOneField(
        "dossiers.Submission", models.PROTECT, null=True, related_name="confirmation", verbose_name="bản đã gửi"
    )

    field_classes = {
        "dossier": INTERNAL,
        "purpose": INTERNAL,
        "secret": RESTRICTED,
        "step": INTERNAL,
        "issued_by": INTERNAL,
        "issued_at": INTERNAL,
        "expires_at": INTERNAL,
        "opened_at": INTERNAL,
        "used_at": INTERNAL,
        "ended_at": INTERNAL,
        "submission": INTERNAL,
    }

    class Meta:
        ordering = ["issued_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at=None, purpose="confirm"), name="pass_one_to_confirm"
            ),
            models.UniqueConstraint(
                fields=["dossier", "issued_by"],
                condition=Q(ended_at=None, purpose="device"),
                name="pass_one_device_each",
            ),
        ]

    @property
    def is_device(self) -> bool:
        return self.purpose == Purpose.DEVICE.value
