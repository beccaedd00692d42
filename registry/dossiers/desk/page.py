"""The context of a dossier's page, fresh or given back with what was refused."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Action, State
from registry.core.models.history import Decision, Event
from registry.core.selectors import office_calendar
from registry.dossiers import beside, selectors
from registry.dossiers.desk import acting, sheet
from registry.dossiers.desk.acting import Refused
from registry.dossiers.desk.countdown import countdown
from registry.dossiers.desk.given_back import Kept, given_back
from registry.dossiers.helped.people import FOUNDER, help_of
from registry.dossiers.lifecycle import SUPPLEMENT
from registry.dossiers.limits import NoLimit, limit_in_force
from registry.dossiers.models import Dossier, Submission

ROLE_LABELS = {
    "owner": "chủ quản",
    "editor": "người soạn",
    "viewer": "người xem",
    "case officer": "chuyên viên thụ lý",
    "leader": "lãnh đạo Sở",
    "helper": "người nhập hộ",
    "founder": "xác nhận bằng liên kết, không có tài khoản",
}


@dataclass(frozen=True, slots=True)
class Decide:
    """An act that decides, with its form. `is_grave`: it ends badly for the applicant."""

    action: Action
    form: forms.Form
    consequence: str
    is_grave: bool
    is_open: bool
    is_decision: bool


@dataclass(frozen=True, slots=True)
class Happened:
    event: Event
    words: str
    role: str
    state: State | None
    more: str = ""

    @property
    def who(self) -> str:
        if self.event.actor is not None:
            return str(self.event.actor)
        return "chủ dự án" if self.event.role == FOUNDER else "hệ thống"


def context(request: HttpRequest, dossier: Dossier, refused: Refused | None = None) -> dict[str, Any]:
    """Everything the page shows. Restricted answers are in it only when they were asked for, and then it is logged."""
    user = request.user
    dossier.know_members()
    revealed = (request.POST if refused else request.GET).get("show") == "restricted"
    submissions = list(dossier.submissions.select_related("submitted_by").order_by("number"))
    shown, previous = chosen_submission(submissions, None if refused else request.GET.get("submission"))
    rounds = sheet.rounds_of(dossier)
    asks = refused.action == acting.REQUEST_SUPPLEMENT if refused else False
    marks = sheet.Marks(refused.posted, refused.problems) if refused and asks else sheet.Marks()
    paper = sheet.sheet(dossier, shown, previous, revealed=revealed, marks=marks, rounds=rounds)
    facts, facts_read = sheet.applicant_facts(dossier.party, revealed=revealed)
    helped = help_of(dossier)
    if helped is not None:
        facts += sheet.help_facts(helped, revealed=revealed)
        facts_read += ["help.founder_name", "help.contact"] if revealed else []
    sheet.leave_trace(user, dossier, paper.read + facts_read)
    actions = acting.offered(dossier, user)
    is_latest = shown is submissions[-1]
    return {
        "dossier": dossier,
        "kind": dossier.kind,
        "state": dossier.lifecycle.states[dossier.state],
        "clock": countdown(dossier, office_calendar()),
        "promise": promise(dossier),
        "public_url": dossier.kind.public_url(dossier, "vi"),
        "todo": todo(dossier, user, rounds, actions),
        "why_not": acting.why_not(dossier, user, actions),
        "barred": dossier.barred,
        "actions": actions,
        "can_mark": acting.REQUEST_SUPPLEMENT in actions and is_latest,
        "assign": acting.form_of(dossier, acting.ASSIGN, _posted(refused, acting.ASSIGN))
        if acting.ASSIGN in actions
        else None,
        "decide": decisions_offered(dossier, actions, refused),
        "message": refused.posted.get("message", "") if refused and asks else "",
        "refused": refused,
        "kept": kept(dossier, refused, actions),
        "revealed": revealed,
        "before_deciding": dossier.kind.before_deciding(dossier, shown, revealed=revealed),
        "sheet": paper,
        "is_latest": is_latest,
        "submissions": submissions,
        "facts": facts,
        "helped": helped,
        "hidden": paper.hidden + sum(fact.hidden for fact in facts),
        "rounds": sheet.told(dossier, rounds),
        "decisions": [(one, ground_in_words(one.ground)) for one in decided(dossier)],
        "history": history(dossier),
        "others": others(dossier),
        "beside": beside.panels("desk", request, dossier),
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "Trang chủ"},
            {"url": reverse("desk_queue"), "label": "Hồ sơ"},
            {"url": "", "label": dossier.reference},
        ],
    }


def _posted(refused: Refused | None, action: str) -> Any:
    return refused.posted if refused and refused.action == action else None


def chosen_submission(submissions: list[Submission], number: str | None) -> tuple[Submission, Submission | None]:
    """The submission that the address names, or the latest, and the one before it."""
    found = next((s for s in submissions if str(s.number) == number), None) if number else submissions[-1]
    if found is None:
        raise Http404
    place = submissions.index(found)
    return found, (submissions[place - 1] if place else None)


def decisions_offered(dossier: Dossier, actions: dict[str, Action], refused: Refused | None) -> list[Decide]:
    found = []
    for code in dossier.kind.decision_forms:
        if code in actions:
            posted = _posted(refused, code)
            form = acting.form_of(dossier, code, posted)
            assert form is not None
            if posted is not None and refused is not None:
                for name in refused.problems.keys() & form.fields.keys():
                    if not form.has_error(name):  # the act found it, not the form
                        form.add_error(name, str(refused.problems[name]))
            target = dossier.lifecycle.states[actions[code].target or dossier.state]
            consequence = str(getattr(form, "consequence", ""))
            decides = bool(getattr(form, "is_decision", True))
            found.append(Decide(actions[code], form, consequence, target.tone == "bad", posted is not None, decides))
    return found


def kept(dossier: Dossier, refused: Refused | None, actions: dict[str, Action]) -> list[Kept]:
    """What was typed into a form that the page no longer offers."""
    if refused is None or refused.action in actions:
        return []
    if refused.action != acting.REQUEST_SUPPLEMENT:
        form = acting.form_of(dossier, refused.action)
        # A question that is not put any more keeps its label: what was chosen there is told in words, too.
        return given_back(refused.posted, {**form.base_fields, **form.fields}) if form else []
    names = {f"remark:field:{name}": str(one.label or name) for name, one in dossier.kind.fields().items()}
    labels = {**names, "remark:files": "Tài liệu", "message": "Lời nhắn chung"}
    return [
        Kept(labels.get(name, "Nhận xét về tệp"), text)
        for name, text in refused.posted.items()
        if (name in labels or name.startswith("remark:")) and text.strip()
    ]


def todo(dossier: Dossier, user: Any, rounds: list[Any], actions: dict[str, Action]) -> str:
    """What to do next, in a sentence."""
    if dossier.state == SUPPLEMENT.code:
        asked = rounds[-1].remarks.all() if rounds else []
        return f"Chờ người nộp bổ sung {len(asked)} mục. Khi họ gửi lại, thời hạn của Sở chạy lại từ đầu."
    if dossier.state not in dossier.kind.limits:
        return "Hồ sơ đã xong; không còn thời hạn nào chạy."
    if not actions:
        return "Chờ một chuyên viên khác xử lý."
    if acting.REQUEST_SUPPLEMENT not in actions:
        return "Không yêu cầu bổ sung được nữa và thời hạn không dừng. Xem xét rồi quyết định."
    if dossier.assigned_to_id is None:
        return "Chưa ai nhận. Nhận hồ sơ, đọc câu trả lời và tệp, rồi yêu cầu bổ sung hoặc quyết định."
    if dossier.assigned_to_id == user.pk:
        return "Đọc câu trả lời và tệp. Thiếu thì đánh dấu để yêu cầu bổ sung; đủ thì quyết định."
    return f"{dossier.assigned_to} đang thụ lý. Bạn vẫn làm thay được khi cần."


@dataclass(frozen=True, slots=True)
class Promise:
    """How long the answer may take, and by what: a provision of law, or a promise of the department."""

    words: str
    ground: str
    is_promise: bool


def promise(dossier: Dossier) -> Promise | None:
    if dossier.received_at is None:
        return None
    try:
        limit = limit_in_force(dossier.procedure, dossier.kind.limit(dossier.state).step, dossier.received_at)
    except NoLimit:
        return None
    length = f"{limit.amount} {limit.get_unit_display()}"
    if limit.citation:
        ground = ground_in_words(limit.citation)
        return Promise(length, f"áp dụng tương tự {ground}" if limit.by_analogy else ground, False)
    return Promise(length, "không văn bản nào quy định", True)


def decided(dossier: Dossier) -> list[Decision]:
    """Newest first."""
    return list(selectors.decisions_on(dossier).select_related("authority", "decided_by").order_by("-position"))


def history(dossier: Dossier) -> list[Happened]:
    """Newest first, with who and in which role."""
    return [
        Happened(
            moment.event,
            str(moment.done),
            ROLE_LABELS.get(moment.event.role, moment.event.role),
            moment.state,
            str(dossier.kind.told(moment.event)),
        )
        for moment in reversed(selectors.timeline(dossier))
    ]


def others(dossier: Dossier) -> list[Dossier]:
    """Other dossiers of the same applicant that the department has received."""
    found = selectors.queue().filter(party=dossier.party).exclude(pk=dossier.pk)
    return list(found.order_by("-received_at", "-id")[:5])
