"""Dossiers for tests, made through the one door, so that each has its history. The traits read as a story:

dossier()                                    a draft with every answer
dossier(empty=True)                          a draft without any
dossier(submitted=True)                      on the department's desk
dossier(supplement=True)                     the department waits for the applicant
dossier(submitted=True, supplemented=True)   the applicant has answered: two submissions
dossier(published=True) · dossier(refused=True) · dossier(withdrawn=True) · dossier(taken_down=True)
"""

from collections.abc import Mapping
from typing import Any

from registry.core.lifecycle import perform
from registry.dossiers import procedure
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file, open_dossier, save_step
from tests.accounts.factories import UserFactory
from tests.core.factories import upload
from tests.parties.factories import owner_of, party

CODE = "startup_registration"
REMARKS = {"field:pitch_vi": "Viết rõ dự án phục vụ ai."}

ANSWERS: dict[str, Any] = {
    "name_vi": "Trà cổ thụ Minh Họa",
    "name_en": "Minh Hoa Ancient Tea",
    "short_name": "Trà Minh Họa",
    "pitch_vi": "Truy xuất từng gốc chè cổ thụ cho người mua ở xa.",
    "pitch_en": "Traces every ancient tea tree for buyers far away.",
    "ward": "03408",
    "address": "Bản Sin Suối Hồ",
    "registered_on": "12/05/2023",
    "representative": "Lò Thị Mẫu",
    "representative_title": "Giám đốc",
    "identity_number": "001234567890",
    "email": "lienhe@minhhoa.example",
    "phone": "0912 345 678",
    "industries": [],
    "fields_of_technology": ["digital"],
    "sector": "agriculture",
    "stage": "customers",
    "problem_vi": "Người mua không biết chè đến từ gốc nào.",
    "problem_en": "Buyers cannot tell which tree their tea comes from.",
    "solution_vi": "Mỗi gốc chè một mã, mỗi mẻ sao một nhật ký.",
    "solution_en": "A code for every tree, a log for every batch.",
    "products": [{"name": "Chè cổ thụ có mã", "note": "Quét mã thấy gốc chè", "name_en": "Coded ancient tea"}],
    "website": "https://minhhoa.example",
    "team": [{"name": "Lò Thị Mẫu", "role": "Sáng lập"}],
    "staff": [{"year": 2025, "people": 7}],
    "capital": [{"round": "own", "year": 2024, "amount": "300000000"}],
    "support": [],
    "show_email": True,
    "truthful": True,
}


def answers(**changes: Any) -> dict[str, Any]:
    """A whole set of answers of the startup form, valid as it stands."""
    fields = procedure.get(CODE).fields()
    choices = {
        name: [code for code, _label in list(fields[name].choices) if code]
        for name in ("ward", "industries", "fields_of_technology", "sector", "stage")
    }
    fitting = {
        name: value
        for name, value in ANSWERS.items()
        if name not in choices or (isinstance(value, str) and value in choices[name])
    }
    return {
        "ward": choices["ward"][0],
        "industries": choices["industries"][:2],
        "fields_of_technology": choices["fields_of_technology"][:1],
        "sector": choices["sector"][0],
        "stage": choices["stage"][0],
        **fitting,
        **changes,
    }


def posted(given: Mapping[str, Any], step: str, code: str = CODE) -> dict[str, Any]:
    """The answers of one step as a browser would post them: rows as `<field>-<row>-<column>`, ticks as "on"."""
    found = procedure.get(code).step(step)
    assert found is not None
    assert found.form is not None
    data: dict[str, Any] = {}
    for name in found.form.base_fields:
        value = given.get(name)
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                cells = {column: "on" if cell is True else cell for column, cell in row.items()}
                data |= {
                    f"{name}-{number}-{column}": cell for column, cell in cells.items() if cell not in (None, False)
                }
        elif value is True:
            data[name] = "on"
        elif value not in (None, False, "", []):
            data[name] = value
    return data


def fill(made: Dossier, actor: Any, **changes: Any) -> Dossier:
    """Answer every step."""
    return answer_all(made, answers(**changes), actor)


def answer_all(made: Dossier, given: Mapping[str, Any], actor: Any) -> Dossier:
    """Answer every step, of whatever procedure."""
    for step in made.kind.steps:
        if step.form is not None:
            data = {name: given.get(name) for name in step.form.base_fields}
            made = save_step(made, step, data, actor=actor, seen=made.answers_version).dossier
    return made


def act(made: Dossier, action: str, actor: Any, **data: Any) -> Dossier:
    return perform(made, action, actor, data=data, expected_version=made.version)


def dossier(
    *,
    owner: Any = None,
    organisation: Any = None,
    officer: Any = None,
    empty: bool = False,
    submitted: bool = False,
    supplement: bool = False,
    supplemented: bool = False,
    published: bool = False,
    refused: bool = False,
    withdrawn: bool = False,
    taken_down: bool = False,
    remarks: Mapping[str, str] | None = None,
    logo: bytes | None = None,
    papers: int = 0,
    **changes: Any,
) -> Dossier:
    """A dossier as far along as the traits say. Other keywords replace answers. `officer` acts for the department."""
    organisation = organisation or party("Hợp tác xã Minh Họa", owner=owner)
    owner = owner or owner_of(organisation)
    made = open_dossier(CODE, organisation, actor=owner)
    if not empty:
        made = fill(made, owner, **changes)
    if logo is not None:
        add_file(made, upload("logo.png", logo, "image/png"), "logo", actor=owner)
    for number in range(papers):
        add_file(made, upload(f"giay-{number + 1}.pdf"), "other", actor=owner)
    asked = supplement or supplemented
    decided = published or refused or taken_down
    if submitted or asked or decided:
        made = act(made, "submit", owner)
    if asked or decided:
        officer = officer or UserFactory(officer=True)
    if asked:
        made = act(made, "request_supplement", officer, remarks=dict(remarks or REMARKS), message="Sửa giúp một mục.")
    if supplemented:
        made = act(made, "resubmit", owner)
    if published or taken_down:
        made = act(made, "publish", officer)
    if taken_down:
        made = act(made, "take_down", officer, note="Chủ dự án đề nghị gỡ.")
    if refused:
        made = act(made, "refuse", officer, note="Dự án chưa có sản phẩm hay dịch vụ.")
    if withdrawn:
        made = act(made, "withdraw", owner)
    return made
