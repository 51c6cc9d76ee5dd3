"""asyncio.Queue of 100, one producer, one consumer: bounded_queue.py producer-first|consumer-first|try"""

import asyncio
import sys

import harness

CAPACITY = 100


async def put_awaited(queue, size):
    for item in range(size):
        await queue.put(item)


async def get_awaited(queue, size):
    total = 0
    for _ in range(size):
        total += await queue.get()
    return total


async def put_or_wait(queue, size):
    for item in range(size):
        if queue.full():
            await queue.put(item)
        else:
            queue.put_nowait(item)


async def get_or_wait(queue, size):
    total = 0
    for _ in range(size):
        total += await queue.get() if queue.empty() else queue.get_nowait()
    return total


async def run(size, _watch):
    queue = asyncio.Queue(CAPACITY)
    if sys.argv[1] == "try":
        produce, consume = put_or_wait(queue, size), get_or_wait(queue, size)
    else:
        produce, consume = put_awaited(queue, size), get_awaited(queue, size)
    both = [consume, produce] if sys.argv[1] == "consumer-first" else [produce, consume]
    return sum(filter(None, await asyncio.gather(*both)))


def check(total, size):
    assert total == size * (size - 1) // 2


harness.main(run, check)
