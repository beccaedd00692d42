"""Who takes part: organisations, people and groups; what identifies them; who acts for them; facts with provenance.

What changes over time (names, addresses, representatives, industries, contacts, memberships) is a dated row: `since`
inclusive, `until` exclusive, empty while it holds.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED
from registry.core.permalinks import new_public_id


class PartyKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    HOUSEHOLD = "household", _("Hộ kinh doanh")
    ST_PUBLIC = "st_public", _("Tổ chức khoa học và công nghệ công lập")
    ST_PRIVATE = "st_private", _("Tổ chức khoa học và công nghệ ngoài công lập")
    SCHOOL = "school", _("Trường học")
    ASSOCIATION = "association", _("Hội, hiệp hội")
    CENTRE = "centre", _("Trung tâm")
    STATE_BODY = "state_body", _("Cơ quan nhà nước")
    PERSON = "person", _("Cá nhân")
    GROUP = "group", _("Nhóm cá nhân")


ORGANISATION_KINDS = frozenset(PartyKind.values) - {PartyKind.PERSON.value, PartyKind.GROUP.value}


class Party(models.Model):
    """An organisation, a person or a group of persons. `name` repeats the Vietnamese name in force, for lists."""

    public_id = models.CharField("mã công khai", max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField("loại", max_length=16, choices=PartyKind.choices)
    name = models.CharField("tên", max_length=300)
    created_at = models.DateTimeField("lập lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )

    field_classes = {
        "public_id": PUBLIC,
        "kind": PUBLIC,
        "name": PUBLIC,
        "created_at": INTERNAL,
        "created_by": INTERNAL,
    }

    class Meta:
        verbose_name = "tổ chức, cá nhân"
        verbose_name_plural = "tổ chức, cá nhân"
        indexes = [models.Index(fields=["kind", "name"], name="party_kind_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_public_name(self) -> bool:
        """Names of people, groups of people and household businesses are personal data until something public bears them."""
        return self.kind not in (PartyKind.HOUSEHOLD, PartyKind.PERSON, PartyKind.GROUP)


class Dated(models.Model):
    since = models.DateField("từ ngày")
    until = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        abstract = True


DATED_CLASSES = {"since": INTERNAL, "until": INTERNAL}


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(until=None) | Q(until__gte=F("since")),
        violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
    )


class NameKind(models.TextChoices):
    VIETNAMESE = "vi", _("Tên tiếng Việt")
    FOREIGN = "foreign", _("Tên tiếng nước ngoài")
    SHORT = "short", _("Tên viết tắt")


class PartyName(Dated):
    party = models.ForeignKey(Party, models.PROTECT, related_name="names")
    kind = models.CharField("loại tên", max_length=8, choices=NameKind.choices)
    text = models.CharField("tên", max_length=300)

    field_classes = {"party": PUBLIC, "kind": PUBLIC, "text": PUBLIC, **DATED_CLASSES}

    class Meta:
        constraints = [
            ends_after_start("partyname_ends_after_start"),
            models.UniqueConstraint(fields=["party", "kind"], condition=Q(until=None), name="partyname_one_in_force"),
        ]


class Scheme(models.TextChoices):
    TAX_CODE = "tax_code", _("Mã số thuế")
    HOUSEHOLD_CODE = "household_code", _("Mã số hộ kinh doanh (12 chữ số)")


class PartyIdentifier(Dated):
    """A number that names the party elsewhere. A household's 12-digit code is a person's number: `scheme` tells its class."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="identifiers")
    scheme = models.CharField("loại mã", max_length=16, choices=Scheme.choices)
    value = models.CharField("mã", max_length=32)

    field_classes = {"party": PUBLIC, "scheme": PUBLIC, "value": RESTRICTED, **DATED_CLASSES}

    class Meta:
        constraints = [
            ends_after_start("identifier_ends_after_start"),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=Q(until=None),
                name="identifier_names_one_party",
                violation_error_message=_("Mã này đã thuộc một tổ chức trong danh sách."),
            ),
        ]

    @property
    def is_public(self) -> bool:
        return self.scheme == Scheme.TAX_CODE


class PartyAddress(Dated):
    """The head office: ward by code, and the address as it was written."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="addresses")
    ward = models.ForeignKey("core.AdministrativeUnit", models.PROTECT, related_name="+", verbose_name="xã, phường")
    text = models.CharField("địa chỉ", max_length=300)

    field_classes = {"party": PUBLIC, "ward": PUBLIC, "text": PUBLIC, **DATED_CLASSES}

    class Meta:
        constraints = [
            ends_after_start("address_ends_after_start"),
            models.UniqueConstraint(fields=["party"], condition=Q(until=None), name="address_one_in_force"),
        ]


class Representative(Dated):
    """The legal representative. Restricted: the law's papers name them, public pages do not."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="representatives")
    full_name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức danh", max_length=120, blank=True)

    field_classes = {"party": INTERNAL, "full_name": RESTRICTED, "title": RESTRICTED, **DATED_CLASSES}

    class Meta:
        constraints = [ends_after_start("representative_ends_after_start")]


class IdentityPaper(models.Model):
    """The identity paper of a representative, in a table of its own so that no list reads it by accident."""

    representative = models.ForeignKey(Representative, models.PROTECT, related_name="papers")
    number = models.CharField("số giấy tờ", max_length=20)
    recorded_at = models.DateTimeField("ghi nhận lúc")

    field_classes = {"representative": RESTRICTED, "number": RESTRICTED, "recorded_at": RESTRICTED}


