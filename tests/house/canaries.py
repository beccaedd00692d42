"""Words that must not come out: each restricted or internal answer of a dossier holds one that stands nowhere else.

A canary is letters and digits alone, so that it is found again however a page writes it (see `squeezed`).
"""

from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bench.leaks import squeezed
from registry.dossiers.models import Dossier
from registry.dossiers.services import add_file
from tests.core.factories import upload
from tests.dossiers.factories import act, dossier

_numbers = count(1)


@dataclass
class Canaries:
    """The secrets of one dossier by what they are; `all()` squeezed."""

    story: str
    said: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """A text such as `Kanari Refused Representative`."""
        return self.keep(name, f"Kanari {self.story} {name}".title())

    def digits(self, name: str, prefix: str, length: int) -> str:
        number = next(_numbers) * 7919
        return self.keep(name, f"{prefix}{number:0{length - len(prefix)}d}")

    def keep(self, name: str, text: str) -> str:
        self.said[name] = text
        return text

    def all(self) -> dict[str, str]:
        return {f"{self.story}: {name}": squeezed(text) for name, text in self.said.items()}


def restricted(secret: Canaries) -> dict[str, Any]:
    """Answers that no page may show without consent."""
    return {
        "representative": secret.word("representative"),
        "representative_title": secret.word("title"),
        "identity_number": secret.digits("identity", "0359", 12),
        "email": secret.keep("email", f"kanari.{secret.story}.email@kin.example"),
        "phone": secret.digits("phone", "0987", 10),
        "team": [{"name": secret.word("member"), "role": secret.word("role")}],
        "staff": [{"year": 2025, "people": 7}],
        "capital": [{"round": "own", "year": 2024, "amount": secret.digits("capital", "91", 12)}],
        "support": [{"name": secret.word("support"), "year": 2024, "amount": secret.digits("support sum", "83", 10)}],
        "show_email": False,
    }


def everything(secret: Canaries) -> dict[str, Any]:
    """All answers of a dossier that nobody outside knows of."""
    names = (
        "name_vi", "name_en", "short_name", "pitch_vi", "pitch_en", "address",
        "problem_vi", "problem_en", "solution_vi", "solution_en",
    )  # fmt: skip
    website = secret.keep("website", f"https://kanari-{secret.story}-website.example")
    product = {"name": secret.word("product"), "note": secret.word("note"), "name_en": secret.word("product en")}
    return {
        **restricted(secret),
        **{name: secret.word(name.replace("_", " ")) for name in names},
        "website": website,
        "products": [product],
    }


def logo(secret: Canaries) -> bytes:
    """A picture that says more than it shows."""
    notes, out = PngInfo(), BytesIO()
    notes.add_text("Comment", secret.word("picture note"))
    Image.new("RGB", (40, 40), (9, 9, 9)).save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def paper(secret: Canaries) -> Any:
    content = f"%PDF-1.7\n% {secret.word('paper')}\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
    return upload(f"{secret.word('file name')}.pdf", content.encode())


def tell(story: str, organisation: Any, *, public: bool, officer: Any) -> tuple[Dossier, Canaries]:
    """A dossier that ended as `story` says, full of secrets: all of it, or (`public`) what was not consented to."""
    secret = Canaries(story)
    answers = restricted(secret) if public else everything(secret)
    made = dossier(organisation=organisation, officer=officer, logo=logo(secret), **answers)
    owner = made.created_by
    add_file(made, paper(secret), "registration", actor=owner)
    for step, who, data in steps(story, secret, owner, officer):
        made = act(made, step, who, **data)
    return made, secret


def steps(end: str, secret: Canaries, owner: Any, officer: Any) -> list[tuple[str, Any, dict[str, Any]]]:
    """The acts that lead there, with a secret in every note."""
    remarks = {"field:representative": secret.word("remark")}
    asked = ("request_supplement", officer, {"remarks": remarks, "message": secret.word("message")})
    sent, taken = ("submit", owner, {}), ("assign", officer, {"assignee": officer.pk, "note": secret.word("handing")})
    ends = {
        "draft": [],
        "submitted": [sent, taken],
        "supplement": [sent, taken, asked],
        "refused": [sent, ("refuse", officer, {"note": secret.word("reason")})],
        "withdrawn": [sent, ("withdraw", owner, {"note": secret.word("regret")})],
        "published": [
            sent,
            taken,
            asked,
            ("resubmit", owner, {}),
            ("publish", officer, {"note": secret.word("publishing")}),
        ],
    }
    ends["unlisted"] = [*ends["published"], ("take_down", officer, {"note": secret.word("complaint")})]
    return ends[end]
