"""What the peers share: arrays of a bounded size, and the fastest of several ways to write a step."""
import time

# Numbers in one array: within a cache, within a part of the memory, within a card's memory.
CACHE, WHOLE, DEVICE = 2**17, 2**25, 2**29


def blocks_of(n, width, most):
    """Particles in blocks, so that an array of `width` numbers for each stays within `most`."""
    size = max(1, min(n, most // width))
    return [slice(i, min(n, i + size)) for i in range(0, n, size)]


def fastest(forms_of):
    """Libraries can say one thing in several ways: each that suits d is tried, the fastest stands for the library."""

    def opened(x, *more):
        forms, times = forms_of(x.shape[1]), []
        for form in forms if len(forms) > 1 else []:
            runner = form(x, *more)
            runner["step"]()
            runner["wait"]()
            start = time.perf_counter()
            for _ in range(2):
                runner["step"]()
            runner["wait"]()
            times.append(time.perf_counter() - start)
        best = times.index(min(times)) if times else 0
        return forms[best](x, *more)

    return opened
