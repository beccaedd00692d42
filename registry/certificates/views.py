"""The register of certificates that everybody reads, and the page that says whether a certificate is real."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.access import access
from accounts.panels import Panel
from registry.certificates import incentives, selectors
from registry.certificates.deciding import OLD_GROUND
from registry.certificates.export import register
from registry.certificates.filters import PARAMETERS, CertificateFilter
from registry.certificates.models import CertificateVersion, Status
from registry.core import clock, export
from registry.core.grounds import ground_in_words
from registry.core.listing import ListAddress, page_of, shown
from registry.core.models.history import Decision
from registry.core.permalinks import parse
from registry.startups.filters import is_to_come, not_to_come

CHANGE = "st_change"
"""The procedure by which a certificate is changed or issued again (`registry.certificates.changing`)."""

TONES = {
    "valid": ("ok", "circle-check"),
    "withdrawn": ("bad", "x"),
    "cancelled": ("bad", "ban"),
    "unknown": ("warn", "circle-help"),
}


def language_here() -> str:
    return get_language() or settings.LANGUAGE_CODE


@access("public")
def certificates(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The list. What the address asks and we do not understand is said, and then nothing is listed."""
    filters = CertificateFilter(request.GET, queryset=CertificateVersion.objects.none())
    address = ListAddress(request.GET, reverse("st_enterprises"), PARAMETERS)
    complaints = address.complaints(filters.form)
    context: dict[str, Any] = {"filters": filters, "complaints": complaints, "as_of": None, "page": None}
    if not complaints:
        listing = selectors.Listing(filters, language_here())
        if code := request.GET.get("format"):
            name = f"doanh-nghiep-khcn-{listing.as_of or clock.today():%Y-%m-%d}"
            return export.download(register(listing, language_here()), code, name)
        page, missing = page_of(request.GET.get("page") or "1", listing)
        if page is None:
            complaints.append(("page", missing, address.without("page")))
        else:
            context |= shown(address, listing, page)
            context["rows"] = [
                (row, selectors.url_of(row, language_here()), *_chip(row.status)) for row in context["rows"]
            ]
    context["text"] = (request.GET.get("q") or "")[:200]
    return TemplateResponse(request, "certificates/list.html", context, status=address.status(complaints))


def _chip(status: str) -> tuple[str, str, str]:
    """Label, tone, icon."""
    label = str(Status(status).label) if status in Status.values else _("Không có trong sổ")
    return label, *TONES[status]


@access("public")
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """One enterprise's certificate: what it says, what came of it, which decisions. An old name redirects."""
    link = parse(slug)
    found = selectors.by_public_id(link.public_id) if link else None
    now = selectors.version_of(found) if found else None
    if found is None or now is None:
        raise Http404
    language = language_here()
    address, asked = selectors.url_of(now, language), request.GET.get("as_of", "")
    if request.path != address:
        return HttpResponsePermanentRedirect(f"{address}?{urlencode({'as_of': asked})}" if asked else address)
    try:
        as_of: date | None = CertificateFilter.base_filters["as_of"].field.clean(asked)
    except ValidationError as wrong:
        more = {"sentence": wrong.messages[0], "is_to_come": is_to_come(wrong)}
        return _no_version(request, now, address, status=400, **more)
    version = selectors.version_of(found, as_of) if as_of else now
    if version is None:
        return _no_version(request, now, address, as_of=as_of, status=404)
    status: str = version.status  # type: ignore[attr-defined]
    known = selectors.decisions([found])[found.pk]
    versions = selectors.versions(found)
    context = {
        "certificate": found,
        "version": version,
        "incentives": incentives.in_words(version, as_of),
        "chip": _chip(status),
        "status": status,
        "as_of": as_of,
        "address": address,
        "ending": next((one for one in known if one.pk == found.ended_by_id), None),
        "decisions": [_told(one) for one in known],
        "versions": [(one, last_day(one, versions)) for one in versions] if len(versions) > 1 else [],
        "ward": version.ward.name_in(language),
        "fields": [row.get_field_display() for row in version.fields.all()],
        "lines": list(version.products.all()),
        "authority": found.authority.name_en
        if language == "en" and found.authority.name_en
        else found.authority.name_vi,
        "report_url": reverse("st_enterprise_report", kwargs={"slug": f"{version.slug}-{found.public_id}"}),
        "verify_url": f"{reverse('verify')}?so={found.number}",
        "short_url": request.build_absolute_uri(reverse("st_enterprise", kwargs={"slug": found.public_id})),
        "json_ld": _organization(version, request.build_absolute_uri(address)),
    }
    return TemplateResponse(request, "certificates/detail.html", context)


def _no_version(request: HttpRequest, now: CertificateVersion, url: str, *, status: int, **more: Any) -> HttpResponse:
    """Nothing stands there for that day, and why."""
    context = {"now": now, "url": url, "as_of": None, "sentence": "", "is_to_come": False, "status": status, **more}
    return TemplateResponse(request, "certificates/no_version.html", context, status=status)


