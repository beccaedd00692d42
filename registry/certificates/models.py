"""The register of S&T-enterprise certificates (Art. 47–53, 68 of Decree 268/2025/NĐ-CP).

A `Certificate` is the identity that lasts; a `CertificateVersion` is what it said from a day on, with its table of results and
products. What becomes of it are decisions: nothing here is edited, a change is a new version under a new decision.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, PUBLIC
from registry.core.fields import Sector, TechnologyField
from registry.core.lifecycle import Lifecycle, Managed, registered
from registry.core.permalinks import new_public_id
from registry.parties.models import OfParty

CODE = "st_certificate"


class Regime(models.TextChoices):
    """Under which decree it was first issued. Those of the old one live on (Art. 68)."""

    ND268 = "nd268", _("Nghị định 268/2025/NĐ-CP")
    ND13 = "nd13", _("Nghị định 13/2019/NĐ-CP")


class Status(models.TextChoices):
    """What the public is told of a certificate on a day. There is no expiry: Art. 47 sets none."""

    VALID = "valid", _("Còn hiệu lực")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")
    CANCELLED = "cancelled", _("Đã hủy bỏ hiệu lực")


class SizeClass(models.TextChoices):
    """The size of an enterprise (Decree 80/2021, Art. 5), as `registry.st_enterprises.size` finds it."""

    MICRO = "micro", _("Siêu nhỏ")
    SMALL = "small", _("Nhỏ")
    MEDIUM = "medium", _("Vừa")
    LARGE = "large", _("Lớn")


class ResultKind(models.TextChoices):
    """The kinds of results of Art. 49(1)(b)."""

    PATENT = "patent", _("Sáng chế")
    UTILITY_SOLUTION = "utility_solution", _("Giải pháp hữu ích")
    DESIGN = "design", _("Kiểu dáng công nghiệp")
    LAYOUT = "layout", _("Thiết kế bố trí mạch tích hợp bán dẫn")
    SOFTWARE = "software", _("Chương trình máy tính")
    VARIETY = "variety", _("Giống mới")
    TECHNICAL_ADVANCE = "technical_advance", _("Tiến bộ kỹ thuật")
    TASK_RESULT = "task_result", _("Kết quả nhiệm vụ khoa học và công nghệ")
    TECHNOLOGY_TRANSFER = "technology_transfer", _("Công nghệ nhận chuyển giao")


class Certificate(OfParty, Managed):
    """One certificate of one enterprise. `number` is as printed; `number_key` is how it is compared (`rules.number_key`).

    `ended_on` and `ended_by` repeat the decision that withdrew or cancelled it, so that a list need not read decisions.
    `shown_size` is the size class by the figures of `size_year`, only while the enterprise shows it (`showing_size`).
    """

    public_id = models.CharField("mã công khai", max_length=12, unique=True, default=new_public_id, editable=False)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="certificates", verbose_name="doanh nghiệp")
    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, null=True, related_name="certificate", verbose_name="hồ sơ đề nghị"
    )
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name="cơ quan cấp")
    number = models.CharField("số giấy chứng nhận", max_length=60)
    number_key = models.CharField("số để so", max_length=60, db_index=True, editable=False)
    regime = models.CharField("cấp theo", max_length=8, choices=Regime.choices)
    first_issued_on = models.DateField("cấp lần đầu")
    ended_on = models.DateField("hết hiệu lực từ", null=True)
    ended_by = models.ForeignKey(
        "core.Decision", models.PROTECT, null=True, related_name="+", verbose_name="quyết định"
    )
    shown_size = models.CharField("quy mô được công khai", max_length=8, choices=SizeClass.choices, blank=True)
    size_year = models.PositiveSmallIntegerField("quy mô của năm", null=True)

    locked_with = ("party", "authority")

    field_classes = {
        **dict.fromkeys(
            ["public_id", "party", "authority", "number", "regime", "first_issued_on", "ended_on", "ended_by", "state"],
            PUBLIC,
        ),
        **dict.fromkeys(["shown_size", "size_year"], PUBLIC),
        **dict.fromkeys(["dossier", "number_key", "version"], INTERNAL),
    }

    class Meta:
        verbose_name = "giấy chứng nhận"
        verbose_name_plural = "giấy chứng nhận"
        ordering = ["-first_issued_on", "-id"]
        indexes = [
            models.Index(fields=["-first_issued_on", "-id"], name="certificate_issued"),
            models.Index(fields=["shown_size"], name="certificate_size"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "number_key"],
                name="certificate_number_once",
                violation_error_message="Số giấy chứng nhận này đã có trong sổ.",
            ),
            models.CheckConstraint(
                name="certificate_size_has_its_year",
                condition=Q(shown_size="", size_year=None) | (~Q(shown_size="") & Q(size_year__isnull=False)),
            ),
            models.CheckConstraint(
                name="certificate_end_is_decided",
                condition=Q(ended_on=None, ended_by=None) | Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="certificate_ends_after_issue",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("first_issued_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def lifecycle(self) -> Lifecycle:
        return registered(CODE)

    @property
    def record(self) -> str:
        """The certificate's name in decisions."""
        return self.subject

    @property
    def helper_ids(self) -> frozenset[int]:
        """Nobody fills in a certificate for somebody else: the shared rules of who may act ask for it."""
        return frozenset()


