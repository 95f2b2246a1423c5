"""Letters in a picture of a page, by models that ship with their library, on one core."""

import functools
import math
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR
from rapidocr.utils.process_img import get_rotate_crop_image

from bot.documents.pictures import Grey, take_off_shadows
from bot.documents.straighten import Line, order_corners, place_words, straighten_lines, turn_boxes
from flows.reading.bills.types import Page, Problem

DETECTION_PIXELS = 2_400_000  # on which lines of text are searched: memory goes with them
DETECTION_SIDE = 2000
ASKED = 14  # the longest lines tell which way is up
TALL = 1.5  # a line that is so much higher than wide stands on its side
MOST_WIDTH = 1600.0  # of all lines together, in their heights: some 500 words, at 3 to 5 ms each height
LEAST_SCORE = 0.5
FEW_WORDS = 12  # no bill has fewer
OPTIONS = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_type": "max",
    "Det.limit_side_len": DETECTION_SIDE,
    "Rec.rec_img_shape": [3, 48, 160],  # words shorter than the models' own 320 are not filled up with nothing
}


@functools.cache
def load_engine() -> RapidOCR:
    cv2.setNumThreads(1)
    return RapidOCR(params=OPTIONS)


def read_picture(grey: Grey, problems: list[Problem]) -> Page:
    """The page as if it lay straight. Adds no_text or blurred where hardly a word can be made out."""
    picture = cv2.cvtColor(take_off_shadows(grey), cv2.COLOR_GRAY2BGR)
    boxes = find_boxes(picture)
    if not len(boxes):
        problems.append("no_text")
        return Page((), "ocr")
    turns, crops = find_way_up(picture, boxes)
    chosen = choose_lines([crop.shape[1] / max(crop.shape[0], 1) for crop in crops])
    crops, boxes = [crops[place] for place in chosen], boxes[chosen]
    lines = recognise(crops, turn_boxes(boxes, turns, picture.shape[:2]))
    height, width = picture.shape[:2] if turns % 2 == 0 else picture.shape[1::-1]
    words = place_words(straighten_lines(lines, width, height), width, height)
    if sum(len(word.text) > 1 for word in words) < FEW_WORDS:
        problems.append("blurred")
    return Page(words, "ocr", width / height)


def find_boxes(picture: Any) -> Any:
    """Corners of lines of text, n × 4 × 2, each beginning at its upper left as the picture lies."""
    height, width = picture.shape[:2]
    factor = min(1.0, DETECTION_SIDE / max(height, width), math.sqrt(DETECTION_PIXELS / (height * width)))
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else picture
    found: Any = load_engine()(small, use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return np.zeros((0, 4, 2))
    return np.array([order_corners(np.asarray(box, np.float32)) for box in found.boxes]) / np.float32(factor)


def find_way_up(picture: Any, boxes: Any) -> tuple[int, list[Any]]:
    """Quarter turns against the clock that bring the page upright, and the lines cut out upright."""
    sideways = sum(_measure(box)[1] > _measure(box)[0] for box in boxes if max(_measure(box)) > 3 * min(_measure(box)))
    long = sum(max(_measure(box)) > 3 * min(_measure(box)) for box in boxes)
    turns = 1 if sideways > long / 2 else 0
    crops = [_cut(picture, box, turns) for box in boxes]
    asked = sorted(crops, key=lambda crop: crop.shape[1] / crop.shape[0])[-ASKED:]
    engine = load_engine()
    _, told = engine.cls_and_rotate(asked)
    heads_down = sum(score if label == "180" else -score for label, score in told.cls_res or ())
    if heads_down > 0:
        return turns + 2, [cv2.rotate(crop, cv2.ROTATE_180) for crop in crops]
    return turns, crops


def choose_lines(widths: list[float]) -> list[int]:
    """Places of the lines that are recognised, as they came: where a page is full of words, its longest lines are left
    out, since figures and their labels are short and terms of business are long."""
    total, chosen = 0.0, []
    for place in sorted(range(len(widths)), key=lambda place: widths[place]):
        total += widths[place]
        if total > MOST_WIDTH:
            break
        chosen.append(place)
    return sorted(chosen)


def recognise(crops: list[Any], boxes: Any) -> list[Line]:
    told = load_engine().recognize_txt(crops)
    found = zip(told.txts or (), map(float, told.scores or ()), boxes, strict=False)
    return [Line(text, score, box) for text, score, box in found if text.strip() and score >= LEAST_SCORE]


def _measure(box: Any) -> tuple[float, float]:
    """Width and height as the picture lies."""
    return float(np.linalg.norm(box[0] - box[1])), float(np.linalg.norm(box[0] - box[3]))


def _cut(picture: Any, box: Any, turns: int) -> Any:
    """The library turns what is very tall by itself; short words follow the page."""
    width, height = _measure(box)
    crop = get_rotate_crop_image(picture, np.array(box, np.float32))
    was_turned = height / max(width, 1) >= TALL and crop.shape[1] > crop.shape[0]
    if turns and not was_turned:
        return np.rot90(crop)
    if not turns and was_turned:
        return np.rot90(crop, -1)
    return crop
