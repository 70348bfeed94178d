/** A button that copies text. Pages from files may not use the clipboard of the system: then the old way is taken. */
function copyButton(text, label = "Copy") {
  const button = h("button", { type: "button", class: "copy" }, label);
  button.addEventListener("click", async (event) => {
    event.stopPropagation();
    const done = await copyText(text);
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (button.textContent = label), 1500);
  });
  return button;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "sr-only", readonly: true, "aria-hidden": "true" });
    field.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** A command line to paste. */
function commandNode(command) {
  return h(
    "div",
    { class: "command" },
    h("span", { class: "what" }, command.what),
    h("code", { title: command.line }, command.line),
    copyButton(command.line),
  );
}
