from typing import Final
from uuid import uuid4

from django.db import models
from django.db.models import Q

# The classes of fields that the whole portal knows; this app imports no other, so it writes the word itself.
PUBLIC: Final = "public"
INTERNAL: Final = "internal"


class SearchEntry(models.Model):
    """What the public may find of one record or page in one language: the one table that every engine follows.

    `seq` is empty while a committed change is not yet in line; `numbering.number()` gives it its number. A withdrawn entry
    stays as a row without text, so that a follower that was away learns of it. `sections` says what stands where in `body`
    ([start, label, url], e.g. the page of an attachment); `also` holds readings that are searched and never shown; `document`
    is what an index holds of the entry (search/prepared.py), made at the change by the normaliser of that version.
    """

    field_classes = dict.fromkeys(
        ("kind", "ref", "language", "url", "title", "body", "summary", "sections", "also", "facets", "numbers", "date"),
        PUBLIC,
    ) | dict.fromkeys(
        ("public_from", "public_until", "deleted", "changed_at", "document", "normaliser", "seq"), INTERNAL
    )

    kind = models.CharField("loại", max_length=40)
    ref = models.CharField("mã bản ghi", max_length=80)
    language = models.CharField("ngôn ngữ", max_length=8)
    url = models.CharField("địa chỉ", max_length=500, blank=True)
    title = models.TextField("tiêu đề", blank=True)
    body = models.TextField("nội dung", blank=True)
    summary = models.TextField("tóm tắt", blank=True)
    sections = models.JSONField("các phần của nội dung", default=list, blank=True)
    also = models.TextField("cách đọc khác", blank=True)
    facets = models.JSONField("nhóm lọc", default=dict, blank=True)
    numbers = models.JSONField("số hiệu", default=list, blank=True)
    date = models.DateField("ngày")
    public_from = models.DateTimeField("công khai từ", null=True, blank=True)
    public_until = models.DateTimeField("công khai đến", null=True, blank=True)
    deleted = models.BooleanField("đã rút", default=False)
    changed_at = models.DateTimeField("thay đổi lúc")
    document = models.TextField("bản để lập chỉ mục", blank=True, editable=False)
    normaliser = models.PositiveSmallIntegerField("phiên bản chuẩn hóa", default=0, editable=False)
    seq = models.BigIntegerField("số thứ tự", null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "mục tìm kiếm"
        verbose_name_plural = "mục tìm kiếm"
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref", "language"], name="search_entry_once_per_language"),
            models.CheckConstraint(
                condition=Q(public_from=None) | Q(public_until=None) | Q(public_until__gt=models.F("public_from")),
                name="search_entry_window_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="search_entry_pending", condition=Q(seq=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} ({self.language})"


class Clock(models.Model):
    """One row: the last number given, and which history it belongs to. It only rises; a restore sets another epoch."""

    field_classes = {"epoch": INTERNAL, "seq": INTERNAL}

    epoch = models.UUIDField("kỷ nguyên", default=uuid4)
    seq = models.BigIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "đồng hồ tìm kiếm"
        verbose_name_plural = "đồng hồ tìm kiếm"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="search_clock_is_one_row")]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"


class FollowerReport(models.Model):
    """The last time an engine could not follow, and since when without a success. `mended`: it has followed since."""

    field_classes = dict.fromkeys(("engine", "error", "since", "at", "mended"), INTERNAL)

    engine = models.CharField("máy tìm kiếm", max_length=40, unique=True)
    error = models.CharField("lỗi", max_length=500)
    since = models.DateTimeField("từ")
    at = models.DateTimeField("lúc")
    mended = models.BooleanField("đã hết", default=False)

    class Meta:
        verbose_name = "báo lỗi của máy tìm kiếm"
        verbose_name_plural = "báo lỗi của máy tìm kiếm"

    def __str__(self) -> str:
        return f"{self.engine}: {self.error}"


class Abbreviation(models.Model):
    """A short form that is read as its long form in a query, whole and with its capitals ("AI" is, "ai" is not)."""

    field_classes = {"short": PUBLIC, "long_vi": PUBLIC, "long_en": PUBLIC, "active": INTERNAL}

    short = models.CharField("viết tắt", max_length=40, unique=True)
    long_vi = models.CharField("viết đủ (tiếng Việt)", max_length=200)
    long_en = models.CharField("viết đủ (tiếng Anh)", max_length=200, blank=True)
    active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "từ viết tắt"
        verbose_name_plural = "từ viết tắt"
        ordering = ["short"]

    def __str__(self) -> str:
        return f"{self.short}: {self.long_vi}"


class EmptySearch(models.Model):
    """A text that visitors looked for in vain on one day, by its plain words (search/empty_searches.py)."""

    field_classes = dict.fromkeys(("day", "language", "text", "times"), INTERNAL)

    day = models.DateField("ngày")
    language = models.CharField("ngôn ngữ", max_length=8, blank=True)
    text = models.CharField("từ cần tìm", max_length=60)
    times = models.PositiveIntegerField("số lần")

    class Meta:
        verbose_name = "lần tìm không thấy"
        verbose_name_plural = "lần tìm không thấy"
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "text"], name="search_empty_once_a_day"),
            models.CheckConstraint(condition=Q(times__gte=2), name="search_empty_is_repeated"),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.times})"
