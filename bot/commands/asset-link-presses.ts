import { linkAsset, unlinkAsset } from "../../core/actions/inventory/link-asset.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import { refusalOfLinking } from "../../core/domain/inventory/link-rules.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply } from "../conversation.ts";
import { beginForm } from "../forms/fill-in.ts";
import { assetLinkForm } from "../forms/inventory/asset-search-forms.ts";
import type { AssetPress } from "../presses/asset-press.ts";
import type { PressOf } from "../presses/press.ts";

type LinkPress = PressOf<"ticket-assets" | "find-asset-to-link" | "assets-to-link" | "link-asset" | "unlink-asset">;

/** Those that are about a ticket. */
export function isLinkPress(press: AssetPress): press is LinkPress {
  return "ticketId" in press;
}

/** Ties a ticket to what it is about. Who may not is told before anything is shown or asked. */
export async function pressOnLink(conversation: Conversation, press: LinkPress): Promise<Outcome> {
  const { ticketId } = press;
  const ticket = await findTicket(conversation.tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfLinking(ticket, conversation.person);
  if (refusal !== undefined) return { ok: false, refusal };
  switch (press.do) {
    case "ticket-assets":
      return show(conversation, press, press.turns === true);
    case "assets-to-link":
      return show(conversation, press, press.turns === true);
    case "find-asset-to-link":
      return beginForm(conversation, assetLinkForm, { ticketId });
    case "link-asset":
    case "unlink-asset":
      return change(conversation, press);
  }
}

async function show(
  conversation: Conversation,
  { ticketId, text, page }: { ticketId: number; text?: string; page: number },
  inPlace: boolean,
): Promise<Outcome> {
  const words = text === undefined ? {} : { text };
  await reply(conversation, { kind: "ticket-assets", ticketId, page, ...words }, { inPlace });
  return accept();
}

/** What the ticket is tied to now takes the place of what could be chosen. */
async function change(conversation: Conversation, press: PressOf<"link-asset" | "unlink-asset">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { ticketId, assetId } = press;
  const tie = press.do === "link-asset" ? linkAsset : unlinkAsset;
  const done = await tie(tx, person, setting, { ticketId, assetId });
  return done.ok ? show(conversation, { ticketId, page: 0 }, true) : done;
}
