import { insertPaper } from "../../db/papers.ts";
import { findRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { refusalOfLookingAtRacks } from "../../domain/rack/rack-rules.ts";
import type { Setting } from "../setting.ts";

/** Has the picture of a rack drawn for who asks: as a photo, and the drawing itself as a file. */
export async function askForRackPicture(
  tx: Tx,
  person: Person,
  { now, tasks }: Setting,
  input: { rackId: number },
): Promise<Outcome> {
  const mayLook = refusalOfLookingAtRacks(person);
  if (!mayLook.ok) return mayLook;
  const rack = await findRack(tx, input.rackId);
  if (rack === undefined || rack.isRemoved) return refuse("no-such-rack");
  for (const as of ["png", "svg"] as const) {
    const details = { rackId: rack.id, as };
    const paperId = await insertPaper(tx, { personId: person.id, kind: "rack-picture", details, now });
    await tasks.enqueue(tx, "make-paper", { paperId });
  }
  return accept();
}
