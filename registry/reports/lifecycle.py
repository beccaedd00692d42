"""A report waits, and is answered once."""

from typing import Any

from accounts import roles
from registry.core import clock
from registry.core.lifecycle import Action, Data, Invalid, Lifecycle, NotAllowed, State
from registry.core.text import clean
from registry.reports import subjects

NEW = State("new", "Chờ trả lời", "Chờ trả lời", "Sở xem và trả lời.", "warn", "clock")
ANSWERED = State("answered", "Đã trả lời", "Đã trả lời", "Không còn việc gì.", "ok", "circle-check", final=True)
LONGEST_ANSWER = 2000
OUTCOMES = ("mended", "was_right", "not_ours", "spam")
SPAM = "spam"


def kinds_of(user: Any) -> list[str]:
    """The kinds of records whose reports this person answers; administrators answer all."""
    held = roles.roles_of(user)
    return [kind.code for kind in subjects.every() if held & (kind.answered_by | {roles.ADMINISTRATOR})]


def answerer(actor: Any, report: Any) -> str:
    """Whoever looks after records of that kind."""
    if report.kind not in kinds_of(actor):
        raise NotAllowed("Báo lỗi này thuộc việc của người khác.")
    return next(role for role in roles.ROLES if role in roles.roles_of(actor))


def says_something(report: Any, data: Data) -> None:
    """Guard: an outcome, and a sentence for whoever reported; spam needs none."""
    problems = {}
    words = clean(str(data.get("answer") or ""))
    if data.get("outcome") not in OUTCOMES:
        problems["outcome"] = "Chọn một kết quả."
    if not words and data.get("outcome") != SPAM:
        problems["answer"] = "Viết một câu trả lời, ví dụ: Đã sửa số điện thoại theo thông tin bạn báo."
    if len(words) > LONGEST_ANSWER:
        problems["answer"] = f"Câu trả lời dài {len(words)} chữ cái; rút còn {LONGEST_ANSWER}."
    if problems:
        raise Invalid(next(iter(problems.values())), problems)


def answer(report: Any, actor: Any, data: Data) -> dict[str, str]:
    """Keep the answer. The event remembers the outcome alone: it is written for ever, and the words may name people."""
    report.outcome, report.answer = data["outcome"], clean(str(data.get("answer") or ""))
    report.answered_at, report.answered_by = clock.now(), actor
    return {"outcome": report.outcome}


LIFECYCLE = Lifecycle(
    "report",
    {state.code: state for state in (NEW, ANSWERED)},
    {
        "answer": Action(
            "answer",
            frozenset({NEW.code}),
            ANSWERED.code,
            answerer,
            "Trả lời",
            "Đã trả lời",
            guards=(says_something,),
            change=answer,
        )
    },
)
