"""Pictures and pages before and after letters are recognised."""

import io
import math

import numpy as np
import pytest
from PIL import Image

from bot.documents.limits import LIMITS, Limits
from bot.documents.pdfs import read_pdf
from bot.documents.pictures import open_picture, take_off_shadows
from bot.documents.problems import BadFile
from bot.documents.recognition import MOST_WIDTH, choose_lines
from bot.documents.straighten import Line, order_corners, place_words, straighten_lines, turn_boxes
from flows.reading.bills.types import Problem
from tests.documents import hostile

ROTATED = 6  # EXIF: the phone was held upright and the sensor lay


def test_the_cameras_note_is_followed() -> None:
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = ROTATED
    Image.new("L", (400, 300), 255).save(file, "JPEG", exif=exif)
    assert open_picture(file.getvalue(), LIMITS).shape == (400, 300)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (hostile.write_png_bomb(60_000, 200), "too_large"),
        (hostile.write_png_bomb(10, 10), "blurred"),
        (hostile.write_jpeg()[:2000], "unreadable"),
    ],
)
def test_pictures_are_judged_by_their_heads(content: bytes, problem: Problem) -> None:
    with pytest.raises(BadFile) as bad:
        open_picture(content, Limits())
    assert bad.value.problem == problem


def test_shadows_are_taken_off() -> None:
    slope = np.linspace(90, 250, 600)[None, :].repeat(400, axis=0)
    slope[195:205, ::40] *= 0.2
    even = take_off_shadows(slope.astype(np.uint8))
    assert even[50:150].std() < 3
    assert even[200, 40] < 100


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_boxes_turn_with_their_picture(turns: int) -> None:
    """A mark's box lies around the mark after any quarter turns."""
    picture = np.zeros((40, 60))
    picture[5:10, 20:45] = 1
    turned = np.rot90(picture, turns)
    box = turn_boxes(np.array([[[20, 5], [45, 5], [45, 10], [20, 10]]], float), turns, picture.shape)[0]
    rows, columns = np.nonzero(turned)
    assert (box[:, 1].min(), box[:, 1].max()) == (rows.min(), rows.max() + 1)
    assert (box[:, 0].min(), box[:, 0].max()) == (columns.min(), columns.max() + 1)


@pytest.mark.parametrize("first", [0, 1, 2, 3])
@pytest.mark.parametrize("lean", [-30, 30])
def test_corners_begin_at_the_upper_left(first: int, lean: int) -> None:
    """Of a line that stands on its side and leans either way."""
    box = np.array([[200 + lean, 100], [230 + lean, 102], [230, 600], [200, 598]], float)
    assert np.array_equal(order_corners(np.roll(box, first, axis=0)), box)


@pytest.mark.parametrize("bend", [0.0, 0.00006])
def test_lines_that_lie_askew_are_level(bend: float) -> None:
    """A label and its number far right share a height again, also where the slope changes down the page."""
    lines = [
        _tilt(text, left, top, bend)
        for top in range(100, 1500, 60)
        for text, left in (("Label of it", 60), ("12.50", 900))
    ]
    words = place_words(straighten_lines(lines, 1100, 1600), 1100, 1600)
    labels = [word.top for word in words if word.text == "Label"]
    numbers = [word.top for word in words if word.text == "12.50"]
    assert max(abs(one - two) for one, two in zip(labels, numbers, strict=True)) < 0.003


def _tilt(text: str, left: float, top: float, bend: float) -> Line:
    slope = math.tan(math.radians(3)) + bend * top
    width = 11 * len(text)
    edges = [(left, top), (left + width, top), (left + width, top + 20), (left, top + 20)]
    return Line(text, 0.99, np.array([[x, y + slope * (x - 550)] for x, y in edges]))


def test_a_page_full_of_words_costs_no_more_than_a_full_bill() -> None:
    """The figures' short lines are all recognised, of long prose what there is time for; a bill as it is."""
    bill, prose = [8.0] * 100, [40.0] * 150
    chosen = choose_lines([*prose[:75], *bill, *prose[75:]])
    assert chosen == sorted(chosen)
    assert set(range(75, 175)) < set(chosen)
    assert len(bill) * 8 + (len(chosen) - len(bill)) * 40 == MOST_WIDTH
    assert choose_lines(bill) == list(range(100))


def test_words_of_a_line_share_it() -> None:
    box = np.array([[100, 10], [300, 10], [300, 30], [100, 30]], float)
    first, second = place_words([Line("Total  kWh", 0.9, box)], 1000, 100)
    assert (first.text, second.text) == ("Total", "kWh")
    assert first.left == 0.1
    assert first.right < second.left < second.right == pytest.approx(0.3)


def test_words_of_a_pdf_stand_where_they_are_printed() -> None:
    problems: list[Problem] = []
    (page,) = read_pdf(hostile.write_pdf(), LIMITS, lambda: False, problems)
    total = next(word for word in page.words if word.text == "Total")
    assert total.left == pytest.approx(50 / 612, abs=0.005)
    assert total.top < 1 - (792 - 120) / 792 < total.bottom + 0.001
    assert page.aspect == pytest.approx(612 / 792)
    assert not problems
