"""Reference data: what a code means, in which edition, from which source, and whether anybody has verified it."""

from django.db import models
from django.db.models import Q

from registry.core.classification import INTERNAL, PUBLIC
from registry.core.text import clean, fold


class AdministrativeUnit(models.Model):
    """A commune, ward or township. A code means something only with its edition: 03388 was another ward before the merger."""

    class Edition(models.TextChoices):
        OLD = "old", "Trước ngày 01/7/2025"
        NEW = "new", "Từ ngày 01/7/2025"

    class Kind(models.TextChoices):
        WARD = "ward", "Phường"
        COMMUNE = "commune", "Xã"
        TOWNSHIP = "township", "Thị trấn"

    VIETNAMESE_KINDS = {"ward": "Phường", "commune": "Xã", "township": "Thị trấn"}
    ENGLISH_KINDS = {"ward": "Ward", "commune": "Commune", "township": "Township"}

    edition = models.CharField("danh mục", max_length=3, choices=Edition)
    code = models.CharField("mã đơn vị", max_length=5)
    kind = models.CharField("loại", max_length=8, choices=Kind)
    name = models.CharField("tên riêng", max_length=60)
    district = models.CharField("huyện, thành phố (cũ)", max_length=60, blank=True)
    latitude = models.DecimalField("vĩ độ", max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField("kinh độ", max_digits=7, decimal_places=4, null=True, blank=True)
    area_km2 = models.DecimalField("diện tích (km²)", max_digits=7, decimal_places=2, null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", help_text="Thứ tự chữ cái tiếng Việt trong danh mục.")
    source = models.CharField("nguồn", max_length=120)
    verified = models.BooleanField("đã kiểm tra", default=False)

    field_classes = {
        "edition": PUBLIC,
        "code": PUBLIC,
        "kind": PUBLIC,
        "name": PUBLIC,
        "district": PUBLIC,
        "latitude": PUBLIC,
        "longitude": PUBLIC,
        "area_km2": PUBLIC,
        "position": PUBLIC,
        "source": PUBLIC,
        "verified": INTERNAL,
    }

    class Meta:
        verbose_name = "xã, phường"
        verbose_name_plural = "xã, phường"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                name="unit_code_once_per_edition",
                fields=["edition", "code"],
                violation_error_message="Danh mục này đã có đơn vị mang mã đó.",
            ),
            models.CheckConstraint(
                name="unit_code_five_digits",
                condition=Q(code__regex=r"^\d{5}$"),
                violation_error_message="Mã đơn vị gồm 5 chữ số, ví dụ 03408.",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name_vi(self) -> str:
        return f"{self.VIETNAMESE_KINDS[self.kind]} {self.name}"

    @property
    def name_en(self) -> str:
        """The Vietnamese name keeps its marks in English; only the kind of unit is translated."""
        return f"{self.name} {self.ENGLISH_KINDS[self.kind]}"

    def name_in(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi


class AdministrativeUnitChange(models.Model):
    """Into which unit of today an old one went: 106 into 38, none was split."""

    old = models.OneToOneField(AdministrativeUnit, models.PROTECT, verbose_name="đơn vị cũ", related_name="became")
    new = models.ForeignKey(AdministrativeUnit, models.PROTECT, verbose_name="đơn vị mới", related_name="formed_from")

    field_classes = {"old": PUBLIC, "new": PUBLIC}

    class Meta:
        verbose_name = "chuyển đổi đơn vị"
        verbose_name_plural = "chuyển đổi đơn vị"
        ordering = ["old__code"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Industry(models.Model):
    """A line of the economic classification (VSIC). Key: edition and code; 1104 means two things in two editions."""

    class Edition(models.TextChoices):
        VSIC_2018 = "2018", "VSIC 2018 (Quyết định 27/2018/QĐ-TTg)"
        VSIC_2025 = "2025", "VSIC 2025 (Quyết định 36/2025/QĐ-TTg)"

    class EnglishSource(models.TextChoices):
        NONE = "", "Chưa có"
        ISIC_4 = "isic4", "Tên ISIC Rev.4"
        WORKING = "working", "Bản dịch tạm"

    edition = models.CharField("danh mục", max_length=4, choices=Edition)
    code = models.CharField("mã ngành", max_length=5)
    level = models.PositiveSmallIntegerField("cấp")
    parent_code = models.CharField("mã ngành cấp trên", max_length=5, blank=True)
    name_vi = models.CharField("tên ngành", max_length=300)
    name_en = models.CharField("tên tiếng Anh", max_length=300, blank=True)
    name_en_source = models.CharField(
        "nguồn tên tiếng Anh", max_length=7, choices=EnglishSource, blank=True, default=EnglishSource.NONE
    )
    folded = models.CharField("để tìm", max_length=610, editable=False)
    source = models.CharField("nguồn", max_length=120)
    verified = models.BooleanField("đã đối chiếu với quyết định", default=False)

    field_classes = {
        "edition": PUBLIC,
        "code": PUBLIC,
        "level": PUBLIC,
        "parent_code": PUBLIC,
        "name_vi": PUBLIC,
        "name_en": PUBLIC,
        "name_en_source": PUBLIC,
        "folded": INTERNAL,
        "source": PUBLIC,
        "verified": INTERNAL,
    }

    class Meta:
        verbose_name = "ngành kinh tế"
        verbose_name_plural = "ngành kinh tế"
        ordering = ["edition", "level", "code"]
        constraints = [
            models.UniqueConstraint(
                name="industry_code_once_per_edition",
                fields=["edition", "code"],
                violation_error_message="Danh mục này đã có ngành mang mã đó.",
            ),
            models.CheckConstraint(name="industry_level_1_to_5", condition=Q(level__gte=1, level__lte=5)),
        ]
        indexes = [models.Index(name="industry_by_parent", fields=["edition", "parent_code"])]

    def __str__(self) -> str:
        return f"{self.code} {self.name_vi}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_vi, self.name_en = clean(self.name_vi), clean(self.name_en)
        self.folded = self.folded_text(self.code, self.name_vi, self.name_en)
        super().save(*args, **kwargs)

    @staticmethod
    def folded_text(code: str, name_vi: str, name_en: str) -> str:
        return fold(f"{code} {name_vi} {name_en}".strip())


class DayOff(models.Model):
    """A day on which the office differs from the calendar: off although it is a weekday, or worked in exchange for another.

    What stands here wins over weekends and over the published list of holidays.
    """

    class Kind(models.TextChoices):
        OFF = "off", "Nghỉ"
        WORKED = "worked", "Làm bù"

    date = models.DateField("ngày", unique=True)
    kind = models.CharField("loại", max_length=6, choices=Kind)
    note = models.CharField("ghi chú", max_length=120, help_text="Ví dụ: Nghỉ Tết Nguyên đán, làm bù cho ngày 31/8.")
    source = models.CharField("căn cứ", max_length=200, help_text="Văn bản công bố lịch nghỉ, số và ngày.")

    field_classes = {"date": PUBLIC, "kind": PUBLIC, "note": PUBLIC, "source": PUBLIC}

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {self.get_kind_display()}"


class Authority(models.Model):
    """A body that decides, or by whose delegation another decides. Who that is, is data, not code."""

    class Kind(models.TextChoices):
        PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân"
        DEPARTMENT = "department", "Sở"
        MINISTRY = "ministry", "Bộ"
        OTHER = "other", "Cơ quan khác"

    code = models.SlugField("mã", max_length=40, unique=True)
    kind = models.CharField("loại", max_length=20, choices=Kind)
    name_vi = models.CharField("tên", max_length=160)
    name_en = models.CharField("tên tiếng Anh", max_length=160, blank=True)
    short_vi = models.CharField("tên ngắn", max_length=60)
    short_en = models.CharField("tên ngắn tiếng Anh", max_length=60, blank=True)
    delegated_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="được ủy quyền bởi", null=True, blank=True, related_name="delegates"
    )
    delegation = models.CharField("văn bản ủy quyền", max_length=200, blank=True)
    verified = models.BooleanField("đã kiểm tra", default=False)

    field_classes = {
        "code": PUBLIC,
        "kind": PUBLIC,
        "name_vi": PUBLIC,
        "name_en": PUBLIC,
        "short_vi": PUBLIC,
        "short_en": PUBLIC,
        "delegated_by": PUBLIC,
        "delegation": PUBLIC,
        "verified": INTERNAL,
    }

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return self.name_vi
