"""Peers outside the browser, full-batch Euler steps of the mean-field problem: theta' = b(theta).

One line of JSON in, one line of JSON out: list, open, advance, rows, close. A peer is a function of
(x [m, d], y [m], theta [n, 1 + d], activation, dt), all float32, to a dictionary with step, wait, theta, device,
method; precision where it is not float32, and rest where its threads do not rest when it is done.
"""
import importlib
import json
import os
import sys
import time

try:
    import numpy as np
except Exception as error:  # a broken installation is as good as none
    sys.exit(f"it cannot import numpy ({error}): apt install python3-numpy libopenblas0")


def from_module(module, opener):
    """A peer in a module of its own, which is read when it is opened: its library may not be here."""
    return lambda *problem: opener(importlib.import_module(module))(*problem)


def needs(*modules, gpu=False):
    def reason():
        for module in modules:
            try:
                importlib.import_module(module)
            except Exception as error:
                return f"python3 cannot import {module} ({type(error).__name__}: {error})"
        if gpu:
            import torch

            if not torch.cuda.is_available() and os.environ.get("TRITON_INTERPRET") != "1":
                return "it needs an NVIDIA or AMD GPU"
        return None

    return reason


# Up to so many pairs, numpy may keep what it knows of all of them between its two passes.
KEPT = 2**24
PEERS = {
    "numpy float32": (from_module("peers_numpy", lambda of: of.numpy_in(np.float32, KEPT)), needs("numpy")),
    "numpy float64": (from_module("peers_numpy", lambda of: of.numpy_in(np.float64, KEPT)), needs("numpy")),
    "JAX": (from_module("peers_jax", lambda of: of.open_jax), needs("jax")),
    "PyTorch eager": (from_module("peers_torch", lambda of: of.torch_in(False)), needs("torch")),
    "PyTorch compiled": (from_module("peers_torch", lambda of: of.torch_in(True)), needs("torch")),
    "Triton": (from_module("peers_triton", lambda of: of.open_triton), needs("torch", "triton", gpu=True)),
}
MODULES = {"numpy": "numpy", "JAX": "jax", "PyTorch": "torch", "Triton": "triton"}

runners = {}


def opened(question):
    n, m, d, name = question["n"], question["m"], question["d"], question["name"]
    numbers = np.fromfile(question["file"]).astype(np.float32)
    x, y, theta = np.split(numbers, [m * d, m * d + m])
    runner = PEERS[name][0](x.reshape(m, d), y, theta.reshape(n, 1 + d), question["activation"], question["dt"])
    identity = max(runners, default=-1) + 1
    runners[identity] = runner
    library = name.split(" ")[0]
    return {
        "id": identity,
        "name": f"{library} {importlib.import_module(MODULES[library]).__version__}",
        "method": runner["method"],
        "device": runner["device"],
        "software": False,
        "precision": runner.get("precision", "float32"),
    }


def answer(question):
    ask = question["ask"]
    if ask == "list":
        return [{"name": name, "reason": reason()} for name, (_, reason) in PEERS.items()]
    if ask == "open":
        return opened(question)
    runner = runners[question["id"]]
    if ask == "advance":
        start = time.perf_counter()
        for _ in range(question["steps"]):
            runner["step"]()
        runner["wait"]()
        taken = time.perf_counter() - start
        runner.get("rest", lambda: None)()
        return 1000 * taken
    if ask == "rows":
        theta = runner["theta"]()
        return np.concatenate([theta[first:last] for first, last in question["ranges"]]).astype(float).ravel().tolist()
    del runners[question["id"]]
    return None


def main():
    out, sys.stdout = sys.stdout, sys.stderr  # libraries may print; answers alone go out
    for line in sys.stdin:
        try:
            value = {"value": answer(json.loads(line))}
        except Exception as error:
            value = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(value), file=out, flush=True)


main()
