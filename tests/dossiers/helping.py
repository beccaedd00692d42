"""A dossier that somebody fills in for a founder without e-mail, and the founder's phone: for tests."""

from typing import Any

from django.test import Client

from accounts.models import User
from registry.dossiers.helped import services
from registry.dossiers.helped.services import Wanted
from registry.dossiers.models import Dossier
from registry.dossiers.services import save_step
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import CODE, answers

LAST = "kiem-tra"
NO_KEY = "Mã này chưa đúng, đã dùng, đã hết hạn hoặc đã bị thay bằng mã mới."


def helper_(**more: Any) -> User:
    return UserFactory(full_name="Vàng Thị Hộ", helps_for="Hội Phụ nữ Bản Mẫu", **more)


def helped(helper: Any = None, *, fill: bool = True, **changes: Any) -> Dossier:
    """A draft for Lý Thị Nháp, with every answer that a helper may give."""
    helper = helper or helper_()
    made = services.begin(CODE, Wanted("person", "Lý Thị Nháp", "Lý Thị Nháp", "0912345678"), actor=helper)
    given = answers(**changes)
    for step in made.kind.steps[:-1] if fill else ():
        if step.form is not None:
            data = {name: given.get(name) for name in step.form.base_fields}
            made = save_step(made, step, data, actor=helper, seen=made.answers_version).dossier
    return made


def helper_of(made: Dossier) -> Any:
    return made.helps.get(until=None).helper


def given(made: Dossier) -> str:
    """The key for the founder."""
    made.refresh_from_db()
    return services.hand_over(made, actor=helper_of(made), expected_version=made.version)


def phone(key: str = "") -> Client:
    """A founder's phone that has opened the key."""
    client = Client()
    if key:
        response = client.post("/tiep-tuc/", {"key": key})
        assert response["Location"] == "/tiep-tuc/ho-so/", response.content.decode()
    return client


def sending(made: Dossier, **more: str) -> dict[str, Any]:
    made.refresh_from_db()
    return {"seen": made.answers_version, "version": made.version, "truthful": "on", "_send": "1", **more}


def confirmed(made: Dossier) -> Dossier:
    phone(given(made)).post("/tiep-tuc/ho-so/", sending(made))
    made.refresh_from_db()
    assert made.state == "submitted"
    return made


def said(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:500]
    return str(response.content.decode())


def phone_refused(key: str) -> Any:
    return Client().post("/tiep-tuc/", {"key": key})
