import { createHash } from "node:crypto";

/** JSON with keys sorted by code unit at every level: the same text for the same value, whatever order it was built in. */
export function stableStringify(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    const record = inner as Record<string, unknown>;
    // Object.fromEntries defines own properties, so a key named __proto__ stays data.
    return Object.fromEntries(
      Object.keys(record)
        .sort()
        .map((key) => [key, record[key]]),
    );
  });
}

/** SHA-256 in hex of text or bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A short name for a JSON value: equal values, equal keys. Used to share fitted steps and caches. */
export function contentKey(value: unknown): string {
  return sha256(stableStringify(value)).slice(0, 24);
}
