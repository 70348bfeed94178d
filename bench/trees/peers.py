"""The peers' side of the benchmark: answers the messages of protocol.ts, one JSON line each.

    python3 peers.py --check                 prints the versions of what is installed, as JSON
    python3 peers.py <system> <threads>      lightgbm, histgb, xgboost or sklearn
"""

import importlib
import json
import os
import sys
import time

PACKAGES = {"lightgbm": "lightgbm", "histgb": "sklearn", "xgboost": "xgboost", "sklearn": "sklearn"}


def check():
    versions = {"python": sys.version.split()[0]}
    for package in ["numpy", *sorted(set(PACKAGES.values()))]:
        try:
            versions[package] = importlib.import_module(package).__version__
        except ImportError:
            versions[package] = None
    print(json.dumps(versions))


if sys.argv[1] == "--check":
    check()
    sys.exit()

system, threads = sys.argv[1], int(sys.argv[2])
# Before anything that brings OpenMP is imported. What libraries print must not get between the answers.
os.environ["OMP_NUM_THREADS"] = str(threads)
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import numpy as np  # noqa: E402


# ---- data: the formula of synthetic.ts ----

GOLDEN = np.uint32(0x9E3779B1)
FIRST_TEST_ROW = 0x40000000
NOISE_COLUMN = 0xFFFF
BLOCK = 65536


def mix(h):
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x7FEB352D)
    h = (h ^ (h >> np.uint32(15))) * np.uint32(0x846CA68B)
    return h ^ (h >> np.uint32(16))


def cell(row, column):
    a = mix(row + np.uint32(((column + 1) * int(GOLDEN)) & 0xFFFFFFFF))
    b = mix(a + GOLDEN)
    low = np.uint32(0xFFFF)
    halves = (a >> np.uint32(16)) + (a & low) + (b >> np.uint32(16)) + (b & low)
    return (halves.astype(np.float64) - 131070) / 37837


def wave(t):
    f = t - np.floor(t)
    return np.where(f < 0.5, 16 * f * (0.5 - f), -16 * (f - 0.5) * (1 - f))


def signal(x):
    at = lambda c: x[:, c % x.shape[1]]  # noqa: E731
    return (
        10 * wave((np.abs(at(0)) * at(1)) / 2)
        + 5 * (at(2) * at(2))
        + 4 * at(3)
        + 3 * np.abs(at(4))
        + 2 * (at(5) * at(6))
        + np.where(at(7) > 0, 3.0, 0.0)
    )


def synthetic_part(rows, columns, first):
    """In blocks of rows, so that what is needed on the way does not show in the peak of memory."""
    x = np.empty((rows, columns))
    y = np.empty(rows)
    for begin in range(0, rows, BLOCK):
        end = min(rows, begin + BLOCK)
        row = mix(np.arange(first + begin + 1, first + end + 1, dtype=np.uint32))
        for c in range(columns):
            x[begin:end, c] = cell(row, c)
        y[begin:end] = signal(x[begin:end]) + 2 * cell(row, NOISE_COLUMN)
    return x, y


def checksum(*arrays):
    total = 0
    for array in arrays:
        total ^= int(np.bitwise_xor.reduce(array.view(np.uint32), axis=None)) if array.size else 0
    return total


class Data:
    def __init__(self, x, y, test_x, test_y, levels):
        self.x, self.y, self.test_x, self.test_y, self.levels = x, y, test_x, test_y, levels
        self.categories = [c for c, count in enumerate(levels) if count > 0]

    def answer(self):
        return {"checksum": checksum(self.x, self.y, self.test_x, self.test_y)}


def synthetic(message):
    columns = message["columns"]
    x, y = synthetic_part(message["rows"], columns, 0)
    test_x, test_y = synthetic_part(message["testRows"], columns, FIRST_TEST_ROW)
    return Data(x, y, test_x, test_y, [0] * columns)


def load(message):
    rows, test_rows, levels = message["rows"], message["testRows"], message["levels"]
    columns = len(levels)
    numbers = np.fromfile(message["file"])
    x, y, test_x, test_y = np.split(numbers, np.cumsum([rows * columns, rows, test_rows * columns]))
    by_rows = lambda part: np.ascontiguousarray(part.reshape(columns, -1).T)  # noqa: E731
    return Data(by_rows(x), y, by_rows(test_x), test_y, levels)


# ---- systems: bin() or None, train(), predict(x); `model` as in protocol.ts ----


class LightGbm:
    layout = None

    def __init__(self):
        import lightgbm

        self.package = lightgbm

    def params(self, model):
        given = {
            "objective": "regression",
            "learning_rate": model["learningRate"],
            "num_leaves": model["maxLeaves"],
            "min_data_in_leaf": model["minSamplesLeaf"],
            "min_sum_hessian_in_leaf": 0,
            "lambda_l2": 0,
            "bagging_fraction": model["rowFraction"],
            "bagging_freq": 1 if model["rowFraction"] < 1 else 0,
            "feature_fraction": model["columnFraction"],
            "max_bin": 255,
            "num_threads": threads,
            "seed": model["seed"],
            "verbose": -1,
        }
        if self.layout is not None:
            given[self.layout] = True
        return given

    def bin(self, data, model):
        return self.package.Dataset(
            data.x, data.y, categorical_feature=data.categories, params=self.params(model)
        ).construct()

    def train(self, data, binned, model):
        return self.package.train(self.params(model), binned, model["trees"])

    def predict(self, fitted, x):
        return fitted.predict(x, num_threads=threads)

    def tune(self, data, model):
        """By itself it tries both layouts at the start of each training; it shall not pay for that in every round."""
        times = {}
        for layout in ["force_col_wise", "force_row_wise"]:
            self.layout = layout
            binned = self.bin(data, model)
            runs = []
            for _ in range(2):
                start = time.perf_counter()
                self.train(data, binned, model)
                runs.append(time.perf_counter() - start)
            times[layout] = min(runs)
        self.layout = min(times, key=times.get)
        return self.layout


