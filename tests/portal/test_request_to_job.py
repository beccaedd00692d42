"""One id from the request to the job that finishes what the request began, and one id for each run of the jobs."""

import io
import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from notifications.models import Message
from portal import jobs
from registry.core import clock
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def lines(log: io.StringIO, message: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, log.getvalue().splitlines()) if line["message"] == message]


def test_a_letter_that_a_job_sends_names_the_request_that_asked_for_it(
    log: io.StringIO, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = UserFactory()
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.notifications.test_outbox.Refusing"
    with django_capture_on_commit_callbacks(execute=True):
        response = Client().post("/tai-khoan/mat-khau/quen/", {"email": person.email})
    asked = response["X-Request-ID"]
    message = Message.objects.get()
    assert message.request_id == asked
    (failed,) = lines(log, "mail not sent")
    assert (failed["request_id"], failed["uid"], failed["error"]) == (asked, str(message.uid), "ConnectionRefusedError")

    settings.EMAIL_BACKEND = works
    with clock.at(clock.now() + timedelta(minutes=5)):
        run, _ = jobs.run("mail")
    assert len(mail.outbox) == 1
    (sent,) = lines(log, "mail sent")
    assert (sent["request_id"], sent["run"], sent["tries"]) == (asked, run, 2)
    (done,) = lines(log, "job done")
    assert (done["run"], done["job"], done["did"]) == (run, "mail", 1)
    assert "request_id" not in done
    assert person.email not in log.getvalue()


def test_a_line_outside_a_run_carries_none(log: io.StringIO) -> None:
    with jobs.carrying("abc"):
        logging.getLogger("somewhere").info("inside")
    logging.getLogger("somewhere").info("outside")
    assert lines(log, "inside")[0]["run"] == "abc"
    assert "run" not in lines(log, "outside")[0]
