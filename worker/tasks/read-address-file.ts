import { recordAddresses } from "../../core/actions/read-list-file.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findAddressRegister } from "../../core/db/address-register.ts";
import { type AddressReading, addressImports } from "../../core/db/list-imports.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FileLine } from "../../core/domain/form/csv.ts";
import { checkAddressLines, linesOfAddressFile } from "../../core/domain/ipam/address-file.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { parseList } from "./parse-list.ts";

export type ReadAddressFileOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  filesFolder: string;
};

/** Reads a list of addresses that was fetched, and checks it. Nothing is imported yet. */
export async function readAddressFile(
  { importId }: { importId: number },
  { db, setting, filesFolder }: ReadAddressFileOptions,
): Promise<void> {
  const list = await addressImports.find(db, importId);
  if (list === undefined || list.state !== "reading") return;
  const parsed = await parseList(db, list, filesFolder);
  const checked = parsed.ok ? await check(db, parsed.value) : parsed;
  await db.transaction().execute((tx) => recordAddresses(tx, setting(new Date()), { importId, checked }));
}

/** Every try failed: who sent it is told. */
export async function giveUpAddressFile(
  { importId }: { importId: number },
  { db, setting }: Pick<ReadAddressFileOptions, "db" | "setting">,
): Promise<void> {
  const checked = refuse("list-not-read");
  await db.transaction().execute((tx) => recordAddresses(tx, setting(new Date()), { importId, checked }));
}

async function check(db: Db, rows: readonly FileLine[]): Promise<Outcome<AddressReading>> {
  const lines = linesOfAddressFile(rows);
  if (!lines.ok) return lines;
  const { ready, known, problems } = checkAddressLines(lines.value, await findAddressRegister(db, lines.value));
  const isReady = new Set(ready.map(({ line }) => line));
  return accept({ ready: lines.value.filter(({ line }) => isReady.has(line)), known, problems });
}
