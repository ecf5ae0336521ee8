import type { Db } from "../../../core/db/tables.ts";
import { lineKinds, nameColumns, nameStateWords } from "../../../core/domain/names/name-file.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about a list of names and its lines; what a name itself is refused for is said as in the chat. */
export function explainNameFile(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "name-file-without-heading":
      return `Baris pertama harus berisi nama kolom. Contoh: ${nameColumns.join(";")}.`;
    case "name-file-empty":
      return "Di bawah nama kolom tidak ada satu baris pun. Contoh: desa;;;;Aek Tapa;Marbau;;;;.";
    case "name-kind-unknown":
      return `Jenis "${values.kind}" tidak dikenal. Contoh: ${Object.values(lineKinds).join(", ")}.`;
    case "name-state-unknown":
      return `Keadaan "${values.state}" tidak dikenal. Contoh: ${nameStateWords["in-use"]}.`;
    case "name-state-not-imported":
      return `Hanya nama yang ${nameStateWords["in-use"]} diimpor. Pesan atau lepaskan nama lewat /nama.`;
    default:
      return undefined;
  }
}
