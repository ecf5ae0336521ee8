import { findAsset } from "../../db/inventory/assets.ts";
import { deleteTicketAsset, insertTicketAsset, listAssetsOfTicket } from "../../db/inventory/ticket-assets.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { refusalOfLinking } from "../../domain/inventory/link-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";

/** More tell nobody what the ticket is about. Source: office practice. */
export const mostAssetsOfTicket = 20;

type Link = { ticketId: number; assetId: number };

/** Ties a ticket to something of the inventory, so that it stands on the ticket's card and the ticket on its page. */
export async function linkAsset(tx: Tx, person: Person, setting: Setting, input: Link): Promise<Outcome> {
  const may = await lockForLinking(tx, person, input.ticketId);
  if (!may.ok) return may;
  const asset = await findAsset(tx, input.assetId);
  if (asset === undefined) return refuse("no-such-asset");
  if (asset.state === "retired") return refuse("asset-retired", { name: asset.name });
  if ((await listAssetsOfTicket(tx, input.ticketId)).length >= mostAssetsOfTicket) {
    return refuse("ticket-assets-many", { most: mostAssetsOfTicket });
  }
  const isNew = await insertTicketAsset(tx, { ...input, personId: person.id, now: setting.now });
  return isNew ? record(tx, person, setting, "asset-linked", input) : refuse("asset-linked-already");
}

/** The ticket is not about it. */
export async function unlinkAsset(tx: Tx, person: Person, setting: Setting, input: Link): Promise<Outcome> {
  const may = await lockForLinking(tx, person, input.ticketId);
  if (!may.ok) return may;
  const wasThere = await deleteTicketAsset(tx, input);
  return wasThere ? record(tx, person, setting, "asset-unlinked", input) : refuse("asset-not-linked");
}

async function lockForLinking(tx: Tx, person: Person, ticketId: number): Promise<Outcome> {
  const ticket = await lockTicket(tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfLinking(ticket, person);
  return refusal === undefined ? accept() : { ok: false, refusal };
}

async function record(
  tx: Tx,
  person: Person,
  setting: Setting,
  event: "asset-linked" | "asset-unlinked",
  { ticketId, assetId }: Link,
): Promise<Outcome> {
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event,
    subject: { kind: "ticket", id: ticketId },
    details: { assetId },
  });
  await refreshCards(tx, ticketId, setting);
  return accept();
}
