import { listPresentCodes } from "../../core/db/cable/cable-labels.ts";
import { findCablesOfCode, searchCables } from "../../core/db/cable/cable-lists.ts";
import { searchNodes } from "../../core/db/cable/cable-nodes.ts";
import { findCable } from "../../core/db/cable/cables.ts";
import { cableNumber, parseCableNumber } from "../../core/domain/cable/cable.ts";
import { refusalOfCabling } from "../../core/domain/cable/cable-rules.ts";
import { nearCodes } from "../../core/domain/cable/near-codes.ts";
import { cleanLine } from "../../core/domain/form/text.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { parseTicketNumber } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";

/** Opens the cable that was meant by its number or its code, or shows what has these words in a code or a device. */
export async function findCablesBy(conversation: Conversation, entered: string): Promise<Outcome> {
  const mayCable = refusalOfCabling(conversation.person);
  if (!mayCable.ok) return mayCable;
  const text = cleanLine(entered);
  if (text === "") return refuse("text-empty");
  const number = parseCableNumber(text);
  if (number !== undefined) return openCable(conversation, number);
  const ticketId = parseTicketNumber(text);
  if (ticketId !== undefined) {
    await reply(conversation, { kind: "cables-of-ticket", ticketId, page: 0 });
    return accept();
  }
  const { tx } = conversation;
  const [only, ...others] = await findCablesOfCode(tx, text);
  if (only !== undefined && others.length === 0) return openCable(conversation, only);
  const isFound = (await searchCables(tx, text, { offset: 0, limit: 1 })).length > 0;
  if (!isFound && (await searchNodes(tx, text, 1)).length === 0) return nothingFound(conversation, text);
  await reply(conversation, { kind: "cables-found", text, page: 0 });
  return accept();
}

/** A cable by its id, also by the QR code of a label: whoever may not see cables learns nothing of it. */
export async function openCable(conversation: Conversation, cableId: number): Promise<Outcome> {
  const mayCable = refusalOfCabling(conversation.person);
  if (!mayCable.ok) return mayCable;
  const cable = await findCable(conversation.tx, cableId);
  if (cable === undefined) return refuse("no-such-cable", { number: cableNumber(cableId) });
  await reply(conversation, { kind: "cable", cableId });
  return accept();
}

async function nothingFound({ tx }: Conversation, text: string): Promise<Outcome> {
  const near = nearCodes(text, await listPresentCodes(tx));
  return refuse("no-cable-found", { near: near.join(", ") });
}
