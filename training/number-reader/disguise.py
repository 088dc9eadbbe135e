"""Refuses faces that are a held-out face under another name: the same figures, whatever the file is called.

    python disguise.py FOLDER HELD-OUT-FILE…

Each figure is brought to one box and laid over that of each held-out face; where all ten fit, the face is removed
from the folder, and named.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE = 40
ALIKE = 0.9  # mean share of the ink that both figures have
BASES = (0x6F0, 0x660)


def figures(path):
    """Ten figures of each kind, each stretched to one box; none where the face lacks them."""
    font = ImageFont.truetype(str(path), 160)
    lacking = font.getmask("\u0378").getbbox(), bytes(font.getmask("\u0378"))
    out = {}
    for base in BASES:
        shapes = []
        for digit in range(10):
            mask = font.getmask(chr(base + digit), mode="L")
            box = mask.getbbox()
            if not box or (box, bytes(mask)) == lacking:
                break
            image = Image.frombytes("L", mask.size, bytes(mask)).crop(box).resize((SIDE, SIDE), Image.BOX)
            shapes.append(np.asarray(image, np.float32) / 255)
        if len(shapes) == 10:
            out[base] = np.stack(shapes)
    return out


def alike(a, b):
    return float(np.mean(np.minimum(a, b).sum((1, 2)) / np.maximum(np.maximum(a, b).sum((1, 2)), 1e-6)))


def main():
    folder, held = Path(sys.argv[1]), [Path(p) for p in sys.argv[2:] if p != "-v"]
    known = {path.name: figures(path) for path in held}
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".ttf", ".otf"):
            continue
        own = figures(path)
        worst = max(
            ((alike(own[base], other[base]), name) for name, other in known.items() for base in own if base in other),
            default=(0.0, ""),
        )
        if worst[0] >= ALIKE:
            print(f"{path.name} has the figures of {worst[1]} ({worst[0]:.3f}): removed")
            path.unlink()
        elif "-v" in sys.argv[1:]:
            print(f"{path.name}: {worst[0]:.3f} {worst[1]}")


if __name__ == "__main__":
    main()
