import { listAllCableIds } from "../../../core/db/cable/cable-lists.ts";
import { type CableEnd, findCables } from "../../../core/db/cable/cables.ts";
import type { Db } from "../../../core/db/tables.ts";
import { cableNumber } from "../../../core/domain/cable/cable.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import { csvOf } from "../../../core/domain/form/csv.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { html } from "../html.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";
import { mediumWords, whereIs } from "./cable-words.ts";

const columns = [
  ...["nomor", "kode", "perangkat_1", "port_1", "letak_1", "perangkat_2", "port_2", "letak_2"],
  ...["jenis", "tiket", "dipasang", "dipasang_oleh", "label_dicetak"],
];

/** All cables that lie, one a line. */
export async function renderCableExport(
  db: Db,
  viewer: Person,
  _screen: object,
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayManageCables(viewer)) return undefined;
  const cables = await findCables(db, await listAllCableIds(db));
  const rows = cables.map(({ id, label, ends, medium, ticketId, laidAt, laidByName }) => [
    ...[cableNumber(id), label.code, ...ends.flatMap(endCells), mediumWords[medium]],
    ...[ticketId === null ? "" : ticketNumber(ticketId), showDayOf(laidAt, office), laidByName],
    label.printedAt === null ? "" : showDayOf(label.printedAt, office),
  ]);
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(csvOf([columns, ...rows])),
    name: "kabel.csv",
    caption: html`📤 ${cables.length} kabel`.markup,
  };
}

function endCells({ node, port }: CableEnd): string[] {
  return [node.name, String(port), whereIs(node) ?? ""];
}
