/**
 * Draws a chart when it comes into sight, and again when its box changes width. `data` fills the named data sets of the
 * specification; `options`: `label` for those who cannot see it, `tooltip(datum)` gives lines of [label, text],
 * `trial(datum)` the trial a click opens.
 */
function chartNode(name, data, options) {
  const plot = h("div", { class: `plot plot-${name}`, role: "img", "aria-label": options.label });
  pendingCharts.set(plot, { name, data, options });
  if (window.vega) whenVisible.observe(plot);
  return plot;
}

/** A chart with its heading and, in small print, how to read it. */
function figureNode(title, note, plot, more) {
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", null, h("h3", null, title), note ? h("p", { class: "note" }, note) : null),
    plot,
    more,
  );
}

const pendingCharts = new Map();
const drawnCharts = new Map();

const whenVisible = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) drawChart(entry.target);
  },
  { rootMargin: "300px" },
);

const whenResized = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const drawn = drawnCharts.get(target);
    const width = Math.floor(contentRect.width);
    if (!drawn || width < 1 || width === drawn.width) continue;
    drawn.width = width;
    drawn.view.width(width).runAsync();
  }
});

function drawChart(plot) {
  const chart = pendingCharts.get(plot);
  if (!chart) return;
  pendingCharts.delete(plot);
  whenVisible.unobserve(plot);
  const specification = structuredClone(model.charts[chart.name]);
  const width = Math.max(120, Math.floor(plot.clientWidth));
  specification.width = width;
  for (const source of specification.data) {
    if (Object.hasOwn(chart.data, source.name)) source.values = chart.data[source.name];
  }
  const view = new vega.View(vega.parse(specification, null, { ast: true }), {
    expr: chartExpressions,
    renderer: "svg",
    container: plot,
    // Vega warns of data sets without a row, which is how "no failed trials" looks.
    logLevel: vega.Error,
    tooltip: (handler, event, item, value) =>
      showTooltip(plot, event, value, chart.options.tooltip),
  });
  if (chart.options.trial) {
    view.addEventListener("click", (event, item) => {
      const id = item?.datum && chart.options.trial(item.datum);
      if (id) location.hash = trialHash(id);
    });
  }
  drawnCharts.set(plot, { view, width });
  whenResized.observe(plot);
  view.runAsync();
}

/** The Vega runtime stands last in the page, so that the tables do not wait for it: charts start when it is there. */
function startCharts() {
  for (const plot of pendingCharts.keys()) whenVisible.observe(plot);
}

/** Draws what has not been in sight yet, for paper. */
function drawPendingCharts(root) {
  for (const plot of [...pendingCharts.keys()]) {
    if (root.contains(plot) && plot.getClientRects().length > 0) drawChart(plot);
  }
}

/** Gives back what the charts below an element hold; to be called before it is emptied. */
function releaseCharts(root) {
  for (const plot of root.querySelectorAll(".plot")) {
    pendingCharts.delete(plot);
    whenVisible.unobserve(plot);
    whenResized.unobserve(plot);
    drawnCharts.get(plot)?.view.finalize();
    drawnCharts.delete(plot);
  }
  tooltip.remove();
}

const tooltip = h("div", { class: "tooltip", "aria-hidden": "true" });

function showTooltip(plot, event, datum, lines) {
  if (datum === null || datum === undefined || datum === "" || !lines) {
    tooltip.remove();
    return;
  }
  fill(
    tooltip,
    lines(datum).map(([label, text]) =>
      h(
        "div",
        null,
        label ? h("span", null, label) : null,
        h("bdi", { class: label ? "" : "head" }, text),
      ),
    ),
  );
  // A dialog lies above the page, so what belongs to it has to be inside it.
  (plot.closest("dialog") ?? document.body).append(tooltip);
  const left = Math.min(event.clientX + 14, window.innerWidth - tooltip.offsetWidth - 8);
  const below = event.clientY + 14;
  const fits = below + tooltip.offsetHeight + 8 < window.innerHeight;
  tooltip.style.left = `${Math.max(8, left)}px`;
  tooltip.style.top = `${fits ? below : event.clientY - tooltip.offsetHeight - 10}px`;
}
