"""The three executors behind one door: `submit(function, input)` gives a callable that waits for the result."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool

WORKERS = 2


class Futures:
    def __init__(self, executor):
        self.executor = executor

    def submit(self, function, value):
        return self.executor.submit(function, value).result

    def map(self, function, values, chunksize):
        return list(self.executor.map(function, values, chunksize=chunksize))

    def close(self):
        self.executor.shutdown()


class Multiprocessing:
    def __init__(self, pool):
        self.pool = pool

    def submit(self, function, value):
        return self.pool.apply_async(function, (value,)).get

    def map(self, function, values, chunksize):
        return self.pool.map(function, values, chunksize=chunksize)

    def close(self):
        self.pool.close()
        self.pool.join()


def open_executor(kind):
    if kind == "threads":
        return Futures(ThreadPoolExecutor(WORKERS))
    if kind == "processes":
        return Futures(ProcessPoolExecutor(WORKERS))
    return Multiprocessing(Pool(WORKERS))