class PartyIndustry(Dated):
    party = models.ForeignKey(Party, models.PROTECT, related_name="industries")
    industry = models.ForeignKey("core.Industry", models.PROTECT, related_name="+", verbose_name="ngành")

    field_classes = {"party": PUBLIC, "industry": PUBLIC, **DATED_CLASSES}

    class Meta:
        constraints = [
            ends_after_start("partyindustry_ends_after_start"),
            models.UniqueConstraint(
                fields=["party", "industry"], condition=Q(until=None), name="partyindustry_once_in_force"
            ),
        ]


class ContactKind(models.TextChoices):
    EMAIL = "email", _("Thư điện tử")
    PHONE = "phone", _("Điện thoại")


class ContactPoint(Dated):
    """A way to reach the party. `shown` is the party's own consent to show it; what is not shown is restricted."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="contacts")
    kind = models.CharField("loại", max_length=8, choices=ContactKind.choices)
    value = models.CharField("liên hệ", max_length=254)
    shown = models.BooleanField("được công khai", default=False)
    verified_at = models.DateTimeField("xác minh lúc", null=True, blank=True)

    field_classes = {
        "party": INTERNAL,
        "kind": INTERNAL,
        "value": RESTRICTED,
        "shown": INTERNAL,
        "verified_at": INTERNAL,
        **DATED_CLASSES,
    }

    class Meta:
        constraints = [ends_after_start("contact_ends_after_start")]


class MemberRole(models.TextChoices):
    OWNER = "owner", _("Chủ quản")
    EDITOR = "editor", _("Người soạn")
    VIEWER = "viewer", _("Người xem")


class OfParty:
    """A record of a party. Its people do nothing with it for the department (`registry.dossiers.lifecycle.officer`)."""

    _known_members: frozenset[int] | None = None

    @property
    def member_ids(self) -> frozenset[int]:
        """The accounts that act for the party today: asked each time, unless a page that only reads has said `know_members`."""
        if self._known_members is not None:
            return self._known_members
        party: Party = self.party  # type: ignore[attr-defined]
        return frozenset(Membership.objects.filter(party=party, until=None).values_list("user_id", flat=True))

    def know_members(self) -> None:
        """Ask once for this reading of the row, for a page whose parts all want to know. An act reads the row anew."""
        self._known_members = self.member_ids


class Membership(Dated):
    """A person acts for a party. Owners also invite and approve; viewers only read."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=8, choices=MemberRole.choices)

    field_classes = {"party": INTERNAL, "user": INTERNAL, "role": INTERNAL, **DATED_CLASSES}

    class Meta:
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.UniqueConstraint(fields=["party", "user"], condition=Q(until=None), name="membership_once_in_force"),
        ]
        indexes = [models.Index(fields=["user", "until"], name="membership_user")]


class Invitation(models.Model):
    """An owner invites an e-mail address. The link carries `token`; it works once, for that address, until `expires_at`."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="invitations")
    email = models.EmailField("thư điện tử")
    role = models.CharField("vai trò", max_length=8, choices=MemberRole.choices)
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    field_classes = {
        "party": INTERNAL,
        "email": RESTRICTED,
        "role": INTERNAL,
        "token": RESTRICTED,
        "invited_by": INTERNAL,
        "created_at": INTERNAL,
        "expires_at": INTERNAL,
        "accepted_at": INTERNAL,
        "withdrawn_at": INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "email"], condition=Q(accepted_at=None, withdrawn_at=None), name="invitation_one_open"
            )
        ]


class JoinRequest(models.Model):
    """Somebody asks to act for a party that stands here already. An owner answers, or the department where there is none yet."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(null=True)

    field_classes = {
        "party": INTERNAL,
        "user": INTERNAL,
        "created_at": INTERNAL,
        "answered_at": INTERNAL,
        "answered_by": INTERNAL,
        "accepted": INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "user"], condition=Q(answered_at=None), name="join_request_one_open"
            )
        ]


class FactSource(models.TextChoices):
    DECLARED = "declared", _("Tự khai")
    DOCUMENT = "document", _("Có giấy tờ")
    VERIFIED = "verified", _("Đã đối chiếu")


class Fact(models.Model):
    """What changes from year to year, with its provenance. Rows are added, never changed: the newest `recorded_at` holds.

    `code`: `staff` (people), `capital` (đồng, one row per round), `support` (đồng, one row per support received), …
    `period`: a year `2025`, or a day `2025-06-30`. `label` tells rows of one code and period apart (round, programme).
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="facts")
    code = models.CharField("chỉ tiêu", max_length=32)
    period = models.CharField("kỳ", max_length=10)
    label = models.CharField("nội dung", max_length=200, blank=True)
    value = models.DecimalField("giá trị", max_digits=20, decimal_places=2)
    unit = models.CharField("đơn vị", max_length=16)
    source = models.CharField("nguồn", max_length=8, choices=FactSource.choices)
    evidence = models.ForeignKey(
        "core.PrivateFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="minh chứng"
    )
    recorded_at = models.DateTimeField("ghi nhận lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    field_classes = {
        "party": INTERNAL,
        "code": INTERNAL,
        "period": INTERNAL,
        "label": INTERNAL,
        "value": RESTRICTED,
        "unit": INTERNAL,
        "source": INTERNAL,
        "evidence": RESTRICTED,
        "recorded_at": INTERNAL,
        "recorded_by": INTERNAL,
    }

    class Meta:
        ordering = ["code", "period", "recorded_at"]
        indexes = [models.Index(fields=["party", "code", "period", "recorded_at"], name="fact_party_code")]
        constraints = [
            models.CheckConstraint(
                name="fact_not_negative", condition=Q(value__gte=0), violation_error_message=_("Con số không được âm.")
            )
        ]
