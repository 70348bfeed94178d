const firstRows = 25;

/** The table of all trials: sorting, filtering, edits beside their parents, and those that got no rank. */
function drawLeaderboard() {
  const { leaderboard } = model;
  const state = { filter: "", beside: true, all: false };
  const { table, update } = sortableTable({
    caption: "Trials, best validation score first",
    className: "leaderboard",
    columns: leaderboardColumns(),
    rows: leaderboard.rows,
    sort: { column: 2, direction: model.metric.higherIsBetter ? "descending" : "ascending" },
    render: (rows, compare) => leaderboardRows(rows, compare, state),
  });
  fill(
    byId("leaderboard-note"),
    [leaderboard.noise, leaderboard.testNote].filter(Boolean).join(" "),
  );
  fill(byId("leaderboard-tools"), leaderboardTools(state, update));
  fill(byId("leaderboard-table"), table);
  fill(
    byId("leaderboard-more"),
    showAllButton(firstRows, leaderboard.rows.length, "ranked trials", () => {
      state.all = true;
      update();
    }),
  );
  fill(byId("not-ranked"), notRankedNode(leaderboard.notRanked));
  openTrialOnClick(byId("leaderboard-table"));
  openTrialOnClick(byId("not-ranked"));
}

function leaderboardColumns() {
  const { label, higherIsBetter } = model.metric;
  const better = higherIsBetter ? "descending" : "ascending";
  return [
    { label: "#", title: "Rank by validation score", class: "number", value: (row) => row.rank },
    { label: "Trial", value: (row) => `${row.family} ${row.id}` },
    {
      label: `Validation ${label}`,
      title:
        "Over the pooled predictions of all folds, each for rows its model has not seen; ± one standard error",
      class: "number",
      first: better,
      value: (row) => row.validation.value,
    },
    {
      label: "Noise",
      title: "Score ± standard error; the shaded stretch is that of the best trial",
      class: "band-column",
    },
    {
      label: "Test",
      title:
        "Model fitted on all training rows, scored on the test part. Choose by validation, confirm by test",
      class: "number",
      first: better,
      value: (row) => row.test.value,
    },
    ...(model.metric.name === "r2"
      ? []
      : [
          {
            label: "R²",
            title: "Validation; 1 is perfect, 0 is the mean",
            class: "number",
            first: "descending",
            value: (row) => row.r2.value,
          },
        ]),
    {
      label: "Fit",
      title: "Preparing and fitting on all training rows",
      class: "number",
      value: (row) => row.fit.value,
    },
    {
      label: "Predict",
      title: "Per row, in a batch, preparation included",
      class: "number",
      value: (row) => row.predict.value,
    },
    { label: "Size", title: "Saved model", class: "number", value: (row) => row.size.value },
    {
      label: "Origin",
      title:
        "start: first of its family; portfolio: known to work often; search: proposed around good ones; ensemble: a weighted sum of trials; edited: by hand",
      value: (row) => row.origin,
    },
  ];
}

function leaderboardTools(state, update) {
  const filter = h("input", {
    type: "search",
    placeholder: "Filter by family, id or parameter",
    "aria-label": "Filter trials",
  });
  filter.addEventListener("input", () => {
    state.filter = filter.value.trim().toLowerCase();
    update();
  });
  if (model.leaderboard.rows.length === 0) return [];
  const edits = model.leaderboard.rows.some((row) => row.parent !== null);
  if (!edits) return [filter];
  const beside = h("input", { type: "checkbox", checked: true });
  beside.addEventListener("change", () => {
    state.beside = beside.checked;
    update();
  });
  return [filter, h("label", null, beside, " Edits beside their parents")];
}

