import { type ListedRange, listAddressesOfTicket } from "../../core/db/address-lists.ts";
import type { Db } from "../../core/db/tables.ts";
import { type Procedure, takesFromRegisters } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { kindWords, spanOf } from "./address-words.ts";
import { type Html, html, lines } from "./html.ts";

/** What the registers hold for a ticket now, of a procedure that takes from them; undefined where that is nothing. */
export async function holdingLines(db: Db, procedure: Procedure, { id }: Ticket): Promise<Html | undefined> {
  if (!takesFromRegisters(procedure)) return undefined;
  const held = [...(await listAddressesOfTicket(db, id)).map(addressLine)];
  return held.length === 0 ? undefined : lines(html``, ...held);
}

function addressLine(range: ListedRange): Html {
  return html`🌐 Alamat IP: <code>${spanOf(range)}</code>${range.kind === "assigned" ? "" : ` (${kindWords[range.kind].label.toLowerCase()})`}`;
}
