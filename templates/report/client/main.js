/** Shows the trial that the address names, or none. */
function followAddress() {
  const dialog = byId("trial");
  const match = /^#trial-(.+)$/.exec(location.hash);
  let id = null;
  try {
    id = match && decodeURIComponent(match[1]);
  } catch {
    // An address that cannot be decoded names no trial.
  }
  const trial = id === null ? undefined : trialsById.get(id);
  if (trial === undefined) {
    if (dialog.open) dialog.close();
    return;
  }
  drawTrial(trial);
  if (!dialog.open) dialog.showModal();
  byId("trial-title").focus({ preventScroll: true });
}

function startTrialPanel() {
  const dialog = byId("trial");
  window.addEventListener("hashchange", followAddress);
  dialog.addEventListener("close", () => {
    releaseCharts(dialog);
    fill(dialog);
    const id = /^#trial-/.test(location.hash) ? location.hash : null;
    // Without the address of the trial the page stays where it is.
    if (id) history.replaceState(null, "", location.pathname + location.search);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

function drawFooter() {
  fill(
    byId("footer"),
    h("div", { class: "commands" }, model.commands.map(commandNode)),
    h(
      "p",
      null,
      "Validation score: one model per fold, scored on rows it has not seen, over all folds pooled. Test score: the model fitted on all training rows, scored on the rows put aside at the start.",
    ),
    model.noSamples
      ? h("p", null, "Values of the data were kept out of this page (--no-samples).")
      : null,
    h("p", null, textNode(`${model.tool}. This page needs no network and sends nothing.`)),
  );
}

startTheme();
drawSummary();
drawRecommendations();
drawEnsemble();
drawLeaderboard();
drawSearch();
drawData();
drawProfile();
drawRuns();
drawFooter();
startTrialPanel();
window.addEventListener("DOMContentLoaded", () => {
  startCharts();
  followAddress();
});
window.addEventListener("beforeprint", () =>
  drawPendingCharts(byId("trial").open ? byId("trial") : document.body),
);
