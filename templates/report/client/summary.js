/** The head of the page, the recommended trials, and two charts of the best. */
function drawSummary() {
  const { summary } = model;
  document.title = `${summary.target} · ${model.run} · Glassbox AutoML`;
  fill(
    byId("summary"),
    h("p", { class: "eyebrow" }, "Run ", nameNode(model.run)),
    h(
      "h1",
      null,
      "Predicting ",
      nameNode(summary.target),
      h("span", { class: "from" }, " from ", nameNode(summary.dataName)),
    ),
    h("p", { class: "lead" }, textNode(summary.lead)),
    h("dl", { class: "facts" }, summary.facts.map(factNode)),
    h(
      "p",
      { class: "glance" },
      h("strong", null, "Data at a glance"),
      summary.glance.map((line) => h("span", null, textNode(line))),
      h("a", { href: "#data" }, "What was read, and why"),
    ),
  );
}

function drawRecommendations() {
  const { recommendations } = model;
  byId("recommended").hidden = recommendations.length === 0;
  document.querySelector('nav a[href="#recommended"]').hidden = recommendations.length === 0;
  if (recommendations.length === 0) return;
  fill(byId("recommended-note"), recommendationNote(recommendations.length));
  fill(byId("cards"), recommendations.map(cardNode));
  const best = trialsById.get(recommendations[0]?.trial);
  if (best) fill(byId("best-charts"), bestCharts(best, explainedTrial(best)));
}

function recommendationNote(count) {
  if (count === 1)
    return "One trial is the answer to all three questions: most accurate, simplest within noise, fastest.";
  return "More than one answer, because the most accurate model is not always the one to live with.";
}

function cardNode(card) {
  return h(
    "article",
    { class: "card" },
    h(
      "p",
      { class: "roles" },
      card.roles.map((role) => h("span", { class: "role" }, role)),
    ),
    h(
      "h3",
      null,
      trialLink(card.trial, [textNode(card.family), idNode(card.trial)]),
    ),
    h(
      "p",
      { class: "score", title: exactTitle(card.score) },
      h("span", { class: "number" }, card.score.text),
      " ",
      h("span", { class: "error" }, card.error),
    ),
    h("p", { class: "note" }, `Validation ${model.metric.label}. ${card.why}`),
    h("dl", { class: "small-facts" }, card.facts.map(factNode)),
    h("div", { class: "commands" }, card.commands.map(commandNode)),
    card.script
      ? h("p", { class: "path" }, "Script ", h("code", null, textNode(card.script)))
      : null,
  );
}

/** The trial itself, or else the best one whose columns were shuffled: an ensemble is told by its trials. */
function explainedTrial(best) {
  if (best.importance) return best;
  const row = model.leaderboard.rows.find(({ id }) => trialsById.get(id)?.importance);
  return row ? trialsById.get(row.id) : null;
}

function trialTitle(trial) {
  return trial.id === model.ensemble?.id ? trial.family : `${trial.family} ${trial.id}`;
}

function bestCharts(best, explained) {
  return [
    best.plot?.base === null || !best.plot
      ? null
      : predictedFigure(best, `Predicted against actual · ${trialTitle(best)}`),
    explained
      ? importanceFigure(explained, `What drives it · ${trialTitle(explained)}`, 12)
      : null,
  ];
}
