/** What the page shows: see src/report/model/explore-model.ts. */
const model = JSON.parse(byId("report-model").textContent);
