"""Tasks of one kind, so many in flight: in_flight.py KIND noop|fib|echo IN_FLIGHT SIZE WARM_UP_SIZE"""

import sys
from collections import deque

import harness
import work
from executors import open_executor

FIRST_ID = 100_000


def record(index):
    return {
        "id": FIRST_ID + index,
        "name": "Grace Brewster Murray Hopper",
        "email": "gbmh@a.example",
        "active": True,
        "score": 97.25,
        "tags": ["compiler", "nanosecond"],
        "address": {"city": "Arlington", "zip": "22201"},
    }


# The function, the input of a task, the number that its result stands for, and the sum of these.
KINDS_OF_WORK = {
    "noop": (work.noop, lambda i: i, lambda result: result, lambda size: size * (size - 1) // 2),
    "fib": (work.fib, lambda _: 27, lambda result: result, lambda size: size * 196_418),
    "echo": (
        work.echo,
        record,
        lambda result: result["id"] - FIRST_ID,
        lambda size: size * (size - 1) // 2,
    ),
}


def main():
    kind, name, in_flight = sys.argv[1], sys.argv[2], int(sys.argv[3])
    function, make, number, expected = KINDS_OF_WORK[name]
    executor = open_executor(kind)

    def run(size):
        waits = deque()
        total = 0
        for i in range(size):
            if len(waits) == in_flight:
                total += number(waits.popleft()())
            waits.append(executor.submit(function, make(i)))
        while waits:
            total += number(waits.popleft()())
        return total

    def check(total, size):
        assert total == expected(size), total

    harness.main(run, check)
    executor.close()


if __name__ == "__main__":
    main()
