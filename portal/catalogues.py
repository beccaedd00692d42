"""The message catalogues: what our code asks for, what `locale/` answers, and where the two disagree.

Our msgids are Vietnamese, the source language; `locale/en` is their English. `locale/vi` turns the English msgids of
Wagtail, allauth and Django into Vietnamese where they ship none. Everything here is Babel: no gettext binaries.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
PACKAGES = ("accounts", "art", "cms", "notifications", "portal", "registry", "search")
TEMPLATES = "templates"

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "_now": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdif]|\{\w*\}")
TAG = re.compile(r"</?\w+")

Key = tuple[str | None, str]
"""Context and singular msgid: what gettext looks a message up by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message that our code asks for. `where` is `path:line` of its first use."""

    where: str
    msgid: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> Key:
        return (self.context, self.msgid)

    def as_po(self) -> str:
        """The empty entry, ready to be filled in and appended to the catalogue."""
        lines = [f"#: {self.where}"]
        if self.context is not None:
            lines.append(f"msgctxt {quoted(self.context)}")
        lines.append(f"msgid {quoted(self.msgid)}")
        if self.plural is None:
            return "\n".join([*lines, 'msgstr ""'])
        return "\n".join([*lines, f"msgid_plural {quoted(self.plural)}", 'msgstr[0] ""', 'msgstr[1] ""'])


class StrictCatalog(Catalog):
    """A catalogue that remembers the msgids it was given twice; Babel merges them in silence, gettext refuses them."""

    def __init__(self) -> None:
        super().__init__()
        self.repeated: list[Key] = []
        self._given: set[Key] = set()

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:
        key = key_of(message)
        if message.id:
            if key in self._given:
                self.repeated.append(key)
            self._given.add(key)
        super().__setitem__(id, message)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + escaped.replace("\n", "\\n") + '"'


def key_of(message: Message) -> Key:
    return (message.context, singular(message))


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def is_translated(message: Message) -> bool:
    forms = translations(message)
    return not message.fuzzy and bool(forms) and all(forms)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalogue if message.id)


def read(path: Path) -> StrictCatalog:
    """The catalogue in `path`. Raises `PoFileError` where it does not parse."""
    catalogue = StrictCatalog()
    with path.open("rb") as file:
        PoFileParser(catalogue, abort_invalid=True).parse(file)
    return catalogue


def sources(locale_dir: Path = LOCALE) -> list[Path]:
    return sorted(locale_dir.glob("*/LC_MESSAGES/*.po"))


def compile_catalogues(locale_dir: Path = LOCALE, *, force: bool = False) -> list[Path]:
    """Write the `.mo` beside every `.po` that changed since (they share a date); returns what was written. Safe to race."""
    written = []
    for source in sources(locale_dir):
        target = source.with_suffix(".mo")
        stamp = source.stat().st_mtime_ns
        if not force and target.exists() and target.stat().st_mtime_ns == stamp:
            continue
        compiled = BytesIO()
        write_mo(compiled, read(source))
        handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(compiled.getvalue())
        os.chmod(temporary, 0o644)
        os.utime(temporary, ns=(stamp, stamp))
        os.replace(temporary, target)
        written.append(target)
    return written


def extract_python(path: Path, where: str) -> Iterator[Found]:
    with path.open("rb") as file:
        yield from _extract(file.read(), where)


def extract_template(path: Path, where: str) -> Iterator[Found]:
    pseudo_code = templatize(path.read_text("utf-8"), origin=where)
    flat = "\n".join(line.strip() for line in pseudo_code.splitlines())
    yield from _extract(flat.encode(), where)


def _extract(source: bytes, where: str) -> Iterator[Found]:
    for line, ids, _comments, context in extract("python", BytesIO(source), KEYWORDS, options={"encoding": "utf-8"}):
        forms = (ids,) if isinstance(ids, str) else tuple(ids)
        if forms[0]:
            yield Found(f"{where}:{line}", forms[0], forms[1] if len(forms) > 1 else None, context)


def extract_ours(root: Path = ROOT) -> list[Found]:
    """Every message of our packages and templates, the first use of each."""
    found: dict[Key, Found] = {}
    for path in _our_files(root):
        where = path.relative_to(root).as_posix()
        reader = extract_python if path.suffix == ".py" else extract_template
        for message in reader(path, where):
            known = found.setdefault(message.key, message)
            if known.plural is None and message.plural is not None:
                found[message.key] = message
    return list(found.values())


def _our_files(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.relative_to(root).parts:
                yield path
        yield from sorted((root / package).rglob("templates/**/*.html"))
    yield from sorted(path for path in (root / TEMPLATES).rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def missing_english(root: Path = ROOT) -> list[Found]:
    """What our code asks for and `locale/en` does not answer, or answers without the plural that is asked for."""
    answers = {key_of(message): message for message in messages(read(ENGLISH)) if is_translated(message)}
    return [
        wanted
        for wanted in extract_ours(root)
        if wanted.key not in answers or (wanted.plural is not None and isinstance(answers[wanted.key].id, str))
    ]


def unused_english(root: Path = ROOT) -> list[str]:
    """Msgids of `locale/en` that nothing asks for any more."""
    wanted = {found.key for found in extract_ours(root)}
    return [singular(message) for message in messages(read(ENGLISH)) if key_of(message) not in wanted]


def faults(path: Path) -> list[str]:
    """What is wrong inside one catalogue, one sentence each."""
    try:
        catalogue = read(path)
    except PoFileError as error:
        return [f"{path.name} không đọc được: {error}"]
    found = [f"“{msgid}” có hai lần" for _context, msgid in catalogue.repeated]
    for message in messages(catalogue):
        found += [f"“{singular(message)}”: {fault}" for fault in message_faults(message, catalogue.num_plurals)]
    return found


def message_faults(message: Message, num_plurals: int) -> Iterator[str]:
    """Doubtful, empty, a wrong number of forms, or other placeholders, tags or edges than its msgid has."""
    if message.fuzzy:
        yield "còn đánh dấu fuzzy"
    forms = translations(message)
    if not forms or not all(forms):
        yield "chưa dịch"
        return
    if not isinstance(message.id, str) and len(forms) != num_plurals:
        yield f"có {len(forms)} dạng số nhiều, cần {num_plurals}"
    originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    for form in forms:
        yield from _form_faults(form, originals)


def _form_faults(form: str, originals: tuple[str, ...]) -> Iterator[str]:
    """A form may use what any form of the original uses, and must use what all of them use."""
    placeholders = [set(PLACEHOLDER.findall(original)) for original in originals]
    used = set(PLACEHOLDER.findall(form))
    if not set.intersection(*placeholders) <= used <= set.union(*placeholders):
        yield f"chỗ điền khác bản gốc: “{form}”"
    if sorted(TAG.findall(form)) not in [sorted(TAG.findall(original)) for original in originals]:
        yield f"thẻ HTML khác bản gốc: “{form}”"
    if _edges(form) not in [_edges(original) for original in originals]:
        yield f"khoảng trắng đầu hoặc cuối khác bản gốc: “{form}”"


def _edges(text: str) -> tuple[bool, bool]:
    return (text[:1].isspace(), text[-1:].isspace())


def all_faults(paths: Iterable[Path]) -> list[str]:
    return [f"{path.parts[-3]}/{path.name}: {fault}" for path in paths for fault in faults(path)]
