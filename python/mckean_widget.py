"""The cloud of a two-layer network in a notebook, by anywidget (https://anywidget.dev).

    from mckean_widget import Cloud
    Cloud(preset="moons", configuration={"model": {"width": 4096}})

`set_data(x, y)` gives arrays of one's own, by way of numpy. Where the cloud stands, `theta_array()` [n, c + d] and
`history_array()` [rows, 3] (step, t, loss) are what it has come to. The module lib/widget.js is that of the npm package beside this file.
"""

import pathlib

import anywidget
import traitlets


def binary():
    """Bytes both ways: what comes from the browser is a view of a message's memory, which the trait would refuse."""
    return traitlets.Bytes(b"").tag(sync=True, from_json=lambda view, _: bytes(view))


class Cloud(anywidget.AnyWidget):
    _esm = pathlib.Path(__file__).resolve().parent.parent / "lib" / "widget.js"

    preset = traitlets.Unicode("").tag(sync=True)
    # fields as in CONFIG.json; "config" is a trait that every widget of ipywidgets 7 has
    configuration = traitlets.Dict().tag(sync=True)
    engine = traitlets.Unicode("auto").tag(sync=True)
    theme = traitlets.Unicode("light").tag(sync=True)
    playing = traitlets.Bool(True).tag(sync=True)
    rows = traitlets.Int(0).tag(sync=True)
    x = binary()
    y = binary()
    theta = binary()
    shape = traitlets.List().tag(sync=True)
    history = binary()
    error = traitlets.Unicode("").tag(sync=True)

    def set_data(self, x, y):
        """Rows of inputs x [m, columns] and targets y [m] or [m, c]."""
        import numpy

        x, y = (numpy.ascontiguousarray(values, dtype="<f8") for values in (x, y))
        for name, values in (("x", x), ("y", y)):
            if values.ndim not in (1, 2):
                raise ValueError(f"{name} has {values.ndim} axes: give rows, [m, columns] or [m]")
            if not numpy.isfinite(values).all():
                raise ValueError(f"{name} has a value that is no finite number: leave its row out")
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
