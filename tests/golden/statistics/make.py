"""Random inputs and what SciPy, statsmodels, mpmath or a defining equation says about them, one JSON object a line.

    python make.py COUNT FOLDER      writes FOLDER/python.jsonl; needs scipy, statsmodels, mpmath

Nothing here follows the formulas of src/stats where another road exists: score intervals maximise the likelihood
numerically, Hodges-Lehmann lists all averages, sign flips and Shapley shares enumerate, integrals are integrated.
"""

import itertools
import json
import math
import pathlib
import sys
import warnings

import mpmath
import numpy as np
from scipy import integrate, optimize, special, stats
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.proportion import proportion_confint

mpmath.mp.dps = 40
rng = np.random.default_rng(20260)
warnings.simplefilter("ignore")


def table():
    """Paired counts: tiny ones, sparse ones, large ones."""
    n = int(rng.choice([rng.integers(1, 20), rng.integers(20, 300), rng.integers(300, 5000), 1_000_000]))
    flips = rng.choice([0.0, 0.002, 0.02, 0.1, 0.6])
    skew = rng.uniform()
    level = rng.uniform()
    p = np.array([(1 - flips) * level, flips * skew, flips * (1 - skew), (1 - flips) * (1 - level)])
    return [int(x) for x in rng.multinomial(n, p / p.sum())]


def level():
    return float(rng.choice([0.001, 0.01, 0.025, 0.05, 0.1, 0.2]))


def numbers(most=40, plain=False):
    """Differences: plain ones, or rounded so that zeros and ties appear."""
    n = int(rng.integers(2, most))
    values = rng.normal(rng.uniform(-1, 1), rng.uniform(0.2, 3), n)
    if not plain and rng.uniform() < 0.6:
        values = np.round(values, int(rng.integers(0, 2)))
    else:
        values = np.round(values, 9)
    return [float(v) for v in values]


def z_of(alpha):
    return float(stats.norm.isf(alpha))


def tango_z(b, c, n, delta):
    """The score statistic, its nuisance by maximising the trinomial likelihood."""
    rest = n - b - c

    def slope(q):
        up = (b / (q + delta) if b else 0.0) + (c / q if c else 0.0)
        return up - (2 * rest / max(1 - 2 * q - delta, 1e-300) if rest else 0.0)

    low, high = max(0.0, -delta), (1 - delta) / 2
    inner_low = low + (1e-300 if low == 0 else 1e-15 * low)
    inner_high = high * (1 - 1e-15)
    if high <= low or slope(inner_low) <= 0:
        q = low
    elif slope(inner_high) >= 0:
        q = high
    else:
        q = optimize.brentq(slope, inner_low, inner_high, xtol=1e-300, rtol=8.9e-16, maxiter=2000)
    variance = n * (2 * q + delta * (1 - delta))
    gap = b - c - n * delta
    return 0.0 if gap == 0 else (gap / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, gap))


def tango():
    a, b, c, d = table()
    n, alpha = a + b + c + d, level()
    z = z_of(alpha)
    estimate = (b - c) / n

    def end(target, low, high):
        f = lambda delta: max(-1e9, min(1e9, tango_z(b, c, n, delta))) - target
        return optimize.brentq(f, low, high, xtol=1e-16, rtol=8.9e-16)

    edge = 1 - 1e-13
    low = -1.0 if estimate == -1 else end(z, -edge, min(estimate, edge))
    high = 1.0 if estimate == 1 else end(-z, max(estimate, -edge), edge)
    margin = float(rng.choice([0.01, 0.05, 0.2]))
    return {"cells": [a, b, c, d], "alpha": alpha, "margin": margin}, {
        "low": low,
        "high": high,
        "z0": tango_z(b, c, n, 0.0) if b + c else 0.0,
        "p_above": stats.norm.sf(tango_z(b, c, n, -margin)),
        "p_below": stats.norm.cdf(tango_z(b, c, n, margin)),
    }, 1e-9