def last_day(version: CertificateVersion, versions: list[CertificateVersion]) -> date | None:
    """The last day on which a version was what the certificate said: by it the page shows it again. None of the present one,
    and of one that another replaced on the very day on which it began."""
    if version.effective_to is None or version.effective_to == version.effective_from:
        return None
    return version.effective_to - timedelta(days=1)


def _organization(version: CertificateVersion, url: str) -> dict[str, Any]:
    """schema.org, public columns only."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": version.name_vi,
        "url": url,
        "taxID": version.business_number,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "st-enterprise-certificate", "value": version.certificate.number}
        ],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": version.address,
            "addressLocality": version.ward.name_vi,
            "addressRegion": "Lai Châu",
            "addressCountry": "VN",
        },
    }
    if version.registered_on:
        data["foundingDate"] = version.registered_on.isoformat()
    if version.name_en or version.short_name:
        data["alternateName"] = [name for name in (version.name_en, version.short_name) if name]
    return data


def panel(request: HttpRequest) -> Panel | None:
    """“Certificates” on the account's front page, each with its signed paper where there is one."""
    return panel_of(list(selectors.own(request.user)), str(_("Giấy chứng nhận doanh nghiệp KH&CN")))


def panel_of(own: list[CertificateVersion], title: str) -> Panel | None:
    """What the enterprise can do with its certificates, a row each (`selectors.own`)."""
    asked = selectors.open_changes(row.certificate for row in own)
    reviews = selectors.next_reviews([row.certificate for row in own])
    rows = [
        {
            "version": row,
            "url": selectors.url_of(row, language_here()),
            "chip": _chip(row.status),
            "incentives": incentives.in_words(row),
            "review": reviews.get(row.certificate_id),
            "signed": row.paper.signed if hasattr(row, "paper") else None,
            "asked": asked.get(row.certificate_id),
        }
        for row in own
    ]
    context = {"rows": rows, "change_url": reverse("dossier_new", kwargs={"procedure_code": CHANGE})}
    return Panel("certificates/panel.html", title, context) if rows else None


DECISION_KINDS = {
    "grant": gettext_lazy("Cấp giấy chứng nhận"),
    "change": gettext_lazy("Cấp thay đổi nội dung"),
    "reissue": gettext_lazy("Cấp lại"),
    "maintain": gettext_lazy("Duy trì hiệu lực sau khi kiểm tra"),
    "withdraw": gettext_lazy("Thu hồi"),
    "cancel": gettext_lazy("Hủy bỏ hiệu lực"),
}


def _told(decision: Decision) -> dict[str, Any]:
    """A decision as the public reads it. `shown_until`: while the notice of Art. 53(5) is up."""
    language, is_old = language_here(), decision.ground == OLD_GROUND
    authority = decision.authority
    return {
        "decision": decision,
        "kind": DECISION_KINDS[decision.kind],
        "authority": authority.name_en if language == "en" and authority.name_en else authority.name_vi,
        "ground": _(OLD_GROUND) if is_old else ground_in_words(decision.ground, language),
        "in_own_words": is_old,
        "shown_until": decision.public_until,
        "is_shown": bool(decision.public_until and clock.today() <= decision.public_until),
    }


class VerifyForm(forms.Form):
    """`so` is the number as printed, `ngay` the day that is asked about (empty: today)."""

    so = forms.CharField(
        label=gettext_lazy("Số giấy chứng nhận"),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Ghi số in trên giấy, ví dụ 03/DNKHCN."),
            "max_length": gettext_lazy("Số này dài quá. Ghi đúng số in trên giấy, ví dụ 03/DNKHCN."),
        },
    )
    ngay = forms.DateField(
        label=gettext_lazy("Vào ngày (để trống là hôm nay)"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        validators=[not_to_come],
        error_messages={"invalid": gettext_lazy("Ngày chưa đúng, ví dụ 12/10/2026.")},
    )


@access("public")
def verify(request: HttpRequest) -> HttpResponse:
    """Is a certificate real, and does it hold, today and on a chosen day?"""
    asked = "so" in request.GET or "ngay" in request.GET
    form = VerifyForm(request.GET if asked else None, auto_id="xac-minh-%s")
    context: dict[str, Any] = {"form": form, "asked": asked, "found": None}
    if asked and form.is_valid():
        day: date | None = form.cleaned_data["ngay"]
        today = clock.today()
        context |= {"day": day or today, "is_today": (day or today) == today, "number": form.cleaned_data["so"]}
        context["found"] = [_answer(one) for one in selectors.verify(form.cleaned_data["so"], day)]
    return TemplateResponse(request, "certificates/verify.html", context, status=400 if asked and form.errors else 200)


def _answer(one: selectors.Verified) -> dict[str, Any]:
    language = language_here()
    authority = one.certificate.authority
    return {
        "certificate": one.certificate,
        "status": one.status,
        "chip": _chip(one.status),
        "version": one.version,
        "url": selectors.url_of(one.version, language),
        "lines": list(one.version.products.all()),
        "ward": one.version.ward.name_in(language),
        "authority": authority.name_en if language == "en" and authority.name_en else authority.name_vi,
        "ending": _told(one.ending) if one.ending else None,
        "decisions": [_told(decision) for decision in one.decisions],
    }
