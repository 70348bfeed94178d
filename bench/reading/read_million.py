"""Seconds that pandas takes to read a CSV."""
import sys
import time

import pandas as pd

start = time.perf_counter()
pd.read_csv(sys.argv[1])
print(time.perf_counter() - start)
