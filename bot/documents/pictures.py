"""Photos to arrays of grey: turned as the camera noted, no larger than needed, shadows taken off."""

import io
import warnings
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.documents.limits import Limits
from bot.documents.problems import BadFile

Grey = np.ndarray[Any, np.dtype[np.uint8]]
FORMATS = ("JPEG", "PNG", "WEBP")  # a phone's picture of several is opened as JPEG
LONG_SIDE = 2200  # pixels: more costs time and memory and reads no better
SMALLEST = 120


def open_picture(content: bytes, limits: Limits) -> Grey:
    """The header tells the size before anything is unpacked. BadFile: unreadable, too_large, blurred."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit stands below
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
            check_size(picture.size, limits)
            picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
            turned = ImageOps.exif_transpose(picture)
            grey = flatten_picture(turned).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise BadFile("unreadable") from error
    grey.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return np.asarray(grey, np.uint8)


def check_size(size: tuple[int, int], limits: Limits) -> None:
    width, height = size
    if width * height > limits.pixels or max(size) > limits.side:
        raise BadFile("too_large")
    if min(size) < SMALLEST:
        raise BadFile("blurred")


def flatten_picture(picture: Image.Image) -> Image.Image:
    """What is see-through lies on white."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)


def take_off_shadows(grey: Grey) -> Grey:
    """Paper is white everywhere: each place is divided by how bright the paper around it is."""
    small = cv2.resize(grey, (max(1, grey.shape[1] // 8), max(1, grey.shape[0] // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 15)
    around = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(around, 1), scale=245), np.uint8)
