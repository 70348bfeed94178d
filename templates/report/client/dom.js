/**
 * Makes an element. Children that are strings become text nodes, never markup: this is the only way in which anything
 * from the data gets into the page.
 */
function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function byId(id) {
  return document.getElementById(id);
}

/** Replaces what an element holds. */
function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** A name from the data: kept apart from the direction of the text around it, cut where there is no room. */
function nameNode(name, full) {
  return h("bdi", { class: "name", title: full ?? name }, name);
}

/** A sentence that may hold names from the data. */
function textNode(text) {
  return h("bdi", null, text);
}

/** A sentence that is cut after three lines, where a row must not grow without end. */
function clampedNode(text) {
  return h("div", { class: "clamp", title: text.length > 120 ? text : null }, textNode(text));
}

function trialLink(id, text) {
  return h("a", { href: trialHash(id), class: "trial-link" }, text ?? id);
}

function trialHash(id) {
  return `#trial-${encodeURIComponent(id)}`;
}

/** Label, value and small print of one fact. */
function factNode(fact) {
  return h(
    "div",
    { class: "fact" },
    h("dt", null, fact.label),
    h(
      "dd",
      null,
      h("bdi", { class: "value", title: fact.text }, fact.text),
      fact.note
        ? h(
            "span",
            { class: "note" },
            fact.trial ? trialLink(fact.trial, fact.note) : textNode(fact.note),
          )
        : null,
    ),
  );
}
