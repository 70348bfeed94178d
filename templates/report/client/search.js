/** How the search went: best score by trial and by time, families, parameters. */
function drawSearch() {
  const { search } = model;
  const scored = search.scores.some((score) => score !== null);
  byId("search").hidden = !scored;
  document.querySelector('nav a[href="#search"]').hidden = !scored;
  if (!scored) return;
  const edge =
    search.edge === null && search.farEdge === null
      ? ""
      : " Triangles mark scores beyond the edge of a chart.";
  fill(
    byId("search-note"),
    search.words ? [textNode(search.words), " "] : null,
    `Every point is a trial: hover for its score, click to open it.${edge}`,
  );
  drawProgress("order");
  fill(byId("family-charts"), familyFigures());
  drawParameters();
}

function trialTooltip(datum) {
  const lines = [["", `${datum.family} ${datum.id}`]];
  if (datum.score !== undefined)
    lines.push([`validation ${model.metric.label}`, scoreText(datum.id)]);
  return lines;
}

const progressViews = {
  order: {
    chart: "progress",
    note: "in the order in which the trials were proposed",
  },
  spentSeconds: {
    chart: "progressByTime",
    note: "against the time spent on all trials so far",
  },
  clock: {
    chart: "progressByClock",
    note: "by the clock: every trial that was better than all before it",
  },
};

function drawProgress(by) {
  const { chart, note } = progressViews[by];
  const figure = figureNode(
    "Best score so far",
    note,
    chartNode(chart, by === "clock" ? clockData() : progressData(by), {
      label: "Validation score of every trial, and the best so far",
      trial: (datum) => datum.id,
      tooltip: (datum) =>
        datum.failed
          ? [
              ["", `${datum.family} ${datum.id}`],
              ["", "no score"],
            ]
          : trialTooltip(datum),
    }),
  );
  figure.querySelector("figcaption").append(
    segmented(
      "Show by",
      [
        ["order", "By trial"],
        ["spentSeconds", "By work"],
        ...(model.search.progress.length > 0 ? [["clock", "By clock"]] : []),
      ],
      by,
      drawProgress,
    ),
  );
  releaseCharts(byId("progress"));
  fill(byId("progress"), figure);
}

/** The curve that the run itself wrote down, up to its end. */
function clockData() {
  const { progress, elapsedSeconds, ids, families } = model.search;
  const trials = progress.map(({ id, score, seconds }) => ({
    at: seconds,
    id,
    family: families[ids.indexOf(id)] ?? "trial",
    score,
    ...withinEdge(score),
    record: true,
  }));
  const steps = trials.map(({ at, shown }) => ({ at, best: shown }));
  const last = steps.at(-1);
  if (last && elapsedSeconds > last.at) steps.push({ at: elapsedSeconds, best: last.best });
  return { trials, steps, failed: [] };
}

function progressData(by) {
  const { search, metric } = model;
  const trials = [];
  const steps = [];
  const failed = [];
  let best = null;
  search.ids.forEach((id, i) => {
    const at = search[by][i];
    const score = search.scores[i];
    const family = search.families[i];
    if (score === null) {
      failed.push({ at, id, family, failed: true });
      return;
    }
    const record = best === null || (metric.higherIsBetter ? score > best : score < best);
    if (record) {
      best = score;
      // A first score beyond the edge must not stretch the chart that the edge was made for.
      const { beyond, shown } = withinEdge(best);
      steps.push({ at, best: beyond ? shown : best });
    }
    trials.push({ at, id, family, score, ...withinEdge(score), edited: search.edited[i], record });
  });
  if (steps.length > 0) steps.push({ at: search[by].at(-1), best: steps.at(-1).best });
  return { trials, steps, failed };
}

