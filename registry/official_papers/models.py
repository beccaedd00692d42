"""Templates and the papers made of them. Rows of both are written once: a template changes by its next version."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.core import clock
from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.permalinks import new_public_id
from registry.dossiers import procedure as procedures
from registry.official_papers.kinds import KINDS, choices
from registry.official_papers.letter import PARTS


class PaperTemplate(models.Model):
    """One version of the template of a kind of paper, for one procedure or (`procedure` empty) for all that have none of their own.

    The parts (`registry.official_papers.letter.PARTS`) are text with places `{{ ten_to_chuc }}`. On a day the highest
    version counts whose `effective_from` has come. `author` is empty where the portal brought it.
    """

    kind = models.CharField("loại văn bản", max_length=24, choices=choices)
    procedure = models.CharField("thủ tục", max_length=32, blank=True)
    version = models.PositiveIntegerField("bản số")
    effective_from = models.DateField("áp dụng từ")
    above = models.TextField("cơ quan chủ quản", blank=True)
    agency = models.TextField("cơ quan ban hành")
    symbol = models.CharField("ký hiệu sau số", max_length=40, blank=True)
    place = models.CharField("địa danh", max_length=60)
    heading = models.TextField("tên loại văn bản", blank=True)
    subject = models.TextField("trích yếu")
    addressee = models.TextField("kính gửi", blank=True)
    bases = models.TextField("căn cứ", blank=True)
    body = models.TextField("nội dung")
    recipients = models.TextField("nơi nhận", blank=True)
    signing = models.TextField("quyền hạn, chức vụ người ký")
    note = models.CharField("thay đổi gì", max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người soạn"
    )
    written_at = models.DateTimeField("soạn lúc", default=clock.now)

    field_classes = dict.fromkeys(
        [
            *("kind", "procedure", "version", "effective_from", "symbol", "place", "signing", "note", "author"),
            *("written_at", *PARTS),
        ],
        INTERNAL,
    )

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ["kind", "procedure", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "procedure", "version"],
                name="paper_template_version_once",
                violation_error_message="Mẫu này vừa có bản mới hơn.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.for_whom}), bản {self.version}"

    @property
    def title(self) -> str:
        return KINDS[self.kind].label

    @property
    def for_whom(self) -> str:
        known = {kind.code: str(kind.title) for kind in procedures.every()}
        return known.get(self.procedure, self.procedure) or "mọi thủ tục"

    @property
    def texts(self) -> dict[str, str]:
        return {part: getattr(self, part) for part in PARTS}


class OfficialPaper(models.Model):
    """A paper that was made for a dossier: the template's version, the values that were filled in, both files.

    Without a number it is a draft. A number is given once a year; the same number for the same kind of paper of the
    same dossier is a correction that `replaces` the one before. `number_key` is the number without case and blanks.
    """

    public_id = models.CharField("mã", max_length=8, unique=True, default=new_public_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, related_name="official_papers", verbose_name="hồ sơ"
    )
    kind = models.CharField("loại văn bản", max_length=24, choices=choices)
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="papers", verbose_name="mẫu")
    state = models.CharField("trạng thái hồ sơ khi ấy", max_length=32)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    number_key = models.CharField("số để so", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("năm của số", null=True)
    signed_on = models.DateField("ngày văn bản", null=True)
    signing = models.TextField("quyền hạn, chức vụ người ký")
    signatory = models.CharField("người ký", max_length=120, blank=True)
    values = models.JSONField("giá trị đã điền")
    pdf = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+", verbose_name="bản PDF")
    docx = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+", verbose_name="bản DOCX")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="thay")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    made_at = models.DateTimeField("lập lúc")

    field_classes = {
        **dict.fromkeys(["public_id", "dossier", "kind", "template", "state", "number", "number_key"], INTERNAL),
        **dict.fromkeys(["year", "signed_on", "signing", "signatory", "replaces", "made_by", "made_at"], INTERNAL),
        **dict.fromkeys(["values", "pdf", "docx"], RESTRICTED),
    }

    class Meta:
        verbose_name = "văn bản của Sở"
        verbose_name_plural = "văn bản của Sở"
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["dossier", "kind"], name="official_paper_dossier")]
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "year"],
                condition=~Q(number_key="") & Q(replaces=None),
                name="official_paper_number_once",
                violation_error_message="Số này đã cấp cho một văn bản khác trong năm.",
            ),
            models.CheckConstraint(
                name="official_paper_number_whole",
                condition=Q(number="", number_key="", year=None)
                | (
                    ~Q(number="")
                    & ~Q(number_key="")
                    & Q(year__isnull=False, signed_on__isnull=False)
                    & ~Q(signatory="")
                ),
                violation_error_message="Văn bản có số thì cần ngày và người ký.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def title(self) -> str:
        return KINDS[self.kind].label

    @property
    def is_draft(self) -> bool:
        return not self.number

    @property
    def may_be_signed(self) -> bool:
        """It has its number, no other took its place, and it was not taken in signed yet."""
        return not (self.is_draft or self.is_replaced or self.is_signed)

    @property
    def is_signed(self) -> bool:
        """It was taken in signed."""
        return hasattr(self, "signed_copy")

    @property
    def is_replaced(self) -> bool:
        """A later paper with the same number took its place."""
        return hasattr(self, "replaced_by")


class SignedCopy(models.Model):
    """A paper as it was signed: the PDF with its digital signature, or the scan of the signed sheet. Written once.

    What was taken in wrongly is put right as the paper is: made again with the same number, then taken in signed.
    """

    paper = models.OneToOneField(OfficialPaper, models.PROTECT, related_name="signed_copy", verbose_name="văn bản")
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+", verbose_name="bản đã ký")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhận")
    taken_at = models.DateTimeField("nhận lúc")

    field_classes = {**dict.fromkeys(["paper", "taken_by", "taken_at"], INTERNAL), "file": RESTRICTED}

    class Meta:
        verbose_name = "bản đã ký của văn bản"
        verbose_name_plural = "bản đã ký của văn bản"

    def __str__(self) -> str:
        return str(self.paper)
