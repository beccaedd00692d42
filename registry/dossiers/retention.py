"""What of dossiers is removed once it has been kept long enough: only what was never sent. A snapshot and its files stay for ever."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from registry.core import files
from registry.dossiers.lifecycle import DRAFT, WITHDRAWN
from registry.dossiers.models import Dossier, DossierFile, Submission


def empty_drafts(before: datetime, limit: int) -> int:
    """Drafts that nobody touched and nobody ever sent lose their answers and files. The dossier stays: its number was given."""
    touched = Coalesce("saved_at", "created_at")
    unsent = Dossier.objects.filter(
        ~Exists(Submission.objects.filter(dossier=OuterRef("pk"))), state__in=[DRAFT.code, WITHDRAWN.code]
    )
    held = Exists(DossierFile.objects.filter(dossier=OuterRef("pk")))
    old = unsent.annotate(touched=touched).filter(Q(touched__lt=before), ~Q(answers={}) | ~Q(title="") | held)
    chosen = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in chosen:
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=pk)
            _remove(DossierFile.objects.filter(dossier=pk))
            Dossier.objects.filter(pk=pk).update(
                answers={}, title="", ward=None, answers_version=F("answers_version") + 1
            )
    return len(chosen)


def remove_taken_out(before: datetime, limit: int) -> int:
    """Files that were taken out of a draft and that no snapshot names."""
    out = DossierFile.objects.filter(removed_at__lt=before).select_related("file")
    sent = Submission.objects.filter(dossier=OuterRef("dossier"), content__contains=OuterRef("file__sha256"))
    chosen = list(out.filter(~Exists(sent)).order_by("pk").values_list("pk", flat=True)[:limit])
    _remove(DossierFile.objects.filter(pk__in=chosen))
    return len(chosen)


def _remove(items: QuerySet[Any]) -> None:
    """Take these rows away and let go of the files that no other row of a dossier holds."""
    held = list(items.values_list("file", flat=True))
    items.delete()
    still = set(DossierFile.objects.filter(file__in=held).values_list("file", flat=True))
    files.let_go([pk for pk in held if pk not in still])
