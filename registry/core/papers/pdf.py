"""The lines of a paper as a typst template wants them (`templates/typst/paper_parts.typ`): plain JSON, nothing that is run."""

from typing import Any

from registry.core.papers.sheets import Blank, Block, Gap, Heading, Line, Part, Sheet, Table


def sheet_words(made: Sheet) -> dict[str, Any]:
    signature = made.signature
    return {
        "code": made.code,
        "issued_as": made.issued_as,
        "name": made.name,
        "author": made.author,
        "title": made.title,
        "beside": made.beside,
        "below": [block_words(line) for line in made.below],
        "to": None if made.to is None else _part(made.to),
        "blocks": [block_words(block) for block in made.blocks],
        "signature": {
            "where": None if signature.where is None else block_words(signature.where),
            "role": signature.role,
            "note": signature.note,
            "name": signature.name,
        },
    }


def block_words(block: Block) -> dict[str, Any]:
    match block:
        case Line(parts):
            return {"kind": "line", "parts": [_part(part) for part in parts]}
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Table(columns, rows):
            titles = [{"title": c.title, "width": c.width} for c in columns]
            cells = [
                [{"text": cell, "is_right": c.is_right(cell)} for c, cell in zip(columns, row, strict=True)]
                for row in rows
            ]
            return {"kind": "table", "columns": titles, "rows": cells}


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Blank(text, dots):
            return {"text": text, "dots": dots}
        case Gap():
            return {"gap": True}
        case words:
            return {"words": words}
