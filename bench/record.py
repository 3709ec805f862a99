"""What was measured, and what can be said of it."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from bench.terminal import Answer


@dataclass(frozen=True, slots=True)
class Spread:
    """A median of rounds, and the least and the most of them."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> Spread | None:
        """Of the values of all rounds; None of none."""
        return cls(median(values), min(values), max(values)) if values else None


class Record:
    """Values by figure, program and round. Times in ms, processor time in ms, sizes in bytes, memory in MiB."""

    def __init__(self) -> None:
        self.round = 0
        self.values: dict[tuple[str, str], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
        self.loops: list[float] = []

    def add(self, figure: str, program: str, value: float) -> None:
        """One value in this round."""
        self.values[figure, program][self.round].append(value)

    def answer(self, figure: str, program: str, answer: Answer) -> None:
        """What a key brought: text seen, and under names of their own the first byte, bytes, processor time."""
        self.add(figure, program, answer.seen * 1000)
        self.add(f"{figure}: first byte", program, answer.first * 1000)
        self.add(f"{figure}: settled", program, answer.last * 1000)
        self.add(f"{figure}: bytes", program, answer.size)
        self.add(f"{figure}: CPU", program, answer.cpu * 1000)

    def noise(self) -> None:
        """How long a fixed loop takes at this moment."""
        for _ in range(10):
            begun = time.perf_counter()
            for _ in range(100_000):
                pass
            self.loops.append((time.perf_counter() - begun) * 1000)

    def all(self, figure: str, program: str) -> list[float]:
        """The values of all rounds."""
        return [value for values in self.values[figure, program].values() for value in values]

    def rounds(self, figure: str, program: str, at: float = 0.5) -> dict[int, float]:
        """The median (or another quantile) of each round."""
        return {number: quantile(values, at) for number, values in self.values[figure, program].items() if values}


def quantile(values: list[float], at: float) -> float:
    """The value below which this share of them lies; 0.5 is the median, 1 the greatest."""
    if at == 0.5:
        return median(values)
    ordered = sorted(values)
    return ordered[min(int(at * len(ordered)), len(ordered) - 1)]
