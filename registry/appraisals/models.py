"""Who appraised what, and what they said (Art. 51(3), 53(4) of Decree 268/2025).

An `Appraisal` is one round: of an application in one of the three ways, or of a certificate by a council of advice. Decisions,
declarations, sheets and minutes are written once; a correction is a new row.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from registry.appraisals.rules import Base, Verdict, VotingRule
from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.lifecycle import Lifecycle, Managed, registered
from registry.core.permalinks import new_public_id
from registry.parties.models import OfParty

CODE = "appraisal"


class Kind(models.TextChoices):
    """The three ways of Art. 51(3), under the codes of the certification; the last is that of Art. 53(4)."""

    OWN = "own", "Sở tự thẩm định"
    EXPERTS = "experts", "Xin ý kiến chuyên gia độc lập"
    COUNCIL = "council", "Hội đồng thẩm định"
    ADVISORY = "advisory", "Hội đồng tư vấn"


COUNCILS = frozenset({Kind.COUNCIL.value, Kind.ADVISORY.value})


class Proposal(models.TextChoices):
    """What a council of advice is asked about."""

    WITHDRAW = "withdraw", "Thu hồi giấy chứng nhận"
    CANCEL = "cancel", "Hủy bỏ hiệu lực giấy chứng nhận"


class Role(models.TextChoices):
    CHAIR = "chair", "Chủ tịch"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Ủy viên"
    REVIEWER = "reviewer", "Ủy viên phản biện"
    ASSESSOR = "assessor", "Người đánh giá"


BASES = [(Base.PRESENT.value, "số phiếu hợp lệ"), (Base.ALL.value, "toàn bộ số người bỏ phiếu")]
VERDICTS = [
    (Verdict.FOR.value, "Tán thành"),
    (Verdict.AGAINST.value, "Không tán thành"),
    (Verdict.NEITHER.value, "Không bên nào đạt đa số"),
    (Verdict.NO_QUORUM.value, "Chưa đủ số phiếu tối thiểu"),
    ("", "Không biểu quyết"),
]


class Appraisal(OfParty, Managed):
    """One round. Of one application, and of one certificate, one is open or concluded at a time."""

    public_id = models.CharField("mã", max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField("cách thẩm định", max_length=12, choices=Kind.choices)
    proposal = models.CharField("đề nghị", max_length=12, choices=Proposal.choices, blank=True)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+", verbose_name="doanh nghiệp")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="appraisals")
    certificate = models.ForeignKey("certificates.Certificate", models.PROTECT, null=True, related_name="appraisals")
    opened_at = models.DateTimeField("mở lúc")

    locked_with = ("party",)
    field_classes = dict.fromkeys(
        ["public_id", "kind", "proposal", "party", "dossier", "certificate", "opened_at", "state", "version"], INTERNAL
    )

    class Meta:
        verbose_name = "đợt thẩm định"
        verbose_name_plural = "đợt thẩm định"
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="appraisal_of_one_thing",
                condition=Q(
                    kind="advisory", dossier=None, certificate__isnull=False, proposal__in=["withdraw", "cancel"]
                )
                | (~Q(kind="advisory") & Q(dossier__isnull=False, certificate=None, proposal="")),
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=~Q(state="replaced"), name="appraisal_once_for_a_dossier"
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state="open"),
                name="appraisal_one_open_for_a_certificate",
                violation_error_message="Giấy này đang có một hội đồng tư vấn làm việc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.public_id}"

    @property
    def lifecycle(self) -> Lifecycle:
        return registered(CODE)

    @property
    def is_council(self) -> bool:
        return self.kind in COUNCILS

    @property
    def about(self) -> Any:
        """The dossier or the certificate."""
        return self.dossier or self.certificate

    @property
    def helper_ids(self) -> frozenset[int]:
        """Who filled the application in for somebody else does not work on it here either."""
        return self.dossier.helper_ids if self.dossier else frozenset()


class Council(models.Model):
    """What the decision says that sets a council up. A later decision of the same appraisal replaces it whole."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="councils")
    decision = models.OneToOneField("core.Decision", models.PROTECT, related_name="+", verbose_name="quyết định")
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, related_name="+", verbose_name="bản chụp")
    size = models.PositiveSmallIntegerField("số người bỏ phiếu")
    quorum = models.PositiveSmallIntegerField("số phiếu tối thiểu")
    numerator = models.PositiveSmallIntegerField("tử số")
    denominator = models.PositiveSmallIntegerField("mẫu số")
    strictly = models.BooleanField("phải hơn tỷ lệ")
    base = models.CharField("tính trên", max_length=8, choices=BASES)

    field_classes = dict.fromkeys(
        ["appraisal", "decision", "file", "size", "quorum", "numerator", "denominator", "strictly", "base"], INTERNAL
    )

    class Meta:
        verbose_name = "hội đồng"
        verbose_name_plural = "hội đồng"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="council_quorum_within", condition=Q(quorum__gte=1, quorum__lte=F("size"))),
            models.CheckConstraint(
                name="council_majority_is_a_share", condition=Q(numerator__gte=1, numerator__lte=F("denominator"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} · {self.size}"

    @property
    def rule(self) -> VotingRule:
        return VotingRule(self.size, self.quorum, self.numerator, self.denominator, self.strictly, Base(self.base))


class Assessor(models.Model):
    """Somebody who appraises; they need no account. `until` is when another took their place.

    A link that was given holds until the end of `link_until`, and only the one of the last `link_turn`.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="assessors")
    name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức danh", max_length=160, blank=True)
    organisation = models.CharField("cơ quan, tổ chức", max_length=200)
    role = models.CharField("tư cách", max_length=12, choices=Role.choices)
    votes = models.BooleanField("được bỏ phiếu")
    since = models.DateTimeField("từ")
    until = models.DateTimeField("đến", null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    link_turn = models.PositiveSmallIntegerField("lần đưa liên kết", default=0)
    link_until = models.DateField("liên kết dùng đến hết ngày", null=True)

    field_classes = {
        **dict.fromkeys(["name", "title", "organisation", "role", "votes"], RESTRICTED),
        **dict.fromkeys(["appraisal", "since", "until", "replaces", "link_turn", "link_until"], INTERNAL),
    }

    class Meta:
        verbose_name = "người đánh giá"
        verbose_name_plural = "người đánh giá"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal"],
                condition=Q(role="chair", until=None),
                name="assessor_one_chair",
                violation_error_message="Hội đồng đã có chủ tịch.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Declaration(models.Model):
    """What an assessor said of conflicts of interest. The decree asks for none: it is the department's own safeguard."""

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="declarations")
    has_conflict = models.BooleanField("có xung đột lợi ích")
    note = models.TextField("nói rõ", blank=True)
    by_link = models.BooleanField("tự khai qua liên kết")
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="bản ký")
    at = models.DateTimeField("lúc")

    field_classes = {
        **dict.fromkeys(["has_conflict", "note", "file"], RESTRICTED),
        **dict.fromkeys(["assessor", "by_link", "at"], INTERNAL),
    }

    class Meta:
        verbose_name = "bản khai xung đột lợi ích"
        verbose_name_plural = "bản khai xung đột lợi ích"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.assessor_id} · {self.at:%d/%m/%Y}"


