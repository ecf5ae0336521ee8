import type pg from "pg";

/** As an operator writes it. */
export function urlOf({ connectionString, host, user, password, database }: pg.ClientConfig): string {
  if (connectionString !== undefined) return connectionString;
  const query = new URLSearchParams({ host: `${host}`, user: `${user}`, password: `${password}` });
  return `postgres:///${database}?${query}`;
}
