"""numpy: four matrix products a step, which its BLAS does; three where phi of all pairs is kept between the passes."""
import ctypes
import glob
import os
import time
from functools import partial

import numpy as np

from forms import CACHE, blocks_of, fastest

WORDS = {"openblas": "OpenBLAS", "mkl": "MKL", "blis": "BLIS", "accelerate": "Accelerate", "blas": "reference BLAS"}
# OpenBLAS's names in Debian's package and in numpy's own wheels
PREFIXES, SUFFIXES = ("", "scipy_"), ("", "64_")


def loaded():
    """Files of the BLAS that this process has loaded; where the system does not list them, those of numpy's wheel."""
    if os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "/" in line}
    else:
        home = os.path.dirname(np.__file__)
        files = {file for folder in (home + ".libs", home + "/.dylibs") for file in glob.glob(folder + "/*")}
    return sorted(file for file in files if any(word in os.path.basename(file).lower() for word in WORDS))


def describe_openblas(file):
    """Its version and its number of threads, or None where this file does not say."""
    library = ctypes.CDLL(file)
    for prefix in PREFIXES:
        for suffix in SUFFIXES:
            config = getattr(library, f"{prefix}openblas_get_config{suffix}", None)
            threads = getattr(library, f"{prefix}openblas_get_num_threads{suffix}", None)
            if config and threads:
                config.restype = ctypes.c_char_p
                version, count = " ".join(config().decode().split()[:2]), threads()
                return f"{version}, {count} thread{'' if count == 1 else 's'}"
    return None


def describe_blas():
    files = loaded()
    for file in files:
        found = describe_openblas(file) if "openblas" in os.path.basename(file) else None
        if found:
            return found
    for word, name in WORDS.items():
        if any(word in os.path.basename(file).lower() for file in files):
            return name
    return "a BLAS that does not say its name"


def open_numpy(dtype, kept, x, y, theta, activation, dt):
    x, y, theta = x.astype(dtype), y.astype(dtype), theta.astype(dtype)
    (m, d), n = x.shape, len(theta)
    xt = np.ascontiguousarray(x.T)
    w1, w0 = theta[:, :1].copy(), theta[:, 1:].copy()
    blocks = [slice(0, n)] if kept else blocks_of(n, max(m, d), CACHE)
    size = max(block.stop - block.start for block in blocks)
    # The same memory in every step: fresh pages would cost more than the products.
    pairs, slopes, moves = (np.empty((size, columns), dtype) for columns in (m, m, d))
    scale = dtype(dt / m)

    def features(block):
        h = pairs[: block.stop - block.start]
        np.matmul(w0[block], xt, out=h)
        return np.tanh(h, out=h) if activation == "tanh" else np.maximum(h, 0, out=h)

    def driven(p, r):
        g = slopes[: len(p)]
        if activation == "relu":
            return np.multiply(p > 0, r, out=g)
        np.multiply(p, p, out=g)
        np.subtract(1, g, out=g)
        return np.multiply(g, r, out=g)

    def step():
        f = np.zeros(m, dtype)
        for block in blocks:
            f += w1[block, 0] @ features(block)
        r = f / dtype(n) - y
        for block in blocks:
            p = pairs if kept else features(block)
            b1 = p @ r
            move = np.matmul(driven(p, r), x, out=moves[: len(p)])
            move *= w1[block] * scale
            w0[block] -= move
            w1[block, 0] -= scale * b1

    return {
        "step": step,
        "wait": lambda: None,
        "rest": lambda: time.sleep(0.05),  # OpenBLAS's idle threads spin for a while: who is next must not pay for it
        "theta": lambda: np.concatenate([w1, w0], axis=1),
        "device": f"CPU, {describe_blas()}",
        "method": "products, one block" if kept else "products, blocks in the cache",
        "precision": np.dtype(dtype).name,
    }


def numpy_in(dtype, most):
    """To keep phi of all pairs is tried where there are no more than `most`."""

    def opened(x, y, theta, *more):
        ways = (True, False) if len(y) * len(theta) <= most else (False,)
        return fastest(lambda _: [partial(open_numpy, dtype, kept) for kept in ways])(x, y, theta, *more)

    return opened
