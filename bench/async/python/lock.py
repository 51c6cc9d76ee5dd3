"""asyncio.Lock, uncontended or wanted by 1,000 tasks: lock.py uncontended|waiters"""

import asyncio
import sys

import harness

TASKS = 1 if sys.argv[1] == "uncontended" else 1_000


async def run(size, _watch):
    lock = asyncio.Lock()
    entered = 0

    async def loop():
        nonlocal entered
        for _ in range(size // TASKS):
            async with lock:
                entered += 1
                if TASKS > 1:
                    await asyncio.sleep(0)  # or no other task would ever find it locked

    await asyncio.gather(*(loop() for _ in range(TASKS)))
    return entered


def check(entered, size):
    assert entered == size


harness.main(run, check)
