"""What the common fields say of a dossier, and how values are kept as JSON beside the paper that they stand in."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from registry.core import clock
from registry.core.grounds import ground_in_words
from registry.core.models.history import Decision, Event
from registry.core.papers.sheets import Column, Table
from registry.core.selectors import days_left
from registry.dossiers import selectors, snapshot
from registry.dossiers.desk import sheet
from registry.dossiers.limits import NoLimit, answer_due, limit_in_force
from registry.dossiers.models import Dossier, TimeLimit
from registry.official_papers.fields import ASKED_COLUMNS, NOTHING, Question, Value, offered, table_of


def values_of(dossier: Dossier) -> dict[str, Value]:
    """Every field that a template of this dossier's procedure may name, but those that the clerk types."""
    submission = dossier.submissions.order_by("number").last()
    content = snapshot.read(submission) if submission else {"steps": [], "files": []}
    with translation.override("vi"):
        found = common(dossier, content)
        own = offered(dossier.procedure)
        if own is not None:
            found |= own.values(dossier, snapshot.answers_in(content))
    return found


def questions_of(dossier: Dossier, names: Collection[str]) -> list[Question]:
    """What the procedure asks the clerk of a paper that names these fields."""
    own = offered(dossier.procedure)
    return [one for one in own.questions(dossier) if one.field in names] if own else []


def common(dossier: Dossier, content: Mapping[str, Any]) -> dict[str, Value]:
    received = clock.local(dossier.received_at) if dossier.received_at else None
    late = max(0, -days_left(clock.local(dossier.due_at).date())) if dossier.due_at else 0
    return {
        "ma_ho_so": dossier.reference,
        "ten_thu_tuc": str(dossier.kind.title),
        "ten_to_chuc": dossier.party.name,
        "ten_ho_so": dossier.title,
        "gio_tiep_nhan": f"{received:%H giờ %M}" if received else "",
        "ngay_tiep_nhan": day(received),
        "ngay_hen_tra": day(appointment(dossier)),
        "han_buoc_nay": day(dossier.due_at),
        **_of_limits(dossier),
        "so_ngay_qua_han": str(late) if late else "",
        "lan_gui": str(content.get("number", "")),
        "giay_to_kem_theo": _papers(content),
        "nguoi_thu_ly": str(dossier.assigned_to.full_name) if dossier.assigned_to else "",
        **_of_supplement(dossier),
        **_of_refusal(dossier),
    }


def day(moment: datetime | None) -> str:
    return f"{clock.local(moment):%d/%m/%Y}" if moment else ""


def appointment(dossier: Dossier) -> datetime | None:
    """The last day for the whole answer, if no supplement is asked: the limits of all states that are to come, one after another.

    Where a state's own limit runs it is the one that stands in the dossier; else they are counted from the receipt.
    """
    states, at = list(dossier.kind.limits), dossier.received_at
    if dossier.state in states and dossier.due_at:
        states, at = states[states.index(dossier.state) + 1 :], dossier.due_at
    try:
        for state in states if at else ():
            assert at is not None
            at = answer_due(dossier.procedure, at, dossier.kind.limits[state].step).at
    except NoLimit:
        return None
    return at


def _of_limits(dossier: Dossier) -> dict[str, Value]:
    since = dossier.received_at or clock.now()
    found: list[tuple[str, TimeLimit]] = []
    for one in dossier.kind.limits.values():
        try:
            found.append((str(one.does), limit_in_force(dossier.procedure, one.step, since)))
        except NoLimit:
            continue
    grounds = [ground_in_words(row.citation) if row.citation else "cam kết phục vụ của Sở" for _does, row in found]
    return {
        "cac_thoi_han": tuple(f"{does}: {row.amount} {row.get_unit_display()}" for does, row in found),
        "can_cu_thoi_han": tuple(dict.fromkeys(grounds)),
    }


def _papers(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of files that were sent, with how many of each; their names are the applicant's own business."""
    counted = Counter(file["purpose_label"] for file in content["files"])
    return tuple(f"{label} ({count} tệp)" for label, count in counted.items())


def _of_supplement(dossier: Dossier) -> dict[str, Value]:
    """The open round, or the last one."""
    told = sheet.told(dossier, sheet.rounds_of(dossier))
    last = told[0] if told else None
    asked = tuple((one.label, one.text) for one in last.asked) if last else ()
    return {
        "ngay_yeu_cau_bo_sung": day(last.request.asked_at) if last else "",
        "loi_nhan_bo_sung": (lines(last.request.message) or NOTHING) if last else (),
        "cac_muc_bo_sung": tuple(f"{label}: {' '.join(text.split())}" for label, text in asked),
        "bang_muc_bo_sung": table_of(ASKED_COLUMNS, asked),
    }


def _of_refusal(dossier: Dossier) -> dict[str, Value]:
    """What was decided last, and where that was a refusal, why: the grounds of the decision and what was written with it."""
    decision = refusal_of(dossier)
    note = Event.objects.filter(subject=dossier.subject, action__startswith="refuse").order_by("version").last()
    reasons = [*lines(decision.reason if decision else ""), *lines(note.note if note else "")]
    return {
        "so_quyet_dinh": decision.number if decision else "",
        "ngay_quyet_dinh": f"{decision.signed_on:%d/%m/%Y}" if decision else "",
        "can_cu_quyet_dinh": ground_in_words(decision.ground) if decision else "",
        "ly_do_tu_choi": tuple(dict.fromkeys(reasons)),
    }


def refusal_of(dossier: Dossier) -> Decision | None:
    """The decision that refused it: “refuse”, or as a procedure calls that of its own, as “refuse_change”."""
    return selectors.decisions_on(dossier).filter(kind__startswith="refuse").last()


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def kept(values: Mapping[str, Value], names: Collection[str]) -> dict[str, Any]:
    """Those values as JSON: text, a list of lines, a table as {"columns": [[title, width, is_number], …], "rows": [[…], …]}."""
    return {name: _kept(values[name]) for name in names}


def _kept(value: Value) -> Any:
    if isinstance(value, Table):
        columns = [[column.title, column.width, column.is_number] for column in value.columns]
        return {"columns": columns, "rows": [list(row) for row in value.rows]}
    return list(value) if isinstance(value, tuple) else value


def read(stored: Mapping[str, Any]) -> dict[str, Value]:
    """The way back from `kept`."""
    return {name: _read(value) for name, value in stored.items()}


def _read(value: Any) -> Value:
    if isinstance(value, dict):
        columns = tuple(Column(title, width, is_number) for title, width, is_number in value["columns"])
        return Table(columns, tuple(tuple(row) for row in value["rows"]))
    return tuple(value) if isinstance(value, list) else str(value)
