import { sql } from "kysely";
import pg from "pg";

const mark = "/* prepared */";

/**
 * Stands in a statement that nearly each message needs and that finds its rows by a unique key, so that its best plan hardly
 * depends on what the tables hold. A connection has it parsed and planned once, and anew when PostgreSQL has analysed the tables.
 */
export const prepared = sql.raw(mark);

/** A connection that keeps what is prepared. */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  // biome-ignore lint/suspicious/noExplicitAny: pg gives this method seven shapes, all of which go through.
  override query(first: any, ...rest: any[]): any {
    const isPrepared = typeof first === "string" && first.includes(mark);
    const statement = isPrepared ? { name: this.#nameOf(first), text: first } : first;
    return (super.query as (...args: unknown[]) => unknown)(statement, ...rest);
  }

  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `simpul_${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }
}