def wilson(k, n, z):
    """The roots of (k/n - p)^2 n = z^2 p (1 - p), in 40 digits."""
    k, n, z = mpmath.mpf(k), mpmath.mpf(n), mpmath.mpf(z)
    if n == 0:
        return mpmath.mpf(0), mpmath.mpf(1)
    a, b, c = n + z * z, -(2 * k + z * z), k * k / n
    s = mpmath.sqrt(b * b - 4 * a * c)
    return (-b - s) / (2 * a), (-b + s) / (2 * a)


def newcombe():
    a, b, c, d = table()
    n, alpha = a + b + c + d, level()
    z = mpmath.mpf(z_of(alpha))
    p1, p2 = mpmath.mpf(a + b) / n, mpmath.mpf(a + c) / n
    (l1, u1), (l2, u2) = wilson(a + b, n, z), wilson(a + c, n, z)
    margins = mpmath.mpf(a + b) * (c + d) * (a + c) * (b + d)
    gap = mpmath.mpf(a) * d - mpmath.mpf(b) * c
    top = max(gap - mpmath.mpf(n) / 2, 0) if gap > 0 else gap
    phi = top / mpmath.sqrt(margins) if margins else mpmath.mpf(0)
    join = lambda x, y: mpmath.sqrt(max(x * x - 2 * phi * x * y + y * y, 0))
    low = p1 - p2 - join(p1 - l1, u2 - p2)
    high = p1 - p2 + join(u1 - p1, p2 - l2)
    return {"cells": [a, b, c, d], "alpha": alpha}, {"low": max(low, -1), "high": min(high, 1)}, 1e-9


def bonett_price():
    a, b, c, d = table()
    alpha = level()
    z = mpmath.mpf(z_of(alpha))
    x1, x2, star, n = mpmath.mpf(a + b), mpmath.mpf(a + c), mpmath.mpf(a + b + c), a + b + c + d
    bt, ct = mpmath.mpf(b + 1) / (n + 2), mpmath.mpf(c + 1) / (n + 2)
    reach = z * mpmath.sqrt((bt + ct - (bt - ct) ** 2) / (n + 2))
    out = {"difference_low": max(bt - ct - reach, -1), "difference_high": min(bt - ct + reach, 1)}
    if star == 0:
        out |= {"low": 0.0, "high": math.inf}
    else:
        q1, q2 = (x1 + 1) / (star + 2), (x2 + 1) / (star + 2)
        # The delta-method error of the log ratio over the sum of the single errors.
        joint = mpmath.sqrt((b + c + 2) / ((x1 + 1) * (x2 + 1)))
        narrow = z * joint / (mpmath.sqrt((1 - q1) / (x1 + 1)) + mpmath.sqrt((1 - q2) / (x2 + 1)))
        (l1, u1), (l2, u2) = wilson(x1, star, narrow), wilson(x2, star, narrow)
        out |= {"low": 0.0 if x1 == 0 else l1 / u2, "high": math.inf if x2 == 0 else u1 / l2}
    return {"cells": [a, b, c, d], "alpha": alpha}, out, 1e-9


def mcnemar():
    a, b, c, d = table()
    n = b + c
    half = stats.binom(n, 0.5)
    mid = lambda k: half.cdf(k) - 0.5 * half.pmf(k)
    if n == 0:
        one = {name: 1.0 for name in ["p_mid", "p_exact", "p_plain", "p_mid_greater"]}
        return {"cells": [a, b, c, d]}, one, 1e-9
    exact = stats.binomtest(b, n, 0.5).pvalue
    plain = stats.chi2.sf((b - c) ** 2 / n, 1)
    return {"cells": [a, b, c, d]}, {
        "p_mid": min(1.0, 2 * mid(min(b, c))),
        "p_exact": exact,
        "p_plain": plain,
        "p_mid_greater": mid(c),
    }, 1e-9


