"""The network: a few strided convolutions that take the height away, then residual blocks along the line.

Along the line everything is a matrix product or a sum of shifted rows, which is quick on a processor in both
directions. No state, no batch statistics: what is trained is what is read.
"""

import jax
import jax.numpy as jnp
import numpy as np

from lines import SIGNS

CLASSES = len(SIGNS) + 1
STEM = [(5, 2), (3, 1), (3, 1)]  # kernel, stride across; stride down is 2
# Channels after each convolution. Two readers that are to bear each other out begin from other numbers and are of other
# size; the reader of zones is a small one.
SIZES = {"first": [32, 64, 96], "other": [24, 48, 96], "zone": [16, 32, 48]}
WIDTH = 128
BLOCKS = [1, 2, 4, 1, 2, 4]  # dilation of each block's seven taps
TAPS = 7
UNROLL = 4


def initial(seed: int, size: str = "first") -> dict:
    widths = SIZES[size]
    rng = np.random.default_rng(seed)

    def weight(fan_in: int, fan_out: int, gain: float = 1.0):
        return (rng.standard_normal((fan_in, fan_out)) * gain * np.sqrt(2.0 / fan_in)).astype(np.float32)

    params = {}
    for at, (channels, out, (kernel, _)) in enumerate(zip([1, *widths], widths, STEM)):
        params[f"stem{at}.w"] = weight(kernel * kernel * channels, out)
        params[f"stem{at}.b"] = np.zeros(out, np.float32)
    params["collapse.w"] = weight(4 * widths[-1], WIDTH)
    params["collapse.b"] = np.zeros(WIDTH, np.float32)
    for at in range(len(BLOCKS)):
        params[f"block{at}.g"] = np.ones(WIDTH, np.float32)
        params[f"block{at}.k"] = (rng.standard_normal((TAPS, WIDTH)) * np.sqrt(2.0 / TAPS)).astype(np.float32)
        params[f"block{at}.c"] = np.zeros(WIDTH, np.float32)
        params[f"block{at}.w"] = weight(WIDTH, WIDTH, 0.5)
        params[f"block{at}.b"] = np.zeros(WIDTH, np.float32)
    params["head.g"] = np.ones(WIDTH, np.float32)
    params["head.w"] = weight(WIDTH, CLASSES, 0.5)
    params["head.b"] = np.zeros(CLASSES, np.float32)
    return params


def widened(known: dict, seed: int, size: str = "first") -> dict:
    """Weights of a narrower stem (flat, as exported) laid into this one's: new channels hear little and say nothing
    yet, and what they take from the mean over all channels is given back in the next product."""
    params, widths = initial(seed, size), SIZES[size]
    if known["head.b"].size != CLASSES:
        # Another alphabet: it says nothing of these signs yet, but it sees.
        known = known | {name: params[name].ravel() for name in ("head.w", "head.b")}
    if all(known[name].size == value.size for name, value in params.items()):
        return {name: known[name].reshape(value.shape) for name, value in params.items()}
    old = [known[f"stem{at}.b"].size for at in range(len(STEM))]
    for at, (channels, out, (kernel, _)) in enumerate(zip([1, *widths], widths, STEM)):
        before = old[at - 1] if at else 1
        spread = np.sqrt(before / channels) if at > 1 else 1.0
        w = params[f"stem{at}.w"].reshape(kernel * kernel, channels, out) * 0.3
        w[:, before:, : old[at]] = 0.0
        w[:, :before, : old[at]] = known[f"stem{at}.w"].reshape(kernel * kernel, before, old[at]) * spread
        params[f"stem{at}.w"] = w.reshape(-1, out).astype(np.float32)
        params[f"stem{at}.b"][: old[at]] = known[f"stem{at}.b"]
    last = widths[-1]
    w = np.zeros((4, last, WIDTH), np.float32)
    w[:, : old[-1]] = known["collapse.w"].reshape(4, old[-1], WIDTH) * np.sqrt(old[-1] / last)
    params["collapse.w"] = w.reshape(-1, WIDTH)
    for name, value in params.items():
        if not name.startswith(("stem", "collapse.w")):
            params[name] = known[name].reshape(value.shape)
    return params


