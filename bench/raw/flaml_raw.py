"""Fits FLAML on a raw file as pandas.read_csv gives it, with FLAML's own preprocessing, and predicts another.

    flaml_raw.py --train X.train.csv --test X.test.csv --job job.json --out predictions.json

job.json: target (its column is dropped), y (numbers of the training rows, null where there is none), encoding, budget,
seed, threads. Strings stay strings: FLAML makes categories of them.
"""

import argparse
import json
import os
import time
import warnings

warnings.filterwarnings("ignore")
cli = argparse.ArgumentParser()
for name in ("train", "test", "job", "out"):
    cli.add_argument(f"--{name}", required=True)
args = cli.parse_args()
with open(args.job) as file:
    job = json.load(file)
os.environ["OMP_NUM_THREADS"] = str(job["threads"])

import pandas as pd
from flaml import AutoML


def features(path):
    frame = pd.read_csv(path, encoding=job["encoding"])
    frame = frame.drop(columns=[job["target"]])
    # LightGBM refuses names with a colon or a comma: they say nothing to FLAML, so all of them get plain ones.
    frame.columns = [f"f{i}" for i in range(frame.shape[1])]
    return frame


train, test = features(args.train), features(args.test)
y = pd.Series(job["y"], dtype=float)
known = y.notna()
train, y = train[known].reset_index(drop=True), y[known].reset_index(drop=True)
started = time.time()
model = AutoML()
model.fit(
    X_train=train,
    y_train=y,
    task="regression",
    metric="rmse",
    time_budget=job["budget"],
    n_jobs=job["threads"],
    seed=job["seed"],
    verbose=0,
)
predictions = [float(value) for value in model.predict(test)]
with open(args.out, "w") as file:
    json.dump({"predictions": predictions, "seconds": time.time() - started, "model": str(model.best_estimator)}, file)
