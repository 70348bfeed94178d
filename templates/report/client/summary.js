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
  if (best) fill(byId("best-charts"), bestCharts(best));
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
      trialLink(card.trial, [textNode(card.family), " ", h("span", { class: "id" }, card.trial)]),
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

function bestCharts(best) {
  return [
    best.plot?.base === null || !best.plot
      ? null
      : predictedFigure(best, `Predicted against actual · ${best.family} ${best.id}`),
    best.importance
      ? importanceFigure(best, `What drives it · ${best.family} ${best.id}`, 12)
      : null,
  ];
}
