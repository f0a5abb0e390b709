"""The interval of a share, against R. G. Newcombe, Statistics in Medicine 17 (1998), table I."""

import pytest

from pipeline.statistics import wilson_interval


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_agrees_with_the_published_table(successes, n, low, high):
    assert wilson_interval(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_all_of_few_is_not_a_certainty():
    assert wilson_interval(10, 10) == pytest.approx((0.7225, 1.0), abs=5e-5)


def test_a_smaller_z_gives_a_narrower_interval():
    wide, narrow = wilson_interval(5, 10), wilson_interval(5, 10, z=1.0)
    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]


def test_no_answers_have_no_interval():
    assert wilson_interval(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(11, 10), (-1, 10), (1, 0)])
def test_an_impossible_share_is_refused(successes, n):
    with pytest.raises(ValueError, match="is not a share"):
        wilson_interval(successes, n)
