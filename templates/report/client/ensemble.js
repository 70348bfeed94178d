/** The ensemble: its score beside the best single trial's, and its members with their weights. */
function drawEnsemble() {
  const { ensemble } = model;
  byId("ensemble").hidden = ensemble === null;
  document.querySelector('nav a[href="#ensemble"]').hidden = ensemble === null;
  if (ensemble === null) return;
  fill(byId("ensemble-note"), textNode(ensemble.words));
  fill(
    byId("ensemble-body"),
    h("dl", { class: "facts" }, ensemble.scores.map(factNode)),
    membersTable(ensemble.members),
    h(
      "p",
      { class: "note" },
      textNode(ensemble.how),
      " ",
      trialLink(ensemble.id, "Its page, charts and script"),
    ),
  );
}

/** Members, the heaviest first, each weight as a number and a bar. */
function membersTable(members) {
  const { label } = model.metric;
  return h(
    "div",
    { class: "table-box" },
    h(
      "table",
      { class: "members" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, "Member"),
          h("th", { scope: "col", class: "number" }, "Weight"),
          h("th", { scope: "col", class: "bar-column" }, h("span", { class: "sr-only" }, "Bar")),
          h("th", { scope: "col", class: "number" }, `${label} alone`),
        ),
      ),
      h("tbody", null, members.map(memberRow)),
    ),
  );
}

function memberRow(member) {
  const name = [textNode(member.family), " ", h("span", { class: "id" }, textNode(member.id))];
  const bar = h("span", { class: "weight-bar" });
  bar.style.width = `${Math.max(1, member.share * 100)}%`;
  return h(
    "tr",
    null,
    h(
      "td",
      { class: "trial-cell" },
      h(
        "div",
        { class: "trial-name" },
        member.trial === null ? name : trialLink(member.trial, name),
      ),
      member.summary
        ? h("div", { class: "parameters", title: member.summary }, textNode(member.summary))
        : null,
    ),
    scoreCell(member.weight, "number"),
    h("td", { class: "bar-column", "aria-hidden": "true" }, bar),
    scoreCell(member.score, "number quiet-number"),
  );
}
