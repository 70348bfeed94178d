import { AutomlError } from "../../core/errors.ts";

/**
 * Characters that a script shows as an escape, because they are invisible, change the direction of the text around
 * them ("Trojan Source", Boucher & Anderson 2021), end lines, or have no agreed width: controls, formats, line and
 * paragraph separators, odd spaces, lone surrogates, private use, pictures that are drawn as text or as emoji depending
 * on the font, halves of flags, and whatever beyond the basic plane is neither a letter nor an emoji.
 */
const unprintable = new RegExp(
  [
    "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Default_Ignorable_Code_Point}\\p{Regional_Indicator}]",
    "(?! )\\p{Zs}",
    "(?![\\p{ASCII}\\p{Emoji_Presentation}])\\p{Extended_Pictographic}",
    "(?![\\p{L}\\p{Emoji_Presentation}])[\\u{10000}-\\u{10ffff}]",
  ].join("|"),
  "gu",
);

const printableAscii = /^[\x20-\x7e]*$/;

/** `text` with every character that cannot be trusted on screen written as \uXXXX. */
export function escapeUnprintable(text: string): string {
  if (printableAscii.test(text)) return text;
  return text.replace(unprintable, (character) => {
    let escaped = "";
    for (let i = 0; i < character.length; i++) {
      escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}

/**
 * A string as a TypeScript literal. It goes through JSON first and then takes the quotes prettier prefers: the kind that
 * needs fewer escapes, double ones when that is a tie.
 */
export function stringLiteral(value: string): string {
  const inner = JSON.stringify(value).slice(1, -1);
  const escaped = escapeUnprintable(inner);
  if (!inner.includes('"')) return `"${escaped}"`;
  const doubles = value.split('"').length;
  const singles = value.split("'").length;
  if (doubles <= singles) return `"${escaped}"`;
  const requoted = escaped.replace(/\\.|'/g, (match) => {
    if (match === '\\"') return '"';
    return match === "'" ? "\\'" : match;
  });
  return `'${requoted}'`;
}

/** The shortest literal that reads back as the same bits, as prettier writes it (1e21, not 1e+21). */
export function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) {
    throw new AutomlError("AUTOML_SPEC_INVALID", `${value} cannot be written into a script.`, {
      hint: "A trial is plain JSON: its numbers are finite.",
    });
  }
  if (Object.is(value, -0)) return "-0";
  return JSON.stringify(value).replace("e+", "e");
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * The key of an object literal: bare where the language allows it, else quoted. `__proto__` is computed, because as a
 * plain key it would set the prototype and vanish.
 */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return identifier.test(name) && escapeUnprintable(name) === name ? name : stringLiteral(name);
}