def even(x):
    """Each place scaled so that its channels have a mean square of one."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-3)


def convolution(x, w, b, kernel: int, across: int):
    """[lines, rows, columns, channels]; half the rows come out, and `1 / across` of the columns."""
    half = kernel // 2
    w = w.reshape(kernel, kernel, x.shape[-1], -1)
    edges = ((half, half), (half, half))
    return jax.lax.conv_general_dilated(x, w, (2, across), edges, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


def shifted(x, kernel, dilation: int):
    """Seven weighted rows around each place, channel by channel; [lines, columns, channels]."""
    half = TAPS // 2 * dilation
    columns = x.shape[1]
    x = jnp.pad(x, ((0, 0), (half, half), (0, 0)))
    return sum(x[:, at * dilation : at * dilation + columns, :] * kernel[at] for at in range(TAPS))


def logits(params: dict, x):
    """Ink [lines, 32, columns] to [lines, columns / 2, classes]."""
    x = x[..., None]
    for at, (kernel, across) in enumerate(STEM):
        x = jax.nn.relu(convolution(x, params[f"stem{at}.w"], params[f"stem{at}.b"], kernel, across))
        x = even(x) if at else x
    x = jnp.transpose(x, (0, 2, 1, 3)).reshape(x.shape[0], x.shape[2], -1)
    x = x @ params["collapse.w"] + params["collapse.b"]
    for at, dilation in enumerate(BLOCKS):
        name = f"block{at}."
        y = shifted(even(x) * params[name + "g"], params[name + "k"], dilation) + params[name + "c"]
        x = x + jax.nn.relu(y) @ params[name + "w"] + params[name + "b"]
    return even(x) * params["head.g"] @ params["head.w"] + params["head.b"]


def ctc(logs, frames, labels, lengths):
    """Mean of -log p(labels | line) per line. `logs` [lines, columns, classes], log probabilities; `frames` the columns
    in use; `labels` padded with 0; `lengths` their number. The forward recursion of Graves et al. 2006."""
    lines, columns, _ = logs.shape
    most = labels.shape[1]
    extended = jnp.zeros((lines, 2 * most + 1), jnp.int32).at[:, 1::2].set(labels)
    before = jnp.pad(extended, ((0, 0), (2, 0)))[:, :-2]
    skips = (extended != 0) & (extended != before)
    none = -1e5
    heard = jnp.take_along_axis(logs, extended[:, None, :].repeat(columns, 1), axis=2)
    alpha = jnp.full(extended.shape, none).at[:, 0].set(0.0)
    # One state before the line: nothing said yet.

    def step(alpha, now):
        at, heard = now
        one = jnp.pad(alpha, ((0, 0), (1, 0)), constant_values=none)[:, :-1]
        two = jnp.where(skips, jnp.pad(alpha, ((0, 0), (2, 0)), constant_values=none)[:, :-2], none)
        most_likely = jnp.maximum(jnp.maximum(alpha, one), two)
        total = most_likely + jnp.log(
            jnp.exp(alpha - most_likely) + jnp.exp(one - most_likely) + jnp.exp(two - most_likely)
        )
        return jnp.where((at < frames)[:, None], jnp.maximum(total + heard, none), alpha), None

    # Several columns a turn: on a graphics card each turn costs as much as what it does.
    alpha, _ = jax.lax.scan(step, alpha, (jnp.arange(columns), jnp.swapaxes(heard, 0, 1)), unroll=UNROLL)
    last = jnp.take_along_axis(alpha, (2 * lengths)[:, None], 1)[:, 0]
    spoken = jnp.take_along_axis(alpha, jnp.maximum(2 * lengths - 1, 0)[:, None], 1)[:, 0]
    spoken = jnp.where(lengths > 0, spoken, none)
    return -jnp.mean(jnp.logaddexp(last, spoken))
