"""asyncio.TaskGroup: bytes of a live child that waits on a future which all children share."""

import asyncio
import gc
import tracemalloc

import harness


def allocated():
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def run(size, _watch):
    tracemalloc.start()
    never = asyncio.get_running_loop().create_future()

    async def body():
        await never

    async def parent():
        async with asyncio.TaskGroup() as group:
            for _ in range(size):
                group.create_task(body())
            await never

    before = allocated()
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    after = allocated()
    task.cancel()
    await asyncio.wait([task])
    tracemalloc.stop()
    return (after - before) / size


def check(bytes_per_child, _size):
    assert bytes_per_child > 0


harness.main(run, check, figure=lambda bytes_per_child, _size: bytes_per_child)
