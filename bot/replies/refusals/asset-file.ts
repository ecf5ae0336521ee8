import type { Db } from "../../../core/db/tables.ts";
import {
  assetColumns,
  assetStateNames,
  kindNames,
  maintainerNames,
} from "../../../core/domain/inventory/asset-file.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about a list of assets and its lines; what an asset itself is refused for is said as in the chat. */
export function explainAssetFile(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "asset-file-without-heading":
      return `Baris pertama harus berisi nama kolom. Contoh: ${assetColumns.join(";")}.`;
    case "asset-file-empty":
      return "Di bawah nama kolom tidak ada satu baris pun. Contoh: switch;SW-DINKES-1;Dinkes;dipakai;MikroTik CRS326;HF208ABC;;Lantai 2;24;;;;;.";
    case "asset-kind-unknown":
      return `Jenis "${values.kind}" tidak dikenal. Contoh: ${kindNames.switch}, ${kindNames.server}, atau ${kindNames.pc}; semuanya tertulis pada pesan 📥 Impor CSV.`;
    case "asset-state-unknown":
      return `Keadaan "${values.state}" tidak dikenal. Yang dikenal: ${Object.values(assetStateNames).join(", ")}.`;
    case "asset-maintainer-unknown":
      return `Pengelola "${values.maintainer}" tidak dikenal. Yang dikenal: ${Object.values(maintainerNames).join(", ")}, atau kosong.`;
    case "field-not-of-kind":
      return `Kolom ${values.column} tidak berlaku untuk ${values.kind}. Kosongkan, atau perbaiki jenisnya, contoh: switch.`;
    case "cell-missing":
      return "Kolom itu kosong, padahal harus diisi. Contoh isinya ada pada tombol 📥 Impor CSV.";
    case "asset-twice":
      return `Isi kolom itu sudah ada di baris ${values.firstLine}. Hapus salah satunya.`;
    default:
      return undefined;
  }
}
