"""Documents whose text can be found, and pictures that say nothing about the person who took them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.core.extraction import Unreadable, read_text
from cms.core.uploads import check_document, without_metadata


class PortalDocument(AbstractDocument):
    """A file for download. Its words are read once, when it is saved, so that the pages that carry it are found by them."""

    extracted_text = models.TextField("chữ trong tệp", blank=True, editable=False)
    extraction_note = models.CharField("ghi chú khi đọc chữ", max_length=200, blank=True, editable=False)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.read()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "extracted_text", "extraction_note"}
        super().save(*args, **kwargs)

    def read(self) -> None:
        """Fill `extracted_text`; a file that cannot be read leaves a note for staff, never an exception."""
        try:
            self.extracted_text, self.extraction_note = read_text(self.file.name, self.file), ""
        except Unreadable as reason:
            self.extracted_text, self.extraction_note = "", str(reason)
        self.file.seek(0)

    @property
    def is_public(self) -> bool:
        """Nobody is kept out: no restriction on the collection it lies in nor on one above."""
        return not self.collection.get_view_restrictions()


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
