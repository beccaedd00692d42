"""One normaliser for every engine: how Vietnamese text becomes words, keys and codes.

Engines only split at blanks and compare. What is folded, which spellings are one word and what a number is, is decided here,
so two engines cannot disagree about it. Bump `VERSION` when anything here changes: followers then build their copy anew.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

VERSION = 1
LONGEST_WORD = 64

# The digits are those of the VNI typing convention: 1-5 the tones, 6-8 the shapes of a vowel, 9 the bar of đ.
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_MARKS = {digit: mark for mark, digit in {**_TONES, **_SHAPES}.items()}
_CLUSTER = re.compile("[\u0300-\u036f]{2,}")
_ANY_MARK = re.compile("[\u0300-\u036f]")
WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `plain` without marks in lower case, `exact` a key that is equal when letters, shapes and tone are equal."""

    plain: str
    exact: str

    @property
    def marked(self) -> bool:
        return not (self.exact == self.plain + "0_" or self.exact == self.plain + "__")


def nfc(text: str) -> str:
    """Composed text, whatever order the marks of a letter were typed in (shape before tone).

    >>> nfc("e\u0301\u0302") == "ế"
    True
    """
    if not _ANY_MARK.search(text):
        return unicodedata.normalize("NFC", text)

    def in_order(cluster: re.Match[str]) -> str:
        return "".join(sorted(cluster.group(), key=lambda mark: (unicodedata.combining(mark), mark in _TONES)))

    return unicodedata.normalize("NFC", _CLUSTER.sub(in_order, unicodedata.normalize("NFD", text)))


def clean(text: str) -> str:
    """Composed text that every database takes: no NUL, no half of a surrogate pair."""
    return nfc("".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff"))


class _Folding(dict[int, str]):
    """Character → its folding, found once. Only a folding of exactly one character is taken, so that lengths are kept."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        if lower in "đð":
            folded = "d"
        else:
            base = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c)).lower()
            folded = base if len(base) == 1 and base.isascii() else lower if len(lower) == 1 else chr(code)
        self[code] = folded
        return folded


_folding = _Folding()


def fold(text: str) -> str:
    """Without marks, đ as d, in lower case; as long as `nfc(text)`, so that places in one are places in the other.

    >>> fold("Đổi mới")
    'doi moi'
    """
    return nfc(text).translate(_folding)


def words(text: str) -> list[Word]:
    """The words of a text in their order."""
    return [_word(found) for found in WORD.findall(nfc(text).lower())]


@lru_cache(maxsize=65536)
def _word(raw: str) -> Word:
    plain = _ANY_MARK.sub("", raw.translate(_folding))[:LONGEST_WORD]
    return Word(plain, exact_key(raw))


def exact_key(raw: str) -> str:
    """The key of a word with its marks: VNI digits, the tone moved to the end.

    "đổi" → "d9o6i3_"; "hoà" and "hòa" → "hoa2_"; "ma" → "ma0_". The ending "_" keeps keys apart from plain words. What is not
    written in Vietnamese letters (digits, Greek, two tones) is kept as it stands, with "__".
    """
    letters: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", raw.lower()):
        if "a" <= char <= "z":
            letters.append(char)
        elif char in "đð":
            letters.append("d9")
        elif char in _SHAPES:
            letters.append(_SHAPES[char])
        elif char in _TONES and not tone:
            tone = _TONES[char]
        else:
            return nfc(raw.lower())[:LONGEST_WORD] + "__"
    return "".join(letters)[: 2 * LONGEST_WORD] + (tone or "0") + "_"


def spell(key: str) -> str:
    """A word written out from its exact key, the tone where the law writes it (hòa, thủy, khỏe).

    >>> spell("d9o6i3_"), spell("hoa2_")
    ('đổi', 'hòa')
    """
    if key.endswith("__"):
        return key[:-2]
    letters = re.findall(r"[a-z][6-9]*", key[:-2])
    tone = key[-2]
    if tone != "0":
        at = _tone_place(letters)
        letters[at] += tone
    return nfc("".join(_spell_letter(letter) for letter in letters))


def _spell_letter(letter: str) -> str:
    base = "đ" if letter.startswith("d9") else letter[0]
    return base + "".join(_MARKS[digit] for digit in letter[1:] if digit != "9")


def _tone_place(letters: list[str]) -> int:
    vowels = [i for i, letter in enumerate(letters) if letter[0] in "aeiouy"]
    shaped = [i for i in vowels if len(letters[i]) > 1]
    if shaped:
        return shaped[-1]
    if len(vowels) > 1 and "".join(letters[:2]) in ("qu", "gi"):
        vowels = vowels[1:]
    if not vowels:
        return len(letters) - 1
    closed = vowels[-1] < len(letters) - 1
    return vowels[1] if len(vowels) > 2 or (len(vowels) == 2 and closed) else vowels[0]


def code(text: str) -> str:
    """A number as everybody may type it: letters and digits only, letters in front put behind.

    "12/QĐ-UBND", "12 qd ubnd" → "12qdubnd"; "QĐ 12" → "12qd"; "6200 012 345" → "6200012345".
    """
    found = [word.plain for word in words(text)]
    if len(found) > 1 and found[0] in ("so", "no"):
        found = found[1:]
    joined = "".join(found)
    front = re.match(r"([^\W\d]+)(\d.*)", joined)
    return front[2] + front[1] if front else joined


def is_code(text: str) -> bool:
    """Whether a code says enough to look for: "12qd" and "620001" do, "2025" and "khoi" do not."""
    has_digit = any(c.isdigit() for c in text)
    return has_digit and len(text) <= LONGEST_WORD and (len(text) >= 6 or (len(text) >= 4 and not text.isdigit()))


_ALPHABET = {
    letter: f"{place:02d}"
    for place, letter in enumerate(
        [
            "a",
            "a8",
            "a6",
            "b",
            "c",
            "d",
            "d9",
            "e",
            "e6",
            "f",
            "g",
            "h",
            "i",
            "j",
            "k",
            "l",
            "m",
            "n",
            "o",
            "o6",
            "o7",
            "p",
            "q",
            "r",
            "s",
            "t",
            "u",
            "u7",
            "v",
            "w",
            "x",
            "y",
            "z",
        ],
        start=20,
    )
}
_TONE_ORDER = {"0": "0", "2": "1", "3": "2", "4": "3", "1": "4", "5": "5"}


def sort_key(text: str) -> str:
    """A key whose ASCII order is the order of a Vietnamese dictionary: letters first (a ă â b …), then tones."""
    letters, tones = [], []
    for word in words(text):
        if word.exact.endswith("__"):
            letters.append(word.exact[:-2])
            tones.append("0")
        else:
            letters.append("".join(_ALPHABET[x] for x in re.findall(r"[a-z][6-9]?", word.exact[:-2])))
            tones.append(_TONE_ORDER[word.exact[-2]])
    return " ".join(letters) + "|" + "".join(tones)
