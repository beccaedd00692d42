"""What the register gives away as a table: public columns only."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.certificates.incentives import running
from registry.certificates.models import Certificate, CertificateVersion, CertifiedProduct, Status, VersionField
from registry.certificates.selectors import Listing, url_of
from registry.core.export import BATCH, Column, Table
from registry.startups.export import WARD_CODE, WARD_NAME


def columns(language: str) -> tuple[Column, ...]:
    """The columns of the register, in a language."""
    of_certificate = CertificateVersion, "certificate"
    return (
        Column("number", _("Số giấy chứng nhận"), lambda row: row.certificate.number, ((Certificate, "number"),)),
        Column("name", _("Tên"), lambda row: row.name_vi, ((CertificateVersion, "name_vi"),)),
        Column(
            "business_number",
            _("Mã số doanh nghiệp"),
            lambda row: row.business_number,
            ((CertificateVersion, "business_number"),),
        ),
        Column(
            "status",
            _("Trạng thái"),
            lambda row: str(Status(row.status).label),
            ((Certificate, "ended_on"), (Certificate, "ended_by")),
        ),
        Column(
            "first_issued_on",
            _("Cấp lần đầu"),
            lambda row: row.certificate.first_issued_on,
            ((Certificate, "first_issued_on"),),
        ),
        Column(
            "regime",
            _("Cấp theo"),
            lambda row: str(row.certificate.get_regime_display()),
            ((Certificate, "regime"), of_certificate),
        ),
        Column(
            "incentives",
            _("Ưu đãi theo"),
            lambda row: str(regime.label) if (regime := running(row)) else "",
            ((CertificateVersion, "incentives"), (Certificate, "ended_on")),
        ),
        Column(
            "size",
            _("Quy mô (nếu doanh nghiệp công khai)"),
            lambda row: str(row.certificate.get_shown_size_display()),
            ((Certificate, "shown_size"),),
        ),
        Column(
            "fields",
            _("Lĩnh vực công nghệ"),
            lambda row: [str(one.get_field_display()) for one in row.fields.all()],
            ((VersionField, "field"),),
        ),
        Column(
            "sector", _("Khu vực kinh tế"), lambda row: str(row.get_sector_display()), ((CertificateVersion, "sector"),)
        ),
        Column("ward_code", _("Mã xã, phường"), lambda row: row.ward.code, ((CertificateVersion, "ward"), WARD_CODE)),
        Column(
            "ward", _("Xã, phường"), lambda row: row.ward.name_in(language), ((CertificateVersion, "ward"), WARD_NAME)
        ),
        Column("address", _("Địa chỉ"), lambda row: row.address, ((CertificateVersion, "address"),)),
        Column(
            "products",
            _("Sản phẩm"),
            lambda row: [line.product for line in row.products.all()],
            ((CertifiedProduct, "product"),),
        ),
        Column(
            "url",
            _("Địa chỉ trang"),
            lambda row: settings.BASE_URL + url_of(row, language),
            ((CertificateVersion, "slug"), (Certificate, "public_id")),
        ),
    )


def register(listing: Listing, language: str) -> Table:
    """All that the filters leave, in the order of the page."""
    return Table(_("Doanh nghiệp khoa học và công nghệ"), columns(language), lambda: listing.batches(BATCH))
