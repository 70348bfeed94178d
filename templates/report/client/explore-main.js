function drawExploration() {
  fill(
    byId("summary"),
    h("h1", null, nameNode(model.title)),
    h("p", { class: "lead" }, textNode(model.lead)),
  );
  fill(
    byId("footer"),
    model.noSamples
      ? h("p", null, "Values of the data were kept out of this page (--no-samples).")
      : null,
    h("p", null, textNode(`${model.tool}. This page needs no network and sends nothing.`)),
  );
}

startTheme();
drawExploration();
drawData();
drawProfile();
window.addEventListener("DOMContentLoaded", startCharts);
window.addEventListener("beforeprint", () => drawPendingCharts(document.body));
