import { listAllTaken } from "../../../core/db/ipam/address-lists.ts";
import { listPrefixes } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import { csvOf } from "../../../core/domain/form/csv.ts";
import { addressColumns, stateNames } from "../../../core/domain/ipam/address-file.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../../core/domain/ipam/prefix.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html } from "../html.ts";
import { basisOf, spanOf } from "./address-words.ts";

/** All prefixes, and all in them that is not free, as a list that can be imported. */
export async function renderAddressExport(db: Db, viewer: Person): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const prefixes = await listPrefixes(db);
  const taken = await listAllTaken(db);
  const rows = [
    [...addressColumns],
    ...prefixes.map((prefix) => [prefix.zoneName, showPrefix(prefix), stateNames.prefix, "", prefix.name, "", ""]),
    ...taken.map((range) => [
      ...[range.zoneName, range.network, stateNames[range.kind], spanOf(range)],
      ...[range.name ?? "", range.officeCode ?? "", basisOf(range) ?? ""],
    ]),
  ];
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(csvOf(rows)),
    name: "alamat-ip.csv",
    caption: html`📤 ${prefixes.length} prefix, ${taken.length} alamat dan rentang`.markup,
  };
}
