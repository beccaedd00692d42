"""What a form that is gone gives back: every choice, by the words that were read, under the label that stood there."""

from django import forms
from django.http import QueryDict

from registry.dossiers.desk.given_back import Kept, given_back


class Refusal(forms.Form):
    grounds = forms.MultipleChoiceField(
        label="Căn cứ", choices=[("nd268:49.1.b", "điểm b khoản 1 Điều 49"), ("nd268:52.1", "khoản 1 Điều 52")]
    )
    authority = forms.ChoiceField(label="Cơ quan", choices=[("Tỉnh", [("ubnd-tinh", "UBND tỉnh")])])
    note = forms.CharField(label="Lý do")
    scan = forms.BooleanField(label="Đã đối chiếu", required=False)


def test_every_choice_comes_back_by_its_words_under_its_label() -> None:
    posted = QueryDict(
        "csrfmiddlewaretoken=x&version=3&act=refuse&_send=1&grounds=nd268:49.1.b&grounds=nd268:52.1"
        "&authority=ubnd-tinh&note=Thiếu+giấy&scan=on&lines-0-product=Chè&lines-1-product=+"
    )
    assert given_back(posted, Refusal().fields) == [
        Kept("Căn cứ", "điểm b khoản 1 Điều 49\nkhoản 1 Điều 52"),
        Kept("Cơ quan", "UBND tỉnh"),
        Kept("Lý do", "Thiếu giấy"),
        Kept("Đã đối chiếu", "có"),
        Kept("", "Chè"),
    ]
    assert given_back(QueryDict("note=+&authority=lạ"), Refusal().fields) == [Kept("Cơ quan", "lạ")]