def share():
    n = int(rng.choice([rng.integers(1, 30), rng.integers(30, 3000), 1_000_000]))
    k = int(rng.choice([0, n, rng.binomial(n, 0.01), rng.binomial(n, rng.uniform())]))
    alpha = level()
    low, high = proportion_confint(k, n, 2 * alpha, "beta")
    wl, wh = proportion_confint(k, n, 2 * alpha, "wilson")
    return {"count": k, "total": n, "alpha": alpha}, {
        "low": 0.0 if k == 0 else low,
        "high": 1.0 if k == n else high,
        "wilson_low": 0.0 if k == 0 else wl,
        "wilson_high": 1.0 if k == n else wh,
    }, 1e-9


def t_paired():
    d = numbers(plain=True)
    alpha, margin = level(), float(rng.uniform(0.1, 2))
    x = np.array(d)
    test = stats.ttest_1samp(x, 0.0)
    low, high = test.confidence_interval(1 - 2 * alpha)
    return {"d": d, "alpha": alpha, "margin": margin}, {
        "mean": x.mean(),
        "sd": x.std(ddof=1),
        "p": test.pvalue,
        "p_greater": stats.ttest_1samp(x, 0.0, alternative="greater").pvalue,
        "low": low,
        "high": high,
        "p_above": stats.ttest_1samp(x, -margin, alternative="greater").pvalue,
        "p_below": stats.ttest_1samp(x, margin, alternative="less").pvalue,
    }, 1e-9


def wilcoxon():
    d = numbers(70)
    if not any(d):
        d[0] = 1.0
    # SciPy's "auto" takes the exact law up to 50 without zeros and ties.
    x = np.array(d)
    plain = len(set(np.abs(x))) == len(x) and 0 not in x and len(x) <= 50
    method = "exact" if plain else "asymptotic"
    p = {
        name: stats.wilcoxon(x, zero_method="pratt", correction=False, alternative=side, method=method).pvalue
        for name, side in [("p", "two-sided"), ("p_greater", "greater"), ("p_less", "less")]
    }
    above, below = int((x > 0).sum()), int((x < 0).sum())
    p["p_sign"] = stats.binomtest(above, above + below, 0.5).pvalue
    return {"d": d}, p, 1e-9


def hodges_lehmann():
    d = numbers(90)
    x, alpha = np.array(d), level()
    i, j = np.triu_indices(len(x))
    walsh = np.sort((x[i] + x[j]) / 2)
    n, m = len(x), len(walsh)
    if n <= 50:
        # Every subset of the ranks, by whole numbers.
        ways = [1]
        for r in range(1, n + 1):
            new = [0] * (len(ways) + r)
            for w, k in enumerate(ways):
                new[w] += k
                new[w + r] += k
            ways = new
        total, k, limit = 0, 0, mpmath.mpf(alpha) * 2**n
        while total + ways[k] <= limit:
            total += ways[k]
            k += 1
    else:
        k = math.floor(n * (n + 1) / 4 - z_of(alpha) * math.sqrt(n * (n + 1) * (2 * n + 1) / 24))
    open_ = k <= 0 or len(set(d)) == 1
    return {"d": d, "alpha": alpha}, {
        "estimate": np.median(walsh),
        "low": -math.inf if open_ else walsh[k - 1],
        "high": math.inf if open_ else walsh[m - k],
    }, 1e-9


def sign_flip():
    d = numbers(13)
    x = np.array(d)
    signs = np.array(list(itertools.product([1, -1], repeat=len(x))))
    sums, seen = signs @ x, x.sum()
    slack = 1e-10 * (1 + np.abs(x).sum())
    return {"d": d}, {
        "p": (np.abs(sums) >= abs(seen) - slack).mean(),
        "p_greater": (sums >= seen - slack).mean(),
        "p_less": (sums <= seen + slack).mean(),
    }, 1e-9


