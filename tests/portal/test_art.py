import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from art import brocade, landscape
from art.files import FOLDER, KINDS, SIZES, write_art


@settings(deadline=None)  # a busy machine is not a fault of the cloth
@given(key=st.text(max_size=40), field=st.sampled_from(sorted(brocade.FIELDS)))
def test_any_key_weaves_the_same_cloth_twice(key: str, field: str) -> None:
    drawing = brocade.cover(key, field)
    assert drawing == brocade.cover(key, field)
    assert ElementTree.fromstring(drawing).tag.endswith("svg")


def test_no_style_no_script_and_small() -> None:
    for kind, draw in KINDS.items():
        field = "dawn" if kind.startswith("landscape") else "biotech"
        drawing = draw("mau-thu", field)
        assert not re.search(r"style|script|\son\w+=|href", drawing)
        assert len(drawing) < 16_000


def test_the_field_gives_the_colours_and_the_key_the_weave() -> None:
    assert brocade.cover("a", "biotech") != brocade.cover("b", "biotech")
    assert brocade.cover("a", "biotech") != brocade.cover("a", "ict")
    assert landscape.cover("a", "tea") != landscape.cover("a", "night")


def test_a_picture_is_written_once_under_its_contents_name(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    url = write_art("cover", "mau", "biotech")
    file = tmp_path / FOLDER / Path(url).name
    before = file.stat().st_mtime_ns
    assert write_art("cover", "mau", "biotech") == url
    assert file.stat().st_mtime_ns == before
    assert file.read_text() == brocade.cover("mau", "biotech")
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert url.startswith("/media/art/cover-")
    assert set(SIZES) == set(KINDS)


def test_an_unknown_field_is_a_mistake(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(KeyError):
        write_art("cover", "mau", "magic")
