"""The finder of marks: three strided convolutions down to cells of eight pixels, then residual blocks that look around.

Each cell says whether the middle of a stamp or of a signature lies in it, and how far that mark reaches to each side. No
batch statistics and no state: what is trained is what is read. `intake/src/read/marks/finder.rs` is its other half.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import jax.numpy as jnp

from layers import Trunk

CELL = 8  # pixels of the small page
KINDS = 2
ANSWERS = KINDS * 5  # of each kind: how sure, and the reach left, up, right, down
TRUNK = Trunk(stem=((5, 16), (3, 32), (3, 64)), width=80, blocks=(1, 2, 4, 8, 1, 2, 4, 8), taps=5, answers=ANSWERS)
REACH = 16.0  # pixels a reach of zero stands for
RARE = -4.5  # how sure a cell is before anything is learnt


def initial(seed: int) -> dict:
    params = TRUNK.initial(seed)
    params["head.b"][[0, 5]] = RARE
    return params


def answers(params: dict, x):
    """Ink [pages, rows, columns, 3] to [pages, rows / 8, columns / 8, 2, 5]."""
    x = TRUNK.cells(params, x)
    return x.reshape(*x.shape[:3], KINDS, 5)


def boxes(said):
    """The boxes that cells speak of: left, top, right, bottom in pixels; `said` as `answers` gives it."""
    rows, columns = said.shape[1:3]
    y = ((jnp.arange(rows) + 0.5) * CELL)[None, :, None, None]
    x = ((jnp.arange(columns) + 0.5) * CELL)[None, None, :, None]
    reach = REACH * jnp.exp(jnp.clip(said[..., 1:], -4.0, 4.5))
    return jnp.stack([x - reach[..., 0], y - reach[..., 1], x + reach[..., 2], y + reach[..., 3]], -1)
