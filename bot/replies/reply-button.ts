import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import type { Button } from "../rendered.ts";

/** A machine that opened a ticket reads nothing: who joined the outage does. */
export function replyTitle({ channel }: Pick<Ticket, "channel">): string {
  return channel === "monitor" ? "✉️ Balas ke yang terdampak" : "✉️ Balas ke pemohon";
}

export function replyButton(ticket: Pick<Ticket, "id" | "channel">): Button {
  return { label: replyTitle(ticket), press: { do: "write", ticketId: ticket.id, kind: "reply" } };
}