class CertificateVersion(models.Model):
    """What the certificate says from `effective_from` until before `effective_to` (empty: still). Form V.4.

    `turn` counts changes and re-issues, 0 is the first issue. Only `effective_to` and `ended_by` are ever written again.
    `incentives`: by which decree its holder has them meanwhile (`incentives`, Art. 68(1)); the paper itself does not say it.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("Cấp lần đầu")
        CHANGE = "change", _("Cấp thay đổi")
        REISSUE = "reissue", _("Cấp lại")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="versions")
    kind = models.CharField("lần cấp", max_length=8, choices=Kind.choices)
    turn = models.PositiveSmallIntegerField("lần thứ")
    issued_on = models.DateField("ngày cấp")
    effective_from = models.DateField("có hiệu lực từ")
    effective_to = models.DateField("thay bằng bản khác từ", null=True)
    recorded_at = models.DateTimeField("ghi nhận lúc")
    decision = models.ForeignKey("core.Decision", models.PROTECT, related_name="+", verbose_name="quyết định cấp")
    submission = models.ForeignKey(
        "dossiers.Submission", models.PROTECT, null=True, related_name="+", verbose_name="bản đã gửi"
    )

    slug = models.CharField("đường dẫn", max_length=80)
    name_vi = models.CharField("tên tiếng Việt", max_length=200)
    name_en = models.CharField("tên tiếng nước ngoài", max_length=200, blank=True)
    short_name = models.CharField("tên viết tắt", max_length=80, blank=True)
    sort_key = models.CharField("khóa sắp xếp", max_length=400)
    business_number = models.CharField("số đăng ký doanh nghiệp", max_length=20)
    registered_on = models.DateField("đăng ký lần đầu ngày", null=True)
    ward = models.ForeignKey("core.AdministrativeUnit", models.PROTECT, related_name="+", verbose_name="xã, phường")
    address = models.CharField("địa chỉ trụ sở chính", max_length=300)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    sector = models.CharField("khu vực kinh tế", max_length=40, choices=Sector.choices)
    incentives = models.CharField("ưu đãi theo", max_length=8, choices=Regime.choices)

    field_classes = {
        **dict.fromkeys(
            [
                "certificate", "kind", "turn", "issued_on", "effective_from", "effective_to", "decision", "slug",
                "name_vi", "name_en", "short_name", "business_number", "registered_on", "ward", "address", "sector",
                "incentives",
            ],
            PUBLIC,
        ),
        **dict.fromkeys(["recorded_at", "submission", "sort_key", "phone"], INTERNAL),
    }  # fmt: skip

    class Meta:
        verbose_name = "bản giấy chứng nhận"
        verbose_name_plural = "bản giấy chứng nhận"
        ordering = ["-effective_from", "-id"]
        indexes = [
            models.Index(fields=["effective_from", "effective_to"], name="certversion_in_force"),
            models.Index(fields=["sector", "effective_from"], name="certversion_sector"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(effective_to=None), name="certversion_one_in_force"
            ),
            models.UniqueConstraint(fields=["certificate", "turn"], name="certversion_turn_once"),
            models.CheckConstraint(
                name="certversion_ends_after_start",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} · {self.turn}"

    @property
    def title(self) -> Any:
        """“Cấp lần đầu”, “Cấp thay đổi lần thứ 2”."""
        label = self.get_kind_display()
        return _("%(kind)s lần thứ %(turn)s") % {"kind": label, "turn": self.turn} if self.turn else label


class CertificateChange(models.Model):
    """The dossier by which an enterprise asks to change a certificate or to have it issued again (Art. 52): one at a time.

    `ended_at`: when it was decided or withdrawn.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="changes", verbose_name="giấy chứng nhận")
    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, related_name="certificate_change", verbose_name="hồ sơ đề nghị"
    )
    ended_at = models.DateTimeField("xong lúc", null=True)

    field_classes = dict.fromkeys(["certificate", "dossier", "ended_at"], INTERNAL)

    class Meta:
        verbose_name = "đề nghị thay đổi, cấp lại"
        verbose_name_plural = "đề nghị thay đổi, cấp lại"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(ended_at=None),
                name="certchange_one_open",
                violation_error_message="Giấy này đang có một hồ sơ đề nghị thay đổi, cấp lại.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} · {self.dossier_id}"


