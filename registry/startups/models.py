"""The startup register. A `Startup` is the identity that lasts; a `Profile` is what was published of it, and when it held."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED
from registry.core.fields import Sector, TechnologyField
from registry.core.permalinks import new_public_id
from registry.startups.confirmations import Confirmation, ConfirmationReminder
from registry.startups.proposals.models import ChangeProposal, ProposedField

__all__ = [
    "ChangeProposal",
    "Confirmation",
    "ConfirmationReminder",
    "Profile",
    "ProfileField",
    "ProposedField",
    "Stage",
    "Standing",
    "Startup",
]


class Stage(models.TextChoices):
    IDEA = "idea", _("Ý tưởng")
    TRIAL = "trial", _("Thử nghiệm")
    CUSTOMERS = "customers", _("Có khách hàng")
    GROWTH = "growth", _("Tăng trưởng")


STAGE_ICON = "trending-up"


class Standing(models.TextChoices):
    """What the public sees of a startup's state: one that was taken down is not shown at all."""

    LISTED = "listed", _("Đang trong danh bạ")


class Startup(models.Model):
    """One startup project of one party. It appears in the directory while a profile of it holds."""

    public_id = models.CharField("mã công khai", max_length=12, unique=True, default=new_public_id, editable=False)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="startups", verbose_name="chủ dự án")
    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, related_name="startup", verbose_name="hồ sơ đăng ký"
    )
    listed_on = models.DateField("vào danh bạ ngày")
    featured = models.BooleanField("nổi bật", default=False)
    list_reference = models.CharField("mã trong danh sách đã nhập", max_length=60, blank=True)

    field_classes = {
        "public_id": PUBLIC,
        "party": PUBLIC,
        "dossier": INTERNAL,
        "listed_on": PUBLIC,
        "featured": PUBLIC,
        "list_reference": INTERNAL,
    }

    class Meta:
        verbose_name = "dự án khởi nghiệp"
        verbose_name_plural = "dự án khởi nghiệp"
        constraints = [
            models.UniqueConstraint(
                fields=["list_reference"],
                condition=~Q(list_reference=""),
                name="startup_list_reference_once",
                violation_error_message="Mã này trong danh sách đã thuộc một dự án.",
            )
        ]
        indexes = [
            models.Index(fields=["-listed_on", "-id"], name="startup_listed"),
            models.Index(fields=["-featured", "-listed_on", "-id"], name="startup_featured"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def record(self) -> str:
        """The startup's name in decisions."""
        return f"startups.startup:{self.pk}"


class Profile(models.Model):
    """What the directory says of a startup from `effective_from` until before `effective_to` (empty: still).

    `recorded_at` is when the portal knew. A change is a new row; a withdrawal ends the row and adds none. The only
    columns ever written again are `effective_to` and `ended_by`.
    """

    startup = models.ForeignKey(Startup, models.PROTECT, related_name="profiles")
    effective_from = models.DateField("có hiệu lực từ")
    effective_to = models.DateField("hết hiệu lực từ", null=True)
    recorded_at = models.DateTimeField("ghi nhận lúc")
    decision = models.ForeignKey("core.Decision", models.PROTECT, related_name="+", verbose_name="quyết định đăng")
    ended_by = models.ForeignKey(
        "core.Decision", models.PROTECT, null=True, related_name="+", verbose_name="quyết định gỡ"
    )
    submission = models.ForeignKey("dossiers.Submission", models.PROTECT, related_name="+", verbose_name="bản đã gửi")

    slug = models.CharField("đường dẫn", max_length=80)
    name_vi = models.CharField("tên tiếng Việt", max_length=200)
    name_en = models.CharField("tên tiếng nước ngoài", max_length=200, blank=True)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    sort_key = models.CharField("khóa sắp xếp", max_length=400)
    pitch_vi = models.CharField("giới thiệu", max_length=200)
    pitch_en = models.CharField("giới thiệu tiếng Anh", max_length=200, blank=True)
    logo = models.CharField("biểu trưng", max_length=200, blank=True)
    cover = models.CharField("hình vải dệt", max_length=200, blank=True)
    strip = models.CharField("dải vải dệt", max_length=200, blank=True)
    ward = models.ForeignKey("core.AdministrativeUnit", models.PROTECT, related_name="+", verbose_name="xã, phường")
    address = models.CharField("địa chỉ", max_length=300)
    registered_on = models.DateField("ngày đăng ký kinh doanh", null=True)
    sector = models.CharField("khu vực kinh tế", max_length=40, choices=Sector.choices)
    stage = models.CharField("giai đoạn", max_length=16, choices=Stage.choices)
    year = models.PositiveSmallIntegerField("năm vào danh bạ")
    problem_vi = models.TextField("vấn đề")
    problem_en = models.TextField("vấn đề (tiếng Anh)", blank=True)
    solution_vi = models.TextField("lời giải")
    solution_en = models.TextField("lời giải (tiếng Anh)", blank=True)
    products = models.JSONField("sản phẩm", default=list)
    website = models.URLField("trang web", blank=True)
    email = models.EmailField("thư điện tử công khai", blank=True)
    phone = models.CharField("điện thoại công khai", max_length=20, blank=True)
    team = models.JSONField("đội ngũ công khai", default=list)
    staff = models.PositiveIntegerField("số người làm công khai", null=True)
    capital = models.DecimalField("vốn đã gọi công khai", max_digits=20, decimal_places=0, null=True)
    support = models.JSONField("hỗ trợ đã nhận công khai", default=list)
    industries = models.ManyToManyField("core.Industry", related_name="+", verbose_name="ngành")

    field_classes = {
        **dict.fromkeys(
            [
                "startup",
                "effective_from",
                "effective_to",
                "slug",
                "name_vi",
                "name_en",
                "short_name",
                "pitch_vi",
                "pitch_en",
                "logo",
                "cover",
                "strip",
                "ward",
                "address",
                "registered_on",
                "sector",
                "stage",
                "year",
                "problem_vi",
                "problem_en",
                "solution_vi",
                "solution_en",
                "products",
                "website",
                "email",
                "phone",
                "team",
                "staff",
                "capital",
                "support",
                "industries",
            ],
            PUBLIC,
        ),
        "sort_key": INTERNAL,
        "recorded_at": INTERNAL,
        "decision": INTERNAL,
        "ended_by": INTERNAL,
        "submission": RESTRICTED,
    }

    class Meta:
        verbose_name = "trang danh bạ"
        verbose_name_plural = "trang danh bạ"
        constraints = [
            models.UniqueConstraint(fields=["startup"], condition=Q(effective_to=None), name="profile_one_in_force"),
            models.CheckConstraint(
                name="profile_ends_after_start",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]
        # Each holds all that its facet is counted by, in the order of the facet. None begins with a day: most rows hold on
        # any day, and SQLite would take it and sort.
        indexes = [
            models.Index(fields=[name, "effective_from", "effective_to"], name=f"profile_{name}")
            for name in ("sector", "stage", "ward", "year")
        ]

    def __str__(self) -> str:
        return self.name_vi


class ProfileField(models.Model):
    """A technology field of a profile."""

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="fields")
    field = models.CharField("lĩnh vực công nghệ", max_length=32, choices=TechnologyField.choices)

    field_classes = {"profile": PUBLIC, "field": PUBLIC}

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["profile", "field"], name="profilefield_once")]
        indexes = [models.Index(fields=["field", "profile"], name="profilefield_field")]