class Sheet(models.Model):
    """A sheet that was handed in: form V.3 of an application, an opinion of a council of advice. The highest number counts.

    `content` are the answers by name (`forms`), days as ISO, amounts in whole đồng, with what the sheet prints of the enterprise.
    """

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField("lần")
    is_for = models.BooleanField("tán thành")
    content = models.JSONField("nội dung")
    reason = models.TextField("lý do sửa", blank=True)
    by_link = models.BooleanField("tự nộp qua liên kết")
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="bản ký")
    at = models.DateTimeField("lúc")

    field_classes = {
        **dict.fromkeys(["is_for", "content", "reason", "file"], RESTRICTED),
        **dict.fromkeys(["assessor", "number", "by_link", "at"], INTERNAL),
    }

    class Meta:
        verbose_name = "phiếu đánh giá"
        verbose_name_plural = "phiếu đánh giá"
        ordering = ["assessor", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "number"], name="sheet_number_once"),
            models.CheckConstraint(name="sheet_correction_has_reason", condition=Q(number=1) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.assessor_id} · {self.number}"


class Minutes(models.Model):
    """How an appraisal ended, as it was counted then. Reopened and concluded anew, it has another row."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="minutes")
    number = models.CharField("số biên bản", max_length=60, blank=True)
    held_on = models.DateField("ngày")
    file = models.ForeignKey("core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="biên bản")
    verdict = models.CharField("kết quả", max_length=12, choices=VERDICTS, blank=True)
    votes_for = models.PositiveSmallIntegerField("số phiếu tán thành")
    votes_against = models.PositiveSmallIntegerField("số phiếu không tán thành")
    at = models.DateTimeField("ghi nhận lúc")

    field_classes = {
        **dict.fromkeys(["appraisal", "number", "held_on", "verdict", "at"], INTERNAL),
        **dict.fromkeys(["votes_for", "votes_against", "file"], RESTRICTED),
    }

    class Meta:
        verbose_name = "biên bản"
        verbose_name_plural = "biên bản"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.appraisal_id} · {self.held_on:%d/%m/%Y}"
