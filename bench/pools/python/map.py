"""The squares of numbers, in chunks of 1,000: map.py KIND SIZE WARM_UP_SIZE"""

import sys

import harness
import work
from executors import open_executor

CHUNK = 1_000


def main():
    executor = open_executor(sys.argv[1])

    def run(size):
        return executor.map(work.square, range(size), CHUNK)

    def check(results, size):
        assert results == [i * i for i in range(size)]

    harness.main(run, check)
    executor.close()


if __name__ == "__main__":
    main()
