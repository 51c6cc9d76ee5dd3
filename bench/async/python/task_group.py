"""asyncio.TaskGroup: spawn children, join them all."""

import asyncio

import harness


async def run(size, _watch):
    ran = 0

    async def body():
        nonlocal ran
        ran += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(size):
            group.create_task(body())
    return ran


def check(ran, size):
    assert ran == size


harness.main(run, check)
