"""What the directory gives away as a table: to everybody what is public, to staff what is internal too."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.core.bilingual import text_in
from registry.core.export import BATCH, STAFF_TABLE, Column, Table, batches_of
from registry.core.models import AdministrativeUnit
from registry.dossiers.models import Dossier
from registry.parties.models import Party
from registry.startups.confirmations import Confirmation, Confirmed
from registry.startups.models import Profile, ProfileField, Startup
from registry.startups.selectors import Listing, url_of


def both(name: str) -> tuple[tuple[type[Profile], str], ...]:
    return (Profile, f"{name}_vi"), (Profile, f"{name}_en")


def columns(language: str) -> tuple[Column, ...]:
    """The columns of the directory, in a language."""
    return (
        Column("id", _("Mã"), lambda row: row.startup.public_id, ((Startup, "public_id"),)),
        Column("name", _("Tên"), lambda row: text_in(row, "name", language).text, both("name")),
        Column("pitch", _("Giới thiệu"), lambda row: text_in(row, "pitch", language).text, both("pitch")),
        Column(
            "fields",
            _("Lĩnh vực công nghệ"),
            lambda row: [str(one.get_field_display()) for one in row.fields.all()],
            ((ProfileField, "field"),),
        ),
        Column("sector", _("Khu vực kinh tế"), lambda row: str(row.get_sector_display()), ((Profile, "sector"),)),
        Column("stage", _("Giai đoạn"), lambda row: str(row.get_stage_display()), ((Profile, "stage"),)),
        Column("ward_code", _("Mã xã, phường"), lambda row: row.ward.code, ((Profile, "ward"), WARD_CODE)),
        Column("ward", _("Xã, phường"), lambda row: row.ward.name_in(language), ((Profile, "ward"), WARD_NAME)),
        Column("address", _("Địa chỉ"), lambda row: row.address, ((Profile, "address"),)),
        Column("website", _("Trang web"), lambda row: row.website, ((Profile, "website"),)),
        Column("listed_on", _("Vào danh bạ ngày"), lambda row: row.startup.listed_on, ((Startup, "listed_on"),)),
        Column("confirmed_on", _("Xác nhận ngày"), lambda row: row.confirmed_on, ((Confirmation, "confirmed_on"),)),
        Column(
            "confirmation",
            _("Xác nhận hằng năm"),
            lambda row: str(Confirmed(row.confirmation_state).label),
            ((Confirmation, "due_on"),),
        ),
        Column(
            "url",
            _("Địa chỉ trang"),
            lambda row: settings.BASE_URL + url_of(row, language),
            ((Profile, "slug"), (Startup, "public_id")),
        ),
    )


WARD_CODE = (AdministrativeUnit, "code")
WARD_NAME = (AdministrativeUnit, "name")


def directory(listing: Listing, language: str) -> Table:
    """All that the filters leave, in the order of the page."""
    return Table(_("Danh bạ khởi nghiệp"), columns(language), lambda: listing.batches(BATCH))


def register(startups: QuerySet[Startup]) -> Table:
    """The startups as staff list them, those that were taken down among them."""

    def newest(one: Any) -> Profile | None:
        return one.newest[0] if one.newest else None

    def said(name: str) -> Any:
        return lambda one: getattr(newest(one), name, "")

    staff = (
        Column("id", "Mã", lambda one: one.public_id, ((Startup, "public_id"),)),
        Column("name", "Tên", said("name_vi"), ((Profile, "name_vi"),)),
        Column("party", "Chủ dự án", lambda one: one.party.name, ((Startup, "party"), (Party, "name"))),
        Column("party_kind", "Loại", lambda one: str(one.party.get_kind_display()), ((Party, "kind"),)),
        Column(
            "state",
            "Trên danh bạ",
            lambda one: "Đang đăng" if newest(one) and said("effective_to")(one) is None else "Đã gỡ",
            ((Profile, "effective_to"),),
        ),
        Column("listed_on", "Vào ngày", lambda one: one.listed_on, ((Startup, "listed_on"),)),
        Column("ended_on", "Rời ngày", said("effective_to"), ((Profile, "effective_to"),)),
        Column(
            "ward",
            "Xã, phường",
            lambda one: profile.ward.name_vi if (profile := newest(one)) else "",
            ((Profile, "ward"), WARD_NAME),
        ),
        Column(
            "sector",
            "Khu vực kinh tế",
            lambda one: str(profile.get_sector_display()) if (profile := newest(one)) else "",
            ((Profile, "sector"),),
        ),
        Column(
            "stage",
            "Giai đoạn",
            lambda one: str(profile.get_stage_display()) if (profile := newest(one)) else "",
            ((Profile, "stage"),),
        ),
        Column(
            "dossier",
            "Hồ sơ",
            lambda one: one.dossier.reference,
            ((Startup, "dossier"), (Dossier, "reference")),
        ),
        Column("featured", "Trang chủ", lambda one: "Nổi bật" if one.featured else "", ((Startup, "featured"),)),
    )
    return Table("Danh bạ", staff, lambda: batches_of(startups), STAFF_TABLE)