def bca():
    replicates = np.sort(np.round(rng.gamma(3, 1, int(rng.integers(100, 160))), 6))
    estimate = float(np.round(rng.choice(replicates[20:80]) + rng.choice([0, 0.001]), 6))
    acceleration, alpha = float(rng.uniform(-0.15, 0.15)), float(rng.choice([0.025, 0.05, 0.1, 0.2]))
    z0 = stats.norm.ppf(((replicates < estimate).mean() + (replicates <= estimate).mean()) / 2)

    def end(z):
        p = stats.norm.cdf(z0 + (z0 + z) / (1 - acceleration * (z0 + z)))
        at = p * (len(replicates) + 1)
        if at < 1 or at >= len(replicates):
            return math.copysign(math.inf, z)
        # Weibull's plotting positions, type 6.
        return np.quantile(replicates, p, method="weibull")

    z = z_of(alpha)
    given = {"replicates": list(map(float, replicates)), "estimate": estimate, "acceleration": acceleration}
    return given | {"alpha": alpha}, {"low": end(-z), "high": end(z)}, 1e-9


def two_groups(n_most=400):
    n1, n2 = int(rng.integers(1, n_most)), int(rng.integers(1, n_most))
    p = rng.choice([0.0, 0.03, 0.3, 0.9, 1.0], p=[0.05, 0.3, 0.3, 0.3, 0.05])
    return [int(rng.binomial(n1, p)), n1, int(rng.binomial(n2, min(1, p * rng.uniform(0.5, 1.5)))), n2]


def groups():
    k1, n1, k2, n2 = two_groups()
    alpha = level()
    z = z_of(alpha)
    (l1, u1), (l2, u2) = wilson(k1, n1, z), wilson(k2, n2, z)
    p1, p2 = mpmath.mpf(k1) / n1, mpmath.mpf(k2) / n2
    out = {
        "difference_low": max(-1, p1 - p2 - mpmath.hypot(p1 - l1, u2 - p2)),
        "difference_high": min(1, p1 - p2 + mpmath.hypot(u1 - p1, p2 - l2)),
        "p_greater": stats.fisher_exact([[k1, n1 - k1], [k2, n2 - k2]], "greater").pvalue,
        "p_less": stats.fisher_exact([[k1, n1 - k1], [k2, n2 - k2]], "less").pvalue,
    }
    if k1 and k2 and (k1 < n1 or k2 < n2):
        risk = stats.contingency.relative_risk(k1, n1, k2, n2)
        interval = risk.confidence_interval(1 - 2 * alpha)
        out |= {"ratio": risk.relative_risk, "low": interval.low, "high": interval.high}
    return {"groups": [k1, n1, k2, n2], "alpha": alpha}, out, 1e-9


def symmetry():
    k = int(rng.integers(2, 6))
    counts = rng.poisson(rng.uniform(0.3, 30), (k, k))
    counts[0, 0] += 1
    moved = sum(counts[i, j] + counts[j, i] > 0 for i in range(k) for j in range(i))
    given = {"levels": k, "counts": [int(x) for x in counts.ravel()]}
    if moved == k * (k - 1) // 2:
        result = SquareTable(counts, shift_zeros=False).symmetry()
        return given, {"statistic": result.statistic, "p_bowker": result.pvalue}, 1e-9
    chi = sum(
        (int(counts[i, j]) - int(counts[j, i])) ** 2 / (counts[i, j] + counts[j, i])
        for i in range(k)
        for j in range(i)
        if counts[i, j] + counts[j, i]
    )
    return given, {"statistic": chi, "p_bowker": stats.chi2.sf(chi, moved) if moved else 1.0}, 1e-9


def risk_difference_strata():
    strata = [two_groups(60) for _ in range(rng.integers(1, 6))]
    alpha = level()
    weight = slope = base = gap = mpmath.mpf(0)
    for k1, n1, k2, n2 in strata:
        n = mpmath.mpf(n1 + n2)
        weight += n1 * n2 / n
        gap += n1 * n2 / n * (mpmath.mpf(k1) / n1 - mpmath.mpf(k2) / n2)
        slope += (n1 * n1 * k2 - n2 * n2 * k1 + mpmath.mpf(n1 * n2 * (n2 - n1)) / 2) / n**2
        base += (k1 * (n2 - k2) + k2 * (n1 - k1)) / (2 * n)
    delta = gap / weight
    variance = (delta * slope + base) / weight**2
    reach = mpmath.mpf(z_of(alpha)) * mpmath.sqrt(max(variance, 0))
    open_ = abs(variance) < 1e-30
    return {"strata": strata, "alpha": alpha}, {
        "difference": delta,
        "low": -1.0 if open_ else max(-1, delta - reach),
        "high": 1.0 if open_ else min(1, delta + reach),
    }, 1e-9


