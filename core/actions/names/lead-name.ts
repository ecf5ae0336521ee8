import { findNameNow } from "../../db/names/names.ts";
import type { Tx } from "../../db/tables.ts";
import type { NameAddress, PresentName } from "../../domain/names/name.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";
import { change } from "./change-name.ts";
import { findPointing } from "./find-pointing.ts";

/**
 * A name that is reserved or in use leads to that address of the register, too, and is in use from now on. Whoever calls has
 * asked whether that may be done.
 */
export async function leadNameTo(
  tx: Tx,
  setting: Setting,
  name: string,
  { rangeId, personId }: { rangeId: number; personId: number },
): Promise<Outcome> {
  const pointing = await findPointing(tx, setting, { name, state: "in-use" }, { addressRangeIds: [rangeId] });
  if (!pointing.ok) return pointing;
  // The names are locked by then.
  const present = await findNameNow(tx, name);
  if (present === undefined) throw new Error(`leading ${name} to an address: nobody has it`);
  const addresses = together(present, pointing.value.addresses);
  if (present.state === "in-use" && addresses.length === present.addresses.length) return accept();
  const into = { state: "in-use", until: null, aliasOf: null, addresses } as const;
  await change(tx, setting, present, into, personId);
  return accept();
}

function together({ addresses }: PresentName, others: readonly NameAddress[]): NameAddress[] {
  const key = ({ zoneId, address }: NameAddress) => `${zoneId} ${address}`;
  const known = new Set(addresses.map(key));
  return [...addresses, ...others.filter((other) => !known.has(key(other)))];
}
