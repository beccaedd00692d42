"""How a certificate becomes search entries: one in Vietnamese, one in English, public columns only."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.certificates import selectors
from registry.certificates.models import Certificate, CertificateVersion, Status
from registry.core.fields import Sector, TechnologyField
from search.entries import Entry, put

LANGUAGES = ("vi", "en")


def entry(version: CertificateVersion, language: str) -> Entry:
    """`version` comes from `selectors.on_day`, so that it carries its status."""
    certificate, lines = version.certificate, list(version.products.all())
    fields = [row.field for row in version.fields.all()]
    status: str = version.status  # type: ignore[attr-defined]
    with override(language):
        words = [str(TechnologyField(code).label) for code in fields]
        words += [str(Sector(version.sector).label), version.ward.name_in(language)]
        summary = _("Giấy chứng nhận số %(number)s: %(status)s") % {
            "number": certificate.number,
            "status": str(Status(status).label).lower(),
        }
    body = [version.name_vi, version.name_en, version.short_name, version.address, *words]
    body += [part for line in lines for part in (line.product, line.result)]
    return Entry(
        kind=selectors.KIND,
        ref=certificate.public_id,
        language=language,
        url=selectors.url_of(version, language),
        title=version.name_en if language == "en" and version.name_en else version.name_vi,
        summary=summary,
        body="\n".join(part for part in body if part),
        facets={
            "field": tuple(fields),
            "sector": (version.sector,),
            "ward": (version.ward.code,),
            "status": (status,),
            "year": (str(certificate.first_issued_on.year),),
        },
        numbers=(certificate.number, certificate.number_key, version.business_number),
        date=certificate.first_issued_on,
    )


def refresh(certificate: Certificate) -> None:
    """Write the certificate's entries, in the transaction of the change. One that has ended is found too, and says so."""
    version = selectors.version_of(certificate)
    assert version is not None
    for language in LANGUAGES:
        put(entry(version, language))
