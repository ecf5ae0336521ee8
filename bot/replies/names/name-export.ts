import { type ListedName, listAllNames } from "../../../core/db/names/name-lists.ts";
import { listVillages } from "../../../core/db/names/villages.ts";
import type { Db } from "../../../core/db/tables.ts";
import { csvOf } from "../../../core/domain/form/csv.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { lineKinds, nameColumns, nameStateWords } from "../../../core/domain/names/name-file.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html } from "../html.ts";
import { basisOf } from "../ipam/address-words.ts";
import { targetOf } from "./name-words.ts";

/** All villages, and all names that are not free, as a list that can be imported. */
export async function renderNameExport(db: Db, viewer: Person): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const villages = await listVillages(db);
  const names = await listAllNames(db);
  const rows = [
    [...nameColumns],
    ...villages.map(({ name, district }) => [lineKinds["village-itself"], "", "", "", name, district, "", "", "", ""]),
    ...names.map(rowOf),
  ];
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(csvOf(rows)),
    name: "nama-domain.csv",
    caption: html`📤 ${villages.length} desa, ${names.length} nama`.markup,
  };
}

function rowOf(name: ListedName): string[] {
  return [
    ...[lineKinds[name.kind], name.name, nameStateWords[name.state], name.officeCode ?? ""],
    ...[name.villageName ?? "", name.district ?? "", targetOf(name) ?? "", name.purpose ?? ""],
    ...[basisOf(name) ?? "", name.elsewhere ?? ""],
  ];
}
