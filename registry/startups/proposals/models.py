"""A founder's proposal to change what the directory says of their startup, field by field."""

from typing import Any

from django.conf import settings
from django.db import models

from registry.core.classification import INTERNAL, RESTRICTED
from registry.core.lifecycle import Lifecycle, Managed, registered
from registry.parties.models import OfParty

CODE = "startup_change"


class Outcome(models.TextChoices):
    WAITING = "", "chưa quyết định"
    ACCEPTED = "accepted", "đã nhận"
    REFUSED = "refused", "không nhận"


class ChangeProposal(OfParty, Managed):
    """One proposal for one startup. The public page stays as it is until an officer accepts the whole or some fields.

    `edits` counts the changes of the draft, so that a stale page is told instead of overwriting. `due_at` runs only
    while the department has to answer.
    """

    reference = models.CharField("mã đề xuất", max_length=24, unique=True)
    startup = models.ForeignKey(
        "startups.Startup", models.PROTECT, related_name="proposals", verbose_name="dự án khởi nghiệp"
    )
    reason = models.TextField("lý do đề xuất", blank=True)
    edits = models.PositiveIntegerField("lần lưu", default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    created_at = models.DateTimeField("lập lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    due_at = models.DateTimeField("hạn trả lời", null=True)
    decided_at = models.DateTimeField("trả lời lúc", null=True)
    decision = models.ForeignKey(
        "core.Decision", models.PROTECT, null=True, related_name="+", verbose_name="quyết định"
    )

    field_classes = dict.fromkeys(
        [
            "state",
            "version",
            "reference",
            "startup",
            "reason",
            "edits",
            "created_by",
            "created_at",
            "sent_at",
            "due_at",
            "decided_at",
            "decision",
        ],
        INTERNAL,
    )

    class Meta:
        verbose_name = "đề xuất thay đổi"
        verbose_name_plural = "đề xuất thay đổi"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="proposal_state_due"),
            models.Index(fields=["startup", "state"], name="proposal_startup_state"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def lifecycle(self) -> Lifecycle:
        return registered(CODE)

    @property
    def helper_ids(self) -> frozenset[int]:
        """Nobody fills a proposal in for somebody else: its people have accounts."""
        return frozenset()

    @property
    def party(self) -> Any:
        """Whose startup it is: the shared rules of who may act ask for it."""
        return self.startup.party


class ProposedField(models.Model):
    """One field of a proposal: what stood on the page when it was proposed, what is proposed, and what came of it.

    Values are the form's stored answers (JSON). `name` is the field's key in the form; `logo` is the public id of a file.
    """

    proposal = models.ForeignKey(ChangeProposal, models.PROTECT, related_name="fields")
    name = models.CharField("mục", max_length=40)
    before = models.JSONField("đang công bố", null=True)
    proposed = models.JSONField("đề xuất", null=True)
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome.choices, blank=True, default=Outcome.WAITING)
    reason = models.TextField("lý do không nhận", blank=True)

    field_classes = {
        "proposal": INTERNAL,
        "name": INTERNAL,
        "before": RESTRICTED,
        "proposed": RESTRICTED,
        "outcome": INTERNAL,
        "reason": INTERNAL,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "name"], name="proposedfield_once"),
            models.CheckConstraint(
                name="proposedfield_refused_with_reason",
                condition=~models.Q(outcome="refused") | ~models.Q(reason=""),
                violation_error_message="Ghi lý do cho mục không nhận.",
            ),
        ]
