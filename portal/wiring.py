"""Who listens to which event, and what a room lends to another: the one place where the rooms of the house are joined."""

from datetime import datetime

from allauth.account.signals import email_confirmed
from django.core.management import call_command
from django.db.models.signals import post_save
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import accounts.mail
import notifications.clock
import notifications.origin
import notifications.rendering
import search.clock
from accounts import roles
from accounts.closing import NOWHERE, register_closing
from accounts.data_views import data_panel
from accounts.models import User
from accounts.panels import (
    DATA,
    DOSSIERS,
    GOALS,
    HELPED,
    INBOX,
    LISTED,
    ORGANISATIONS,
    PROFILE,
    SECURITY,
    register_panel,
)
from accounts.secrets import seal_all
from accounts.sessions import forget_ended
from accounts.views import profile_panel, security_panel
from cms.core.publication import publish_due
from cms.core.reading import read_due
from cms.core.selectors import site_facts
from cms.core.site_address import keep_site_address
from cms.news.search_source import put_missing
from cms.news.topics import Topic
from notifications.digest import gather
from notifications.services import deliver_due, forget, forget_sent
from portal import (
    account_mail,
    certificate_mail,
    confirmation_mail,
    dossier_mail,
    duty_mail,
    goal_mail,
    goal_ways,
    jobs,
    logging,
    member_mail,
    personal_data,
    proposal_mail,
    removals,
    reported,
    retention,
    site_info,
)
from registry.appraisals import paper_fields as appraisal_fields
from registry.appraisals import services as appraisals
from registry.appraisals.sections import beside_certificate, beside_dossier
from registry.appraisals.selectors import may_read_file as may_read_appraisal
from registry.certificates import granting
from registry.certificates import search_source as certificates_search
from registry.certificates.changing import paper_fields as change_fields
from registry.certificates.deciding import CertificateChanged
from registry.certificates.models import Status
from registry.certificates.sections import before_applying as certificate_before_applying
from registry.certificates.sections import on_the_desk as certificate_on_desk
from registry.certificates.sections import on_the_timeline as certificate_on_timeline
from registry.certificates.selectors import may_read_file as may_read_certificate
from registry.certificates.views import panel as certificates_panel
from registry.core import clock, events, files
from registry.core.fields import Sector, TechnologyField
from registry.core.files import remove_orphans
from registry.core.lifecycle import Moved
from registry.core.selectors import ward_names
from registry.dossiers import beside
from registry.dossiers import closing as dossiers_closing
from registry.dossiers.helped.helper_views import panel as helped_panel
from registry.dossiers.pages import opens_file
from registry.dossiers.selectors import may_read_file
from registry.dossiers.views import panel as dossiers_panel
from registry.duties.sections import beside_certificate as duties_of_certificate
from registry.duties.selectors import may_read_file as may_read_duty_file
from registry.duties.views import panel as year_reports_panel
from registry.goals import counting as goals_counted
from registry.goals import ways as goals
from registry.goals.services import GoalAnswersChanged, look_again
from registry.goals.views import panel as goals_panel
from registry.official_papers import desk as papers_desk
from registry.official_papers import showing as papers_showing
from registry.official_papers.fields import offer
from registry.official_papers.selectors import may_read_file as may_read_paper
from registry.parties import closing as parties_closing
from registry.parties.services import JoinAnswered, JoinRequested, MemberInvited
from registry.parties.views import panel as parties_panel
from registry.st_enterprises.certification import paper_fields as certification_fields
from registry.st_enterprises.certification.deciding import CertificationGranted
from registry.startups import confirming, search_source
from registry.startups import paper_fields as startup_fields
from registry.startups.artwork import remove_withdrawn_logos, settle_logo
from registry.startups.confirm_views import panel as confirmations_panel
from registry.startups.deciding import StartupListed, StartupsListed, StartupUnlisted
from registry.startups.importing.waiting import work_off
from registry.startups.models import Stage, Standing
from registry.startups.proposals.services import lapse
from search.empty_searches import fold_in
from search.facets import register_choices, register_facet, years
from search.following import follow_all
from search.kinds import register_kind


