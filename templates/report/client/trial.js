/** The page of one trial: a panel over the report, at its own address. */
function drawTrial(trial) {
  const dialog = byId("trial");
  releaseCharts(dialog);
  fill(
    dialog,
    h(
      "div",
      { class: "panel" },
      trialHead(trial),
      trial.failure
        ? h(
            "div",
            { class: "failure" },
            h("p", null, textNode(trial.failure.message)),
            h("code", null, trial.failure.code),
          )
        : null,
      trial.edit ? editNode(trial.edit) : null,
      trial.edits.length > 0
        ? h(
            "p",
            { class: "note" },
            "Edited from this one: ",
            trial.edits.map((id) => [trialLink(id), " "]),
          )
        : null,
      trial.scores.length > 0 ? scoresTable(trial) : null,
      h("dl", { class: "facts" }, trial.facts.map(factNode)),
      h("div", { class: "chart-grid" }, trialFigures(trial)),
      trial.members ? [h("h3", null, "Members"), membersTable(trial.members)] : null,
      parametersNode(trial),
      preparationNode(trial),
      trial.commands.length > 0
        ? [
            h("h3", null, "Work with it"),
            h("div", { class: "commands" }, trial.commands.map(commandNode)),
          ]
        : null,
      trial.script ? sourceNode(trial.script) : null,
    ),
  );
  dialog.scrollTop = 0;
  dialog.querySelector(".panel").scrollTop = 0;
}

function trialHead(trial) {
  const { previous, next } = neighbours(trial.id);
  const step = (id, label, sign) =>
    h(
      "a",
      {
        class: "icon-button",
        href: id ? trialHash(id) : null,
        "aria-disabled": id ? null : "true",
        title: label,
        "data-step": label,
      },
      h("span", { "aria-hidden": "true" }, sign),
      h("span", { class: "sr-only" }, label),
    );
  return h(
    "header",
    { class: "panel-head" },
    h(
      "div",
      null,
      h(
        "h2",
        { id: "trial-title", tabindex: -1 },
        textNode(trial.family),
        idNode(trial.id),
      ),
      h(
        "p",
        { class: "note" },
        trial.status === "completed"
          ? null
          : h("span", { class: `status ${trial.status.replaceAll(" ", "-")}` }, trial.status),
        " ",
        trial.headline,
      ),
    ),
    h(
      "div",
      { class: "panel-buttons" },
      step(previous, "Better trial", "↑"),
      step(next, "Worse trial", "↓"),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          title: "Close",
          onclick: () => byId("trial").close(),
        },
        h("span", { "aria-hidden": "true" }, "×"),
        h("span", { class: "sr-only" }, "Close"),
      ),
    ),
  );
}

/** The trials before and after in the ranking. */
function neighbours(id) {
  const ids = [...model.leaderboard.rows, ...model.leaderboard.notRanked].map((row) => row.id);
  const place = ids.indexOf(id);
  return { previous: ids[place - 1] ?? null, next: ids[place + 1] ?? null };
}

function editNode(edit) {
  const sign = { removed: "−", added: "+", changed: "±" };
  return h(
    "div",
    { class: "edit-box" },
    h(
      "p",
      null,
      "Edited from ",
      trialLink(edit.parent),
      edit.difference
        ? [
            ": validation ",
            h("span", { class: `badge ${edit.better ? "good" : "worse"}` }, edit.difference),
          ]
        : null,
      edit.folds ? `, ${edit.folds}` : null,
    ),
    edit.changes.length > 0
      ? h(
          "ul",
          { class: "changes" },
          edit.changes.map((change) =>
            h(
              "li",
              { class: change.kind },
              h("span", { class: "sign", "aria-label": change.kind }, sign[change.kind]),
              textNode(change.text),
            ),
          ),
        )
      : h("p", { class: "note" }, "No difference in columns, model or parameters is recorded."),
  );
}

function scoresTable(trial) {
  return h(
    "div",
    { class: "table-box" },
    h(
      "table",
      { class: "scores" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, "Score"),
          ...trial.scores.map((score) => h("th", { scope: "col", class: "number" }, score.label)),
        ),
      ),
      h(
        "tbody",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "row" }, "Validation"),
          trial.scores.map((score) => scoreCell(score.validation, "number")),
        ),
        h(
          "tr",
          null,
          h("th", { scope: "row" }, "Test"),
          trial.scores.map((score) => scoreCell(score.test, "number quiet-number")),
        ),
      ),
    ),
  );
}

function trialFigures(trial) {
  const figures = [];
  if (trial.plot && trial.plot.base !== null) figures.push(predictedFigure(trial));
  if (trial.folds) figures.push(foldFigure(trial));
  if (trial.plot) figures.push(...residualFigures(trial));
  if (trial.importance) figures.push(importanceFigure(trial));
  return figures;
}

function parametersNode(trial) {
  if (trial.parameters.length === 0) return null;
  const meanings = new Map(
    familiesByLabel.get(trial.family)?.parameters.map(({ name, meaning }) => [name, meaning]),
  );
  return [
    h("h3", null, "Parameters"),
    h(
      "div",
      { class: "table-box" },
      h(
        "table",
        { class: "plain" },
        h(
          "tbody",
          null,
          trial.parameters.map(({ name, value, exact }) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, textNode(name)),
              h("td", { class: "value", title: exact }, textNode(value)),
              h("td", { class: "note" }, textNode(meanings.get(name) ?? "")),
            ),
          ),
        ),
      ),
    ),
  ];
}

function preparationNode(trial) {
  // Members prepare columns each in their own way.
  if (trial.members) return null;
  const steps = trial.steps.length > 0 ? `${trial.steps.join(", ")}; ` : "";
  return [
    h("h3", null, "Columns and their preparation"),
    h("p", { class: "note" }, `${steps}target: ${trial.target}`),
    h(
      "div",
      { class: "table-box preparation" },
      h(
        "table",
        { class: "plain" },
        h(
          "tbody",
          null,
          trial.preparation
            .map((position) => model.preparations[position])
            .map(({ column, type, text }) =>
              h(
                "tr",
                null,
                h("th", { scope: "row" }, nameNode(column)),
                h("td", { class: "type" }, type),
                h("td", null, textNode(text)),
              ),
            ),
        ),
      ),
    ),
  ];
}
