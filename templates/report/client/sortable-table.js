/**
 * A table that is sorted by clicking a heading. `columns`: {label, title, class, value(row), first: "ascending" |
 * "descending"}; `sort`: {column, direction} at the start, column null for the order given; `render(rows, compare)`
 * gives the body's rows. Rows without a value come last either way.
 */
function sortableTable({ columns, rows, caption, sort, render, className }) {
  const body = h("tbody");
  const headings = columns.map((column, index) => headingNode(column, () => sortBy(index)));
  const table = h(
    "table",
    { class: className },
    h("caption", { class: "sr-only" }, caption),
    h("thead", null, h("tr", null, headings)),
    body,
  );
  let order = sort;

  function sortBy(index) {
    const { first = "ascending" } = columns[index];
    const opposite = first === "ascending" ? "descending" : "ascending";
    order = {
      column: index,
      direction: order.column === index && order.direction === first ? opposite : first,
    };
    update();
  }

  function update() {
    const value = order.column === null ? () => null : columns[order.column].value;
    const sign = order.direction === "ascending" ? 1 : -1;
    const compare = (a, b) => compareValues(value(a), value(b), sign);
    headings.forEach((heading, index) => {
      if (!columns[index].value) return;
      heading.setAttribute("aria-sort", index === order.column ? order.direction : "none");
    });
    fill(body, render([...rows].sort(compare), compare));
  }

  update();
  return { table, update };
}

function headingNode(column, sort) {
  const content = column.value
    ? h(
        "button",
        { type: "button", title: column.title, onclick: sort },
        column.label,
        h("span", { class: "arrow", "aria-hidden": "true" }),
      )
    : h("span", { title: column.title }, column.label);
  return h("th", { scope: "col", class: column.class }, content);
}

function compareValues(a, b, sign) {
  const aMissing = a === null || a === undefined || a === "";
  const bMissing = b === null || b === undefined || b === "";
  if (aMissing || bMissing) return aMissing === bMissing ? 0 : aMissing ? 1 : -1;
  if (a === b) return 0;
  return (a < b ? -1 : 1) * sign;
}

/** The recorded score to the last digit, or why there is none. */
function exactTitle(cell) {
  return cell.title ?? cell.value;
}

function scoreCell(cell, className, ...more) {
  return h("td", { class: className, title: exactTitle(cell) }, cell.text, more);
}

function cellNode(cell, className) {
  return h("td", { class: className, title: cell.title }, cell.text);
}

/** Shows the first rows of a long list, and all of it on demand. `show(all)` redraws; gives the button or nothing. */
function showAllButton(shown, total, what, show) {
  if (total <= shown) return null;
  const button = h(
    "button",
    { type: "button", class: "quiet" },
    `Show all ${numberText(total)} ${what}`,
  );
  button.addEventListener("click", () => {
    button.remove();
    show();
  });
  return button;
}
