from typing import Any

from registry.reports.models import Report
from registry.reports.services import report_error
from registry.reports.subjects import Subject
from registry.startups import selectors
from registry.startups.models import Startup


def report_of(startup: Startup, *, text: str = "Sai địa chỉ.", email: str = "", language: str = "vi") -> Report:
    """A visitor's report about a listed startup."""
    profile = selectors.last_profile(startup)
    assert profile is not None
    subject = Subject(startup.record, selectors.name_in(profile, language), selectors.url_of(profile, language))
    return report_error("startup", subject, text=text, email=email, language=language)


def report(**given: Any) -> Report:
    """A report about an article that nobody has to write."""
    subject = Subject(given.pop("about", "cms_news.articlepage:1"), "Một bài", "/tin-tuc/mot-bai/")
    return report_error("article", subject, **{"text": "Sai ngày.", **given})
