"""How another reader does on the lines that `evaluate numbers` is measured on: the recogniser of the package `parisaocr`,
installed by pip for this and used for nothing else (`make yardstick`).

It reads whole lines of print, so it is asked generously: a line counts as right where its groups of figures stand among
what was read, in their order, whatever signs and words stand between and beside them. Our own figures of `evaluate
numbers` want every sign.
"""

import argparse
import collections
import importlib.util
import itertools
import pathlib
import re
import tempfile

from PIL import Image

from lines import crops

FIGURES = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
LINE = "13"  # one line a picture, no layout
AT_ONCE = 64


def groups(text):
    return re.findall(r"\d+", text.translate(FIGURES))


def says(read, truth):
    """Whether the groups of figures of the truth stand side by side among those read, in either direction of the line."""
    wanted, found = groups(truth), groups(read)
    runs = [found[at : at + len(wanted)] for at in range(len(found) - len(wanted) + 1)]
    return bool(wanted) and (wanted in runs or wanted[::-1] in runs)


def recogniser():
    from parisaocr.kraken_reader import KrakenReader

    package = pathlib.Path(importlib.util.find_spec("parisaocr").origin).parent
    weights = next((package / "models").glob("parisaocr-*.safetensors"))
    return KrakenReader(weights, device="cpu")


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=pathlib.Path)
    asked.add_argument("--most", type=int, default=None)
    asked = asked.parse_args()
    lines = list(itertools.islice(crops(asked.folder), asked.most))
    reader = recogniser()
    right, all_of = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as place:
        for start in range(0, len(lines), AT_ONCE):
            some = lines[start : start + AT_ONCE]
            paths = [pathlib.Path(place) / f"{at}.png" for at in range(len(some))]
            for path, (_, crop) in zip(paths, some):
                Image.fromarray(crop).save(path)
            for (known, _), read in zip(some, reader.read_many([(path, LINE) for path in paths])):
                text = " ".join(word.text for line in read for word in line)
                for name in ("all", known["face"], *(["clean"] if known["clean"] else [])):
                    all_of[name] += 1
                    right[name] += says(text, known["text"])
    for name, count in sorted(all_of.items()):
        print(f"{name:<20} {100 * right[name] / count:6.2f}% of {count}")


if __name__ == "__main__":
    main()
