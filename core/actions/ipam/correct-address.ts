import { endRange, insertRanges } from "../../db/ipam/address-ranges.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { groundsFields, isSameGrounds } from "../../domain/ipam/grounds.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { showRange } from "../../domain/ipam/range-text.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";
import { groundsOf } from "./give-address.ts";
import { lockRangeAs } from "./lock-range.ts";

/**
 * Corrects for whom and on what grounds an address is assigned or reserved. What was written before stays in its
 * history: that row ends, and one with the right grounds begins. A reservation ends when it would have.
 *
 * @param input.answers of `groundsFields`
 * @returns the id of the row that begins
 */
export async function correctAddress(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rangeId: number; officeId: number; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManaging(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, groundsFields, input.answers);
  if (!answers.ok) return answers;
  const grounds = await groundsOf(tx, input.officeId, answers.value);
  if (!grounds.ok) return grounds;

  const found = await lockRangeAs(tx, person, input.rangeId, ["assigned", "reserved"]);
  if (!found.ok) return found;
  const { range, prefix } = found.value;
  const { kind, until, remindAt } = range;
  if (kind === "free") throw new Error(`address range ${range.id} was locked as taken and is free`);
  if (isSameGrounds(range.grounds, grounds.value)) return refuse("grounds-unchanged", { field: "name" });
  const { now } = setting;
  await endRange(tx, range.id, { endedBy: person.id, now });
  const corrected = { kind, range, grounds: grounds.value, until, remindAt };
  const [rangeId = 0] = await insertRanges(tx, prefix, [corrected], { begunBy: person.id, now });
  const { officeId, ticketId } = grounds.value;
  await writeJournal(tx, {
    at: now,
    actorId: person.id,
    event: "address-corrected",
    subject: { kind: "address", id: rangeId },
    details: { address: showRange(range), prefixId: prefix.id, kind, formerId: range.id, officeId, ticketId },
  });
  return accept(rangeId);
}
