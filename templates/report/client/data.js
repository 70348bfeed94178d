const firstColumns = 40;
const firstConverted = 12;

/** The data: facts, division of the rows, findings, what was left out, all columns. And the table of several runs. */
function drawData() {
  const { data } = model;
  fill(
    byId("data-body"),
    h("dl", { class: "facts" }, data.facts.map(factNode)),
    data.readingNotes.length > 0
      ? h(
          "ul",
          { class: "reading-notes" },
          data.readingNotes.map((note) => h("li", null, textNode(note))),
        )
      : null,
    data.split ? splitNode(data.split) : null,
    data.checks.length > 0
      ? [h("h3", null, "Findings"), h("ul", { class: "checks" }, data.checks.map(checkNode))]
      : null,
    h("h3", null, data.leftOut.length > 0 ? "Left out" : "Nothing was left out"),
    data.leftOut.length > 0 ? h("ul", { class: "left-out" }, data.leftOut.map(leftOutNode)) : null,
    convertedNodes(data.converted),
    h("h3", null, "Columns"),
    columnsTable(data.columns),
  );
}

function splitNode(split) {
  const bar = h("div", { class: "split-bar", role: "img", "aria-label": split.text });
  let fold = 0;
  for (const part of split.parts) {
    const label = part.kind === "fold" ? `fold ${(fold += 1)}` : part.kind;
    const element = h("span", { class: part.kind, title: label }, part.share > 0.07 ? label : "");
    element.style.flexGrow = String(part.share);
    bar.append(element);
  }
  return [
    h("h3", null, "How the rows were divided"),
    bar,
    h(
      "p",
      { class: "note" },
      `${split.text}. `,
      split.why ? textNode(`${split.why.replace(/\.$/, "")}.`) : null,
    ),
  ];
}

function checkNode(check) {
  return h(
    "li",
    { class: check.severity },
    h("span", { class: "severity" }, check.severity),
    h(
      "div",
      null,
      h(
        "p",
        null,
        check.column === null ? null : [nameNode(check.column), ": "],
        textNode(check.message),
      ),
      h(
        "p",
        { class: "note" },
        check.action === "" ? null : [textNode(check.action), " "],
        h("code", null, check.code),
      ),
      check.evidence || check.columns || check.rows ? evidenceNode(check) : null,
    ),
  );
}

/** What a finding rests on: shown to those who ask. */
function evidenceNode({ evidence, columns, rows }) {
  const line = (label, text) => (text ? h("p", { class: "note" }, `${label}: `, textNode(text)) : null);
  return h(
    "details",
    null,
    h("summary", { class: "note" }, "Evidence"),
    line("Seen", evidence),
    line("Columns", columns),
    line("Data rows", rows),
  );
}

/** Columns whose values are not what stands in their cells. */
function convertedNodes(columns) {
  if (columns.length === 0) return null;
  const row = ({ name, type, reason }) => leftOutNode({ name, role: type, reason });
  const list = h("ul", { class: "left-out" }, columns.slice(0, firstConverted).map(row));
  const more = showAllButton(firstConverted, columns.length, "converted columns", () =>
    fill(list, columns.map(row)),
  );
  return [h("h3", null, "Converted"), list, more ? h("div", { class: "more" }, more) : null];
}

function leftOutNode(column) {
  return h(
    "li",
    null,
    nameNode(column.name),
    h("span", { class: "badge" }, column.role),
    h("div", { class: "note" }, clampedNode(column.reason)),
  );
}

function columnsTable(columns) {
  const state = { all: false };
  const { table, update } = sortableTable({
    caption: "Columns of the file",
    className: "columns",
    rows: columns.map((column, index) => ({ ...column, index })),
    sort: { column: 0, direction: "ascending" },
    columns: [
      { label: "#", title: "Order in the file", class: "number", value: (column) => column.index },
      { label: "Column", value: (column) => column.name },
      { label: "Type", value: (column) => column.type },
      { label: "Role", value: (column) => column.role },
      {
        label: "Missing",
        class: "number",
        first: "descending",
        value: (column) => column.missing.value,
      },
      {
        label: "Distinct",
        class: "number",
        first: "descending",
        value: (column) => column.distinct.value,
      },
      { label: "Why" },
    ],
    render: (rows) => rows.slice(0, state.all ? rows.length : firstColumns).map(columnRow),
  });
  const more = showAllButton(firstColumns, columns.length, "columns", () => {
    state.all = true;
    update();
  });
  return [
    h("div", { class: "table-box", tabindex: 0, role: "region", "aria-label": "Columns" }, table),
    more ? h("div", { class: "more" }, more) : null,
  ];
}

function columnRow(column) {
  const used = column.role === "feature" || column.role === "target";
  return h(
    "tr",
    { class: used ? "" : "unused" },
    h("td", { class: "number quiet-number" }, column.index + 1),
    h("td", null, nameNode(column.name, column.full)),
    h("td", null, column.type),
    h(
      "td",
      null,
      h(
        "span",
        { class: `badge ${column.role === "target" ? "accent" : used ? "" : "edited"}` },
        column.role,
      ),
    ),
    cellNode(column.missing, "number"),
    cellNode(column.distinct, "number"),
    h("td", { class: "reason" }, clampedNode(column.reason)),
  );
}

function drawRuns() {
  const { runs } = model;
  if (runs === null) return;
  byId("runs").hidden = false;
  document.querySelector('nav a[href="#runs"]').hidden = false;
  fill(byId("runs-note"), runs.note);
  const { table } = sortableTable({
    caption: "Runs with their best trials",
    className: "runs",
    rows: runs.rows,
    sort: { column: null, direction: "ascending" },
    columns: [
      { label: "Run", value: (run) => run.name },
      { label: "Data", value: (run) => run.data },
      { label: "Best trial", value: (run) => run.best },
      {
        label: "Validation",
        class: "number",
        first: model.metric.higherIsBetter ? "descending" : "ascending",
        value: (run) => run.validation.value,
      },
      { label: "Test", class: "number", value: (run) => run.test.value },
      { label: "Trials", class: "number", value: (run) => run.trials.value },
      { label: "Time", class: "number", value: (run) => run.elapsed.value },
      { label: "Compared with this report" },
    ],
    render: (rows) => rows.map(runRow),
  });
  fill(byId("runs-table"), table);
}

function runRow(run) {
  return h(
    "tr",
    null,
    h("td", null, nameNode(run.name)),
    h("td", null, textNode(run.data), h("div", { class: "note" }, "target ", nameNode(run.target))),
    h("td", null, textNode(run.best)),
    scoreCell(run.validation, "number", h("span", { class: "error" }, ` ${run.error}`)),
    scoreCell(run.test, "number"),
    cellNode(run.trials, "number"),
    cellNode(run.elapsed, "number"),
    h("td", null, textNode(run.note)),
  );
}
