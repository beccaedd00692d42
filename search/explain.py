"""How a query was read and why a hit stands where it stands, in the words that staff read. Asks neither engine nor database."""

from dataclasses import dataclass

from search.engine import Hit
from search.normalise import clean, spell, words
from search.plan import MOST_WORDS, Group, Phrase, Plan, typed_words

MOST_NAMED = 20  # of the words that were left out

TIERS = {
    1: "Tiêu đề có nguyên cụm từ này, đúng dấu như đã gõ.",
    2: "Có đủ các từ, đúng dấu như đã gõ, trong tiêu đề hay nội dung.",
    3: "Tiêu đề có nguyên cụm từ này, không kể dấu.",
    4: "Tiêu đề có đủ các từ, không kể dấu.",
    5: "Có đủ các từ, không kể dấu, trong tiêu đề hay nội dung.",
}
EVERYTHING = "Không gõ gì nên mọi mục đều khớp."


@dataclass(frozen=True)
class Piece:
    """One thing that a match must have. `also` and `number` do as well; `together`: quoted; `beginning`: it may go on."""

    typed: str
    also: tuple[str, ...] = ()
    number: str = ""
    together: bool = False
    beginning: bool = False


def why(hit: Hit, plan: Plan) -> str:
    """The tier of a hit in a sentence; inside a tier the newest comes first, then what was entered last."""
    if plan.blank:
        return EVERYTHING
    if hit.tier == 1 and not _stands_in_title(hit, plan):
        return f"Chính số hiệu của mục này, hay phần đầu của nó: “{plan.code}”."
    return TIERS[hit.tier]


def pieces(plan: Plan) -> list[Piece]:
    """What a match must have, in the order of the query."""
    return [_piece(group) for group in plan.groups]


def remarks(text: str, plan: Plan) -> list[str]:
    """What else happened to the query before it was asked."""
    if plan.blank:
        return [EVERYTHING]
    if plan.empty:
        return ["Không có chữ hay số nào để tìm."]
    said = []
    if plan.code:
        said.append(f"Cả câu cũng được đọc là số hiệu “{plan.code}”: mục có số bắt đầu như vậy đứng đầu.")
    if not plan.marked:
        said.append("Không từ nào có dấu nên dấu không được xét: bậc 2 để trống, bậc 1 chỉ dành cho số hiệu.")
    if plan.groups[-1].phrases[0].open_end:
        last = spell(plan.groups[-1].phrases[0].words[-1].exact)
        said.append(f"Không mục nào khớp khi “{last}” là nguyên một từ, nên nó được đọc là phần đầu của từ.")
    left_out = _left_out(text, plan)
    if left_out:
        named = " ".join(left_out[:MOST_NAMED]) + (" …" if len(left_out) > MOST_NAMED else "")
        said.append(f"Chỉ {MOST_WORDS} từ đầu được dùng; {len(left_out)} từ bị bỏ: {named}")
    return said


def _stands_in_title(hit: Hit, plan: Plan) -> bool:
    title = tuple(word.exact for word in words(hit.title))
    return plan.marked and any(
        title[at : at + len(wording.exact)] == wording.exact for wording in plan.wordings for at in range(len(title))
    )


def _piece(group: Group) -> Piece:
    first, *others = group.phrases
    return Piece(
        typed=_spelled(first),
        also=tuple(_spelled(other) for other in others),
        number=group.codes[0] if group.codes else "",
        together=group.quoted and len(first.words) > 1,
        beginning=first.open_end,
    )


def _spelled(phrase: Phrase) -> str:
    return " ".join(spell(word.exact) for word in phrase.words)


def _left_out(text: str, plan: Plan) -> list[str]:
    """The words behind those that the plan kept: groups hold the typed words in their order."""
    if not plan.truncated:
        return []
    kept = typed_words(plan.groups)
    return [spell(word.exact) for word in words(clean(text))[kept:]]
