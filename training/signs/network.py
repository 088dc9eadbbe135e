"""The eye for signs: whether one place of two captures shows one sign.

Both looks go in together, so that the first layer already sees where they part: two strided convolutions down to cells of
four pixels, residual blocks that look around, and a score for each cell; the place is another sign where any of the middle
cells says so. `intake/src/ocr/signs/network.rs` is its other half.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import jax
import jax.numpy as jnp

from layers import Trunk

SIDE = 40  # pixels of a look
TRUNK = Trunk(stem=((5, 24), (3, 48)), width=64, blocks=(1, 2, 1, 2, 1, 2), taps=3, answers=1)
CELLS = SIDE // 4
EDGE = 2  # cells at each side that are seen but not asked
RARE = -5.0  # what a cell says before anything is learnt


def initial(seed: int) -> dict:
    params = TRUNK.initial(seed)
    params["head.b"][:] = RARE
    return params


def score(params: dict, looks, usual):
    """Ink [places, rows, columns, 2] and what is usual between the captures [places] to how sure it is that the signs are
    others, as a logarithm of odds."""
    level = jnp.broadcast_to(usual[:, None, None, None], looks.shape[:3] + (1,))
    x = TRUNK.cells(params, jnp.concatenate([looks, level], -1))
    cells = x[:, EDGE : CELLS - EDGE, EDGE : CELLS - EDGE, 0]
    return jax.nn.logsumexp(cells.reshape(cells.shape[0], -1), -1)
