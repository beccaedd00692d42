"""A person's data in the rooms that know no accounts (messages, files, history), and what is held back and why."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.apps import apps
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.own_account import COVERS as ACCOUNT
from accounts.own_account import own_account
from accounts.personal_data import Attached, Coded, Part, Text, register_personal_data
from notifications.catalogue import GROUPS
from notifications.models import InboxItem, Message, Preference
from registry.core import files
from registry.core.lifecycle import Managed
from registry.core.models import FileRead, PrivateFile, ReadLog
from registry.core.models.history import Event
from registry.dossiers.personal import COVERS as DOSSIERS
from registry.dossiers.personal import own_dossiers
from registry.goals.personal import COVERS as GOALS
from registry.goals.personal import own_goals
from registry.parties.personal import COVERS as PARTIES
from registry.parties.personal import own_parties
from registry.st_enterprises.certification.answers import FACTS as CERTIFICATION_FACTS
from registry.st_enterprises.words import FACTS as FIGURES
from registry.startups.personal import COVERS as STARTUPS
from registry.startups.personal import own_startups

OFFICE: Final = "an act of office, told by the person's line in `history`; the record is the department's"
EDITING: Final = "editorial work on a page, file or task of the department, not about the person"
PASSING: Final = "a trace of the moment in the back office, gone within the day"

HELD_BACK: Final = {
    "core.Decision.decided_by": OFFICE,
    "dossiers.Dossier.assigned_to": OFFICE,
    "dossiers.SupplementRequest.asked_by": OFFICE,
    "official_papers.OfficialPaper.made_by": OFFICE,
    "official_papers.SignedCopy.taken_by": OFFICE,
    "official_papers.PaperTemplate.author": OFFICE,
    "reports.Report.answered_by": OFFICE,
    "startups.ImportRun.started_by": OFFICE,
    "cms_core.PortalDocument.uploaded_by_user": EDITING,
    "cms_core.PortalImage.uploaded_by_user": EDITING,
    "wagtaildocs.Document.uploaded_by_user": EDITING,
    "wagtailimages.Image.uploaded_by_user": EDITING,
    "wagtailcore.Page.locked_by": EDITING,
    "wagtailcore.Page.owner": EDITING,
    "wagtailcore.PageLogEntry.user": EDITING,
    "wagtailcore.ModelLogEntry.user": EDITING,
    "wagtailcore.Revision.user": EDITING,
    "wagtailcore.WorkflowState.requested_by": EDITING,
    "wagtailcore.TaskState.finished_by": EDITING,
    "wagtailcore.Comment.user": EDITING,
    "wagtailcore.Comment.resolved_by": EDITING,
    "wagtailcore.CommentReply.user": EDITING,
    "wagtailcore.PageSubscription.user": EDITING,
    "wagtailcore.UploadedFile.uploaded_by_user": PASSING,
    "wagtailadmin.EditingSession.user": PASSING,
    "wagtailadmin.FormState.user": PASSING,
}
"""Fields that name a person and are in nobody's copy, each with its reason (tests/accounts/test_personal_data.py)."""

FACT_WORDS: Final[dict[str, Text]] = {
    "staff": _("Số người làm"),
    "capital": _("Vốn đã gọi"),
    "support": _("Hỗ trợ đã nhận"),
    **{code: FIGURES[name] for name, code in CERTIFICATION_FACTS.items()},
}
"""What the facts of a party are called, by the rooms that record them."""

MESSAGE_WORDS: Final = {
    "inbox": _("Tin trong tài khoản"),
    "letters": _("Thư đã gửi cho bạn"),
    "preferences": _("Cách bạn chọn nhận tin"),
    "group": _("Loại tin"),
    "way": _("Cách nhận"),
    "at": _("Lúc"),
    "read": _("Đã đọc lúc"),
    "title": _("Tiêu đề"),
    "text": _("Nội dung"),
    "to": _("Gửi đến"),
    "sent": _("Đã gửi lúc"),
}
FILE_WORDS: Final = {
    "files": _("Tệp bạn đã tải lên"),
    "readings": _("Lượt mở tệp của bạn bởi người khác"),
    "name": _("Tên tệp"),
    "size": _("Dung lượng (byte)"),
    "stored": _("Nhận lúc"),
    "sha256": "SHA-256",
    "inside": _("Có trong thư mục này"),
    "at": _("Lúc"),
}
HISTORY_WORDS: Final = {
    "acts": _("Việc bạn đã làm trên hồ sơ"),
    "opened_files": _("Tệp bạn đã mở"),
    "restricted_reads": _("Thông tin hạn chế bạn đã đọc khi làm nhiệm vụ"),
    "subject": _("Đối tượng"),
    "act": _("Việc"),
    "name": _("Tên tệp"),
    "fields": _("Các mục đã đọc"),
    "at": _("Lúc"),
}


