/** Light, dark, or what the system says. The choice is kept where the browser allows it. */
const themes = ["auto", "light", "dark"];

function storedTheme() {
  try {
    return localStorage.getItem("glassbox-theme");
  } catch {
    return null;
  }
}

function setTheme(theme) {
  const known = themes.includes(theme) ? theme : "auto";
  document.documentElement.dataset.theme = known;
  byId("theme-label").textContent = `Colours: ${known}. Switch`;
  byId("theme").title = `Colours: ${known}`;
  try {
    localStorage.setItem("glassbox-theme", known);
  } catch {
    // Pages from files may have no storage: the choice then lasts as long as the page.
  }
}

function startTheme() {
  setTheme(new URLSearchParams(location.search).get("theme") ?? storedTheme() ?? "auto");
  byId("theme").addEventListener("click", () => {
    const now = themes.indexOf(document.documentElement.dataset.theme);
    setTheme(themes[(now + 1) % themes.length]);
  });
}
