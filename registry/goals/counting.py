"""What the department is told of goals: how many enterprises meet every condition by their own figures, and never which."""

from typing import Any

from django.http import HttpRequest

from accounts.panels import Panel
from registry.goals.models import Goal
from registry.st_enterprises.findings import Outcome


def section(request: HttpRequest, record: Any) -> Panel:
    """For the list of certificates: to be certified and to meet the criteria are two counts."""
    rows = Goal.objects.all()
    context = {"met": rows.filter(verdict=Outcome.MET.value).count(), "all": rows.count()}
    return Panel("goals/staff/counted.html", "Đạt điều kiện Điều 49, theo tự đánh giá", context)
