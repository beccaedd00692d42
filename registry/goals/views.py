"""The account's pages about goals: which there are, how far one has come, its figures, and letting it go."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from accounts.panels import Panel
from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.core.lifecycle import Conflict, Refusal
from registry.goals import rules, selectors, services
from registry.goals.figures import Looked, as_shown, kept, looked, over
from registry.goals.models import Goal
from registry.goals.showing import changes_of, known_of, progress, versions_of
from registry.goals.ways import ways_for
from registry.parties.models import Membership
from registry.parties.selectors import EDITING_ROLES, role_of
from registry.st_enterprises import words
from registry.st_enterprises.findings import Finding, Outcome
from registry.st_enterprises.forms import Step, StepForm, Walk
from registry.st_enterprises.shares import hundredths
from registry.st_enterprises.size import BASIS as SIZE_BASIS
from registry.st_enterprises.views import carried, condition


def own(request: HttpRequest, public_id: str) -> Goal:
    """The goal if the caller acts for its party; for everybody else there is none."""
    found = selectors.visible_to(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def looked_at(goal: Goal) -> Looked:
    """What the question finds today, whatever was last told."""
    figures = goal.current[0]
    facts = selectors.facts_of([goal.party_id]).get(goal.party_id, [])
    return looked(figures.answers, clock.local(figures.saved_at), facts, clock.today())


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: HttpRequest) -> HttpResponse:
    """One's goals; a POST keeps the figures it carries, for the enterprise that is chosen (`save` asks for which)."""
    if request.method == "POST":
        return _kept(request)
    page = {"rows": rows_of(request), "keepers": selectors.may_keep(request.user)}
    return render(request, "goals/list.html", page)


def rows_of(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"goal": goal, "progress": progress(goal.outcomes), "verdict": _verdict(goal.verdict)}
        for goal in selectors.visible_to(request.user)
    ]


def panel(request: HttpRequest) -> Panel | None:
    """“My goals” on the account's front page, for who has one."""
    rows = rows_of(request)
    return Panel("goals/panel.html", _("Mục tiêu"), {"rows": rows}) if rows else None


@csrf_exempt
@access("public")
@never_cache
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """From the result of the self-assessment: for which enterprise? Nothing is stored here, so it needs no token.

    Who is not signed in keeps the answers on this page, signs in beside it, and presses again.
    """
    return _ask_for_whom(request, "")


def _ask_for_whom(request: HttpRequest, error: str, status: int = 200) -> HttpResponse:
    walk = Walk(request.POST)
    is_signed_in = request.user.is_authenticated
    page = {
        "carried": carried(walk.data, list(walk.steps())),
        "is_signed_in": is_signed_in,
        "keepers": selectors.may_keep(request.user) if is_signed_in else [],
        "chosen": request.POST.get("for", ""),
        "error": error,
        "login_url": f"{reverse('account_login')}?next={reverse('goals')}",
    }
    return render(request, "goals/save.html", page, status=status)


def _kept(request: HttpRequest) -> HttpResponse:
    walk = Walk(request.POST)
    if any(not step.bound(walk.data).is_valid() for step in walk.steps()):
        return _ask_for_whom(request, _("Có câu trả lời không đọc được. Quay lại trang tự đánh giá để sửa."))
    chosen = _chosen(request)
    if chosen is None:
        return _ask_for_whom(request, _("Chọn doanh nghiệp."))
    member, version = chosen
    before = member.party.goal if hasattr(member.party, "goal") else None
    answers = kept(walk)
    if before is not None:
        answers = over(selectors.saved(before).answers, answers, walk)
    try:
        goal = services.keep(member.party, answers, actor=request.user, expected_version=version)
    except Refusal as refusal:
        return _ask_for_whom(request, str(refusal), 409 if isinstance(refusal, Conflict) else 200)
    messages.success(request, _("Đã giữ làm mục tiêu của “%(name)s”.") % {"name": member.party.name})
    return redirect("goal", goal.public_id)


