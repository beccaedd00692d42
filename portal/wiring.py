"""Who listens to which event, and what a room lends to another: the one place where the rooms of the house are joined."""

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

import accounts.mail
import notifications.clock
import notifications.rendering
import search.clock
from accounts.panels import INBOX, PROFILE, SECURITY, register_panel
from accounts.views import profile_panel, security_panel
from cms.core.publication import publish_due
from notifications.services import deliver_due
from portal import account_mail, jobs
from registry.core import clock
from registry.core.files import remove_orphans
from search.entries import catch_up
from search.kinds import register_kind


def connect() -> None:
    """Called once when the apps are ready."""
    notifications.clock.use(clock.now)
    search.clock.now = clock.now
    register_kind("startup", _("Khởi nghiệp"), "rocket")
    register_kind("news", _("Tin tức"), "newspaper")
    notifications.rendering.signed_by(account_mail.sender)
    accounts.mail.deliver_by(account_mail.post)
    register_panel(account_mail.inbox_panel, INBOX)
    register_panel(profile_panel, PROFILE)
    register_panel(security_panel, SECURITY)
    register_jobs()


def register_jobs() -> None:
    """What `run_jobs` does, in this order: what makes news first, then what tells it, then what tidies up."""
    jobs.register("publish", lambda now: publish_due())
    jobs.register("search", lambda now: catch_up())
    jobs.register("mail", deliver_due)
    jobs.register("sessions", lambda now: call_command("clearsessions"))
    jobs.register("orphan_files", lambda now: remove_orphans())
