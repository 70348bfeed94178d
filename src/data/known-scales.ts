import { meansMissing } from "./missing-markers.ts";

/** Scales that everybody knows, from low to high. Recognised to be told, never to be used unasked. */
const scales: readonly (readonly string[])[] = [
  ["very low", "low", "medium", "high", "very high"],
  ["very low", "low", "moderate", "high", "very high"],
  ["very low", "low", "mid", "high", "very high"],
  ["low", "normal", "high"],
  ["tiny", "small", "medium", "large", "huge"],
  ["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"],
  ["very poor", "poor", "fair", "good", "very good", "excellent"],
  ["bad", "average", "good"],
  ["never", "rarely", "sometimes", "often", "always"],
  ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"],
  ["very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"],
  ["beginner", "intermediate", "advanced", "expert"],
  ["entry", "junior", "mid", "senior", "lead"],
  ["first", "second", "third", "fourth", "fifth"],
  ["낮음", "보통", "높음"],
  ["하", "중", "상"],
];

/** The cells in the order of a scale that holds all of them, as they are written; null for none, or for two of a scale. */
export function knownScale(cells: readonly string[]): string[] | null {
  const levels = [...new Set(cells.filter((cell) => !meansMissing(cell)))];
  if (levels.length < 3) return null;
  const word = (level: string) => level.trim().toLowerCase();
  for (const scale of scales) {
    if (!levels.every((level) => scale.includes(word(level)))) continue;
    if (new Set(levels.map(word)).size < levels.length) continue;
    return levels.sort((a, b) => scale.indexOf(word(a)) - scale.indexOf(word(b)));
  }
  return null;
}
