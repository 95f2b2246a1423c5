"""A page as a phone sees it: on a table, tilted, in perspective, shadowed, out of focus, pressed into a JPEG."""

from random import Random

import cv2
import numpy as np
import pypdfium2


def photograph(pdf: bytes, page: int, chance: Random) -> bytes:
    """JPEG; the same `chance` gives the same bytes."""
    sheet = _render(pdf, page, chance.randint(1350, 2000))
    noise = np.random.default_rng(chance.randint(0, 2**31))
    picture = _lay_down(sheet, chance, noise)
    picture = _shadow(picture, chance)
    picture = _blur(picture, chance)
    grain = noise.normal(0, chance.uniform(1, 6), picture.shape)
    picture = np.clip(picture + grain, 0, 255).astype(np.uint8)
    turn = chance.choices(
        (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180), (82, 7, 7, 4)
    )[0]
    if turn is not None:
        picture = cv2.rotate(picture, turn)
    done, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(55, 85)])
    if not done:
        raise RuntimeError("the picture was not encoded")
    return content.tobytes()


def _render(pdf: bytes, page: int, tall: int) -> np.ndarray:
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[page]
    picture = drawn.render(scale=tall / drawn.get_height()).to_numpy()[:, :, :3].copy()
    document.close()
    return picture


def _lay_down(sheet: np.ndarray, chance: Random, noise: np.random.Generator) -> np.ndarray:
    """On a table with a margin, or filling the frame; tilted up to four degrees, its corners pulled a little."""
    height, width = sheet.shape[:2]
    on_table = chance.random() < 0.6
    margin = chance.uniform(0.05, 0.1) if on_table else 0.035
    frame = (round(width * (1 + 2 * margin)), round(height * (1 + 2 * margin)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    angle = np.deg2rad(chance.uniform(-4, 4))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array([width / 2, height / 2])
    pulled = np.array([[chance.uniform(-0.015, 0.015) * width for _ in range(2)] for _ in range(4)])
    placed = (corners - middle) @ turn.T * 0.985 + np.array(frame) / 2 + pulled
    warp = cv2.getPerspectiveTransform(corners, placed.astype(np.float32))
    colour = [chance.randint(40, 140) for _ in range(3)] if on_table else [235, 238, 238]
    table = np.full((frame[1], frame[0], 3), colour, np.float64)
    if on_table:
        table += cv2.resize(noise.normal(0, 14, (frame[1] // 24, 3)), (frame[0], frame[1]))[:, :, None]
    laid = cv2.warpPerspective(sheet, warp, frame, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), warp, frame)[:, :, None] / 255.0
    return np.asarray(laid * mask * chance.uniform(0.86, 1.0) + table * (1 - mask))


def _shadow(picture: np.ndarray, chance: Random) -> np.ndarray:
    """Light falls off to one side; sometimes a hand's soft shadow lies across."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    angle = chance.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * columns / width + np.sin(angle) * rows / height) / 2 + 0.5
    light = 1 - chance.uniform(0.05, 0.35) * np.clip(slope, 0, 1)
    if chance.random() < 0.4:
        edge = (columns * chance.uniform(0.6, 1.4) + rows * chance.uniform(-0.5, 0.5)) - width * chance.uniform(
            0.3, 0.9
        )
        light *= 1 - chance.uniform(0.1, 0.3) / (1 + np.exp(-edge / 40))
    return np.asarray(picture * light[:, :, None])


def _blur(picture: np.ndarray, chance: Random) -> np.ndarray:
    sigma = chance.uniform(0.3, 1.15) * picture.shape[0] / 1900
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma))
