"""What happened and what was decided. Rows are written once; triggers on both databases refuse UPDATE and DELETE."""

from django.conf import settings
from django.db import models

from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED


class Event(models.Model):
    """One act on one record. `subject` is `app.model:pk`; `data` holds codes and ids, never a person's data."""

    subject = models.CharField("đối tượng", max_length=80)
    action = models.CharField("thao tác", max_length=32)
    from_state = models.CharField("từ trạng thái", max_length=32, blank=True)
    to_state = models.CharField("đến trạng thái", max_length=32, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người làm"
    )
    role = models.CharField("tư cách", max_length=32)
    ground = models.CharField("căn cứ", max_length=80, blank=True)
    note = models.TextField("ghi chú", blank=True)
    data = models.JSONField("dữ liệu kèm theo", default=dict)
    version = models.PositiveIntegerField("phiên bản")
    at = models.DateTimeField("lúc")

    field_classes = {
        "subject": INTERNAL,
        "action": INTERNAL,
        "from_state": INTERNAL,
        "to_state": INTERNAL,
        "actor": INTERNAL,
        "role": INTERNAL,
        "ground": INTERNAL,
        "note": INTERNAL,
        "data": INTERNAL,
        "version": INTERNAL,
        "at": INTERNAL,
    }

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject", "at"], name="event_subject_at")]
        constraints = [models.UniqueConstraint(fields=["subject", "version"], name="event_once_per_version")]


class Decision(models.Model):
    """One decision, immutable. A correction is a new decision.

    `content` is canonical JSON (sorted keys, no spaces, UTF-8); `sha256` is the hash of `previous_sha256` + "\\n" +
    `content`, so that the rows form a chain in the order of `position`. `number` is entered from the office's own
    register of documents, never invented; it is empty where the office keeps none for such a decision.
    """

    position = models.PositiveBigIntegerField("thứ tự", unique=True)
    kind = models.CharField("loại", max_length=32)
    subject = models.CharField("hồ sơ", max_length=80)
    record = models.CharField("bản ghi", max_length=80, blank=True)
    number = models.CharField("số quyết định", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký")
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name="cơ quan quyết định")
    delegation = models.CharField("ủy quyền theo", max_length=200, blank=True)
    signatory = models.CharField("người ký", max_length=120, blank=True)
    ground = models.CharField("căn cứ", max_length=80)
    reason = models.TextField("lý do", blank=True)
    effective_on = models.DateField("có hiệu lực từ")
    public_from = models.DateField("công khai từ", null=True)
    public_until = models.DateField("công khai đến", null=True)
    content = models.TextField("nội dung")
    sha256 = models.CharField("mã băm", max_length=64)
    previous_sha256 = models.CharField("mã băm trước", max_length=64, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người quyết định"
    )
    recorded_at = models.DateTimeField("ghi nhận lúc")

    field_classes = {
        "position": INTERNAL,
        "kind": PUBLIC,
        "subject": INTERNAL,
        "record": INTERNAL,
        "number": PUBLIC,
        "signed_on": PUBLIC,
        "authority": PUBLIC,
        "delegation": PUBLIC,
        "signatory": PUBLIC,
        "ground": PUBLIC,
        "reason": INTERNAL,
        "effective_on": PUBLIC,
        "public_from": PUBLIC,
        "public_until": PUBLIC,
        "content": INTERNAL,
        "sha256": INTERNAL,
        "previous_sha256": INTERNAL,
        "decided_by": INTERNAL,
        "recorded_at": INTERNAL,
    }

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["subject"], name="decision_subject"),
            models.Index(fields=["record", "effective_on"], name="decision_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "number", "signed_on"],
                condition=~models.Q(number=""),
                name="decision_number_once",
                violation_error_message="Số quyết định này đã có trong sổ.",
            ),
            models.CheckConstraint(
                name="decision_public_window",
                condition=models.Q(public_until=None) | models.Q(public_until__gte=models.F("public_from")),
                violation_error_message="Ngày hết công khai phải từ ngày bắt đầu công khai trở đi.",
            ),
        ]


class ReadLog(models.Model):
    """Somebody of the staff read restricted fields of a record."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đọc")
    subject = models.CharField("bản ghi", max_length=80)
    fields = models.JSONField("trường đã đọc")
    at = models.DateTimeField("lúc")

    field_classes = {"user": RESTRICTED, "subject": INTERNAL, "fields": INTERNAL, "at": INTERNAL}

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="readlog_subject_at")]
