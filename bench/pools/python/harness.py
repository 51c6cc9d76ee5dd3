"""Measures one function as harness/worker.js does: warm up, one run, one line of JSON."""

import json
import resource
import sys
import time

WARM_UP_RUNS = 2


class Stopwatch:
    """`start` may be called anew by a run whose preparation is not to be counted."""

    def start(self):
        self.started = time.perf_counter_ns()

    def stop(self):
        self.ns = time.perf_counter_ns() - self.started


def measure(run, size):
    watch = Stopwatch()
    watch.start()
    result = run(size)
    watch.stop()
    return watch.ns, result


def main(run, check, figure=None, also=None):
    """`run(size)` does the work, `check(result, size)` asserts that it was done."""
    size, warm_up_size = map(int, sys.argv[-2:])
    for _ in range(WARM_UP_RUNS if warm_up_size else 0):
        measure(run, warm_up_size)
    ns, result = measure(run, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    check(result, size)
    answer = {
        "value": figure(result) if figure else ns / size,
        "peakKb": peak / 1024 if sys.platform == "darwin" else peak,
    }
    if also:
        answer["also"] = also(result)
    print(json.dumps(answer))
