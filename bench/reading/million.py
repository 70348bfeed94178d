"""Writes a CSV of 1,000,000 rows and 10 columns: five floats, two integers, two categories, a price."""
import sys

import numpy as np
import pandas as pd

rng = np.random.default_rng(1)
n = 1_000_000
table = {f"x{i}": rng.normal(size=n).round(4) for i in range(5)}
table["n1"] = rng.integers(0, 1000, n)
table["n2"] = rng.integers(0, 100_000, n)
table["city"] = rng.choice(["north", "south", "east", "west", "centre", "harbour"], n)
table["kind"] = rng.choice([f"k{i}" for i in range(50)], n)
table["price"] = rng.gamma(2, 100, n).round(2)
pd.DataFrame(table).to_csv(sys.argv[1], index=False)
