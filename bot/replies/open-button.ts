import type { Button } from "../rendered.ts";

/** Leads from a message about a ticket to its card. */
export function openButton(ticketId: number): Button {
  return { label: "🎫 Buka tiket", press: { do: "open-ticket", ticketId } };
}
