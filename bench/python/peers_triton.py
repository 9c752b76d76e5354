"""The direct sum as two hand-tiled Triton kernels: what an expert would write for this card, the measure of our WGSL.

forward: a program owns a tile of samples and a slice of particles, and writes one row of partial sums, so no atomics.
update: a program owns a tile of particles and runs over all samples. tanh is exp2 and a division.
"""
import torch
import triton
import triton.language as tl

SLICE, TILE, SAMPLES = 2048, 64, 64


@triton.jit
def activate(h, TANH: tl.constexpr):
    if TANH:
        return 1.0 - 2.0 / (tl.exp2(2.8853900817779268 * h) + 1.0)
    return tl.maximum(h, 0.0)


@triton.jit
def forward(theta, x, partial, n, m, TANH: tl.constexpr, SLICE: tl.constexpr, TILE: tl.constexpr, SAMPLES: tl.constexpr):
    a = tl.program_id(1) * SAMPLES + tl.arange(0, SAMPLES)
    inside = a < m
    x0, x1 = tl.load(x + 2 * a, inside, 0.0), tl.load(x + 2 * a + 1, inside, 0.0)
    total = tl.zeros((TILE, SAMPLES), tl.float32)
    first = tl.program_id(0) * SLICE
    for start in range(0, SLICE, TILE):
        j = first + start + tl.arange(0, TILE)
        mine = j < n
        w1 = tl.load(theta + 3 * j, mine, 0.0)
        u, v = tl.load(theta + 3 * j + 1, mine, 0.0), tl.load(theta + 3 * j + 2, mine, 0.0)
        total += w1[:, None] * activate(u[:, None] * x0[None, :] + v[:, None] * x1[None, :], TANH)
    tl.store(partial + tl.program_id(0) * m + a, tl.sum(total, 0), inside)


@triton.jit
def update(theta, x, r, n, m, scale, TANH: tl.constexpr, TILE: tl.constexpr, SAMPLES: tl.constexpr):
    j = tl.program_id(0) * TILE + tl.arange(0, TILE)
    mine = j < n
    w1 = tl.load(theta + 3 * j, mine, 0.0)
    u, v = tl.load(theta + 3 * j + 1, mine, 0.0), tl.load(theta + 3 * j + 2, mine, 0.0)
    b1 = tl.zeros((TILE, SAMPLES), tl.float32)
    bu = tl.zeros((TILE, SAMPLES), tl.float32)
    bv = tl.zeros((TILE, SAMPLES), tl.float32)
    for start in range(0, m, SAMPLES):
        a = start + tl.arange(0, SAMPLES)
        inside = a < m
        x0, x1, ra = tl.load(x + 2 * a, inside, 0.0), tl.load(x + 2 * a + 1, inside, 0.0), tl.load(r + a, inside, 0.0)
        phi = activate(u[:, None] * x0[None, :] + v[:, None] * x1[None, :], TANH)
        b1 += ra[None, :] * phi
        if TANH:
            g = ra[None, :] * (1.0 - phi * phi)
        else:
            g = tl.where(phi > 0.0, ra[None, :], 0.0)
        bu += g * x0[None, :]
        bv += g * x1[None, :]
    tl.store(theta + 3 * j, w1 + scale * tl.sum(b1, 1), mine)
    tl.store(theta + 3 * j + 1, u + scale * w1 * tl.sum(bu, 1), mine)
    tl.store(theta + 3 * j + 2, v + scale * w1 * tl.sum(bv, 1), mine)


def open_triton(x, y, theta, activation, dt):
    if x.shape[1] != 2:
        raise ValueError("these kernels are written for d = 2")
    n, m = len(theta), len(y)
    cuda = torch.cuda.is_available()  # without one: Triton's interpreter, for tests of these kernels
    device = torch.device("cuda" if cuda else "cpu")
    x, y, theta = (torch.from_numpy(array.copy()).to(device) for array in (x, y, theta))
    slices, tiles = triton.cdiv(n, SLICE), triton.cdiv(m, SAMPLES)
    partial = torch.empty((slices, m), device=device)
    tanh = activation == "tanh"

    def step():
        forward[(slices, tiles)](theta, x, partial, n, m, tanh, SLICE, TILE, SAMPLES, num_warps=4)
        r = partial.sum(0) / n - y
        update[(triton.cdiv(n, TILE),)](theta, x, r, n, m, -dt / m, tanh, TILE, SAMPLES, num_warps=4)

    return {
        "step": step,
        "wait": torch.cuda.synchronize if cuda else lambda: None,
        "theta": lambda: theta.cpu().numpy(),
        "device": torch.cuda.get_device_name() if cuda else "CPU, interpreted",
        "method": f"tiles {TILE}×{SAMPLES}",
    }
