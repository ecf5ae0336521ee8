import { findRangeAt, insertRanges, listRangesAt, takeOut } from "../../db/ipam/address-ranges.ts";
import { lockPrefix } from "../../db/ipam/prefixes.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { keptRangeFields } from "../../domain/ipam/grounds.ts";
import { refusalOfKeeping, refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { parseRange } from "../../domain/ipam/range-text.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";

/** Enough to find the first that is in the way: a free range, what stands in it, and the one behind. */
const rangesLookedAt = 3;

/**
 * Keeps a range of a prefix free, such as for DHCP or for routers: nobody is given an address of it.
 *
 * @param input.answers of `keptRangeFields`
 * @returns the id of the range
 */
export async function keepRangeFree(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { prefixId: number; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, keptRangeFields, input.answers);
  if (!answers.ok) return answers;
  const parsed = parseRange(answers.value.range ?? "");
  if (!parsed.ok) return parsed;
  const range = parsed.value;

  const prefix = await lockPrefix(tx, input.prefixId);
  if (prefix === undefined || prefix.isRemoved) return refuse("no-such-prefix");
  const present = await listRangesAt(tx, prefix.zoneId, range, { limit: rangesLookedAt });
  const mayKeep = refusalOfKeeping(prefix, prefix.id, range, present);
  if (!mayKeep.ok) return refuseAbout("range", mayKeep.refusal);
  const free = await findRangeAt(tx, prefix.zoneId, { family: range.family, number: range.first });
  if (free === undefined) throw new Error("a range can be kept free and is not free");

  await takeOut(tx, prefix, free, range);
  const grounds = { name: answers.value.name ?? "", officeId: null, ticketId: null, letter: null };
  const by = { begunBy: person.id, now: setting.now };
  const [rangeId = 0] = await insertRanges(tx, prefix, [{ kind: "kept-free", range, grounds, until: null }], by);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "range-kept-free",
    subject: { kind: "address", id: rangeId },
    details: { range: answers.value.range ?? "", prefixId: prefix.id },
  });
  return accept(rangeId);
}
