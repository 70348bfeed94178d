import { commentText } from "../syntax/comment-text.ts";

/** Text from outside as Markdown that shows it and does nothing else: no markup, no HTML, no formula, no link. */
export function markdownText(text: string): string {
  return commentText(text).replace(/[\\`*_{}[\]<>()#+!|~$&:@^-]/g, (character) =>
    // A backslash is enough for Markdown; HTML and links found by their looks want an entity.
    /[<>&:@]/.test(character) ? `&#${character.charCodeAt(0)};` : `\\${character}`,
  );
}
