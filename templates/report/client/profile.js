/** What is in the columns: a card each, and how they go with each other. `sorted`: "strength" or "name". */
function drawProfile(sorted = "strength") {
  const { profile } = model.data;
  const box = byId("profile-body");
  if (!profile) return;
  releaseCharts(box);
  const columns = [...profile.columns];
  if (sorted === "name") columns.sort((a, b) => compareValues(a.name, b.name, 1));
  fill(
    box,
    h(
      "div",
      { class: "subhead" },
      h("h3", { id: "profile-title" }, "What is in the columns"),
      profile.target === null || profile.columns.length < 3
        ? null
        : segmented(
            "Order of the columns",
            [
              ["strength", "By relation"],
              ["name", "By name"],
            ],
            sorted,
            drawProfile,
          ),
    ),
    h("p", { class: "note" }, textNode(profile.note)),
    h("div", { class: "column-cards" }, columns.map(columnCard)),
    profile.notDrawn.length > 0 ? notDrawnNode(profile.notDrawn) : null,
    profile.associations === null ? null : associationFigure(profile.associations),
  );
}

function columnCard(column) {
  const { profile } = model.data;
  const goal = profile.target ?? "";
  return h(
    "figure",
    { class: "chart column-card" },
    h(
      "figcaption",
      null,
      h(
        "h3",
        null,
        nameNode(column.name),
        h("span", { class: `badge ${column.isTarget ? "accent" : ""}` }, column.isTarget ? "target" : column.type),
      ),
      h("p", { class: "note" }, column.facts),
    ),
    h(
      "div",
      { class: "column-plots" },
      column.shape ? plotBox("rows", null, shapePlot(column)) : null,
      column.relation
        ? plotBox(["mean ", nameNode(goal)], column.relation.words, relationPlot(column))
        : null,
    ),
    column.note ? h("p", { class: "note" }, textNode(column.note)) : null,
  );
}

function plotBox(title, words, plot) {
  return h(
    "div",
    null,
    h(
      "p",
      { class: "plot-title" },
      h("span", null, title),
      words ? h("span", { class: "words" }, words) : null,
    ),
    plot,
  );
}

function shapePlot({ name, shape }) {
  if (shape.chart === "shapeLevels") {
    const last = shape.levels.length - 1;
    const data = shape.levels.map(([level, rows, share], i) => ({
      level,
      rows,
      share,
      others: shape.others && i === last,
    }));
    return chartNode(
      shape.chart,
      { shape: data },
      {
        label: `Rows by level of ${name}`,
        tooltip: ({ level, rows, share }) => [
          ["", level],
          ["rows", `${numberText(rows)} (${share})`],
        ],
      },
    );
  }
  const isDate = shape.chart === "shapeDates";
  const data = shape.bars.map(([from, to, rows]) => ({ from, to, rows }));
  return chartNode(
    shape.chart,
    { shape: data },
    {
      label: `Histogram of ${name}`,
      tooltip: ({ from, to, rows }) => [
        ["", `${edgeText(from, isDate)} … ${edgeText(to, isDate)}`],
        ["rows", numberText(rows)],
      ],
    },
  );
}

function edgeText(value, isDate) {
  return isDate ? new Date(value).toISOString().slice(0, 10) : numberText(value);
}

function relationPlot({ name, relation }) {
  const key = relation.chart === "relationLevels" ? "level" : "at";
  const data = relation.groups.map(([at, label, mean, q1, q3, rows]) => ({
    [key]: at,
    label,
    mean,
    q1,
    q3,
    rows,
  }));
  return chartNode(
    relation.chart,
    { relation: data },
    {
      label: `Mean of the target by ${name}`,
      tooltip: ({ label, mean, q1, q3, rows }) => [
        ["", label],
        ["mean", numberText(mean)],
        ["middle half", `${numberText(q1)} … ${numberText(q3)}`],
        ["rows", numberText(rows)],
      ],
    },
  );
}

function notDrawnNode(columns) {
  const first = 30;
  const list = (shown) =>
    shown.map(({ name, words }) => h("li", null, nameNode(name), words ? ` ${words}` : ""));
  const items = h("ul", { class: "not-drawn" }, list(columns.slice(0, first)));
  return h(
    "details",
    null,
    h("summary", null, `${numberText(columns.length)} more columns, not drawn`),
    items,
    showAllButton(first, columns.length, "columns", () => fill(items, list(columns))),
  );
}

function associationFigure({ names, values }) {
  const cells = values.flatMap((row, i) =>
    row.flatMap((value, j) =>
      value === null ? [] : [{ a: names[i], b: names[j], value, strength: Math.abs(value) }],
    ),
  );
  return figureNode(
    "Together",
    "How columns go with each other: rank correlation of numbers, correlation ratio of numbers and levels, Cramér's V of levels. Fuller is stronger; the other colour is negative.",
    chartNode(
      "associations",
      { cells },
      {
        label: "Association of every column with every other",
        tooltip: ({ a, b, value }) => [
          ["", a === b ? a : `${a} and ${b}`],
          ["association", value.toFixed(2).replace("-", "−")],
        ],
      },
    ),
  );
}
