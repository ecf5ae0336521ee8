import { DateTime } from "luxon";
import type { HandoverRecordDetails } from "../../core/db/paper-content.ts";
import { findHandover, type Handover, listOfRecord } from "../../core/db/rack/handovers.ts";
import type { Db } from "../../core/db/tables.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { HandedDevice, HandoverRecordText } from "./handover-record.ts";

/** What stands on the record of that handover: all devices of the same record. */
export async function handoverRecordText(
  db: Db,
  { handoverId, regency }: HandoverRecordDetails,
): Promise<HandoverRecordText> {
  const handover = await findHandover(db, handoverId);
  if (handover === undefined) throw new Error(`printing the record of handover ${handoverId}: there is none`);
  const { kind, recordNumber, officeName, counterpart, personName, personNip, personOfficeName, ticketId } = handover;
  return {
    ...{ kind, regency, recordNumber, officeName, counterpart, itOffice: personOfficeName },
    day: DateTime.fromISO(handover.recordDate).setLocale("id").toFormat("cccc, d MMMM yyyy"),
    officer: { name: personName, nip: personNip },
    devices: (await listOfRecord(db, handover)).map(deviceOf),
    ticket: ticketId === null ? null : ticketNumber(ticketId),
  };
}

function deviceOf({ assetName, model, serialNumber, assetTag, place, accessories }: Handover): HandedDevice {
  return { name: assetName, model, serialNumber, assetTag, place, accessories };
}
