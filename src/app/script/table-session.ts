import type { Table } from "../../core/table.ts";
import { FitSession } from "../../ensemble/fit-session.ts";
import { scriptContext } from "./context.ts";

/** The session of a table: what one call of the script prepares, the next ones find. */
export function sessionOf(table: Table): FitSession {
  const { sessions } = scriptContext();
  let session = sessions.get(table);
  if (session === undefined) {
    session = new FitSession(table);
    sessions.set(table, session);
  }
  return session;
}