def connect() -> None:
    """Called once when the apps are ready."""
    notifications.clock.use(clock.now)
    notifications.origin.use(logging.request_id.get)
    search.clock.now = clock.now
    register_kind("startup", _("Khởi nghiệp"), "rocket")
    register_kind("st_enterprise", _("Doanh nghiệp khoa học và công nghệ"), "badge-check")
    register_kind("article", _("Tin tức"), "newspaper")
    register_kind("page", _("Trang thông tin"), "file-text")
    name_facets()
    roles.lend(roles.EDITOR, "cms_core.change_sitesettings")
    lend_staff_pages()
    files.register_holder("dossier", may_read_file)
    files.register_holder("certificate", may_read_certificate)
    files.register_holder("official_paper", may_read_paper)
    files.register_holder("appraisal", may_read_appraisal)
    files.register_holder("certificate_notice", may_read_duty_file)
    files.register_holder("year_report", may_read_duty_file)
    files.register_key("dossier", opens_file)
    events.subscribe(Moved, dossier_mail.tell)
    events.subscribe(Moved, certificate_mail.tell)
    events.subscribe(Moved, appraisals.follow)
    events.subscribe(Moved, duty_mail.call_off)
    events.subscribe(Moved, reported.tell)
    reported.lend_kinds()
    events.subscribe(Moved, proposal_mail.tell)
    events.subscribe(MemberInvited, member_mail.invite)
    events.subscribe(JoinRequested, member_mail.ask)
    events.subscribe(JoinAnswered, member_mail.answer)
    events.subscribe(StartupListed, lambda event: event.confirms and confirming.by_publication(event.startup))
    events.subscribe(StartupsListed, lambda event: confirming.by_list(event.startups))
    events.subscribe(StartupUnlisted, lambda event: confirming.end(event.startup))
    events.subscribe(confirming.ConfirmationFallsDue, confirmation_mail.remind)
    events.subscribe(confirming.CycleEnded, confirmation_mail.call_off)
    events.subscribe(CertificationGranted, granting.enter)
    events.subscribe(GoalAnswersChanged, goal_mail.tell)
    goals.lend(goal_ways.ways_of)
    events.subscribe(CertificateChanged, lambda event: certificates_search.refresh(event.certificate))
    events.subscribe(StartupListed, lambda event: search_source.refresh(event.startup))
    events.subscribe(StartupsListed, lambda event: search_source.refresh_many(event.startups))
    events.subscribe(StartupsListed, dossier_mail.listed)
    events.subscribe(StartupUnlisted, lambda event: search_source.refresh(event.startup))
    events.subscribe(StartupUnlisted, lambda event: lapse(event.startup))
    events.subscribe(StartupListed, lambda event: settle_logo(event.startup))
    events.subscribe(StartupUnlisted, lambda event: settle_logo(event.startup))
    site_info.read_from(site_facts)
    email_confirmed.connect(account_mail.address_confirmed, dispatch_uid="address-confirmed")
    post_save.connect(site_info.forget_on_save, "cms_core.SiteSettings", dispatch_uid="site-info")
    notifications.rendering.signed_by(account_mail.sender)
    accounts.mail.deliver_by(account_mail.post)
    register_panel(account_mail.inbox_panel, INBOX)
    register_panel(dossiers_panel, DOSSIERS)
    register_panel(confirmations_panel, LISTED)
    register_panel(certificates_panel, LISTED)
    register_panel(year_reports_panel, LISTED)
    register_panel(goals_panel, GOALS)
    register_panel(helped_panel, HELPED)
    register_panel(parties_panel, ORGANISATIONS)
    register_panel(profile_panel, PROFILE)
    register_panel(security_panel, SECURITY)
    register_panel(data_panel, DATA)
    personal_data.connect()
    register_closing("dossiers", dossiers_closing.leave, dossiers_closing.obstacles)
    register_closing("organisations", parties_closing.leave, parties_closing.obstacles)
    register_closing("messages", lambda user: forget(user.pk, user.email, NOWHERE))
    removals.name()
    lend_papers()
    lend_sections()
    register_jobs()


