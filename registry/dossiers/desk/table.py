"""The queue as a table: what lists say of a dossier, nothing of what was answered in it."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from registry.core import clock
from registry.core.export import STAFF_TABLE, Column, Table, batches_of
from registry.core.models import AdministrativeUnit
from registry.dossiers.models import Dossier
from registry.parties.models import Party


def moment(at: datetime | None) -> datetime | None:
    return clock.local(at).replace(microsecond=0) if at else None


def field(name: str, *more: Any) -> tuple[Any, ...]:
    return ((Dossier, name), *more)


COLUMNS = (
    Column("reference", "Mã hồ sơ", lambda one: one.reference, field("reference")),
    Column("title", "Tên", lambda one: one.title, field("title")),
    Column("party", "Người nộp", lambda one: one.party.name, field("party", (Party, "name"))),
    Column("procedure", "Thủ tục", lambda one: str(one.kind.title), field("procedure")),
    Column("state", "Trạng thái", lambda one: one.lifecycle.states[one.state].staff_label, field("state")),
    Column(
        "ward",
        "Xã, phường",
        lambda one: one.ward.name_vi if one.ward else "",
        field("ward", (AdministrativeUnit, "name"), (AdministrativeUnit, "kind")),
    ),
    Column("received_at", "Nhận lúc", lambda one: moment(one.received_at), field("received_at")),
    Column("due_at", "Hạn trả lời", lambda one: moment(one.due_at), field("due_at")),
    Column("closed_at", "Xong lúc", lambda one: moment(one.closed_at), field("closed_at")),
    Column(
        "officer",
        "Người thụ lý",
        lambda one: one.assigned_to.full_name if one.assigned_to else "",
        field("assigned_to", (get_user_model(), "full_name")),
    ),
)


def table(dossiers: QuerySet[Dossier]) -> Table:
    return Table(
        "Hồ sơ", COLUMNS, lambda: batches_of(dossiers.select_related("party", "ward", "assigned_to")), STAFF_TABLE
    )
