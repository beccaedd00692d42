"""Making a paper for a dossier, and writing the next version of a template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from registry.core import clock, files
from registry.core.classification import RESTRICTED
from registry.core.decisions import log_restricted_read
from registry.core.files import FileRefused
from registry.core.lifecycle import Conflict, Invalid, NotAllowed
from registry.core.models import PrivateFile
from registry.core.permalinks import new_public_id
from registry.core.text import fold
from registry.dossiers.lifecycle import officer
from registry.dossiers.models import Dossier
from registry.official_papers import values as held
from registry.official_papers.checking import PLAIN, check, known_fields, used_names
from registry.official_papers.fields import Value
from registry.official_papers.kinds import KINDS
from registry.official_papers.letter import PARTS, Letter, Stated, letter, letter_pdf
from registry.official_papers.letter_word import letter_docx
from registry.official_papers.models import OfficialPaper, PaperTemplate, SignedCopy
from registry.official_papers.placeholders import UNKNOWN
from registry.official_papers.selectors import fitting, may_write_templates, versions_of

HOLDER: Final = "official_paper"
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper before it is kept: what is printed, the values it rests on, the restricted fields among them."""

    template: PaperTemplate
    letter: Letter
    values: dict[str, Any]
    restricted: list[str] = field(default_factory=list)


def compose(dossier: Dossier, template: PaperTemplate, stated: Stated, typed: Mapping[str, str]) -> Composed:
    """The paper of a template for a dossier as both are now. What the clerk left empty is a place to be filled in by hand."""
    found: dict[str, Value] = held.values_of(dossier)
    for one in KINDS[template.kind].typed:
        text = typed.get(one.name, "")
        found[one.name] = held.lines(text) if isinstance(one.sample, tuple) else text
    names = used_names(template.texts)
    for question in held.questions_of(dossier, names):
        if answer := typed.get(question.field):
            found[question.field] = question.says(answer)
    fields = known_fields(template.kind, template.procedure)
    made = letter(template.texts, template.symbol, template.place, found, stated)
    restricted = [name for name in names if fields[name].is_restricted and found[name]]
    return Composed(template, made, held.kept(found, names), restricted)


def make_paper(
    dossier: Dossier, kind: str, stated: Stated, typed: Mapping[str, str], *, actor: Any, expected_version: int
) -> OfficialPaper:
    """Make the paper and keep it with both files. `typed` are the words for the kind's own fields, and the answers to questions.

    Raises NotAllowed if the actor does not work with this dossier, Conflict if it moved meanwhile or the paper does not fit
    it, Invalid if the number belongs to another paper.
    """
    with transaction.atomic():
        locked = (
            Dossier.objects.select_for_update(of=("self",)).select_related("party", "assigned_to").get(pk=dossier.pk)
        )
        officer(actor, locked)
        if locked.version != expected_version:
            raise Conflict("Hồ sơ đã khác lúc bạn mở trang. Xem lại rồi làm tiếp.")
        template = {one.code: row for one, row in fitting(locked, clock.today())}.get(kind)
        if template is None:
            raise Conflict("Hồ sơ đang ở bước không lập văn bản này.")
        before = _numbered(locked, kind, stated)
        composed = compose(locked, template, stated, typed)
        log_restricted_read(actor, locked.subject, composed.restricted)
        try:
            with transaction.atomic():
                return _kept(locked, composed, stated, before, actor)
        except IntegrityError as clash:
            if "official_paper_number_once" not in str(clash) and "number_key" not in str(clash):
                raise
            raise _taken() from clash


def _taken() -> Invalid:
    sentence = "Số này đã cấp cho một văn bản khác trong năm."
    return Invalid(sentence, {"number": sentence})


def key_of(number: str) -> str:
    """Two spellings of a number are one."""
    return _BLANKS.sub("", fold(number))[:60]


def _numbered(dossier: Dossier, kind: str, stated: Stated) -> OfficialPaper | None:
    """The paper that this one takes the place of: the last with the same number, kind and dossier. Raises Invalid."""
    if not stated.number:
        return None
    if stated.signed_on is None or not stated.signatory:
        raise Invalid("Văn bản có số thì cần ngày và người ký.", {"signatory": "Ghi người ký."})
    same = OfficialPaper.objects.filter(number_key=key_of(stated.number), year=stated.signed_on.year)
    last = same.filter(replaced_by=None).order_by("-id").first()
    if last is not None and (last.dossier_id, last.kind) != (dossier.pk, kind):
        raise _taken()
    return last