def shapley():
    k = int(rng.integers(1, 6))
    v = [float(x) for x in np.round(rng.normal(size=2**k), 6)]
    shares = np.zeros(k)
    orders = list(itertools.permutations(range(k)))
    for order in orders:
        mask = 0
        for group in order:
            shares[group] += v[mask | 1 << group] - v[mask]
            mask |= 1 << group
    return {"v": v}, {f"share{i}": s / len(orders) for i, s in enumerate(shares)}, 1e-9


def sign_wealth():
    a, b = int(rng.integers(0, 40)), int(rng.integers(0, 40))
    two = mpmath.quad(lambda p: p ** (a - 0.5) * (1 - p) ** (b - 0.5), [0, 0.1, 0.5, 0.9, 1]) / mpmath.pi
    one = lambda a, b: 2 * mpmath.quad(lambda p: p**a * (1 - p) ** b, [0.5, 0.75, 1])
    scale = mpmath.mpf(2) ** (a + b)
    return {"above": a, "below": b}, {
        "e": two * scale,
        "e_greater": one(a, b) * scale,
        "e_less": one(b, a) * scale,
    }, 1e-6


def sequence():
    d = [float(x) for x in rng.choice([-1, -0.5, 0, 0, 0, 0.25, 1], int(rng.integers(1, 60)))]
    alpha = level()
    x = (np.array(d) + 1) / 2
    need = math.log(1 / alpha)
    bets, seen, squares, means = [], [], 0.25, []
    for t in range(1, len(x) + 1):
        means.append((0.5 + sum(seen)) / t)
        bets.append(math.sqrt(2 * need / (squares / t * t * math.log(1 + t))))
        seen.append(x[t - 1])
        squares += (x[t - 1] - (0.5 + sum(seen)) / (t + 1)) ** 2
    bets, means = np.array(bets), np.array(means)
    capped = np.minimum(bets, 0.5)
    penalty = np.cumsum((x - means) ** 2 * (-np.log1p(-capped) - capped))
    centre, reach = np.cumsum(capped * x) / np.cumsum(capped), (need + penalty) / np.cumsum(capped)
    low, high = max(0, (centre - reach).max()), min(1, (centre + reach).min())

    def wealth(m, y):
        return np.log1p(np.minimum(bets, 0.5 / m if m else np.inf) * (y - m)).sum()

    def bound(y):
        f = lambda m: wealth(m, y) - need
        return 0.0 if f(0.0) <= 0 else optimize.brentq(f, 0.0, 1.0, xtol=1e-15)

    lower, upper = bound(x), 1 - bound(1 - x)
    return {"d": d, "alpha": alpha}, {
        "closed_low": 2 * low - 1,
        "closed_high": 2 * high - 1,
        "low": 2 * lower - 1,
        "high": 2 * upper - 1,
        "ln_e_above": wealth(0.45, x),
        "ln_e_below": wealth(0.45, 1 - x),
    }, 1e-6


def flip_plan():
    limit, alpha, power = float(rng.choice([0.01, 0.02, 0.05, 0.1])), level(), float(rng.choice([0.5, 0.8, 0.9]))
    rate = limit * float(rng.choice([0.0, 0.1, 0.25]))
    units, k = None, 0
    while units is None:
        n = next_units(k, limit, alpha)
        if stats.binom.cdf(k, n, rate) >= power:
            units = n
        k += 1
    at = int(rng.integers(1, 3000))
    most = max((k for k in range(at) if stats.binom.cdf(k, at, limit) < alpha), default=None) if at < 400 else None
    given = {"limit": limit, "alpha": alpha, "power": power, "rate": rate, "at": at}
    out = {"units": units}
    if at < 400:
        out["p_pass"] = 0.0 if most is None else stats.binom.cdf(most, at, rate)
    return given, out, 1e-9


