"""Documents whose text can be found, and pictures that say nothing about the person who took them."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.core.uploads import check_document, extension, without_metadata

WAITING: Final = "waiting"
READ: Final = "read"
UNREAD: Final = "unread"
READINGS: Final = {WAITING: "Chờ đọc", READ: "Đã đọc", UNREAD: "Không đọc được"}

REASONS: Final = {
    "encrypted": "Tệp có mật khẩu nên chữ trong tệp chưa tìm được. Bỏ mật khẩu rồi tải lại.",
    "damaged": "Tệp hỏng nên chữ trong tệp chưa tìm được. Mở tệp trên máy của bạn, lưu lại rồi tải lên.",
    "no_text": "Tệp không có chữ, có thể là bản quét ảnh. Tải lên bản có chữ để người đọc tìm được.",
    "too_long": "Tệp quá dài: đọc được nhiều nhất 1.000 trang hoặc một triệu chữ cái. Tách tệp rồi tải lại.",
    "too_large": "Tệp bung ra quá lớn nên chữ trong tệp chưa tìm được. Bỏ bớt ảnh hoặc tách tệp rồi tải lại.",
    "too_slow": "Đọc tệp quá lâu nên đã dừng. Lưu lại tệp theo cách đơn giản hơn hoặc tách tệp rồi tải lại.",
    "encoding": "Tệp chữ không đọc được. Lưu lại theo bảng mã UTF-8 rồi tải lên.",
    "kind": "Chưa đọc được chữ trong tệp loại này. Tải lên bản PDF, DOCX, XLSX, ODT hoặc TXT.",
    "missing": "Không còn tệp trên máy chủ. Tải tệp lên lại.",
    "crashed": "Đọc tệp này làm chương trình đọc dừng đột ngột, nên không thử nữa. Lưu lại tệp rồi tải lên.",
}
"""Why the words of a file could not be read, and what staff can do."""

COUNTED: Final = {"pdf": "trang", "docx": "phần", "odt": "phần", "xlsx": "trang tính"}


class PortalDocument(AbstractDocument):
    """A file for download. A new file waits until the task in `cms.core.reading` has read its words, by which the pages that
    carry it are found.
    """

    reading = models.CharField(
        "đọc chữ", max_length=10, choices=READINGS, default=WAITING, editable=False, db_index=True
    )
    unread_because = models.CharField(
        "vì sao không đọc được", max_length=20, choices=REASONS, blank=True, editable=False
    )
    reading_attempts = models.PositiveSmallIntegerField("số lần thử đọc", default=0, editable=False)
    parts_read = models.PositiveIntegerField("số phần đã đọc", default=0, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "tệp tài liệu"
        verbose_name_plural = "tệp tài liệu"

    def clean(self) -> None:
        super().clean()
        if self.file and not self.file._committed:
            try:
                check_document(self.file.name, self.file.size, self.file)
            except ValidationError as refusal:
                raise ValidationError({"file": refusal.messages}) from refusal

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.reading, self.unread_because, self.reading_attempts, self.parts_read = WAITING, "", 0, 0
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {
                    *kwargs["update_fields"],
                    "reading",
                    "unread_because",
                    "reading_attempts",
                    "parts_read",
                }
            if self.pk:
                self.parts.all().delete()
        super().save(*args, **kwargs)

    @property
    def reading_told(self) -> str:
        """For staff: how far the reading of the words has come."""
        if self.reading == UNREAD:
            return REASONS.get(self.unread_because, READINGS[UNREAD])
        if self.reading == WAITING:
            return "Đang chờ đọc chữ trong tệp; đọc xong thì tìm được theo nội dung."
        counted = COUNTED.get(extension(self.file.name))
        return f"Đã đọc chữ trong tệp: {self.parts_read} {counted}." if counted else "Đã đọc chữ trong tệp."

    @property
    def is_public(self) -> bool:
        """Nobody is kept out: no restriction on the collection it lies in nor on one above."""
        return not self.collection.get_view_restrictions()


class DocumentPart(models.Model):
    """What stands on one page, under one heading, on one sheet. `also` is what a damaged scan probably says; it is never shown."""

    document = models.ForeignKey(PortalDocument, on_delete=models.CASCADE, related_name="parts", verbose_name="tệp")
    place = models.PositiveIntegerField("thứ tự")
    label = models.CharField("trang, đề mục hoặc trang tính", max_length=120, blank=True)
    text = models.TextField("chữ")
    also = models.TextField("cách đọc khác", blank=True)

    class Meta:
        verbose_name = "phần của tệp"
        verbose_name_plural = "phần của tệp"
        ordering = ["document", "place"]
        constraints = [
            models.UniqueConstraint(fields=["document", "place"], name="cms_core_document_part_once_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.label or self.place}"


class PortalImage(AbstractImage):
    """A picture, kept without EXIF: no place, no camera, no owner."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file = without_metadata(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = "bản thu nhỏ"
        verbose_name_plural = "bản thu nhỏ"
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="cms_core_rendition_once_per_filter"
            )
        ]
