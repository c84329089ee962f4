import pytest

from lernnetzwerk.text.enumeration import enumeration


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (list("ABC"), "A, B und C")]
)
def test_an_enumeration_ends_with_und(words, text):
    assert enumeration(words) == text
