from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from cms.core import reading
from cms.core.models import PortalDocument
from cms.core.models.files import WAITING


def connect() -> None:
    post_save.connect(document_saved, sender=PortalDocument, dispatch_uid="cms-document-waits")


def document_saved(instance: PortalDocument, **kwargs: Any) -> None:
    if instance.reading == WAITING:
        transaction.on_commit(reading.begin, robust=True)
