import { findPrefix } from "../../db/ipam/prefixes.ts";
import { insertPaper } from "../../db/papers.ts";
import type { Tx } from "../../db/tables.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";

/** Has the picture of a prefix drawn for who asks: what is used, reserved, kept free, and free. */
export async function askForPrefixMap(
  tx: Tx,
  person: Person,
  { now, tasks }: Setting,
  input: { prefixId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const prefix = await findPrefix(tx, input.prefixId);
  if (prefix === undefined || prefix.isRemoved) return refuse("no-such-prefix");
  const details = { prefixId: prefix.id };
  const paperId = await insertPaper(tx, { personId: person.id, kind: "prefix-map", details, now });
  await tasks.enqueue(tx, "make-paper", { paperId });
  return accept();
}
