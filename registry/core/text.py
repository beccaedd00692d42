"""Vietnamese text at the door: one Unicode form, one way to fold, slug and sort it."""

import errno
import re
import unicodedata
from typing import Final

_STRIPPED_D: Final = str.maketrans("đĐ", "dD")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_WORD: Final = re.compile(r"\w+")

_FAULTS: Final = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền đọc hoặc ghi ở đó",
    errno.EPERM: "không có quyền đọc hoặc ghi ở đó",
    errno.EISDIR: "đó là thư mục, không phải tệp",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "ổ đĩa đã đầy",
}

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: rank for rank, letter in enumerate(_LETTERS)}
# The dictionary's order of tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

SortKey = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Without marks, đ as d, lower case: what two spellings of a name have in common.

    Composed Vietnamese keeps its length, so a position in the folded text is one in the original.
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return nfc(bare.translate(_STRIPPED_D).lower())


def slugify_vi(text: str) -> str:
    """`Đổi mới sáng tạo` → `doi-moi-sang-tao`. Other scripts leave nothing: the caller has a fallback."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def clean(text: str) -> str:
    """Text as it may be kept: NFC, line ends as \\n, no control or invisible format signs, no stray blanks.

    Zero-width joiners are dropped with the other format signs: Vietnamese and English do not need them, and
    they let two different names look the same.
    """
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


def fault_of_file(failure: OSError) -> str:
    """Why a file could not be read or written, to follow a colon; what is rare is named by the system's number."""
    return _FAULTS.get(failure.errno or 0, f"hệ thống báo lỗi số {failure.errno}")


def sort_key(text: str) -> SortKey:
    """Key for sorting as a Vietnamese dictionary does: word by word, letters first (a < ă < â, d < đ), then tones."""
    return tuple(_word_key(word) for word in _WORD.findall(nfc(text).lower()))


def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for sign in word:
        base, *marks = list(unicodedata.normalize("NFD", sign))
        letters.append(_rank(nfc(base + "".join(mark for mark in marks if mark not in _TONES))))
        tones.append(max((_TONES[mark] for mark in marks if mark in _TONES), default=0))
    return tuple(letters), tuple(tones)


def _rank(letter: str) -> int:
    """Digits before letters, letters of other alphabets after the Vietnamese ones."""
    if letter in _RANK:
        return _RANK[letter]
    return ord(letter[0]) - 0x110000 if letter.isdigit() else len(_LETTERS) + ord(letter[0])
