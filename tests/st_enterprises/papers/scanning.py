"""A QR read back from a picture of a paper, as a telephone reads it: nothing here knows how it was drawn.

The picture is clean, so no module is ever corrected: one that were misread would spoil the proof, which its signature tells.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import typst
from PIL import Image
from segno import consts

Matrix = list[list[bool]]
RUN: Final = re.compile(rb"\xff+|\x00+")
MASKS: Final = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
LEVELS: Final = {1: consts.ERROR_LEVEL_L, 0: consts.ERROR_LEVEL_M, 3: consts.ERROR_LEVEL_Q, 2: consts.ERROR_LEVEL_H}


def picture(pdf: bytes, folder: Path, *, page: int = 1, dpi: int = 150) -> Image.Image:
    """A page of a PDF as a printer or a screen makes it of dots, in grey."""
    (folder / "paper.pdf").write_bytes(pdf)
    frame = folder / "frame.typ"
    frame.write_text(f'#set page(width: auto, height: auto, margin: 0pt)\n#image("paper.pdf", page: {page})')
    return Image.open(BytesIO(typst.compile(str(frame), format="png", ppi=dpi))).convert("L")


def text_in(image: Image.Image) -> str:
    """What the QR in the picture says. Raises ValueError where there is none."""
    return said_by(modules_of(image))


def modules_of(image: Image.Image) -> Matrix:
    """The dark modules of the one upright QR in a picture, found by its three corners."""
    dark = image.point(lambda grey: 255 if grey < 128 else 0)
    corners = sorted(set(corners_in(dark)), key=lambda one: (one[1], one[0]))
    if len(corners) != 3:
        raise ValueError(f"{len(corners)} corners of a QR in the picture")
    (left, top, wide), (right, _, _), (_, bottom, _) = corners
    size = round((right - left) * 7 / wide) + 7
    size = round((size - 17) / 4) * 4 + 17
    across, down = (right - left) / (size - 7), (bottom - top) / (size - 7)
    return [
        [dark.getpixel((round(left + (x - 3) * across), round(top + (y - 3) * down))) > 0 for x in range(size)]
        for y in range(size)
    ]


def corners_in(dark: Image.Image) -> Iterator[tuple[float, float, float]]:
    """Centres and widths of what runs 1:1:3:1:1 both across and down; one for each, the middle of its rows."""
    found: list[tuple[float, float, float]] = []
    pixels, dots = dark.load(), dark.tobytes()
    for y in range(dark.height):
        for middle, wide in finder_runs(dots[y * dark.width : (y + 1) * dark.width]):
            for centre, high in finder_runs(dots[round(middle) :: dark.width]):
                if (
                    abs(centre - y) < wide / 10
                    and abs(high - wide) < wide / 4
                    and is_corner(pixels, middle, centre, wide / 7)
                ):
                    found.append((middle, centre, wide))
    while found:
        x, y, wide = found[len(found) // 2]
        near = [one for one in found if abs(one[0] - x) < wide and abs(one[1] - y) < wide]
        found = [one for one in found if one not in near]
        yield near[len(near) // 2]


def is_corner(pixels: Any, left: float, top: float, one: float) -> bool:
    """A dark ring of seven modules around a light one of five around a dark square of three."""
    return all(
        (pixels[round(left + x * one), round(top + y * one)] > 0) == (max(abs(x), abs(y)) != 2)
        for x in range(-3, 4)
        for y in range(-3, 4)
    )


def finder_runs(line: bytes) -> Iterator[tuple[float, float]]:
    """Middle and width of each dark-light-dark-light-dark run of 1:1:3:1:1 in a line of dots."""
    runs = [one.span() for one in RUN.finditer(line)]
    for five in zip(*(runs[at:] for at in range(5)), strict=False):
        start, wide = five[0][0], five[4][1] - five[0][0]
        lengths = [to - since for since, to in five]
        if (
            line[start]
            and wide >= 14
            and all(
                abs(length - wanted * wide / 7) <= wide / 12
                for length, wanted in zip(lengths, (1, 1, 3, 1, 1), strict=True)
            )
        ):
            yield start + wide / 2 - 0.5, wide


def said_by(matrix: Matrix) -> str:
    """The text of a QR of one piece in bytes (ISO/IEC 18004), its blocks put in order again."""
    size = len(matrix)
    version = (size - 17) // 4
    told = int("".join("01"[dark] for dark in matrix[8][:5]), 2) ^ 0b10101
    level, mask = LEVELS[told >> 3], MASKS[told & 7]
    bits = [
        matrix[y][x] != mask(y, x) for y, x in path(size) if not is_frame(y, x, size, consts.ALIGNMENT_POS, version)
    ]
    words = [int("".join("01"[bit] for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    blocks = [kind.num_data for kind in consts.ECC[version][level] for _ in range(kind.num_blocks)]
    rows: list[list[int]] = [[] for _ in blocks]
    data = iter(words)
    for place in range(max(blocks)):
        for row, length in zip(rows, blocks, strict=True):
            if place < length:
                row.append(next(data))
    stream = "".join(f"{word:08b}" for row in rows for word in row)
    if stream[:4] != "0100":
        raise ValueError("The QR does not begin with bytes.")
    counted = 16 if version >= 10 else 8
    length = int(stream[4 : 4 + counted], 2)
    begin = 4 + counted
    return bytes(int(stream[at : at + 8], 2) for at in range(begin, begin + 8 * length, 8)).decode()


def path(size: int) -> Iterator[tuple[int, int]]:
    """Row and column of every module, two columns at a time, up and down from the right; column 6 is no part of it."""
    upwards = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for y in range(size - 1, -1, -1) if upwards else range(size):
            yield y, right
            yield y, right - 1
        upwards = not upwards


def is_frame(y: int, x: int, size: int, alignment: tuple, version: int) -> bool:
    """Is it a module that carries no data: corners, formats, timing, alignment, version?"""
    if (y < 9 and (x < 9 or x >= size - 8)) or (y >= size - 8 and x < 9) or 6 in (y, x):
        return True
    if version >= 7 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11)):
        return True
    if version < 2:
        return False
    places = alignment[version - 2]
    return any(
        abs(y - row) <= 2 and abs(x - column) <= 2
        for row in places
        for column in places
        if (row, column) not in ((6, 6), (6, places[-1]), (places[-1], 6))
    )
