"""A session that ends while one types: nothing typed is lost, without a script too, and nothing is left behind."""

import pytest
from django.test import Client

from accounts.interrupted import WAITS
from registry.dossiers.models import Dossier
from tests.accounts.factories import PASSWORD, UserFactory
from tests.dossiers.factories import dossier
from tests.dossiers.visitors import Visitor

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/dang-nhap/"


def there(made: Dossier, step: str) -> str:
    return f"/tai-khoan/khoi-nghiep/{made.reference}/{step}/"


@pytest.fixture
def draft(founder: Visitor) -> Dossier:
    return dossier(owner=founder.user, empty=True)


@pytest.fixture
def stranger(draft: Dossier) -> Client:
    """The founder's browser after the session has ended and a step has been posted."""
    client = Client()
    sent = client.post(there(draft, "ten"), {"seen": 0, "name_vi": "Gõ khi phiên hết", "pitch_vi": "x" * 300})
    assert sent["Location"].startswith(SIGN_IN)
    told = client.get(sent["Location"]).content.decode()
    assert "Những gì bạn vừa gõ được giữ lại" in told
    assert "Gõ khi phiên hết" not in told
    return client


def sign_in(client: Client, email: str, draft: Dossier) -> str:
    posted = {"login": email, "password": PASSWORD, "next": there(draft, "ten")}
    return client.post(SIGN_IN, posted)["Location"]


def test_what_was_typed_waits_behind_the_door(stranger: Client, draft: Dossier) -> None:
    assert draft.answers.get("name_vi") != "Gõ khi phiên hết"
    back = sign_in(stranger, draft.created_by.email, draft)
    assert back == there(draft, "ten")
    assert stranger.session.get_expiry_age() > WAITS
    page = stranger.get(back).content.decode()
    assert 'value="Gõ khi phiên hết"' in page
    assert "x" * 300 in page
    assert "Đây là những gì bạn gõ khi phiên hết." in page
    assert f'name="seen" value="{draft.answers_version}"' in page
    draft.refresh_from_db()
    assert draft.answers.get("name_vi") != "Gõ khi phiên hết", "a page that is read writes nothing"
    assert "Gõ khi phiên hết" not in stranger.get(back).content.decode(), "given once"


def test_another_person_at_the_same_phone_sees_nothing_of_it(stranger: Client, draft: Dossier) -> None:
    back = sign_in(stranger, UserFactory().email, draft)
    answer = stranger.get(back)
    assert answer.status_code == 404
    assert "Gõ khi phiên hết" not in answer.content.decode()


def test_signing_out_empties_the_session(stranger: Client, draft: Dossier) -> None:
    sign_in(stranger, draft.created_by.email, draft)
    stranger.post("/tai-khoan/dang-xuat/")
    back = sign_in(stranger, draft.created_by.email, draft)
    assert "Gõ khi phiên hết" not in stranger.get(back).content.decode()


@pytest.mark.parametrize("step", ["tep", "kiem-tra", "khong-co"])
def test_what_cannot_be_given_back_is_not_promised(draft: Dossier, step: str) -> None:
    client = Client()
    sent = client.post(there(draft, step), {"seen": 0, "purpose": "other", "truthful": "on"})
    assert "được giữ lại" not in client.get(sent["Location"]).content.decode()


def test_a_scripts_save_and_an_endless_text_are_not_kept(draft: Dossier) -> None:
    for data in ({"name_vi": "Của máy", "autosave": "1"}, {"name_vi": "x" * 200_001}):
        client = Client()
        client.post(there(draft, "ten"), {"seen": 0, **data})
        assert "interrupted" not in client.session
