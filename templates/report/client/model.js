/** What the page shows: see src/report/model/report-model.ts. */
const model = JSON.parse(byId("report-model").textContent);
const trialsById = new Map(model.trials.map((trial) => [trial.id, trial]));
const rowsById = new Map(model.leaderboard.rows.map((row) => [row.id, row]));
const familiesByLabel = new Map(model.families.map((family) => [family.label, family]));

/** The id behind the name of a trial; the ensemble has none but its name. */
function idNode(id) {
  return id === model.ensemble?.id ? null : [" ", h("span", { class: "id" }, id)];
}

/** A score that is drawn at the edge of a chart because it lies beyond it. */
function withinEdge(score, edge = model.search.edge) {
  if (edge === null) return { shown: score, beyond: false };
  const beyond = model.metric.higherIsBetter ? score < edge : score > edge;
  return { shown: beyond ? edge : score, beyond };
}

/** The validation score of a ranked trial with its noise, in words. */
function scoreText(id) {
  const row = rowsById.get(id);
  return row ? `${row.validation.text} ${row.error}`.trim() : "–";
}
