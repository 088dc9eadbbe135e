"""Drawn pages, as `sanad-samples generate --marks` writes them, brought to what the finder of marks sees.

The same smaller copy is made in `intake/src/read/marks/scene.rs`.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 1024  # long side of the page, pixels
KINDS = ("stamps", "signatures")
LEFT = 0.5  # share of a mark that must be left on the picture
BRIGHT = 0.9  # paper is as bright as this share of the pixels is at most


def fitted(width: int, height: int) -> tuple[int, int]:
    """The size with its long side at most SIDE, never enlarged."""
    long = max(width, height)
    if long <= SIDE:
        return width, height
    return max(1, (width * SIDE + long // 2) // long), max(1, (height * SIDE + long // 2) // long)


def small(picture: Image.Image) -> np.ndarray:
    """The page as bytes, [rows, columns, 3]."""
    return np.asarray(picture.convert("RGB").resize(fitted(*picture.size), Image.Resampling.HAMMING))


def paper(pixels: np.ndarray) -> np.ndarray:
    """Brightness of the paper in each channel, levels."""
    counts = [np.cumsum(np.bincount(pixels[..., c].ravel(), minlength=256)) for c in range(3)]
    return np.array([max(60, int(np.searchsorted(c, c[-1] * BRIGHT))) for c in counts], np.float32)


def box_of(region, homography, scale: float, size):
    """A region of the clean page as a box of its picture; none where too little of it is left there."""
    x, y, w, h = (value * scale for value in region)
    corners = np.array([[x, y, 1], [x + w, y, 1], [x, y + h, 1], [x + w, y + h, 1]]) @ np.array(homography).T
    corners = corners[:, :2] / corners[:, 2:]
    (left, top), (right, low) = corners.min(0), corners.max(0)
    box = [max(left, 0), max(top, 0), min(right, size[0]), min(low, size[1])]
    seen = max(0, box[2] - box[0]) * max(0, box[3] - box[1])
    return box if seen >= LEFT * (right - left) * (low - top) > 0 else None


def pack(folder: Path) -> Path:
    """Makes a folder's pages small once and keeps them beside it with their boxes: page, kind, box in small pixels."""
    kept = folder / "packed.npz"
    if kept.exists():
        return kept
    masters = json.loads((folder / "masters.json").read_text("utf-8"))
    pages, sizes, papers, boxes = [], [], [], []
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        master = masters[truth["master"]]
        if truth["turn_deg"]:
            continue
        with Image.open(folder / truth["file"]) as picture:
            pixels = small(picture)
        shrunk = pixels.shape[1] / truth["w"]
        for kind, name in enumerate(KINDS):
            for region in master[name]:
                region = region["region"] if isinstance(region, dict) else region
                box = box_of(region, truth["homography"], truth["dpi"] / master["dpi"], (truth["w"], truth["h"]))
                if box is not None:
                    boxes.append([len(pages), kind, *(value * shrunk for value in box)])
        pages.append(pixels.ravel())
        sizes.append(pixels.shape[:2])
        papers.append(paper(pixels))
    part = folder / "packed.part.npz"
    np.savez(
        part,
        pixels=np.concatenate(pages),
        sizes=np.array(sizes, np.int32),
        papers=np.array(papers, np.float32),
        boxes=np.array(boxes, np.float32).reshape(-1, 6),
    )
    part.replace(kept)
    return kept


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        pack(Path(name))