def connect() -> None:
    """Every room's part, in the order in which people read them."""
    register_personal_data("account", own_account, ACCOUNT)
    register_personal_data("organisations", partial(own_parties, fact_words=FACT_WORDS), PARTIES)
    register_personal_data("dossiers", own_dossiers, DOSSIERS)
    register_personal_data("startups", own_startups, STARTUPS)
    register_personal_data("goals", own_goals, GOALS)
    register_personal_data("files", own_files, frozenset({"core.PrivateFile.owner"}))
    register_personal_data(
        "messages",
        own_messages,
        frozenset({"notifications.InboxItem.user", "notifications.Message.user", "notifications.Preference.user"}),
    )
    register_personal_data(
        "history", own_history, frozenset({"core.Event.actor", "core.FileRead.reader", "core.ReadLog.user"})
    )


def own_messages(user: Any) -> Part:
    items = InboxItem.objects.filter(user=user).order_by("created_at", "pk")
    letters = Message.objects.filter(user=user).order_by("pk")
    preferences = Preference.objects.filter(user=user).order_by("group")
    return Part(
        _("Tin và thư"),
        {
            "inbox": [
                {"at": row.created_at, "title": row.title, "text": row.text, "read": row.read_at} for row in items
            ],
            "letters": [
                {
                    "at": row.created_at,
                    "to": row.email,
                    "title": row.subject,
                    "text": row.body_text,
                    "sent": row.sent_at,
                }
                for row in letters
            ],
            "preferences": [
                {"group": group(row.group), "way": row.get_way_display(), "at": row.changed_at} for row in preferences
            ],
        },
        MESSAGE_WORDS,
    )


def own_files(user: Any) -> Part:
    """The files themselves where the person may still read them; a file of a party they have left stays with it."""
    rows = [(row, files.may_read(row, user)) for row in PrivateFile.objects.filter(owner=user).order_by("pk")]
    here = [row for row, readable in rows if readable and files.path_of(row.sha256).exists()]
    reads = FileRead.objects.filter(file__owner=user).exclude(reader=user).order_by("at", "pk")
    return Part(
        _("Tệp"),
        {
            "files": [
                {
                    "name": row.name,
                    "size": row.size,
                    "stored": row.stored_at,
                    "sha256": row.sha256,
                    "inside": row in here,
                }
                for row, _readable in rows
            ],
            "readings": list(reads.values("at", name=F("file__name"))),
        },
        FILE_WORDS,
        tuple(Attached(f"{row.public_id}-{row.name}", opener(row, user)) for row in here),
    )


def opener(file: PrivateFile, user: Any) -> Any:
    return lambda: files.read_by(file, user)


def group(code: str) -> str:
    title = next((one.title for one in GROUPS if one.code == code), None)
    return code if title is None else Coded(code, title)


def told(acts: Iterable[Event]) -> list[dict[str, Any]]:
    """Each act with its words, which the lifecycle of its record knows; where the record is gone the code alone is left."""
    done, keys = list(acts), defaultdict[str, set[str]](set)
    for act in done:
        model, _colon, key = act.subject.partition(":")
        keys[model].add(key)
    records = {
        record.subject: record
        for model, found in keys.items()
        if issubclass(kind := apps.get_model(model), Managed)
        for record in kind._default_manager.filter(pk__in=found)
    }
    return [{"at": act.at, **in_words(act, records.get(act.subject))} for act in done]


def in_words(act: Event, record: Managed | None) -> dict[str, str]:
    if record is None or act.action not in record.lifecycle.actions:
        return {"subject": act.subject, "act": act.action}
    name = getattr(record, "reference", "") or getattr(record, "number", "")
    did = Coded(act.action, record.lifecycle.actions[act.action].done)
    return {"subject": Coded(act.subject, name) if name else act.subject, "act": did}


def own_history(user: Any) -> Part:
    acts = Event.objects.filter(actor=user).order_by("at", "pk")
    opened = FileRead.objects.filter(reader=user).order_by("at", "pk")
    reads = ReadLog.objects.filter(user=user).order_by("at", "pk")
    return Part(
        _("Lịch sử"),
        {
            "acts": told(acts),
            "opened_files": list(opened.values("at", name=F("file__name"))),
            "restricted_reads": list(reads.values("at", "subject", "fields")),
        },
        HISTORY_WORDS,
    )
