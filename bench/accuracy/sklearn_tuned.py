#!/usr/bin/env python3
"""The best of Gaussian process, ridge, random forest and gradient boosting, each tuned by scikit-learn with
cross-validation and chosen by it: what a careful person does with few rows. Takes no budget; prints the same JSON line
as the benchmark's run_peer.py, and the model chosen.

    sklearn_tuned.py --train X.train.csv.gz --test X.test.csv.gz --target Y [--threads 2] [--seed 1]
"""
import argparse
import json
import os
import time
import warnings

started = time.time()
warnings.filterwarnings("ignore")
cli = argparse.ArgumentParser()
for name in ("train", "test", "target"):
    cli.add_argument(f"--{name}", required=True)
cli.add_argument("--budget", type=float, default=0)
cli.add_argument("--threads", type=int, default=2)
cli.add_argument("--seed", type=int, default=1)
args = cli.parse_args()
# Fits run beside each other, each on one thread.
for name in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{name}_NUM_THREADS"] = "1"
os.environ["PYTHONWARNINGS"] = "ignore"

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, WhiteKernel
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

train, test = pd.read_csv(args.train), pd.read_csv(args.test)
train, test = train[train[args.target].notna()], test[test[args.target].notna()]
y, truth = train[args.target].to_numpy(float), test[args.target].to_numpy(float)


def encoded():
    """One-hot up to 30 levels, frequency above; median imputation: as run_peer.py does it."""
    left, right = [], []
    for column in train.columns.drop(args.target):
        a, b = train[column], test[column]
        if a.dtype == object or b.dtype == object:
            a, b = a.astype(str).where(a.notna()), b.astype(str).where(b.notna())
            if a.nunique() <= 30:
                for level in sorted(a.dropna().unique()):
                    left.append((a == level).to_numpy(float))
                    right.append((b == level).to_numpy(float))
            else:
                share = a.value_counts(normalize=True)
                left.append(a.map(share).fillna(0).to_numpy(float))
                right.append(b.map(share).fillna(0).to_numpy(float))
        else:
            middle = a.astype(float).median()
            middle = 0 if np.isnan(middle) else middle
            left.append(a.astype(float).fillna(middle).to_numpy())
            right.append(b.astype(float).fillna(middle).to_numpy())
    return np.column_stack(left), np.column_stack(right)


x, x_test = encoded()
folds = KFold(5, shuffle=True, random_state=args.seed)
kernels = [ConstantKernel() * kernel + WhiteKernel() for kernel in (RBF(), Matern(nu=1.5))]
kernels += [ConstantKernel() * RBF(np.ones(x.shape[1])) + WhiteKernel()] if x.shape[1] <= 20 else []
candidates = {
    "gaussian process": (
        make_pipeline(StandardScaler(), GaussianProcessRegressor(normalize_y=True, random_state=args.seed)),
        {"gaussianprocessregressor__kernel": kernels},
    ),
    "ridge": (make_pipeline(StandardScaler(), Ridge()), {"ridge__alpha": np.logspace(-3, 4, 15)}),
    "forest": (
        RandomForestRegressor(300, random_state=args.seed),
        {"max_features": [0.33, 0.67, 1.0], "min_samples_leaf": [1, 3, 8]},
    ),
    "boosting": (
        HistGradientBoostingRegressor(max_iter=300, random_state=args.seed),
        {"learning_rate": [0.03, 0.1], "max_leaf_nodes": [4, 8, 31], "min_samples_leaf": [5, 20]},
    ),
}
fit_started = time.time()
searches = {}
for name, (model, grid) in candidates.items():
    search = GridSearchCV(model, grid, scoring="neg_mean_squared_error", cv=folds, n_jobs=args.threads)
    searches[name] = search.fit(x, y)
chosen = max(searches, key=lambda name: searches[name].best_score_)
error = searches[chosen].predict(x_test) - truth
print(
    json.dumps(
        dict(
            system="sklearn",
            chosen=chosen,
            rmse=float(np.sqrt(np.mean(error**2))),
            mae=float(np.mean(np.abs(error))),
            r2=float(1 - np.sum(error**2) / np.sum((truth - truth.mean()) ** 2)),
            fit_seconds=round(time.time() - fit_started, 2),
            total_seconds=round(time.time() - started, 2),
            n_train=len(y),
            n_test=len(truth),
        )
    )
)
