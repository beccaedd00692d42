"""Who listens to which event, and what a room lends to another: the one place where the rooms of the house are joined."""

from django.core.management import call_command
from django.db.models.signals import post_save
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import accounts.mail
import notifications.clock
import notifications.rendering
import search.clock
from accounts import roles
from accounts.panels import DOSSIERS, INBOX, ORGANISATIONS, PROFILE, SECURITY, register_panel
from accounts.secrets import seal_all
from accounts.views import profile_panel, security_panel
from cms.core.publication import publish_due
from cms.core.reading import read_due
from cms.core.selectors import site_facts
from cms.core.site_address import keep_site_address
from cms.news.search_source import put_missing
from cms.news.topics import Topic
from notifications.services import deliver_due
from portal import account_mail, dossier_mail, jobs, member_mail, site_info
from registry.core import clock, events, files
from registry.core.fields import Sector, TechnologyField
from registry.core.files import remove_orphans
from registry.core.lifecycle import Moved
from registry.core.selectors import ward_names
from registry.dossiers.selectors import may_read_file
from registry.dossiers.views import panel as dossiers_panel
from registry.parties.services import JoinAnswered, JoinRequested, MemberInvited
from registry.parties.views import panel as parties_panel
from registry.startups import search_source
from registry.startups.artwork import remove_withdrawn_logos, settle_logo
from registry.startups.deciding import StartupListed, StartupsListed, StartupUnlisted
from registry.startups.importing.waiting import forget_files, work_off
from registry.startups.models import Stage, Standing
from search.empty_searches import fold_in
from search.facets import register_choices, register_facet, years
from search.following import follow_all
from search.kinds import register_kind


def connect() -> None:
    """Called once when the apps are ready."""
    notifications.clock.use(clock.now)
    search.clock.now = clock.now
    register_kind("startup", _("Khởi nghiệp"), "rocket")
    register_kind("article", _("Tin tức"), "newspaper")
    register_kind("page", _("Trang thông tin"), "file-text")
    name_facets()
    roles.lend(roles.EDITOR, "cms_core.change_sitesettings")
    lend_staff_pages()
    files.register_holder("dossier", may_read_file)
    events.subscribe(Moved, dossier_mail.tell)
    events.subscribe(MemberInvited, member_mail.invite)
    events.subscribe(JoinRequested, member_mail.ask)
    events.subscribe(JoinAnswered, member_mail.answer)
    events.subscribe(StartupListed, lambda event: search_source.refresh(event.startup))
    events.subscribe(StartupsListed, lambda event: search_source.refresh_many(event.startups))
    events.subscribe(StartupsListed, dossier_mail.listed)
    events.subscribe(StartupUnlisted, lambda event: search_source.refresh(event.startup))
    events.subscribe(StartupListed, lambda event: settle_logo(event.startup))
    events.subscribe(StartupUnlisted, lambda event: settle_logo(event.startup))
    site_info.read_from(site_facts)
    post_save.connect(site_info.forget_on_save, "cms_core.SiteSettings", dispatch_uid="site-info")
    notifications.rendering.signed_by(account_mail.sender)
    accounts.mail.deliver_by(account_mail.post)
    register_panel(account_mail.inbox_panel, INBOX)
    register_panel(dossiers_panel, DOSSIERS)
    register_panel(parties_panel, ORGANISATIONS)
    register_panel(profile_panel, PROFILE)
    register_panel(security_panel, SECURITY)
    register_jobs()


def name_facets() -> None:
    """By what a search is narrowed, in the order of the page; the registers and pages bring the codes with their entries."""
    register_choices("field", _("Lĩnh vực công nghệ"), TechnologyField.choices)
    register_choices("sector", _("Khu vực kinh tế"), Sector.choices)
    register_facet("ward", _("Xã, phường"), lambda codes: ward_names(codes, get_language() or ""), ("03408",))
    register_choices("status", _("Trạng thái"), Standing.choices)
    register_choices("stage", _("Giai đoạn"), Stage.choices)
    register_choices("topic", _("Chủ đề"), Topic.choices)
    register_facet("year", _("Năm"), years, ("2026",))


def lend_staff_pages() -> None:
    """Who looks after which list in the back office; administrators have them all."""
    looked_up = ("core.view_administrativeunit", "core.view_industry")
    days = ("core.add_dayoff", "core.change_dayoff", "core.delete_dayoff")
    limits = ("dossiers.add_timelimit", "dossiers.change_timelimit", "core.change_authority")
    short_forms = ("search.add_abbreviation", "search.change_abbreviation", "search.delete_abbreviation")
    reports = ("startups.view_errorreport", "startups.change_errorreport", "startups.view_startup")
    for role in (roles.CASE_OFFICER, roles.LEADER, roles.EDITOR):
        roles.lend(role, "search.view_followerreport")
    roles.lend(roles.CASE_OFFICER, *looked_up, *days, *reports, "dossiers.view_timelimit", "core.view_authority")
    roles.lend(roles.LEADER, *looked_up, *days, *reports, *limits, "startups.change_startup")
    roles.lend(roles.EDITOR, *looked_up, *short_forms, "startups.view_startup", "startups.change_startup")


def register_jobs() -> None:
    """What `run_jobs` does, in this order: what makes news first, then what tells it, then what tidies up."""
    jobs.register("publish", lambda now: publish_due())
    jobs.register("site_address", lambda now: keep_site_address())
    jobs.register("documents", lambda now: read_due())
    jobs.register("pages", lambda now: put_missing())
    jobs.register("search", lambda now: follow_all())
    jobs.register("empty_searches", fold_in)
    jobs.register("reminders", dossier_mail.remind)
    jobs.register("mail", deliver_due)
    jobs.register("sessions", lambda now: call_command("clearsessions"))
    jobs.register("second_factors", lambda now: seal_all())
    jobs.register("imports", work_off)
    jobs.register("imported_files", forget_files)
    jobs.register("orphan_files", lambda now: remove_orphans())
    jobs.register("withdrawn_logos", lambda now: remove_withdrawn_logos())
