import { listCablesOfLabels, listLabelsToPrint, markPrinted } from "../../db/cable/cable-labels.ts";
import type { CableLabelsDetails } from "../../db/paper-content.ts";
import { insertPaper } from "../../db/papers.ts";
import type { Tx } from "../../db/tables.ts";
import { refusalOfCabling } from "../../domain/cable/cable-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { recordCable } from "./record-cable.ts";

/** So many go into one file: ten sheets. The others wait for the next one. */
const mostCables = 120;

export type LabelsToPrint = { unprinted: true } | { ticketId: number } | { cableId: number };

/**
 * Has sheets of labels made for who asks: of one cable, of all that were laid because of a ticket, or of all whose labels nobody
 * has printed, the oldest first.
 *
 * @param input.botUsername for the links behind the QR codes
 */
export async function askForCableLabels(
  tx: Tx,
  person: Person,
  { now, tasks }: Setting,
  input: { which: LabelsToPrint; botUsername: string },
): Promise<Outcome> {
  const mayCable = refusalOfCabling(person);
  if (!mayCable.ok) return mayCable;
  const { which, botUsername } = input;
  if (botUsername === "") return refuse("bot-name-unknown");
  const labelIds = await listLabelsToPrint(tx, which, mostCables);
  if (labelIds.length === 0) return refuse("no-labels-to-print");
  const details = { labelIds, botUsername };
  const paperId = await insertPaper(tx, { personId: person.id, kind: "cable-labels", details, now });
  await tasks.enqueue(tx, "make-paper", { paperId });
  return accept();
}

/** The sheet was made. A label that ended since it was asked for is not on it, and its successor is not printed. */
export async function recordPrintedLabels(
  tx: Tx,
  setting: Setting,
  paper: { personId: number; details: CableLabelsDetails },
): Promise<void> {
  const { labelIds } = paper.details;
  const cableIds = await listCablesOfLabels(tx, labelIds);
  await markPrinted(tx, labelIds, setting.now);
  for (const id of cableIds) await recordCable(tx, setting, paper.personId, "cable-label-printed", id);
}
