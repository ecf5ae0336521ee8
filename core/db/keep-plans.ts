import { createHash } from "node:crypto";
import type pg from "pg";

/** A list in a statement makes another one for each length: long ones do not come again often enough. */
const mostParameters = 20;
/** Each is kept by each connection. */
const mostStatements = 400;

const names = new Map<string, string>();

/**
 * Has the server keep how it read and planned a statement with parameters, for as long as the connection lives: most of ours are small
 * and come again with every message, and planning them costs more than running them (bench/README.md, intake).
 */
export function keepPlans(client: pg.PoolClient): void {
  const ask = client.query.bind(client) as (...query: unknown[]) => unknown;
  const query = (text: unknown, values?: unknown, ...rest: unknown[]) => {
    const name = typeof text === "string" && Array.isArray(values) ? nameOf(text, values.length) : undefined;
    return name === undefined ? ask(text, values, ...rest) : ask({ name, text, values }, ...rest);
  };
  client.query = query as typeof client.query;
}

/** @returns undefined for one that is not to be kept */
function nameOf(text: string, parameters: number): string | undefined {
  if (parameters === 0 || parameters > mostParameters) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= mostStatements) return known;
  const name = createHash("sha256").update(text).digest("base64url").slice(0, 20);
  names.set(text, name);
  return name;
}
