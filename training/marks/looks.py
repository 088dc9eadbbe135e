"""Windows of pages as other captures would show them, with what each cell of the finder has to say of them.

All of it runs where the network does: a window is turned a little, made larger or smaller, its colours, light and
sharpness changed; a third of the windows lose their colour.
"""

import jax
import jax.numpy as jnp

from network import CELL, KINDS

WINDOW = 512  # pixels of a window as the network sees it
TAKEN = 736  # pixels taken from the page for it, so that it can be turned and made smaller
CORE = 0.25  # a mark is said by the cells within this share of its sides around its middle
LEAST_CORE = 6.0  # and within so many pixels
SEEN = 0.55  # a mark of which less lies in the window is neither asked for nor denied


def window(key, pixels, papers, boxes, known):
    """Ink [n, WINDOW, WINDOW, 3] and the boxes in it. `boxes` [n, most, 5]: kind and box; `known` which of them count."""
    count = pixels.shape[0]
    keys = iter(jax.random.split(key, 40))
    free = lambda low, high, shape=(): jax.random.uniform(next(keys), (count, *shape), minval=low, maxval=high)
    some = lambda share: jax.random.uniform(next(keys), (count,)) < share

    # From a window's pixels to the page's: turned, scaled, a little aslant.
    scale = jnp.exp(free(jnp.log(0.7), jnp.log(1.35)))
    turn = jnp.where(some(0.6), free(-0.1, 0.1), 0.0)
    aspect, slant = jnp.exp(free(-0.08, 0.08)), free(-0.04, 0.04)
    cos, sin = jnp.cos(turn) * scale, jnp.sin(turn) * scale
    matrix = jnp.stack(
        [jnp.stack([cos * aspect, -sin + slant], -1), jnp.stack([sin * aspect, cos / aspect], -1)], -2
    )
    middle = TAKEN / 2 + free(-20.0, 20.0, (2,))
    grid = jnp.stack(jnp.meshgrid(jnp.arange(WINDOW), jnp.arange(WINDOW)), -1) - (WINDOW - 1) / 2.0
    places = jnp.einsum("nij,yxj->nyxi", matrix, grid) + middle[:, None, None]
    ink = sampled(1.0 - pixels.astype(jnp.float32) / papers[:, None, None], places)

    inverse = jnp.linalg.inv(matrix)
    left, top, right, low = (boxes[..., at] for at in (1, 2, 3, 4))
    corners = jnp.stack([jnp.stack(pair, -1) for pair in ((left, top), (right, top), (left, low), (right, low))], -2)
    moved = jnp.einsum("nij,nmcj->nmci", inverse, corners - middle[:, None, None]) + (WINDOW - 1) / 2.0
    least, most = moved.min(2), moved.max(2)
    # A turned box is larger than what it holds: the half of what is gained is given back.
    wide = jnp.stack([right - left, low - top], -1) / jnp.stack([scale * aspect, scale / aspect], -1)[:, None]
    excess = jnp.maximum(0.0, (most - least) - wide) / 4
    placed = jnp.concatenate([least + excess, most - excess], -1)

    return coloured(keys, count, ink), jnp.concatenate([boxes[..., :1], placed], -1), known


def sampled(ink, places):
    """Ink between pixels; beyond the page's window the nearest."""
    count, rows, columns, channels = ink.shape
    x = jnp.clip(places[..., 0], 0, columns - 1.001)
    y = jnp.clip(places[..., 1], 0, rows - 1.001)
    left, top = x.astype(jnp.int32), y.astype(jnp.int32)
    across, down = (x - left)[..., None], (y - top)[..., None]
    flat = ink.reshape(count, -1, channels)

    def at(dy, dx):
        place = ((top + dy) * columns + left + dx).reshape(count, -1, 1)
        return jnp.take_along_axis(flat, place, 1).reshape(*places.shape[:3], channels)

    return (at(0, 0) * (1 - across) + at(0, 1) * across) * (1 - down) + (at(1, 0) * (1 - across) + at(1, 1) * across) * down