def _kept(
    dossier: Dossier, composed: Composed, stated: Stated, before: OfficialPaper | None, actor: Any
) -> OfficialPaper:
    """Files first: the row is written once and names them."""
    now, public_id = clock.now(), new_public_id()
    name = f"{composed.template.kind}-{dossier.reference}-{public_id}"
    pdf = _stored(f"{name}.pdf", letter_pdf(composed.letter, now), "application/pdf", actor)
    docx = _stored(f"{name}.docx", letter_docx(composed.letter, now), "application/octet-stream", actor)
    paper = OfficialPaper.objects.create(
        public_id=public_id,
        dossier=dossier,
        kind=composed.template.kind,
        template=composed.template,
        state=dossier.state,
        number=stated.number,
        number_key=key_of(stated.number),
        year=stated.signed_on.year if stated.number and stated.signed_on else None,
        signed_on=stated.signed_on,
        signing=stated.signing,
        signatory=stated.signatory,
        values=composed.values,
        pdf=pdf,
        docx=docx,
        replaces=before,
        made_by=actor,
        made_at=now,
    )
    paper.pdf, paper.docx = (files.attach(file, HOLDER, paper.pk) for file in (pdf, docx))
    return paper


def take_signed(paper: OfficialPaper, upload: Any, *, actor: Any) -> SignedCopy:
    """Keep the signed PDF of a paper; from now on the applicant reads it, where it is for them.

    Raises NotAllowed, Conflict where there is nothing to sign (any more), Invalid for what is no PDF.
    """
    officer(actor, paper.dossier)
    if not paper.may_be_signed:
        raise Conflict("Văn bản này không chờ bản đã ký: chưa có số, đã có bản thay, hoặc bản đã ký vừa được nhận.")
    if not upload:
        raise Invalid("Chọn tệp PDF đã ký.")
    try:
        with transaction.atomic():
            file = files.store(upload, owner=actor, file_class=RESTRICTED, purpose=HOLDER)
            if file.kind != "pdf":
                raise Invalid("Bản đã ký là một tệp PDF: bản ký số, hoặc bản chụp tờ đã ký.")
            kept = SignedCopy.objects.create(paper=paper, file=file, taken_by=actor, taken_at=clock.now())
            kept.file = files.attach(file, HOLDER, paper.pk)
    except FileRefused as refused:
        raise Invalid(str(refused)) from refused
    except IntegrityError as clash:
        raise Conflict("Bản đã ký của văn bản này vừa được nhận.") from clash
    return kept


def _stored(name: str, content: bytes, kind: str, actor: Any) -> PrivateFile:
    return files.store(SimpleUploadedFile(name, content, kind), owner=actor, file_class=RESTRICTED, purpose=HOLDER)


def write_template(
    kind: str, procedure: str, given: Mapping[str, str], *, effective_from: date, note: str, actor: Any, seen: int
) -> PaperTemplate:
    """The next version of a template. `given` has every part and PLAIN; `seen` is the version that the writer began with.

    Raises NotAllowed, Conflict if somebody wrote a version meanwhile, Invalid with the first fault of the texts.
    """
    if not may_write_templates(actor):
        raise NotAllowed("Chỉ lãnh đạo Sở hoặc người quản trị hệ thống sửa được mẫu văn bản.")
    found = check(kind, procedure, given)
    if found:
        raise Invalid(found[0].says, {fault.part: fault.says for fault in reversed(found)})
    if effective_from < clock.today():
        sentence = "Bản mới áp dụng từ hôm nay trở đi."
        raise Invalid(sentence, {"effective_from": sentence})
    last = versions_of(kind, procedure).first()
    if last is None or last.version != seen:
        raise Conflict("Mẫu này vừa có bản mới hơn. Xem bản ấy rồi sửa tiếp.")
    try:
        with transaction.atomic():
            return PaperTemplate.objects.create(
                kind=kind,
                procedure=procedure,
                version=seen + 1,
                effective_from=effective_from,
                note=note,
                author=actor,
                **{name: given[name] for name in (*PARTS, *PLAIN)},
            )
    except IntegrityError as clash:
        raise Conflict("Mẫu này vừa có bản mới hơn. Xem bản ấy rồi sửa tiếp.") from clash


def open_places(composed: Composed) -> list[str]:
    """The names of the fields for which nothing is known: the paper has a dotted place there."""
    return [name for name, value in composed.values.items() if value in ("", [], UNKNOWN) or _no_rows(value)]


def _no_rows(value: Any) -> bool:
    return isinstance(value, dict) and not value["rows"]
