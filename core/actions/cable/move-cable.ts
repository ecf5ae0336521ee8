import { endLabels, insertLabel } from "../../db/cable/cable-labels.ts";
import { findCable, lockCables } from "../../db/cable/cables.ts";
import { endPortUse } from "../../db/cable/port-uses.ts";
import type { Tx } from "../../db/tables.ts";
import { cableCode } from "../../domain/cable/cable-code.ts";
import { refusalOfCabling } from "../../domain/cable/cable-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { giveToCable, lockEnds, type PortWish } from "./cable-ends.ts";
import { refusalOfCode } from "./lay-cable.ts";
import { recordCable } from "./record-cable.ts";

/**
 * One end of a cable goes into another port. The port that it leaves is free, and its label ends: another waits to be printed.
 *
 * @param input.useId the end as who moves it saw it, so that a second press moves nothing
 */
export async function moveCableEnd(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { cableId: number; useId: number; to: PortWish },
): Promise<Outcome> {
  const mayCable = refusalOfCabling(person);
  if (!mayCable.ok) return mayCable;
  const { cableId, useId, to } = input;
  const seen = await findCable(tx, cableId);
  const moved = seen?.ends.find((end) => end.useId === useId);
  const stays = seen?.ends.find((end) => end.useId !== useId);
  if (seen === undefined || moved === undefined || stays === undefined) return refuse("cable-changed", { cableId });
  if (to.assetId === moved.node.id && to.port === moved.port) {
    return refuse("cable-end-there", { name: moved.node.name, port: to.port, end: 0 });
  }
  const locked = await lockEnds(tx, [to, { assetId: stays.node.id, port: stays.port }], {
    taking: [0],
    alsoLock: moved.node.id,
  });
  if (!locked.ok) return locked;
  if (!(await isAsSeen(tx, cableId, [moved.useId, stays.useId]))) return refuse("cable-changed", { cableId });
  const [end, other] = locked.value;
  const code = cableCode(end, other);
  const isNew = await refusalOfCode(tx, code, cableId);
  if (!isNew.ok) return isNew;

  const { now } = setting;
  const by = { personId: person.id, now };
  await endPortUse(tx, moved.useId, by);
  await giveToCable(tx, end, { id: cableId, side: moved.side }, by);
  await endLabels(tx, [cableId], now);
  if (!(await insertLabel(tx, { cableId, code, now })))
    throw new Error(`moving cable ${cableId}: ${code} was given meanwhile`);
  const from = { assetFrom: moved.node.id, portFrom: moved.port };
  await recordCable(tx, setting, person.id, "cable-moved", cableId, { ...from, assetTo: to.assetId, portTo: to.port });
  return accept();
}

/** After the lock: while it was waited for, somebody may have moved or removed it. */
async function isAsSeen(tx: Tx, cableId: number, useIds: readonly number[]): Promise<boolean> {
  const lies = (await lockCables(tx, [cableId])).length === 1;
  const now = await findCable(tx, cableId);
  return lies && now?.ends.every(({ useId }) => useIds.includes(useId)) === true;
}
