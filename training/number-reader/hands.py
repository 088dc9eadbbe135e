"""A batch of lines as other hands might have drawn them, and as worse captures would show them.

Faces differ in more ways than there are faces to learn from: each time a line is looked at it is stretched, slanted, bent
and waved, its strokes are made thicker or thinner, and it is softened, shaded, speckled. All of it runs where the network
does, on the whole batch at once.
"""

import jax
import jax.numpy as jnp

from lines import HEIGHT, LEAST, MOST, PAD

PLAIN = 0.2  # share of lines that are left as they are


def decoded(pixels):
    """Bytes to ink."""
    return pixels.astype(jnp.float32) * ((MOST - LEAST) / 255) + LEAST


def placed(pixels, widths):
    """Lines between their margins of bare paper, and the columns of scores in use."""
    x = jnp.pad(decoded(pixels), ((0, 0), (0, 0), (PAD, PAD)))
    columns = jnp.arange(x.shape[2])[None, None, :]
    x = jnp.where(columns < (widths + PAD)[:, None, None], x, 0.0)
    return x, (jnp.minimum(widths + 2 * PAD, x.shape[2]) + 1) // 2


def changed(key, pixels, widths):
    """The batch drawn anew; as `placed`, with other ink."""
    line = decoded(pixels)
    count, height, room = line.shape
    keys = iter(jax.random.split(key, 40))
    free = lambda low, high: jax.random.uniform(next(keys), (count, 1, 1), minval=low, maxval=high)
    usual = lambda spread: jax.random.normal(next(keys), (count, 1, 1)) * spread
    some = lambda share: jax.random.uniform(next(keys), (count, 1, 1)) < share
    bent = ~some(PLAIN)

    columns = room + 2 * PAD
    width = widths.astype(jnp.float32)[:, None, None]
    wide = jnp.where(bent, jnp.clip(1.0 + usual(0.12), 0.78, 1.3), 1.0)
    new = jnp.clip(jnp.floor(width * wide), 8, room)
    spare = columns - new
    left = jnp.floor(free(0.0, 1.0) * jnp.clip(spare - PAD, 1, 20)) + PAD // 2
    j = jnp.arange(columns, dtype=jnp.float32)[None, None, :] - left
    i = jnp.arange(height, dtype=jnp.float32)[None, :, None] - height / 2

    tall = jnp.where(bent, jnp.clip(1.0 + usual(0.09), 0.78, 1.22), 1.0)
    wave = free(0.0, 1.3) * jnp.sin(j / free(6.0, 40.0) + free(0.0, 6.3))
    sway = free(0.0, 1.1) * jnp.sin(i / free(3.0, 12.0) + j / free(8.0, 40.0) + free(0.0, 6.3))
    curve = free(-0.9, 0.9) * (i / 8) ** 2
    # A field of small pushes, a few pixels apart, so that each figure is drawn a little unlike its neighbours.
    field = jax.random.normal(next(keys), (count, 6, columns // 12, 2)) * free(0.0, 0.75)[..., None]
    field = jax.image.resize(field, (count, height, columns, 2), "linear")
    y = i / tall + height / 2 + jnp.where(bent, wave + field[..., 0] + free(-1.5, 1.5), 0.0)
    x = j * (width / new) + jnp.where(bent, usual(0.09) * i + sway + curve + field[..., 1], 0.0)
    inside = (j >= 0) & (j < new)
    drawn = jnp.where(inside, sampled(line, jnp.clip(y, 0, height - 1.001), jnp.clip(x, 0, width - 1.001)), 0.0)
    drawn = thickened(drawn, some(0.35) & bent, some(0.55), some(0.5), free(0.2, 1.0))

    soft = jnp.where(some(0.2), free(0.1, 0.8), 0.0)
    beside = jnp.pad(drawn, ((0, 0), (1, 1), (1, 1)))
    mean = (beside[:, 1:-1, :-2] + beside[:, 1:-1, 2:] + beside[:, :-2, 1:-1] + beside[:, 2:, 1:-1] + 2 * drawn) / 6
    drawn = drawn * (1 - soft) + mean * soft
    power = jnp.where(some(0.4), free(0.6, 1.6), 1.0)
    drawn = jnp.sign(drawn) * jnp.abs(drawn) ** power
    drawn = drawn * jnp.where(some(0.5), free(0.7, 1.15), 1.0)
    shade = jnp.where(some(0.15), free(-0.25, 0.25), 0.0) * (j / columns - free(0.0, 1.0))
    grain = jnp.where(some(0.35), free(0.01, 0.14), 0.0) * jax.random.normal(next(keys), drawn.shape)
    specks = jnp.where(some(0.12), free(0.001, 0.012), 0.0)
    at = jax.random.uniform(next(keys), drawn.shape)
    drawn = jnp.where(at < specks, 1.0, jnp.where(at > 1 - specks, 0.0, drawn))
    drawn = jnp.clip(drawn + shade + grain, LEAST, MOST)
    frames = (jnp.minimum((left + new)[:, 0, 0] + PAD, columns).astype(jnp.int32) + 1) // 2
    return drawn, frames


def sampled(line, y, x):
    """Ink between the pixels; [lines, rows, columns] at places of the same shape."""
    count, height, width = line.shape
    flat = line.reshape(count, -1)
    top, left = y.astype(jnp.int32), x.astype(jnp.int32)
    down, across = y - top, x - left

    def at(row, column):
        place = jnp.minimum(row, height - 1) * width + jnp.minimum(column, width - 1)
        return jnp.take_along_axis(flat, place.reshape(count, -1), 1).reshape(place.shape)

    above = at(top, left) * (1 - across) + at(top, left + 1) * across
    below = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across
    return above * (1 - down) + below * down


def thickened(line, where, more, along, share):
    """Strokes that grow or shrink by a part of a pixel, along or across the line."""
    other = jnp.where(along, jnp.roll(line, 1, 2), jnp.roll(line, 1, 1))
    grown = jnp.where(more, jnp.maximum(line, other), jnp.minimum(line, other))
    return jnp.where(where, line * (1 - share) + grown * share, line)
