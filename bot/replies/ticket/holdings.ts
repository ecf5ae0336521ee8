import { type ListedRange, listAddressesOfTicket } from "../../../core/db/ipam/address-lists.ts";
import { listNamesOfTicket } from "../../../core/db/names/names.ts";
import { listPlacesOfTicket, type StoredPlace } from "../../../core/db/rack/rack-places.ts";
import { findRack } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { PresentName } from "../../../core/domain/names/name.ts";
import { type Procedure, takesFromRegisters } from "../../../core/domain/procedures/procedure.ts";
import { placeLabel } from "../../../core/domain/rack/units.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import { type Html, html, lines } from "../html.ts";
import { spanOf } from "../ipam/address-words.ts";

const reserved = " (dipesan)";

/** What the registers hold for a ticket now, of a procedure that takes from them; undefined where that is nothing. */
export async function holdingLines(db: Db, procedure: Procedure, { id }: Ticket): Promise<Html | undefined> {
  if (!takesFromRegisters(procedure)) return undefined;
  const places: Html[] = [];
  for (const place of await listPlacesOfTicket(db, id)) places.push(await placeLine(db, place));
  const held = [
    ...places,
    ...(await listAddressesOfTicket(db, id)).map(addressLine),
    ...(await listNamesOfTicket(db, id)).map(nameLine),
  ];
  return held.length === 0 ? undefined : lines(html``, ...held);
}

async function placeLine(db: Db, place: StoredPlace): Promise<Html> {
  const rack = await findRack(db, place.rackId);
  const label = rack && placeLabel({ ...place, roomCode: rack.roomCode, rackCode: rack.code });
  return html`🗄 Tempat di rak: ${label}${place.kind === "reserved" ? reserved : `, ${place.grounds.name}`}`;
}

function addressLine(range: ListedRange): Html {
  return html`🌐 Alamat IP: <code>${spanOf(range)}</code>${range.kind === "reserved" ? reserved : ""}`;
}

function nameLine({ name, state }: PresentName): Html {
  return html`🔤 Nama domain: <code>${name}</code>${state === "reserved" ? reserved : ""}`;
}
