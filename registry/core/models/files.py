from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.core import clock
from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.permalinks import new_public_id


class PrivateFile(models.Model):
    """A file that somebody handed in. The bytes stand in PRIVATE_ROOT under their SHA-256; this row says whose they are.

    Two rows may point at the same bytes. `holder_type` and `holder_id` name the record it belongs to ("dossier", its
    id); a file without a holder is waiting for one and is removed after a day.
    """

    class FileClass(models.TextChoices):
        PUBLIC = "public", _("Công khai")
        INTERNAL = "internal", _("Nội bộ")
        RESTRICTED = "restricted", _("Hạn chế")

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"
        JPG = "jpg", "JPG"
        PNG = "png", "PNG"
        WEBP = "webp", "WEBP"
        CSV = "csv", "CSV"

    class Retention(models.TextChoices):
        UNTIL_ATTACHED = "until_attached", "Xóa sau một ngày nếu không gắn với hồ sơ"
        WITH_RECORD = "with_record", "Giữ theo hồ sơ"
        PERMANENT = "permanent", "Giữ vĩnh viễn"

    public_id = models.CharField("mã", max_length=8, unique=True, default=new_public_id, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("dung lượng (byte)")
    kind = models.CharField("loại tệp", max_length=4, choices=Kind)
    name = models.CharField("tên tệp", max_length=150)
    file_class = models.CharField("mức công khai", max_length=10, choices=FileClass)
    purpose = models.CharField("mục đích", max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nộp", related_name="private_files"
    )
    holder_type = models.CharField("loại hồ sơ", max_length=40, blank=True)
    holder_id = models.CharField("hồ sơ", max_length=40, blank=True)
    retention = models.CharField("lưu giữ", max_length=14, choices=Retention, default=Retention.UNTIL_ATTACHED)
    scanned = models.BooleanField("đã quét mã độc", default=False)
    stored_at = models.DateTimeField("nhận lúc", default=clock.now)

    field_classes = {
        "public_id": INTERNAL,
        "sha256": INTERNAL,
        "size": INTERNAL,
        "kind": INTERNAL,
        "name": RESTRICTED,
        "file_class": INTERNAL,
        "purpose": INTERNAL,
        "owner": RESTRICTED,
        "holder_type": INTERNAL,
        "holder_id": INTERNAL,
        "retention": INTERNAL,
        "scanned": INTERNAL,
        "stored_at": INTERNAL,
    }

    class Meta:
        verbose_name = "tệp đã nộp"
        verbose_name_plural = "tệp đã nộp"
        ordering = ["stored_at", "pk"]
        indexes = [models.Index(name="private_file_holder", fields=["holder_type", "holder_id"])]
        constraints = [
            models.CheckConstraint(name="private_file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="private_file_holder_whole",
                condition=Q(holder_type="", holder_id="") | (~Q(holder_type="") & ~Q(holder_id="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.kind in (self.Kind.JPG, self.Kind.PNG, self.Kind.WEBP)


class FileRead(models.Model):
    """Somebody who is signed in has fetched a private file. Rows are only added."""

    file = models.ForeignKey(PrivateFile, models.PROTECT, verbose_name="tệp", related_name="reads")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người mở", related_name="file_reads"
    )
    at = models.DateTimeField("lúc", default=clock.now)

    field_classes = {"file": INTERNAL, "reader": RESTRICTED, "at": INTERNAL}

    class Meta:
        verbose_name = "lượt mở tệp"
        verbose_name_plural = "lượt mở tệp"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.at:%d/%m/%Y %H:%M}"
