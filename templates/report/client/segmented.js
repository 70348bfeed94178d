/** A small set of choices of which one is pressed. */
function segmented(label, choices, current, choose) {
  return h(
    "div",
    { class: "segmented", role: "group", "aria-label": label },
    choices.map(([value, text]) =>
      h(
        "button",
        { type: "button", "aria-pressed": String(value === current), onclick: () => choose(value) },
        text,
      ),
    ),
  );
}
