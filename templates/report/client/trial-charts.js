/** The charts of one trial. */
function foldFigure(trial) {
  const { folds } = trial;
  const many = folds.scores.length > folds.perRepeat;
  const points = folds.scores.map((score, i) => ({ fold: i + 1, score }));
  const { pooled, standardError } = folds;
  const error = standardError ?? 0;
  return figureNode(
    "Fold scores",
    "line: score over all folds pooled; band: ± one standard error",
    chartNode(
      "folds",
      {
        folds: points,
        pooled:
          pooled === null ? [] : [{ score: pooled, low: pooled - error, high: pooled + error }],
      },
      {
        label: "Score of each fold",
        tooltip: (datum) =>
          datum.fold === undefined
            ? [["all folds", scoreText(trial.id)]]
            : [
                [
                  "",
                  many
                    ? `fold ${((datum.fold - 1) % folds.perRepeat) + 1} of repeat ${Math.ceil(datum.fold / folds.perRepeat)}`
                    : `fold ${datum.fold}`,
                ],
                [model.metric.label, numberText(datum.score)],
              ],
      },
    ),
  );
}

/** The plotted rows of a trial with their residuals. */
function plottedRows(trial) {
  const base = model.plottedRows[trial.plot.base];
  return base.rows.map((row, i) => ({
    row,
    actual: base.actual[i],
    predicted: trial.plot.predicted[i],
    residual: base.actual[i] - trial.plot.predicted[i],
  }));
}

function rowTooltip(datum) {
  return [
    ["", `row ${numberText(datum.row, 15)}`],
    ["actual", numberText(datum.actual)],
    ["predicted", numberText(datum.predicted)],
    ["residual", numberText(datum.residual)],
  ];
}

function rowsNote(trial, shown) {
  return shown < trial.plot.rows
    ? `${numberText(shown)} of ${numberText(trial.plot.rows)} recorded validation rows`
    : `${numberText(shown)} validation rows`;
}

function predictedFigure(trial, title = "Predicted against actual") {
  const rows = plottedRows(trial);
  let low = Infinity;
  let high = -Infinity;
  for (const { actual, predicted } of rows) {
    low = Math.min(low, actual, predicted);
    high = Math.max(high, actual, predicted);
  }
  return figureNode(
    title,
    `${rowsNote(trial, rows.length)}, each predicted by a model that has not seen it`,
    chartNode(
      "predicted",
      { rows, line: [{ at: low }, { at: high }] },
      {
        label: "Predicted against actual values",
        tooltip: (datum) => (datum.row === undefined ? [] : rowTooltip(datum)),
      },
    ),
  );
}

function residualFigures(trial) {
  const figures = [];
  if (trial.plot.base !== null) {
    const rows = plottedRows(trial);
    figures.push(
      figureNode(
        "Residuals against predicted",
        "a level band is what one hopes for",
        chartNode(
          "residuals",
          { rows },
          { label: "Residuals against predicted values", tooltip: rowTooltip },
        ),
      ),
    );
  }
  const { start, width, counts } = trial.plot.histogram;
  const bins = counts.map((count, i) => ({
    from: start + i * width,
    to: start + (i + 1) * width,
    count,
  }));
  figures.push(
    figureNode(
      "Residuals",
      "actual minus predicted",
      chartNode(
        "histogram",
        { bins },
        {
          label: "Histogram of residuals",
          tooltip: (datum) =>
            datum.count === undefined
              ? []
              : [
                  ["", `${numberText(datum.from)} … ${numberText(datum.to)}`],
                  ["rows", numberText(datum.count)],
                ],
        },
      ),
    ),
  );
  return figures;
}

function importanceFigure(trial, title = "Importance", most = Infinity) {
  const bars = trial.importance.bars.slice(0, most);
  const more = trial.importance.more + trial.importance.bars.length - bars.length;
  return figureNode(
    title,
    `how much worse the score gets when a column is shuffled; lines: lowest and highest of the shuffles${more > 0 ? `. ${more} less important columns not shown` : ""}`,
    chartNode(
      "importance",
      { bars },
      {
        label: "Importance of columns",
        tooltip: (datum) => [
          ["", datum.column],
          ["increase", numberText(datum.increase)],
          ["from … to", `${numberText(datum.low)} … ${numberText(datum.high)}`],
        ],
      },
    ),
  );
}
