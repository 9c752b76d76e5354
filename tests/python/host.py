"""What a notebook's kernel does with python/mckean_widget.py, without anywidget and a browser: prints what it has seen as JSON.

anywidget's class is one of ipywidgets with an _esm; here its wire to a browser keeps what is sent.
"""

import collections.abc
import json
import sys
import types
from pathlib import Path

import ipywidgets
import numpy
from ipykernel.comm import Comm

# ipywidgets 6, Debian's, is older than the Python it comes with
collections.Iterable = collections.abc.Iterable

sent = []


class Wire(Comm):
    kernel = True  # there is one to send to

    def open(self, *_, **__):
        pass

    def close(self, *_, **__):
        pass

    def send(self, data=None, metadata=None, buffers=None):
        sent.append((data, buffers))


class AnyWidget(ipywidgets.DOMWidget):
    def open(self):
        if self.comm is None:
            self.comm = Wire()


sys.modules["anywidget"] = types.SimpleNamespace(AnyWidget=AnyWidget)
sys.path.insert(0, str(Path(__file__).parents[2] / "python"))
from mckean_widget import Cloud  # noqa: E402


def refused(work):
    try:
        work()
    except ValueError as error:
        return str(error)
    return None


def numbers(view):
    return numpy.frombuffer(view, dtype="<f8").tolist()


def main():
    cloud = Cloud(preset="moons", configuration={"model": {"width": 8}})
    state = cloud.get_state()
    sent.clear()
    cloud.set_data([[0, 1], [2, 3], [4, 5]], numpy.array([7, 8, 9]))
    (message, buffers), = sent
    names = message.get("buffers", message.get("buffer_paths"))
    # what a browser sends: buffers are views of the message's memory
    view = memoryview(numpy.arange(6, dtype="<f8").tobytes())
    history = memoryview(numpy.array([0, 0, 1, 2, 0.5, 0.25], dtype="<f8").tobytes())
    empty = [cloud.theta_array().shape, cloud.history_array().shape]
    cloud.set_state({"theta": view, "shape": [2, 3], "history": history, "playing": False, "error": "no such field"})
    columns = Cloud()
    columns.set_data(numpy.arange(8.0)[::2], numpy.asfortranarray([[1, 2], [3, 4], [5, 6], [7, 8]]))
    print(
        json.dumps(
            {
                "esm": str(Cloud._esm),
                "state": {name: state[name] for name in ("preset", "configuration", "engine", "theme", "playing")},
                "rows": message["state"]["rows"],
                "sent": {name: numbers(buffer) for name, buffer in zip(names, buffers)},
                "empty": empty,
                "theta": cloud.theta_array().tolist(),
                "history": cloud.history_array().tolist(),
                "told": [cloud.playing, cloud.error],
                "column": [columns.rows, numbers(columns.x), numbers(columns.y)],
                "apart": refused(lambda: cloud.set_data([1, 2, 3], [1, 2])),
                "cube": refused(lambda: cloud.set_data(numpy.zeros((2, 2, 2)), [1, 2])),
                "nan": refused(lambda: cloud.set_data([1, float("nan")], [1, 2])),
            }
        )
    )


main()
