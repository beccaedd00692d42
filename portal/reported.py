"""What can be reported as wrong, and who is told of the answer: the join of reports with the register, the news and the letters."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Locale

from accounts import roles
from cms.news.models import ArticlePage
from notifications.services import Recipient, notify
from registry.certificates import selectors as certificates
from registry.certificates.models import Certificate
from registry.core.lifecycle import Moved
from registry.core.permalinks import parse
from registry.reports.models import Outcome, Report
from registry.reports.subjects import Kind, Subject, register
from registry.startups import selectors
from registry.startups.models import Startup
from registry.startups.views import gone


def lend_kinds() -> None:
    handling = frozenset({roles.CASE_OFFICER, roles.LEADER})
    register(Kind("startup", "Dự án khởi nghiệp", startup, handling, dossier_of_startup))
    register(Kind("st_enterprise", "Giấy chứng nhận", certificate, handling, desk_of_certificate))
    register(Kind("article", "Bài viết", article, frozenset({roles.EDITOR}), editor_of_article))


def startup(request: HttpRequest, segment: str) -> Subject | HttpResponse:
    """The startup at `<slug>-<id>`; one that was taken down answers as its own page does."""
    link = parse(segment)
    record = selectors.by_public_id(link.public_id) if link else None
    if record is None:
        raise Http404
    profile = selectors.profile_of(record)
    if profile is None:
        return gone(request, record)
    language = get_language() or settings.LANGUAGE_CODE
    return Subject(record.record, selectors.name_in(profile, language), selectors.url_of(profile, language))


def dossier_of_startup(name: str) -> str:
    found = Startup.objects.filter(pk=name.rpartition(":")[2]).select_related("dossier").first()
    return reverse("desk_dossier", args=[found.dossier.reference]) if found else ""


def certificate(request: HttpRequest, segment: str) -> Subject:
    """The certificate at `<slug>-<id>`, whatever came of it."""
    link = parse(segment)
    record = certificates.by_public_id(link.public_id) if link else None
    version = certificates.version_of(record) if record else None
    if record is None or version is None:
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    return Subject(record.record, version.name_vi, certificates.url_of(version, language))


def desk_of_certificate(name: str) -> str:
    found = Certificate.objects.filter(pk=name.rpartition(":")[2]).first()
    return reverse("desk_certificate", args=[found.public_id]) if found else ""


def article(request: HttpRequest, segment: str) -> Subject:
    """The public article of that address word, in the language of the page."""
    shown = ArticlePage.objects.shown(Locale.get_active().pk)
    page = shown.defer_streamfields().filter(slug=segment).first()
    if page is None:
        raise Http404
    return Subject(f"cms_news.articlepage:{page.pk}", page.title, page.get_url(request))


def editor_of_article(name: str) -> str:
    pk = name.rpartition(":")[2]
    return reverse("wagtailadmin_pages:edit", args=[pk]) if ArticlePage.objects.filter(pk=pk).exists() else ""


def tell(moved: Moved) -> None:
    """Whoever left an address reads the answer, in the language of the page that they reported. What was no report gets none."""
    report = moved.record
    if not isinstance(report, Report) or not report.email or report.outcome == Outcome.SPAM:
        return
    context = {
        "title": report.title,
        "url": report.address,
        "outcome": report.outcome,
        "answer": report.answer,
        "sent_at": report.sent_at,
    }
    with override(report.language):
        notify("report_answered", [Recipient(report.email, language=report.language)], f"report/{report.pk}", context)