def coloured(keys, count: int, ink):
    """Colours, light, sharpness and grain changed."""
    free = lambda low, high, shape=(1, 1, 1): jax.random.uniform(next(keys), (count, *shape), minval=low, maxval=high)
    some = lambda share: jax.random.uniform(next(keys), (count, 1, 1, 1)) < share
    mix = jnp.eye(3) + jax.random.normal(next(keys), (count, 3, 3)) * free(0.0, 0.12, (1, 1))
    mix = mix / mix.sum(1, keepdims=True)
    ink = jnp.einsum("nyxc,ncd->nyxd", ink, mix)
    grey = jnp.tensordot(ink, jnp.array([0.299, 0.587, 0.114]), 1)[..., None]
    ink = jnp.where(some(0.33), grey, grey + (ink - grey) * free(0.5, 1.4))
    power = jnp.where(some(0.5), free(0.7, 1.5), 1.0)
    ink = jnp.sign(ink) * jnp.abs(ink) ** power
    ink = ink * jnp.where(some(0.6), free(0.6, 1.25), 1.0)
    hard = jnp.where(some(0.06), 8.0, 0.0)
    ink = jnp.where(hard > 0, jax.nn.sigmoid(hard * 2 * (ink - free(0.25, 0.5))), ink)
    soft = jnp.where(some(0.3), free(0.1, 1.0), 0.0)
    beside = jnp.pad(ink, ((0, 0), (1, 1), (1, 1), (0, 0)), "edge")
    mean = (beside[:, 1:-1, :-2] + beside[:, 1:-1, 2:] + beside[:, :-2, 1:-1] + beside[:, 2:, 1:-1] + ink) / 5
    ink = ink * (1 - soft) + mean * soft
    y = jnp.arange(ink.shape[1])[None, :, None, None] / ink.shape[1] - 0.5
    x = jnp.arange(ink.shape[2])[None, None, :, None] / ink.shape[2] - 0.5
    shade = jnp.where(some(0.3), free(-0.3, 0.3) * x + free(-0.3, 0.3) * y + free(-0.1, 0.25), 0.0)
    grain = jnp.where(some(0.4), free(0.005, 0.07), 0.0)
    ink = ink * (1 - jnp.clip(shade, 0, 1)) + shade + grain * jax.random.normal(next(keys), ink.shape)
    return jnp.clip(ink, -0.1, 1.0)


def wanted(boxes, known):
    """For each cell and kind: 1 where it says a mark, 0 where none, -1 where nothing is asked; and that mark's box."""
    size = WINDOW // CELL
    place = (jnp.arange(size) + 0.5) * CELL
    x, y = place[None, None, :, None], place[None, :, None, None]
    kind, left, top, right, low = (boxes[:, None, None, :, at] for at in range(5))
    wide, tall = right - left, low - top
    shown = jnp.maximum(0, jnp.minimum(right, WINDOW) - jnp.maximum(left, 0)) * jnp.maximum(
        0, jnp.minimum(low, WINDOW) - jnp.maximum(top, 0)
    )
    counts = known[:, None, None, :]
    whole = counts & (shown >= SEEN * wide * tall)
    inside = counts & (x >= left) & (x < right) & (y >= top) & (y < low)
    core = (
        whole
        & (jnp.abs(x - (left + right) / 2) <= jnp.maximum(CORE * wide, LEAST_CORE))
        & (jnp.abs(y - (top + low) / 2) <= jnp.maximum(CORE * tall, LEAST_CORE))
    )
    says, target = [], []
    for each in range(KINDS):
        mine = kind == each
        hit, near = core & mine, inside & mine
        area = jnp.where(hit, wide * tall, jnp.inf)
        best = jnp.argmin(area, -1)
        says.append(jnp.where(hit.any(-1), 1, jnp.where(near.any(-1), -1, 0)))
        target.append(jnp.take_along_axis(boxes[:, None, None, :, 1:], best[..., None, None], 3)[..., 0, :])
    return jnp.stack(says, -1), jnp.stack(target, -2)
