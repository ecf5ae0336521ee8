import { listAddressesOfTicket } from "../../db/ipam/address-lists.ts";
import { findReservedPlaceOfTicket } from "../../db/rack/rack-places.ts";
import type { Tx } from "../../db/tables.ts";
import { giveUpPlanned, giveUpPlatform, lockPlanned } from "../hosting/give-up-planned.ts";
import { freeReservedAddress } from "../ipam/release-address.ts";
import { freeReservedNames } from "../names/change-name.ts";
import { freePlace } from "../rack/hold-place.ts";
import type { Setting } from "../setting.ts";

/** Frees what the registers keep for a ticket; what it was given stays. @param by.personId null: the clock */
export async function freeReserved(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  by: { personId: number | null },
): Promise<void> {
  const application = await lockPlanned(tx, ticketId);
  const place = await findReservedPlaceOfTicket(tx, ticketId);
  if (place !== undefined) await freePlace(tx, setting, place.id, by);
  const reserved = (await listAddressesOfTicket(tx, ticketId)).filter(({ kind }) => kind === "reserved");
  for (const { id } of reserved) await freeReservedAddress(tx, setting, id, by);
  await freeReservedNames(tx, setting, ticketId, by.personId);
  if (application !== undefined) await giveUpPlanned(tx, setting, application, by);
  await giveUpPlatform(tx, setting, ticketId);
}

/** The same where something is planned for it that a machine was to build; otherwise nothing. */
export async function freePlanned(
  tx: Tx,
  setting: Setting,
  ticketId: number,
  by: { personId: number | null },
): Promise<void> {
  if ((await lockPlanned(tx, ticketId)) !== undefined) await freeReserved(tx, setting, ticketId, by);
}
