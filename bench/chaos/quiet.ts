import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "../../core/db/tables.ts";
import type { Check } from "./checks.ts";

/** A file whose worker was killed is fetched anew only when the queue has seen that, and tried again with growing waits. */
const withinMs = 300_000;

/** Until all that people sent was handled, and all that comes of it is done. */
export async function becomeQuiet(db: Db, sent: number): Promise<Check> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const problems = await whatWaits(db, sent);
    if (problems.length === 0 || Date.now() > giveUpAt) return { name: "it comes to rest", found: "", problems };
    await pause(100);
  }
}

async function whatWaits(db: Db, sent: number): Promise<string[]> {
  const count = async (query: { execute(): Promise<unknown[]> }) => (await query.execute()).length;
  const handled = await count(db.selectFrom("inbox").select("id").where("state", "<>", "pending"));
  const unsaid = await count(db.selectFrom("outbox").select("id").where("state", "=", "pending"));
  const files = await count(db.selectFrom("attachment").select("id").where("state", "=", "waiting"));
  const unsealed = await count(db.selectFrom("journal_unsealed").selectAll().limit(1));
  return [
    ...(handled < sent ? [`${handled} of ${sent} updates were handled`] : []),
    ...(unsaid > 0 ? [`${unsaid} messages wait to be sent`] : []),
    ...(files > 0 ? [`${files} files wait to be fetched`] : []),
    ...(unsealed > 0 ? ["the journal is not sealed"] : []),
  ];
}
