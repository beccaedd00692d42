"""Reports that were made before the room existed are in it, with their state."""

import pytest
from django.apps import apps as now
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from registry.core import clock
from registry.reports.models import Report
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import dossier

BEFORE = [("startups", "0003_status_of_entries"), ("reports", "0001_initial")]


@pytest.mark.django_db(transaction=True)
def test_old_rows_move_with_their_state() -> None:
    startup = Startup.objects.get(dossier=dossier(published=True))
    officer = UserFactory(officer=True)
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    try:
        old = executor.loader.project_state(BEFORE).apps.get_model("startups", "ErrorReport")
        common = {"startup_id": startup.pk, "sent_at": clock.now()}
        old.objects.create(text="Còn chờ", email="a@vidu.vn", **common)
        old.objects.create(text="Đã xong", handled_at=clock.now(), handled_by_id=officer.pk, **common)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(newest)
    waiting, done = Report.objects.order_by("pk")
    assert (waiting.state, waiting.text, waiting.email) == ("new", "Còn chờ", "a@vidu.vn")
    assert (done.state, done.outcome, done.answered_by) == ("answered", "", officer)
    assert {one.about for one in (waiting, done)} == {startup.record}
    assert waiting.title == "Trà cổ thụ Minh Họa"
    assert waiting.address.endswith(f"-{startup.public_id}/")
    assert not any(model.__name__ == "ErrorReport" for model in now.get_models())
