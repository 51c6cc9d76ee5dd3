"""asyncio.TaskGroup: children that sleep, from the cancel until all have settled."""

import asyncio

import harness


async def run(size, watch):
    cleaned_up = 0

    async def body():
        nonlocal cleaned_up
        try:
            await asyncio.sleep(3_600)
        finally:
            cleaned_up += 1

    async def parent():
        async with asyncio.TaskGroup() as group:
            for _ in range(size):
                group.create_task(body())
            await asyncio.sleep(3_600)

    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    watch.start()
    task.cancel()
    await asyncio.wait([task])
    return cleaned_up


def check(cleaned_up, size):
    assert cleaned_up == size


harness.main(run, check)
