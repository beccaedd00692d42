"""The queue: what lies on the desk, whose it is, and how it is narrowed."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict

from registry.core import clock
from registry.core.deadlines import Limit
from registry.core.lifecycle import State
from registry.core.selectors import office_calendar, office_due, wards
from registry.core.text import clean, fold
from registry.dossiers import procedure as procedures
from registry.dossiers import selectors
from registry.dossiers.desk.countdown import Countdown, countdown
from registry.dossiers.desk.entrance import HANDLING_ROLES
from registry.dossiers.models import Dossier

PAGE_SIZE = 25
OPEN, DONE, ANY = "open", "done", "any"
MINE, UNASSIGNED, ALL = "mine", "unassigned", "all"
TABS = {MINE: "Của tôi", UNASSIGNED: "Chưa phân công", ALL: "Tất cả"}
OVERDUE, SOON = "overdue", "soon"


def people_at_the_desk() -> QuerySet[Any]:
    """Those who may be given a dossier, by name."""
    found = get_user_model().objects.filter(groups__name__in=HANDLING_ROLES, is_active=True)
    return found.distinct().order_by("full_name", "pk")


def states() -> dict[str, State]:
    """The states that a dossier can have on the desk, of all procedures."""
    known = {code: state for kind in procedures.every() for code, state in kind.lifecycle.states.items()}
    known.pop("draft", None)
    return known


def state_choices() -> list[tuple[str, str]]:
    groups = [(OPEN, "Đang xử lý"), (DONE, "Đã xong"), (ANY, "Mọi trạng thái")]
    return groups + [(code, state.staff_label) for code, state in states().items()]


class QueueFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm", method="leave", max_length=200, widget=forms.TextInput(attrs={"placeholder": "Mã, tên, người nộp"})
    )
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=state_choices, method="leave", empty_label=None, null_label=None
    )
    due = django_filters.ChoiceFilter(
        label="Hạn",
        choices=[(OVERDUE, "Đã quá hạn"), (SOON, "Hôm nay và ngày làm việc tới")],
        method="by_due",
        empty_label="Mọi hạn",
    )
    procedure = django_filters.ChoiceFilter(
        label="Thủ tục",
        choices=lambda: [(kind.code, str(kind.title)) for kind in procedures.every()],
        empty_label="Mọi thủ tục",
    )
    ward = django_filters.ModelChoiceFilter(
        label="Xã, phường", queryset=lambda request: wards(), to_field_name="code", empty_label="Mọi xã, phường"
    )
    officer = django_filters.ModelChoiceFilter(
        label="Người thụ lý",
        field_name="assigned_to",
        queryset=lambda request: people_at_the_desk(),
        empty_label="Mọi người",
    )

    class Meta:
        model = Dossier
        fields: list[str] = []

    def leave(self, rows: QuerySet[Dossier], name: str, value: str) -> QuerySet[Dossier]:
        """Applied by `Queue`."""
        return rows

    def by_due(self, rows: QuerySet[Dossier], name: str, value: str) -> QuerySet[Dossier]:
        if value == OVERDUE:
            return rows.filter(due_at__lt=clock.now())
        return rows.filter(due_at__gte=clock.now(), due_at__lte=office_due(clock.now(), Limit(1, "wd")).at)


@dataclass(frozen=True, slots=True)
class Row:
    dossier: Dossier
    state: State
    procedure: str
    clock: Countdown


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    count: int
    url: str
    current: bool


class Queue:
    """One view of the queue for one person. What was asked and is not understood stands in `complaints`; nothing is listed then."""

    def __init__(self, user: Any, query: QueryDict) -> None:
        self.user, self.query = user, query
        data = query.copy()
        data.setdefault("state", OPEN)
        self.filters = QueueFilter(data, queryset=selectors.queue())
        self.tab = query.get("tab") or ALL
        errors = {str(self.filters.form.fields[n].label): str(e[0]) for n, e in self.filters.form.errors.items()}
        if self.tab not in TABS:
            errors["Nhóm"] = "Không có nhóm này."
        self.complaints = [f"{label}: {sentence}" for label, sentence in errors.items()]
        self.stated = "" if self.complaints else self.filters.form.cleaned_data["state"] or OPEN
        self.narrowed = (
            any(query.get(name) for name in ("q", "due", "procedure", "ward", "officer")) or self.stated != OPEN
        )

    def everybodys(self) -> QuerySet[Dossier]:
        """What the filters leave, whosever it is."""
        if self.complaints:
            return Dossier.objects.none()
        rows = self.filters.qs
        if self.stated == OPEN:
            rows = rows.filter(state__in=selectors.open_states())
        elif self.stated == DONE:
            rows = rows.exclude(state__in=selectors.open_states())
        elif self.stated != ANY:
            rows = rows.filter(state=self.stated)
        return narrowed_to(rows, self.filters.form.cleaned_data["q"])

    def page(self) -> tuple[list[Tab], Page]:
        """The tabs with their counts, and one page of rows in the chosen one."""
        found = self.everybodys()
        counts = found.order_by().aggregate(
            mine=Count("pk", filter=Q(assigned_to=self.user)),
            unassigned=Count("pk", filter=Q(assigned_to=None)),
            all=Count("pk"),
        )
        tabs = [Tab(label, counts[code], self._address(code), code == self.tab) for code, label in TABS.items()]
        page = Counted(self.chosen(found), PAGE_SIZE, counts.get(self.tab, 0)).get_page(self.query.get("page"))
        page.object_list = rows_of(page.object_list)
        return tabs, page

    def chosen(self, found: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """What of it stands in the chosen tab, in its order."""
        rows = {MINE: found.filter(assigned_to=self.user), UNASSIGNED: found.filter(assigned_to=None)}.get(
            self.tab, found
        )
        if self.stated not in {OPEN, *selectors.open_states()}:
            rows = rows.order_by(F("due_at").asc(nulls_last=True), F("closed_at").desc(nulls_last=True), "-id")
        return rows

    def downloads(self) -> list[tuple[str, str]]:
        """(address, label) of the same list as a whole table."""
        query = self.query.copy()
        query.pop("page", None)
        found = []
        for code, label in (("xlsx", "Excel (XLSX)"), ("csv", "CSV"), ("jsonl", "JSON Lines")):
            query["format"] = code
            found.append((f"?{query.urlencode()}", label))
        return found

    def _address(self, tab: str) -> str:
        query = self.query.copy()
        query.pop("page", None)
        query.pop("format", None)
        query["tab"] = tab
        return f"?{query.urlencode()}"


class Counted(Paginator):
    """A paginator that was told the count."""

    def __init__(self, rows: QuerySet[Dossier], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


def rows_of(dossiers: Any) -> list[Row]:
    calendar = office_calendar()
    return [
        Row(one, one.lifecycle.states[one.state], str(one.kind.title), countdown(one, calendar)) for one in dossiers
    ]


def narrowed_to(rows: QuerySet[Dossier], text: str) -> QuerySet[Dossier]:
    """Those whose reference, name or applicant holds every word of the text, with marks or without."""
    words = fold(clean(text or "")).split()[:10]
    if not words:
        return rows
    texts = rows.order_by().values_list("pk", "reference", "title", "party__name")
    found = [pk for pk, *parts in texts if all(word in fold(" ".join(parts)) for word in words)]
    return rows.filter(pk__in=found)


def waiting() -> int:
    """How many dossiers wait for the department."""
    return Dossier.objects.filter(state__in=procedures.on_the_desk()).count()


def summary(user: Any) -> dict[str, int]:
    """What waits for the department, as the front page tells it."""
    return Dossier.objects.filter(state__in=procedures.on_the_desk()).aggregate(
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due_at__lt=clock.now())),
        mine=Count("pk", filter=Q(assigned_to=user)),
        unassigned=Count("pk", filter=Q(assigned_to=None)),
    )


def most_urgent(user: Any, most: int = 5) -> list[Row]:
    """What this person should look at first: their own and what nobody has taken."""
    rows = selectors.queue().filter(Q(assigned_to=user) | Q(assigned_to=None), state__in=procedures.on_the_desk())
    return rows_of(rows[:most])
