"""What the workers do; the same as tasks/work.js."""


def noop(value):
    return value


def echo(value):
    return value


def square(value):
    return value * value


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
