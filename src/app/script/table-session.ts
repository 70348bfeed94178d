import type { Table } from "../../core/table.ts";
import { FitSession } from "../../ensemble/fit-session.ts";

const sessions = new WeakMap<Table, FitSession>();

/** The session of a table: what one call prepares, the next ones find. */
export function sessionOf(table: Table): FitSession {
  let session = sessions.get(table);
  if (session === undefined) {
    session = new FitSession(table);
    sessions.set(table, session);
  }
  return session;
}
