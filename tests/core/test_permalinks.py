import pytest

from registry.core.permalinks import ALPHABET, LENGTH, Permalink, new_public_id, parse, permalink


def test_ids_are_short_opaque_and_differ():
    ids = {new_public_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in ids)
    assert not set("ilou") & set(ALPHABET)


def test_a_segment_is_written_and_read_back():
    link = permalink("Trà cổ thụ Sìn Hồ", "7k2m9x4q")
    assert str(link) == "tra-co-thu-sin-ho-7k2m9x4q"
    assert parse(str(link)) == link


@pytest.mark.parametrize(
    ("segment", "found"),
    [
        ("TRA-CO-THU-7K2M9X4Q", Permalink("tra-co-thu", "7k2m9x4q")),
        ("7k2m9x4q", Permalink("", "7k2m9x4q")),
        ("ten-cu-okimoxiq", Permalink("ten-cu", "0k1m0x1q")),
        ("", None),
        ("tra-co-thu", None),
        ("tra-co-thu-7k2m9x4", None),
        ("tra--7k2m9x4q", None),
        ("../7k2m9x4q", None),
        ("trà-7k2m9x4q", None),
        ("x" * 5000, None),
    ],
)
def test_what_stands_in_an_address(segment, found):
    assert parse(segment) == found


def test_a_long_name_is_cut_at_a_word_and_a_foreign_one_leaves_the_id():
    assert len(permalink("rất dài " * 40, "7k2m9x4q").slug) <= 80
    assert permalink("rất dài " * 40, "7k2m9x4q").slug.endswith(("rat", "dai"))
    assert str(permalink("中文", "7k2m9x4q")) == "7k2m9x4q"
