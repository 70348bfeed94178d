/** TypeScript in colours: comments, strings, numbers, keywords. Every piece goes in as text. */
const tokenPattern =
  /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`)|(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)|(?<keyword>\b(?:as|async|await|const|else|export|for|from|function|if|import|let|new|null|of|return|true|false|type|undefined)\b)|(?<call>[A-Za-z_$][\w$]*(?=\())/g;

/** Characters that would move or hide other text of the program: their code is shown instead. */
const hiddenPattern = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function highlightedCode(source) {
  const code = h("code");
  let end = 0;
  for (const match of source.matchAll(tokenPattern)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    append(code, [
      ...visibleCode(source.slice(end, match.index)),
      h("span", { class: `token-${kind}` }, visibleCode(match[0])),
    ]);
    end = match.index + match[0].length;
  }
  append(code, visibleCode(source.slice(end)));
  return code;
}

function visibleCode(text) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(hiddenPattern)) {
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    pieces.push(text.slice(end, match.index), h("span", { class: "token-hidden" }, `U+${code}`));
    end = match.index + 1;
  }
  pieces.push(text.slice(end));
  return pieces;
}

function scriptSource(script) {
  return `${script.lines.map((line) => model.scriptLines[line]).join("\n")}\n`;
}

function sourceNode(script) {
  const source = scriptSource(script);
  return [
    h(
      "div",
      { class: "subhead" },
      h("h3", null, "Source code"),
      script.path ? h("code", { class: "path" }, textNode(script.path)) : null,
      copyButton(source, "Copy script"),
    ),
    h(
      "pre",
      { class: "source", tabindex: 0, "aria-label": "Source code" },
      highlightedCode(source),
    ),
  ];
}
