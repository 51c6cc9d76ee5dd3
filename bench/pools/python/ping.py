"""One round trip after the other: ping.py KIND SIZE WARM_UP_SIZE"""

import sys
import time

import harness
import work
from executors import open_executor


def main():
    executor = open_executor(sys.argv[1])

    def run(size):
        trips = []
        for i in range(size):
            started = time.perf_counter_ns()
            value = executor.submit(work.noop, i)()
            trips.append((time.perf_counter_ns() - started) / 1e3)
            assert value == i
        return sorted(trips)

    def check(trips, size):
        assert len(trips) == size

    def at(share):
        return lambda trips: trips[int(len(trips) * share)]

    harness.main(run, check, at(0.5), lambda trips: {"p99 us": at(0.99)(trips)})
    executor.close()


if __name__ == "__main__":
    main()
