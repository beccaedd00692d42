"""What happened to each dossier of the demo, told act by act through the services and the one door."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from accounts.models import User
from portal.demo import invented, organisations, papers, people
from portal.demo.ideas import Idea
from portal.demo.moments import afternoon, evening, office_hour, working_day
from portal.demo.replay import Story
from registry.core import clock
from registry.core.lifecycle import perform
from registry.dossiers.helped.services import Wanted, hand_over
from registry.dossiers.helped.services import begin as begin_help
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, open_dossier, save_step
from registry.startups import confirming
from registry.startups.confirmations import Way
from registry.startups.models import Startup
from registry.startups.rules import REMIND_BEFORE

PROCEDURE: Final = "startup_registration"
EARLY: Final = (70, 41, 12, 2)  # how many days before the due date an owner confirms, by turns
REMINDED_AT: Final = time(6, 5)
HALF: Final = ("ten", "tru-so")  # the steps that a half-filled draft has answered


@dataclass(frozen=True, slots=True)
class Department:
    """Who acts for the department, and how far history may go."""

    officers: tuple[User, User]
    leader: User
    today: date

    def officer_for(self, idea: Idea) -> User:
        """By turns; the first is a member of organisation A and keeps off its dossiers."""
        return self.officers[1 if idea.party == organisations.ORGANISATION_A else idea.number % 2]


def act(dossier: Dossier, action: str, actor: User, **data: Any) -> Dossier:
    return perform(dossier, action, actor, data=data, expected_version=dossier.version)


def begin(idea: Idea) -> tuple[Dossier, User]:
    party, owner = organisations.of_idea(idea)
    return open_dossier(PROCEDURE, party, actor=owner), owner


def write(dossier: Dossier, idea: Idea, owner: User, *, steps: tuple[str, ...] = ()) -> Dossier:
    """Answer the steps named, or all of them, and put the papers in."""
    answers = idea.answers()
    for step in dossier.kind.steps:
        if step.form is not None and (not steps or step.code in steps):
            data = {name: answers[name] for name in step.form.base_fields}
            dossier = save_step(dossier, step, data, actor=owner, seen=dossier.answers_version).dossier
    if not steps:
        put_papers(dossier, idea, owner)
    return dossier


def put_papers(dossier: Dossier, idea: Idea, owner: User) -> None:
    if idea.logo:
        add_file(dossier, papers.logo(idea.key), "logo", actor=owner)
    if idea.registered:
        add_file(dossier, papers.paper("registration"), "registration", actor=owner)
    if idea.stage in ("customers", "growth") and idea.number % 2:
        add_file(dossier, papers.paper("product"), "product", actor=owner)
    if idea.sector == "agriculture" and idea.number % 3 == 0:
        add_file(dossier, papers.paper("test_result"), "test_result", actor=owner)


def published(idea: Idea, department: Department) -> Story:
    """Written in the evenings, checked, supplemented where the data say so, published on its day."""
    assert idea.listed is not None
    day = working_day(min(idea.listed, department.today - timedelta(days=2)))
    officer, key = department.officer_for(idea), idea.key
    yield evening(f"{key} begin", day - timedelta(days=16))
    dossier, owner = begin(idea)
    yield evening(f"{key} write", day - timedelta(days=14))
    dossier = write(dossier, idea, owner)
    yield office_hour(f"{key} send", working_day(day, back=8 if idea.supplement else 4))
    dossier = act(dossier, "submit", owner)
    if idea.supplement:
        dossier = yield from supplemented(dossier, idea, owner, officer, working_day(day, back=6))
    yield office_hour(f"{key} assign", working_day(day, back=3))
    dossier = act(dossier, "assign", department.leader, assignee=officer.pk)
    yield afternoon(f"{key} publish", day)
    dossier = act(dossier, "publish", officer, signatory=department.leader.full_name, verified=bool(idea.registered))
    type(dossier.startup).objects.filter(pk=dossier.startup.pk).update(featured=idea.featured)
    yield from confirmed_yearly(idea, dossier.startup, owner, department.today)


def confirmed_yearly(idea: Idea, startup: Startup, owner: User, today: date) -> Story:
    """The owner is reminded and confirms, some early, some on the last days; every fourth lets the day pass."""
    cycle = confirming.open_cycle(startup)
    while cycle and cycle.due_on:
        forgets = idea.number % 8 in (3, 6)
        answers = (
            cycle.due_on + timedelta(days=400) if forgets else cycle.due_on - timedelta(days=EARLY[idea.number % 4])
        )
        for day in (cycle.due_on - timedelta(days=days) for days in REMIND_BEFORE):
            if answers <= day or today <= day:
                break
            yield datetime.combine(day, REMINDED_AT, clock.ZONE)
            confirming.remind(clock.now())
        if today <= answers:
            return
        yield evening(f"{idea.key} confirm {answers}", answers)
        now = confirming.open_cycle(startup)
        if now and now.pk == cycle.pk:  # else a change of the page was published meanwhile
            now = confirming.confirm(cycle, actor=owner, way=Way.MAIL if idea.number % 2 else Way.ACCOUNT)
        cycle = now


def supplemented(
    dossier: Dossier, idea: Idea, owner: User, officer: User, day: date
) -> Generator[datetime, None, Dossier]:
    """The officer marks the problem and says why; the owner answers two days later with a fuller text."""
    yield afternoon(f"{idea.key} ask", day)
    dossier = act(dossier, "request_supplement", officer, remarks={"field:problem_vi": idea.supplement}, message="")
    yield evening(f"{idea.key} answer", day + timedelta(days=1))
    fuller = f"{idea.problem} Số liệu do dự án tự ghi trong một năm."
    step = dossier.kind.step("du-an")
    dossier = save_step(dossier, step, {"problem_vi": fuller}, actor=owner, seen=dossier.answers_version).dossier
    return act(dossier, "resubmit", owner)


def under_way(idea: Idea, department: Department) -> Story:
    """A dossier of these weeks: `days` working days ago it was sent (a draft: begun), and then what its state says."""
    sent = working_day(department.today, back=idea.days)
    yield evening(f"{idea.key} begin", sent - timedelta(days=6))
    dossier, owner = begin(idea)
    yield evening(f"{idea.key} write", sent - timedelta(days=4))
    dossier = write(dossier, idea, owner, steps=HALF if idea.state == "draft" else ())
    if idea.state == "draft":
        return
    if idea.state == "draft_withdrawn":
        yield evening(f"{idea.key} withdraw", sent - timedelta(days=2))
        act(dossier, "withdraw", owner)
        return
    yield office_hour(f"{idea.key} send", sent)
    dossier = act(dossier, "submit", owner)
    if idea.state in AFTERWARDS:
        yield from AFTERWARDS[idea.state](dossier, idea, owner, department, sent)


def handed_over(dossier: Dossier, idea: Idea, owner: User, department: Department, sent: date) -> Story:
    yield afternoon(f"{idea.key} assign", sent)
    act(dossier, "assign", department.leader, assignee=department.officer_for(idea).pk)


def asked(dossier: Dossier, idea: Idea, owner: User, department: Department, sent: date) -> Story:
    """A supplement is awaited."""
    officer = department.officer_for(idea)
    yield afternoon(f"{idea.key} assign", sent)
    dossier = act(dossier, "assign", department.leader, assignee=officer.pk)
    yield office_hour(f"{idea.key} ask", next_working_day(sent))
    file = dossier.files.filter(removed_at=None).exclude(purpose="logo").first()
    remarks = {"field:problem_vi": idea.note}
    if file:
        remarks[f"file:{file.pk}"] = "Tệp mờ, chưa đọc được trang hai. Chụp lại hoặc gửi bản PDF."
    act(dossier, "request_supplement", officer, remarks=remarks, message="Sửa giúp các mục được đánh dấu rồi gửi lại.")


def answered(dossier: Dossier, idea: Idea, owner: User, department: Department, sent: date) -> Story:
    """A supplement was asked for and has come: two versions to compare."""
    yield from supplemented(dossier, idea, owner, department.officer_for(idea), next_working_day(sent))


def refused(dossier: Dossier, idea: Idea, owner: User, department: Department, sent: date) -> Story:
    yield office_hour(f"{idea.key} refuse", next_working_day(next_working_day(sent)))
    act(dossier, "refuse", department.officer_for(idea), note=idea.note, signatory=department.leader.full_name)


def withdrawn(dossier: Dossier, idea: Idea, owner: User, department: Department, sent: date) -> Story:
    yield evening(f"{idea.key} withdraw", next_working_day(sent))
    act(dossier, "withdraw", owner)


def unlisted(dossier: Dossier, idea: Idea, owner: User, department: Department, sent: date) -> Story:
    """Published, and taken down some weeks later."""
    day = next_working_day(next_working_day(sent))
    officer = department.officer_for(idea)
    yield afternoon(f"{idea.key} publish", day)
    dossier = act(dossier, "publish", officer, signatory=department.leader.full_name)
    yield office_hour(f"{idea.key} take down", working_day(day + timedelta(days=40)))
    act(dossier, "take_down", officer, note=idea.note, signatory=department.leader.full_name)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    later = day + timedelta(days=1)
    while working_day(later) != later:
        later += timedelta(days=1)
    return later


def helped(idea: Idea, department: Department) -> Story:
    """Somebody of an association fills in for a founder without e-mail, and the founder's word is awaited."""
    day = working_day(department.today, back=idea.days)
    yield office_hour(f"{idea.key} begin", day)
    helper = User.objects.get(email=people.HELPER)
    named = organisations.identifier(idea.kind, idea.number)
    wanted = Wanted(idea.kind, idea.party, idea.head, invented.phone(idea.number), named)
    dossier = begin_help(PROCEDURE, wanted, actor=helper)
    steps = tuple(step.code for step in dossier.kind.steps[:-1])
    dossier = write(dossier, idea, helper, steps=steps)
    put_papers(dossier, idea, helper)
    yield afternoon(f"{idea.key} hand over", day)
    hand_over(dossier, actor=helper, expected_version=dossier.version)


AFTERWARDS: Final[dict[str, Callable[..., Story]]] = {
    "assigned": handed_over,
    "supplement": asked,
    "answered": answered,
    "refused": refused,
    "withdrawn": withdrawn,
    "unlisted": unlisted,
}


def first_of_2026(idea: Idea) -> Story:
    """The half-filled draft of organisation A: begun before every other dossier of 2026, so its reference ends in 00001."""
    yield datetime(2026, 1, 5, 7, 30, tzinfo=clock.ZONE)
    dossier, owner = begin(idea)
    write(dossier, idea, owner, steps=HALF)