def name_facets() -> None:
    """By what a search is narrowed, in the order of the page; the registers and pages bring the codes with their entries."""
    register_choices("field", _("Lĩnh vực công nghệ"), TechnologyField.choices)
    register_choices("sector", _("Khu vực kinh tế"), Sector.choices)
    register_facet("ward", _("Xã, phường"), lambda codes: ward_names(codes, get_language() or ""), ("03408",))
    register_choices("status", _("Trạng thái"), [*Standing.choices, *Status.choices])
    register_choices("stage", _("Giai đoạn"), Stage.choices)
    register_choices("topic", _("Chủ đề"), Topic.choices)
    register_facet("year", _("Năm"), years, ("2026",))


def lend_sections() -> None:
    """What rooms show on the pages of a dossier and of a certificate."""
    beside.lend("begin", certificate_before_applying)
    beside.lend("desk", certificate_on_desk)
    beside.lend("desk", papers_desk.section)
    beside.lend("desk", beside_dossier)
    beside.lend("timeline", certificate_on_timeline)
    beside.lend("timeline", papers_showing.section)
    beside.lend("certificate", duties_of_certificate)
    beside.lend("certificate", beside_certificate)
    beside.lend("certificates", goals_counted.section)


def lend_papers() -> None:
    """The fields that procedures lend to the department's papers; of an application, its appraisal lends some too."""
    offer(
        "st_certification",
        (*certification_fields.FIELDS, *appraisal_fields.FIELDS),
        lambda dossier, answers: certification_fields.values(dossier, answers) | appraisal_fields.values(dossier),
    )
    offer("st_change", change_fields.FIELDS, change_fields.values, change_fields.questions)
    offer("startup_registration", startup_fields.FIELDS, startup_fields.values)


def lend_staff_pages() -> None:
    """Who looks after which list in the back office; administrators have them all."""
    looked_up = ("core.view_administrativeunit", "core.view_industry")
    days = ("core.add_dayoff", "core.change_dayoff", "core.delete_dayoff")
    limits = ("dossiers.add_timelimit", "dossiers.change_timelimit", "core.change_authority")
    short_forms = ("search.add_abbreviation", "search.change_abbreviation", "search.delete_abbreviation")
    roles.lend(roles.LEADER, "portal.view_retentionrule")
    for role in (roles.CASE_OFFICER, roles.LEADER, roles.EDITOR):
        roles.lend(role, "search.view_followerreport")
    for role in (roles.CASE_OFFICER, roles.LEADER):
        roles.lend(role, "notifications.view_bouncedaddress")
    roles.lend(
        roles.CASE_OFFICER, *looked_up, *days, "startups.view_startup", "dossiers.view_timelimit", "core.view_authority"
    )
    roles.lend(roles.LEADER, *looked_up, *days, *limits, "startups.view_startup", "startups.change_startup")
    roles.lend(roles.EDITOR, *looked_up, *short_forms, "startups.view_startup", "startups.change_startup")


def end_expired() -> int:
    """Sessions that have run out, and what is kept beside them."""
    call_command("clearsessions")
    return forget_ended()


def forget_closed(now: datetime) -> int:
    """The last letters of closed accounts, once they have left."""
    return forget_sent(User.objects.filter(closed_at__isnull=False).values_list("pk", flat=True), NOWHERE, now)


def register_jobs() -> None:
    """What `run_jobs` does, in this order: what makes news first, then what tells it, then what tidies up."""
    jobs.register("publish", lambda now: publish_due())
    jobs.register("site_address", lambda now: keep_site_address())
    jobs.register("documents", lambda now: read_due())
    jobs.register("pages", lambda now: put_missing())
    jobs.register("search", lambda now: follow_all())
    jobs.register("empty_searches", fold_in)
    jobs.register("reminders", dossier_mail.remind)
    jobs.register("confirmations", confirming.remind)
    jobs.register("proposal_reminders", proposal_mail.remind)
    jobs.register("duty_reminders", duty_mail.remind)
    jobs.register("goals", look_again)
    jobs.register("digests", gather)
    jobs.register("mail", deliver_due)
    jobs.register("closed_accounts", forget_closed)
    jobs.register("sessions", lambda now: end_expired())
    jobs.register("second_factors", lambda now: seal_all())
    jobs.register("imports", work_off)
    jobs.register("retention", retention.run)
    jobs.register("orphan_files", lambda now: remove_orphans())
    jobs.register("withdrawn_logos", lambda now: remove_withdrawn_logos())
