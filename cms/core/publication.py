"""Pages that go live or expire by the clock of the portal. Called by `run_jobs`; safe to call again."""

from typing import Any

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from registry.core import clock


class PublishWhenDue(PublishPageRevisionAction):
    """Publish a revision whose hour has come by our clock, which may stand elsewhere than the machine's.

    Wagtail's own action compares with the machine and would put a future hour back in the queue. The page's date is
    the hour it was meant to appear, whenever the job came round.
    """

    def _publish_revision(self, revision: Revision, object: Page, *args: Any, **kwargs: Any) -> None:
        due, object.go_live_at = object.go_live_at, None
        if object.first_published_at is None:
            object.first_published_at = due
        super()._publish_revision(revision, object, *args, **kwargs)


def publish_due() -> dict[str, int]:
    """Publish what is due and take down what has expired. Returns how many of each."""
    now = clock.now()
    expired = list(Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at").specific())
    due = list(Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk"))
    for page in expired:
        with transaction.atomic():
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in due:
        with transaction.atomic():
            PublishWhenDue(revision, log_action="wagtail.publish.scheduled").execute(skip_permission_checks=True)
    return {"published": len(due), "expired": len(expired)}
