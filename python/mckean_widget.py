"""The cloud of a two-layer network in a notebook, by anywidget (https://anywidget.dev).

    from mckean_widget import Cloud
    Cloud(preset="moons", config={"model": {"width": 4096}})

`set_data(x, y)` gives arrays of one's own, by way of numpy. Where the cloud stands, `theta_array()` [n, c + d] and
`history_array()` [rows, 3] (step, t, loss) are what it has come to. The module lib/widget.js is that of the npm package beside this file.
"""

import pathlib

import anywidget
import traitlets


class Cloud(anywidget.AnyWidget):
    _esm = pathlib.Path(__file__).resolve().parent.parent / "lib" / "widget.js"

    preset = traitlets.Unicode("").tag(sync=True)
    config = traitlets.Dict().tag(sync=True)
    engine = traitlets.Unicode("auto").tag(sync=True)
    theme = traitlets.Unicode("light").tag(sync=True)
    playing = traitlets.Bool(True).tag(sync=True)
    rows = traitlets.Int(0).tag(sync=True)
    x = traitlets.Bytes(b"").tag(sync=True)
    y = traitlets.Bytes(b"").tag(sync=True)
    theta = traitlets.Bytes(b"").tag(sync=True)
    shape = traitlets.List().tag(sync=True)
    history = traitlets.Bytes(b"").tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)

    def set_data(self, x, y):
        """Rows of inputs x [m, columns] and targets y [m] or [m, c]."""
        import numpy

        x, y = (numpy.ascontiguousarray(values, dtype="<f8") for values in (x, y))
        if x.ndim == 1:
            x = x[:, None]
        if len(x) != len(y):
            raise ValueError(f"x has {len(x)} rows and y {len(y)}: give as many")
        with self.hold_sync():
            self.rows, self.x, self.y = len(x), x.tobytes(), y.tobytes()

    def theta_array(self):
        """θ [n, c + d], w1 first."""
        import numpy

        return numpy.frombuffer(self.theta, dtype="<f8").reshape(self.shape or (0, 0))

    def history_array(self):
        """[rows, 3]: step, t, loss."""
        import numpy

        return numpy.frombuffer(self.history, dtype="<f8").reshape(-1, 3)