function familyFigures() {
  const { farEdge } = model.search;
  const best = model.families.map((family) => {
    const { shown, beyond } = withinEdge(family.best, farEdge);
    const id = model.search.ids[family.trials[0]];
    const band = beyond
      ? { low: shown, high: shown }
      : { low: family.low, high: withinEdge(family.high, farEdge).shown };
    return { family: family.label, id, best: shown, beyond, score: family.best, ...band };
  });
  const trials = model.families.flatMap((family) =>
    family.trials.slice(1).map((i) => trialPoint(i, farEdge)),
  );
  const cost = model.families.flatMap(familyCost);
  return [
    figureNode(
      "Families",
      "best score with its standard error, and all other trials",
      chartNode(
        "familyScores",
        { best, trials },
        { label: "Scores by family", trial: (datum) => datum.id, tooltip: trialTooltip },
      ),
    ),
    cost.length === 0
      ? null
      : figureNode(
          "What a fit costs",
          "the best trial of each family, and the span of all",
          chartNode(
            "familyCost",
            { cost },
            {
              label: "Fit time by family",
              trial: (datum) => datum.id,
              tooltip: (datum) => [
                ["", `${datum.family} ${datum.id}`],
                ["fit", secondsText(datum.seconds)],
              ],
            },
          ),
        ),
  ];
}

function familyCost(family) {
  const measured = family.fitSeconds
    .filter((seconds) => seconds !== null)
    .map((seconds) => Math.max(seconds, 1e-5));
  const first = family.fitSeconds.findIndex((seconds) => seconds !== null);
  if (first < 0) return [];
  return [
    {
      family: family.label,
      id: model.search.ids[family.trials[first]],
      seconds: Math.max(family.fitSeconds[first], 1e-5),
      low: Math.min(...measured),
      high: Math.max(...measured),
    },
  ];
}

function trialPoint(i, edge = model.search.edge) {
  const score = model.search.scores[i];
  return {
    id: model.search.ids[i],
    family: model.search.families[i],
    score,
    ...withinEdge(score, edge),
    edited: model.search.edited[i],
  };
}

/** Families in which at least one parameter took more than one value. */
function drawParameters() {
  const varied = model.families
    .map((family) => ({ family, parameters: family.parameters.filter(variedParameter) }))
    .filter(({ parameters }) => parameters.length > 0);
  if (varied.length === 0) return;
  showParameters(varied, varied[0]);
}

function variedParameter(parameter) {
  return new Set(parameter.values.filter((value) => value !== null)).size > 1;
}

function showParameters(varied, current) {
  const box = byId("parameters");
  const picker = h(
    "select",
    { "aria-label": "Family" },
    varied.map((entry) => h("option", { selected: entry === current }, entry.family.label)),
  );
  picker.addEventListener("change", () => showParameters(varied, varied[picker.selectedIndex]));
  const hadFocus = box.contains(document.activeElement);
  releaseCharts(box);
  fill(
    box,
    h(
      "div",
      { class: "subhead" },
      h("h3", null, `Parameters against ${model.metric.label}`),
      picker,
    ),
    current.family.summary ? h("p", { class: "note" }, textNode(current.family.summary)) : null,
    h(
      "div",
      { class: "small-charts" },
      current.parameters.map((parameter) => parameterFigure(current.family, parameter)),
    ),
  );
  if (hadFocus) picker.focus();
}

function parameterFigure(family, parameter) {
  const trials = family.trials
    .map((i, place) => ({ ...trialPoint(i), value: parameter.values[place], best: place === 0 }))
    .filter((point) => point.value !== null);
  const chart = { linear: "parameterLinear", log: "parameterLog", choice: "parameterChoice" }[
    parameter.scale
  ];
  return figureNode(
    textNode(parameter.name),
    parameter.meaning ? textNode(parameter.meaning) : null,
    chartNode(
      chart,
      { trials },
      {
        label: `${parameter.name} against the score`,
        trial: (datum) => datum.id,
        tooltip: (datum) => [
          ...trialTooltip(datum),
          [parameter.name, typeof datum.value === "number" ? numberText(datum.value) : datum.value],
        ],
      },
    ),
  );
}