class ImportRun(models.Model):
    """One reading of a list of the department: who, which file, how far, what came of it.

    A run with `file` was uploaded: it is checked, waits for the word of the person who uploaded it, and is then taken over; one
    without was started on the command line. `rows_done` and the counts are written with each batch, so that a run that was
    killed tells how far it came. `rejected` holds {"row", "column", "reason"} of what could not be taken.
    """

    class Phase(models.TextChoices):
        CHECK_WAITS = "check_waits", "Chờ kiểm tra"
        CHECKING = "checking", "Đang kiểm tra"
        CHECKED = "checked", "Chờ xác nhận"
        ENTRY_WAITS = "entry_waits", "Chờ nhập"
        ENTERING = "entering", "Đang nhập"
        DONE = "done", "Đã nhập"
        UNUSABLE = "unusable", "Tệp không dùng được"
        STOPPED = "stopped", "Dừng giữa chừng"

    run_id = models.CharField("mã lượt", max_length=12, unique=True)
    phase = models.CharField("bước", max_length=12, choices=Phase)
    file = models.OneToOneField("core.PrivateFile", models.PROTECT, null=True, related_name="+", verbose_name="tệp")
    file_name = models.CharField("tên tệp", max_length=150)
    file_sha256 = models.CharField("SHA-256 của tệp", max_length=64)
    started_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người nhập")
    started_at = models.DateTimeField("bắt đầu lúc")
    touched_at = models.DateTimeField("ghi lần cuối lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)
    rows_total = models.PositiveIntegerField("số dòng", default=0)
    rows_done = models.PositiveIntegerField("số dòng đã xem", default=0)
    created = models.PositiveIntegerField("mới", default=0)
    updated = models.PositiveIntegerField("cập nhật", default=0)
    unchanged = models.PositiveIntegerField("không đổi", default=0)
    refused = models.PositiveIntegerField("dòng không nhận", default=0)
    rejected = models.JSONField("lý do không nhận", default=list)
    sample = models.JSONField("những dòng đầu", default=list)
    problem = models.CharField("vì sao không dùng được", max_length=500, blank=True)

    field_classes = {
        **dict.fromkeys(
            [
                "run_id", "phase", "file", "file_name", "file_sha256", "started_by", "started_at", "touched_at",
                "finished_at", "rows_total", "rows_done", "created", "updated", "unchanged", "refused", "problem",
            ],
            INTERNAL,
        ),
        "rejected": INTERNAL,
        "sample": RESTRICTED,
    }  # fmt: skip

    class Meta:
        verbose_name = "lượt nhập danh sách"
        verbose_name_plural = "lượt nhập danh sách"
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.run_id
