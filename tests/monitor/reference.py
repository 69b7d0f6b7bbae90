"""Published or recomputed reference values: (function, arguments, expected, tolerance)."""

from typing import Any

from monitor import intervals as i

AIR = [
    17.55, 21.86, 23.89, 26.93, 26.89, 28.83, 30.08, 30.95, 30.19, 31.58, 32.58, 33.48, 39.02, 41.39, 41.6, 44.66, 46.95,
    48.73, 51.49, 50.03, 60.64, 63.36, 66.36, 68.2, 68.12, 69.78, 72.6,
]  # fmt: skip
RISING = [91.0, 91.8, 91.5, 92.6, 93.1]

INTERVALS: list[tuple[Any, tuple[Any, ...], tuple[float, float], float]] = [
    # Newcombe 1998, Table I
    (i.wilson, (81, 263), (0.2553, 0.3662), 5e-4), (i.wilson, (15, 148), (0.0624, 0.1605), 5e-4),
    (i.wilson, (0, 20), (0, 0.1611), 5e-4), (i.wilson, (1, 29), (0.0061, 0.1718), 5e-4),
    (i.wilson_cc, (81, 263), (0.2535, 0.3682), 5e-4), (i.wilson_cc, (15, 148), (0.0598, 0.1644), 5e-4),
    (i.wilson_cc, (0, 20), (0, 0.2005), 5e-4), (i.wilson_cc, (1, 29), (0.0018, 0.1963), 5e-4),
    (i.clopper_pearson, (81, 263), (0.2527, 0.3676), 5e-4), (i.clopper_pearson, (15, 148), (0.0578, 0.1617), 5e-4),
    (i.clopper_pearson, (0, 20), (0, 0.1684), 5e-4), (i.clopper_pearson, (1, 29), (0.0009, 0.1776), 5e-4),
    (i.wilson, (23, 60), (0.2709, 0.5098), 5e-4), (i.wilson, (0, 10), (0, 0.2775), 5e-4),
    (i.wilson, (9, 10), (0.5958, 0.9821), 5e-4), (i.wilson, (2, 5), (0.1176, 0.7693), 5e-4),
    (i.wilson, (7, 9), (0.4526, 0.9368), 5e-4),
    # Garwood 1936
    (i.poisson_exact, (0,), (0, 3.689), 1e-3), (i.poisson_exact, (1,), (0.025, 5.572), 1e-3),
    (i.poisson_exact, (2,), (0.242, 7.225), 1e-3), (i.poisson_exact, (3,), (0.619, 8.767), 1e-3),
    (i.poisson_exact, (4,), (1.09, 10.242), 1e-3), (i.poisson_exact, (5,), (1.623, 11.668), 1e-3),
    (i.poisson_exact, (7,), (2.814, 14.423), 1e-3), (i.poisson_exact, (10,), (4.795, 18.39), 1e-3),
    (i.poisson_exact, (15,), (8.395, 24.74), 1e-3), (i.poisson_exact, (20,), (12.217, 30.888), 1e-3),
    (i.poisson_exact, (50,), (37.111, 65.919), 1e-3), (i.poisson_exact, (100,), (81.364, 121.627), 1e-3),
    # Breslow & Day 1987
    (i.poisson_byar, (10,), (4.787, 18.391), 1e-3), (i.poisson_byar, (20,), (12.211, 30.89), 1e-3),
    (i.poisson_byar, (50,), (37.108, 65.92), 1e-3), (i.poisson_byar, (100,), (81.362, 121.628), 1e-3),
    # maternal deaths among 400 births, per 100,000
    (i.rate_exact, (1, 400, 100_000), (6.3, 1392.9), 0.1), (i.rate_exact, (0, 400, 100_000), (0, 922.2), 0.1),
    (i.beta_interval, (9, 12), (0.4708, 0.9241), 5e-4), (i.gamma_poisson_interval, ([3, 5, 2],), (0, 8), 0),
    (i.dispersion, ([12, 9, 15, 30, 11],), (18.5195, 0.000977), 1e-3),
    (i.dispersion, ([4, 2, 5, 3, 1],), (3.3333, 0.5037), 1e-3),
]  # fmt: skip
# base, now, goal, t0, t, end -> observed, needed, ratio, linear ratio, status
PACES: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = [
    ((60, 64, 70, 2020, 2023, 2030), (0.021746, 0.015534, 1.3998, 1.3333, "on_track")),
    ((20, 16, 12, 2020, 2025, 2030), (-0.043648, -0.0498, 0.8765, 1.0, "acceleration_needed")),
    ((93, 92, 95, 2021, 2024, 2030), (-0.003597, 0.002367, -1.5197, -1.5, "deterioration")),
    ((50, 54, 60, 2015, 2019, 2030), (0.019427, 0.012229, 1.5886, 1.5, "on_track")),
    ((90, 90.9, 95, 2021, 2024, 2030), (0.003322, 0.006026, 0.5514, 0.54, "limited_progress")),
    ((90, 90.2, 95, 2021, 2024, 2030), (0.00074, 0.006026, 0.1228, 0.12, "limited_progress")),
]
EDGES = [(95, 94, 95), (0, 2, 0), (25, 0, 12), (10, 8, 0)]