function leaderboardRows(rows, compare, state) {
  const words = state.filter.split(/\s+/).filter(Boolean);
  const matching = rows.filter((row) => {
    const text = `${row.id} ${row.family} ${row.origin} ${row.summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (matching.length === 0)
    return h(
      "tr",
      null,
      h(
        "td",
        { colspan: 10, class: "empty" },
        words.length > 0 ? "No trial matches." : "No trial got a score.",
      ),
    );
  const ordered = state.beside
    ? besideParents(matching, compare)
    : matching.map((row) => ({ row, depth: 0 }));
  const shown = state.all || words.length > 0 ? ordered : firstWithEdits(ordered);
  return shown.map(({ row, depth }) => leaderboardRow(row, depth));
}

/** Cuts the list after the first rows, but never between a trial and its edits. */
function firstWithEdits(ordered) {
  let end = Math.min(firstRows, ordered.length);
  while (end < ordered.length && ordered[end].depth > 0) end++;
  return ordered.slice(0, end);
}

/** Every edit below the trial it was made from; a family of edits stands where its best member would. */
function besideParents(rows, compare) {
  const present = new Set(rows.map((row) => row.id));
  const children = new Map();
  const roots = [];
  for (const row of rows) {
    if (row.parent !== null && row.parent !== row.id && present.has(row.parent)) {
      children.set(row.parent, [...(children.get(row.parent) ?? []), row]);
    } else roots.push(row);
  }
  const groups = roots.map((root) => {
    const group = [];
    const visit = (row, depth) => {
      group.push({ row, depth });
      for (const child of (children.get(row.id) ?? []).sort(compare)) visit(child, depth + 1);
    };
    visit(root, 0);
    return { group, first: group.map(({ row }) => row).sort(compare)[0] };
  });
  return groups.sort((a, b) => compare(a.first, b.first)).flatMap(({ group }) => group);
}

function leaderboardRow(row, depth) {
  return h(
    "tr",
    {
      "data-trial": row.id,
      class: [depth > 0 ? "edit" : "", row.withinNoise ? "within" : ""].join(" "),
    },
    h("td", { class: "number rank" }, row.rank ?? "–"),
    h("td", { class: `trial-cell depth-${Math.min(depth, 3)}` }, trialCell(row)),
    scoreCell(row.validation, "number", h("span", { class: "error" }, ` ${row.error}`)),
    h("td", { class: "band-column" }, bandNode(row)),
    scoreCell(row.test, "number quiet-number"),
    model.metric.name === "r2" ? null : scoreCell(row.r2, "number quiet-number"),
    cellNode(row.fit, "number quiet-number"),
    cellNode(row.predict, "number quiet-number"),
    cellNode(row.size, "number quiet-number"),
    h("td", { class: "origin" }, row.origin),
  );
}

function trialCell(row) {
  return [
    h(
      "div",
      { class: "trial-name" },
      trialLink(row.id, [textNode(row.family), idNode(row.id)]),
      row.recommendedFor.map((role) => h("span", { class: "badge accent" }, role)),
      row.parent === null ? null : editBadge(row),
    ),
    row.summary
      ? h("div", { class: "parameters", title: row.summary }, textNode(row.summary))
      : null,
  ];
}

function editBadge({ parent, difference }) {
  const tone = difference?.better ? "good" : "edited";
  const text = difference ? `edit of ${parent}: ${difference.text}` : `edit of ${parent}`;
  return h("span", { class: `badge ${tone}`, title: "Difference in validation score" }, text);
}

/** Score ± standard error as a small bar on the same stretch of scores for all trials. */
function bandNode(row) {
  const { scale, rows } = model.leaderboard;
  if (!scale || row.validation.value === null) return null;
  const place = (score) => ((score - scale.from) / (scale.to - scale.from)) * 100;
  const at = place(row.validation.value);
  const band = h("div", { class: "band", "aria-hidden": "true" });
  const best = rows[0];
  if (best.low !== null) band.append(stretch("best", place(best.low), place(best.high)));
  if (at < 0 || at > 100) {
    band.append(h("span", { class: at < 0 ? "beyond left" : "beyond right" }));
    return band;
  }
  if (row.low !== null) band.append(stretch("own", place(row.low), place(row.high)));
  const point = h("span", { class: "point" });
  point.style.left = `${at}%`;
  band.append(point);
  return band;
}

function stretch(className, from, to) {
  const left = Math.max(0, Math.min(from, to));
  const right = Math.min(100, Math.max(from, to));
  const element = h("span", { class: className });
  element.style.left = `${left}%`;
  element.style.width = `${Math.max(0, right - left)}%`;
  return element;
}

function notRankedNode(rows) {
  if (rows.length === 0) return null;
  return h(
    "details",
    { class: "foldable", open: rows.length <= 12 },
    h(
      "summary",
      null,
      `Not ranked: ${numberText(rows.length)} trials that failed, were stopped, pruned or skipped`,
    ),
    h(
      "div",
      { class: "table-box" },
      h(
        "table",
        { class: "not-ranked" },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            ["Trial", "Status", "Reason"].map((label) => h("th", { scope: "col" }, label)),
          ),
        ),
        h("tbody", null, rows.map(notRankedRow)),
      ),
    ),
  );
}

function notRankedRow(row) {
  return h(
    "tr",
    { "data-trial": row.id },
    h(
      "td",
      { class: "trial-cell" },
      trialLink(row.id, [textNode(row.family), " ", h("span", { class: "id" }, row.id)]),
    ),
    h("td", null, h("span", { class: `status ${row.status.replaceAll(" ", "-")}` }, row.status)),
    h(
      "td",
      { class: "reason" },
      clampedNode(row.reason),
      row.code ? h("code", null, row.code) : null,
    ),
  );
}

/** A row opens its trial wherever it is clicked; the link in it does so for the keyboard. */
function openTrialOnClick(box) {
  box.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-trial]");
    if (!row || event.target.closest("a, button") || String(getSelection()) !== "") return;
    location.hash = trialHash(row.dataset.trial);
  });
}
