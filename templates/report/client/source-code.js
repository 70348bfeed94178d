/** TypeScript in colours: comments, strings, numbers, keywords. Every piece goes in as text. */
const tokenPattern =
  /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`)|(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)|(?<keyword>\b(?:as|async|await|const|else|export|for|from|function|if|import|let|new|null|of|return|true|false|type|undefined)\b)|(?<call>[A-Za-z_$][\w$]*(?=\())/g;

function highlightedCode(source) {
  const code = h("code");
  let end = 0;
  for (const match of source.matchAll(tokenPattern)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    code.append(source.slice(end, match.index), h("span", { class: `token-${kind}` }, match[0]));
    end = match.index + match[0].length;
  }
  code.append(source.slice(end));
  return code;
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
    h("pre", { class: "source", tabindex: 0, "aria-label": "Source code" }, highlightedCode(source)),
  ];
}