def _chosen(request: HttpRequest) -> tuple[Membership, int] | None:
    """The enterprise that was chosen, and the version of its goal that the page showed (`for` is `<id>/<version>`)."""
    public_id, _slash, version = request.POST.get("for", "").partition("/")
    member = next((one for one in selectors.may_keep(request.user) if one.party.public_id == public_id), None)
    return (member, int(version)) if member is not None and version.isdecimal() and len(version) < 9 else None


@access("signed_in")
@require_safe
def goal(request: HttpRequest, public_id: str) -> HttpResponse:
    found = own(request, public_id)
    told = looked_at(found)
    language = get_language() or "vi"
    open_ones = [one.condition for one in told.found.findings if one.outcome is not Outcome.MET]
    ways = ways_for(found.party, request.user, open_ones)
    answer = rules.answer_of(told.found)
    page = {
        "goal": found,
        "verdict": _verdict(answer.verdict),
        "progress": progress(answer.outcomes),
        "sizes": [words.SIZES[size] for size in told.found.size.possible],
        "size_basis": ground_in_words(SIZE_BASIS, language),
        "conditions": [
            condition(one, told.found, language) | {"share": _share(one), "ways": ways.get(one.condition, [])}
            for one in told.found.findings
        ],
        "ways": ways.get("", []),
        "known": known_of(told.known),
        "changes": changes_of(found),
        "versions": versions_of(found),
        "may_edit": role_of(request.user, found.party) in EDITING_ROLES,
    }
    return render(request, "goals/goal.html", page)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """All questions on one page, filled with what is known. Saved, they are the goal's next version."""
    found = _own_to_edit(request, public_id)
    before = looked_at(found).walk
    if request.method != "POST":
        steps = list(before.steps())
        shown = as_shown(dict(before.data.lists()), steps)
        return _figures_page(request, found, [(step, step.empty(shown)) for step in steps])
    walk = Walk(request.POST)
    forms = [(step, step.bound(walk.data)) for step in walk.steps()]
    if not all(form.is_valid() for _step, form in forms):
        return _figures_page(request, found, forms)
    answers = over(found.current[0].answers, kept(walk), walk)
    try:
        services.keep(found.party, answers, actor=request.user, expected_version=_version(request))
    except Refusal as refusal:
        status = 409 if isinstance(refusal, Conflict) else 200
        return _figures_page(request, own(request, public_id), forms, str(refusal), status)
    messages.success(request, _("Đã lưu số liệu. Các bản trước vẫn được giữ."))
    return redirect("goal", found.public_id)


def _figures_page(
    request: HttpRequest, found: Goal, forms: list[tuple[Step, StepForm]], error: str = "", status: int = 200
) -> HttpResponse:
    problems = [(field, field.errors[0]) for _step, form in forms for field in form if form.is_bound and field.errors]
    page = {"goal": found, "forms": forms, "problems": problems, "error": error}
    return render(request, "goals/figures.html", page, status=status)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _own_to_edit(request, public_id)
    if request.method != "POST":
        return render(request, "goals/remove.html", {"goal": found})
    try:
        services.let_go(found, actor=request.user, expected_version=_version(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("goal", found.public_id)
    messages.success(request, _("Đã xóa mục tiêu và mọi số liệu của nó."))
    return redirect("goals")


def _own_to_edit(request: HttpRequest, public_id: str) -> Goal:
    found = own(request, public_id)
    if role_of(request.user, found.party) not in EDITING_ROLES:
        raise Http404
    return found


def _version(request: HttpRequest) -> int:
    """The version that the page showed; what is no number fits none."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 9 else -1


def _verdict(code: str) -> dict[str, Any]:
    word, tone, icon = words.OUTCOMES[Outcome(code)]
    return {"word": word, "tone": tone, "icon": icon, "says": words.VERDICTS[Outcome(code)]}


def _share(finding: Finding) -> dict[str, Any] | None:
    """“1,40 % of 2 %”, cut off after two places as every share is."""
    found = rules.share_of(finding)
    return None if found is None else {"has": hundredths(found.has), "wanted": found.wanted}
