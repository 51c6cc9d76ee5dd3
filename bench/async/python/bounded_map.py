"""A bounded map: asyncio.Semaphore and gather, as the documentation of Python leaves it to do."""

import asyncio

import harness

LIMIT = 50


async def increment(item):
    return item + 1


async def run(size, _watch):
    semaphore = asyncio.Semaphore(LIMIT)

    async def limited(item):
        async with semaphore:
            return await increment(item)

    return await asyncio.gather(*(limited(item) for item in range(size)))


def check(results, size):
    assert results == list(range(1, size + 1))


harness.main(run, check)