def next_units(k, limit, alpha):
    low, high = k, 10_000_000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if stats.binom.cdf(k, middle, limit) < alpha else (middle, high)
    return high


def net_plan():
    """Every table of a small number of units, by Tango's own interval condition."""
    n, alpha, margin = int(rng.integers(2, 26)), level(), float(rng.choice([0.1, 0.2, 0.4]))
    gain, loss = float(rng.uniform(0, 0.2)), float(rng.uniform(0, 0.2))
    z, power = z_of(alpha), 0.0
    tables = [(b, c) for b in range(n + 1) for c in range(n + 1 - b)]
    above = {cell: tango_z(*cell, n, margin) for cell in tables}
    for b, c in tables:
        if tango_z(b, c, n, -margin) > z and above[b, c] < -z:
            power += stats.multinomial.pmf([b, c, n - b - c], n, [gain, loss, 1 - gain - loss])
    # The exact test of one table: the likeliest way to come out as low, over the losses' interval.
    seen = tables[rng.integers(len(tables))]
    low, high = proportion_confint(seen[1], n, 1e-5, "beta")
    low, high = 0.0 if seen[1] == 0 else low, 1.0 if seen[1] == n else high
    low, high = min(low, (1 - margin) / 2), min(high, (1 - margin) / 2)
    as_low = np.array([(b, c, n - b - c) for b, c in tables if above[b, c] <= above[seen] + 1e-10 * (1 + abs(above[seen]))])
    # A difference of rounding may leave (1 - 2q - margin) below 0.
    rates = lambda q: [margin + q, q, max(0.0, 1 - 2 * q - margin)]
    worst = max(stats.multinomial.pmf(as_low, n, rates(q)).sum() for q in np.linspace(low, high, 97))
    given = {"units": n, "alpha": alpha, "margin": margin, "gain": gain, "loss": loss}
    return given | {"cells": [0, *seen, n - sum(seen)]}, {"power": power, "p_exact": min(1.0, worst + 1e-5)}, 1e-6


def mean_plan():
    n, alpha = int(rng.integers(2, 200)), level()
    margin, mean, sd = float(rng.uniform(0.2, 1)), float(rng.uniform(0, 0.2)), float(rng.uniform(0.3, 2))
    df, t, root = n - 1, stats.t.isf(alpha, n - 1), math.sqrt(n)
    end = margin * root / (sd * t)

    def f(s):
        inside = stats.norm.cdf((margin - mean) * root / sd - t * s) - stats.norm.cdf(-(margin + mean) * root / sd + t * s)
        return inside * stats.chi.pdf(s * math.sqrt(df), df) * math.sqrt(df)

    last = min(end, 1 + 12 / math.sqrt(2 * df))
    power = integrate.quad(f, 0, last, points=np.linspace(0, last, 40)[1:-1], limit=2000, epsabs=1e-13, epsrel=1e-12)[0]
    given = {"units": n, "alpha": alpha, "margin": margin, "mean": mean, "sd": sd}
    return given, {"power": max(power, 0.0)}, 1e-6


KINDS = [
    tango, newcombe, bonett_price, mcnemar, share, t_paired, wilcoxon, hodges_lehmann, sign_flip, bca, groups,
    symmetry, risk_difference_strata, shapley, sign_wealth, sequence, flip_plan, net_plan, mean_plan,
]  # fmt: skip


def plain(value):
    value = float(value)
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def main():
    count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "python.jsonl", "w") as out:
        for i in range(count):
            kind = KINDS[i % len(KINDS)]
            given, expected, tolerance = kind()
            expected = {name: plain(value) for name, value in expected.items()}
            line = {"f": kind.__name__, "in": given, "out": expected, "tolerance": tolerance}
            out.write(json.dumps(line, separators=(",", ":"), allow_nan=False) + "\n")


main()
