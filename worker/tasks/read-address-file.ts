import { recordAddresses } from "../../core/actions/read-list-file.ts";
import { findAddressRegister } from "../../core/db/ipam/address-register.ts";
import { type AddressReading, addressImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { checkAddressLines, linesOfAddressFile } from "../../core/domain/ipam/address-file.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { listTasks } from "./list-tasks.ts";

export const addressFile = listTasks({ imports: addressImports, check, record: recordAddresses });

async function check(db: Db, rows: readonly FileLine[]): Promise<Outcome<AddressReading>> {
  const lines = linesOfAddressFile(rows);
  if (!lines.ok) return lines;
  const { ready, known, problems } = checkAddressLines(lines.value, await findAddressRegister(db, lines.value));
  const isReady = new Set(ready.map(({ line }) => line));
  return accept({ ready: lines.value.filter(({ line }) => isReady.has(line)), known, problems });
}
