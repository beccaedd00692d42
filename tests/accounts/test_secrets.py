"""What the second factor rests on is kept encrypted, survives a change of key, and is sealed where it was kept in the clear."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection

from accounts.secrets import opened, seal_all, sealed
from tests.accounts.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()  # a code works once


def in_the_table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return json.dumps([row[0] for row in cursor.fetchall()])


def rotate(settings, *, keep: bool) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
    settings.SECRET_KEY = "a key of another day, long enough to be one"


def test_what_is_sealed_is_opened_and_says_nothing() -> None:
    kept = sealed(SECRET)
    assert SECRET not in kept
    assert kept != sealed(SECRET)
    assert opened(kept) == SECRET
    assert opened(SECRET) == SECRET


@pytest.mark.django_db
def test_the_table_holds_neither_secret_nor_seed_nor_codes() -> None:
    user = UserFactory(officer=True)
    app = TOTP.activate(user, SECRET)
    codes = RecoveryCodes.activate(user).generate_codes()
    held = in_the_table()
    assert SECRET not in held
    assert not any(code in held for code in codes)
    assert held.count("fernet:") == 2
    assert app.validate_code(code_of(SECRET))


@pytest.mark.django_db
def test_what_was_kept_in_the_clear_works_and_is_sealed_by_the_job() -> None:
    user = UserFactory(officer=True)
    app = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    seed = {"seed": "ab" * 40, "used_mask": 5}
    paper = Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=seed)
    codes = RecoveryCodes(paper).generate_codes()
    assert TOTP(app).validate_code(code_of(SECRET))
    assert (seal_all(), seal_all()) == (2, 0)
    assert SECRET not in in_the_table()
    assert "ab" * 40 not in in_the_table()
    app.refresh_from_db()
    paper.refresh_from_db()
    cache.clear()
    assert TOTP(app).validate_code(code_of(SECRET))
    assert RecoveryCodes(paper).generate_codes() == codes
    assert paper.data["used_mask"] == 5


@pytest.mark.django_db
def test_after_a_change_of_key_the_old_one_still_opens_and_the_job_seals_anew(settings) -> None:
    app = TOTP.activate(UserFactory(officer=True), SECRET)
    rotate(settings, keep=True)
    assert app.validate_code(code_of(SECRET))
    assert (seal_all(), seal_all()) == (1, 0)
    settings.SECRET_KEY_FALLBACKS = []
    app.instance.refresh_from_db()
    assert opened(app.instance.data["secret"]) == SECRET


@pytest.mark.django_db
def test_under_a_lost_key_no_code_fits_and_nothing_breaks(settings, caplog) -> None:
    user = UserFactory(officer=True)
    app, paper = TOTP.activate(user, SECRET), RecoveryCodes.activate(user)
    codes = paper.generate_codes()
    before = in_the_table()
    rotate(settings, keep=False)
    assert not app.validate_code(code_of(SECRET))
    assert not app.validate_code(code_of(""))
    assert not set(codes) & set(paper.generate_codes())
    assert "neither SECRET_KEY nor one of its fallbacks" in caplog.text
    assert seal_all() == 0
    assert in_the_table() == before, "it opens again when the key is found again"
