/** One start tag of a page, with the text up to its end tag where HTML reads that as plain text. */
export interface PageElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Content of script, style, title and textarea elements. */
  readonly text: string;
}

const rawText = new Set(["script", "style", "title", "textarea"]);

/**
 * The elements of a page in order, by the rules by which a browser finds the ends of scripts: the first `</script`
 * ends one, whatever it stands in. Enough of a parser for pages whose own markup is regular.
 */
export function pageElements(html: string): PageElement[] {
  const found: PageElement[] = [];
  const tag = /<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
  for (let match = tag.exec(html); match !== null; match = tag.exec(html)) {
    const name = match[1]!.toLowerCase();
    let text = "";
    if (rawText.has(name)) {
      const end = new RegExp(`</${name}[\\s/>]`, "gi");
      end.lastIndex = tag.lastIndex;
      const close = end.exec(html);
      if (close === null) throw new Error(`<${name}> is never closed`);
      text = html.slice(tag.lastIndex, close.index);
      tag.lastIndex = close.index;
    }
    found.push({ name, attributes: attributesOf(match[2]!), text });
  }
  return found;
}

/** The page with the content of its scripts and styles taken out. */
export function pageSkeleton(html: string): string {
  const emptied = html.replace(/(<(script|style)[^>]*>)[^]*?(<\/\2>)/g, "$1…$3");
  return emptied.replace(/'sha256-[^']+'/g, "'sha256-…'");
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(/([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)) {
    attributes.set(match[1]!.toLowerCase(), match[2] ?? match[3] ?? match[4] ?? "");
  }
  return attributes;
}