class HistGb:
    bin = None

    def __init__(self):
        from sklearn.ensemble import HistGradientBoostingRegressor

        self.make = HistGradientBoostingRegressor

    def train(self, data, _, model):
        return self.make(
            learning_rate=model["learningRate"],
            max_iter=model["trees"],
            max_leaf_nodes=model["maxLeaves"],
            min_samples_leaf=model["minSamplesLeaf"],
            # Drawn at each node instead of for each tree; there are no row fractions.
            max_features=float(model["columnFraction"]),
            l2_regularization=0,
            max_bins=255,
            early_stopping=False,
            categorical_features=data.categories or None,
            random_state=model["seed"],
        ).fit(data.x, data.y)

    def predict(self, fitted, x):
        return fitted.predict(x)


class XgBoost:
    def __init__(self):
        import xgboost

        self.package = xgboost

    def bin(self, data, model):
        types = ["c" if count > 0 else "float" for count in data.levels]
        return self.package.QuantileDMatrix(
            data.x, data.y, feature_types=types, enable_categorical=True, max_bin=255, nthread=threads
        )

    def train(self, data, binned, model):
        params = {
            "tree_method": "hist",
            "grow_policy": "lossguide",
            "learning_rate": model["learningRate"],
            "max_leaves": model["maxLeaves"],
            "max_depth": 0,
            "min_child_weight": model["minSamplesLeaf"],
            "lambda": 0,
            "subsample": model["rowFraction"],
            "colsample_bytree": model["columnFraction"],
            "max_bin": 255,
            "nthread": threads,
            "seed": model["seed"],
            "verbosity": 0,
        }
        return self.package.train(params, binned, model["trees"])

    def predict(self, fitted, x):
        return fitted.inplace_predict(x)


class Forests:
    bin = None

    def __init__(self):
        from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

        self.makers = {"randomForest": RandomForestRegressor, "extraTrees": ExtraTreesRegressor}

    def train(self, data, _, model):
        return self.makers[model["family"]](
            n_estimators=model["trees"],
            max_features=model["drawnColumns"],
            min_samples_leaf=model["minSamplesLeaf"],
            random_state=model["seed"],
            n_jobs=threads,
        ).fit(data.x, data.y)

    def predict(self, fitted, x):
        return fitted.predict(x)

    def nodes(self, fitted):
        return float(np.mean([tree.tree_.node_count for tree in fitted.estimators_]))


SYSTEMS = {"lightgbm": LightGbm, "histgb": HistGb, "xgboost": XgBoost, "sklearn": Forests}


# ---- messages ----


class Process:
    data = None
    fitted = None

    def __init__(self, peer):
        self.peer = peer

    def synthetic(self, message):
        self.data = synthetic(message)
        return self.data.answer()

    def load(self, message):
        self.data = load(message)
        return self.data.answer()

    def fit(self, message):
        model, peer, data = message["model"], self.peer, self.data
        note = peer.tune(data, model) if message.get("tune") and hasattr(peer, "tune") else None
        processor = time.process_time()
        start = time.perf_counter()
        binned = None if peer.bin is None else peer.bin(data, model)
        middle = time.perf_counter()
        self.fitted = peer.train(data, binned, model)
        end = time.perf_counter()
        processor = time.process_time() - processor
        error = 0
        if len(data.test_y) > 0:
            error = float(np.sqrt(np.mean((peer.predict(self.fitted, data.test_x) - data.test_y) ** 2)))
        return {
            "bin": None if peer.bin is None else (middle - start) * 1000,
            "train": (end - middle) * 1000,
            "processor": processor * 1000,
            "rmse": error,
            "nodes": peer.nodes(self.fitted) if hasattr(peer, "nodes") else None,
            **({} if note is None else {"note": note}),
        }

    def predict(self, message):
        start = time.perf_counter()
        self.peer.predict(self.fitted, self.data.test_x)
        return {"milliseconds": (time.perf_counter() - start) * 1000, "rows": len(self.data.test_y)}

    def rows(self, message):
        count, rows = message["count"], self.data.test_x
        times = []
        for i in range(count):
            row = rows[i % len(rows)].reshape(1, -1)
            start = time.perf_counter()
            self.peer.predict(self.fitted, row)
            times.append((time.perf_counter() - start) * 1e6)
        times.sort()
        return {"median": times[count >> 1], "p99": times[int(0.99 * count)]}

    def memory(self, message):
        try:
            with open("/proc/self/status") as status:
                line = next(line for line in status if line.startswith("VmHWM"))
            return {"peak": int(line.split()[1]) * 1024}
        except OSError:
            import resource

            return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


process = Process(SYSTEMS[system]())
for text in sys.stdin:
    request = json.loads(text)
    answers.write(json.dumps(getattr(process, request["do"])(request)) + "\n")
    answers.flush()