class CertificatePaper(models.Model):
    """The electronic certificate of a version: the PDF that was given out to be signed, and the one that came back.

    `payload` is what its QR says (registry/st_enterprises/proofs). A paper is made anew until one is signed; a signed one stays, unless
    no root confirms who signed it.
    """

    version = models.OneToOneField(CertificateVersion, models.PROTECT, related_name="paper")
    payload = models.CharField("nội dung mã QR", max_length=300)
    given_out = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+", verbose_name="bản để ký")
    signed = models.ForeignKey(
        "core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="bản đã ký"
    )
    signers = models.CharField("người ký số", max_length=300, blank=True)
    trust = models.CharField("độ tin của chữ ký", max_length=12, blank=True)
    made_at = models.DateTimeField("làm lúc")

    field_classes = {
        "version": INTERNAL,
        "payload": PUBLIC,
        "given_out": INTERNAL,
        "signed": INTERNAL,
        "signers": PUBLIC,
        "trust": PUBLIC,
        "made_at": INTERNAL,
    }

    class Meta:
        verbose_name = "bản điện tử"
        verbose_name_plural = "bản điện tử"

    def __str__(self) -> str:
        return f"{self.version_id}"


class VersionField(models.Model):
    """A technology field of a version."""

    version = models.ForeignKey(CertificateVersion, models.PROTECT, related_name="fields")
    field = models.CharField("lĩnh vực công nghệ", max_length=32, choices=TechnologyField.choices)

    field_classes = {"version": PUBLIC, "field": PUBLIC}

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["field", "version"], name="certfield_field")]
        constraints = [models.UniqueConstraint(fields=["version", "field"], name="certfield_once")]

    def __str__(self) -> str:
        return self.field


class CertifiedProduct(models.Model):
    """One line of the certificate's table: a result and the product made from it.

    A product enjoys the incentives from the day on which it was added (Art. 56(2)), counted for each product. No day: it was
    added while its holder has the incentives of the documents before, for the time that remains of those (Art. 68(1)).
    """

    version = models.ForeignKey(CertificateVersion, models.PROTECT, related_name="products")
    position = models.PositiveSmallIntegerField("thứ tự")
    result_kind = models.CharField("loại kết quả", max_length=24, choices=ResultKind.choices)
    result = models.CharField("kết quả", max_length=300)
    product = models.CharField("sản phẩm", max_length=300)
    incentive_from = models.DateField("tính ưu đãi từ", null=True, blank=True)

    field_classes = dict.fromkeys(["version", "position", "result_kind", "result", "product", "incentive_from"], PUBLIC)

    class Meta:
        verbose_name = "sản phẩm trên giấy chứng nhận"
        verbose_name_plural = "sản phẩm trên giấy chứng nhận"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="certproduct_position_once")]

    def __str__(self) -> str:
        return self.product
