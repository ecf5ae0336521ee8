import { utilisations } from "../../core/db/ipam/address-lists.ts";
import { listMarks } from "../../core/db/ipam/prefix-map.ts";
import { findPrefix, listPrefixes } from "../../core/db/ipam/prefixes.ts";
import type { Db } from "../../core/db/tables.ts";
import { shorten } from "../../core/domain/form/text.ts";
import { showAddress } from "../../core/domain/ipam/address.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { cellsOf, gridOf } from "../../core/domain/ipam/prefix-map.ts";
import { percentTaken } from "../../core/domain/ipam/utilisation.ts";
import type { PrefixMapText } from "./prefix-map.ts";

const longestName = 40;

/** What there is to draw of a prefix at this moment. */
export async function prefixMapText(db: Db, { prefixId }: { prefixId: number }): Promise<PrefixMapText> {
  const prefix = await findPrefix(db, prefixId);
  if (prefix === undefined) throw new Error(`drawing prefix ${prefixId}: there is none`);
  const { family, first } = prefix;
  const { columns, rows, cellLength, cellSize } = gridOf(prefix);
  const used = (await utilisations(db, await listPrefixes(db, prefix.zoneId))).get(prefixId);
  const taken = used === undefined || used.all === 0n ? "" : ` · ${percentTaken(used)}% terpakai`;
  const isOne = cellSize === 1n;
  return {
    network: showPrefix(prefix),
    name: shorten(prefix.name, longestName),
    subtitle: `Zona ${prefix.zoneName}${taken}`,
    scale: isOne ? "1 kotak = 1 alamat" : `1 kotak = satu /${cellLength}; warna muda: terisi sebagian`,
    columns,
    cells: cellsOf(prefix, await listMarks(db, prefix)),
    rowLabels: Array.from({ length: rows }, (_, row) => {
      return showAddress({ family, number: first + BigInt(row * columns) * cellSize });
    }),
  };
}
