"""From the opening of an executor to its first result: cold.py KIND SIZE WARM_UP_SIZE"""

import sys
import time

import harness
import work

INPUT = 7


def run(_size):
    began = time.perf_counter_ns()
    from executors import open_executor

    loaded = time.perf_counter_ns()
    executor = open_executor(sys.argv[1])
    value = executor.submit(work.noop, INPUT)()
    ended = time.perf_counter_ns()
    executor.close()
    return value, (ended - loaded) / 1e6, (ended - began) / 1e6


def check(result, _size):
    assert result[0] == INPUT


if __name__ == "__main__":
    harness.main(
        run,
        check,
        figure=lambda result: result[1],
        also=lambda result: {"ms with its import": result[2]},
    )
