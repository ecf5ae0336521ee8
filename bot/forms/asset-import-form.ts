import { receiveAssetFile } from "../../core/actions/import-assets.ts";
import {
  assetColumns,
  assetStateNames,
  kindNames,
  maintainerNames,
  mostAssetLines,
} from "../../core/domain/inventory/asset-file.ts";
import { accept, refuse } from "../../core/domain/outcome.ts";
import { largestFileBytes } from "../../core/domain/people/people-file.ts";
import { type Form, noSuggestions } from "./form.ts";

const explanation = [
  "Kirim berkas CSV sebagai dokumen. Baris pertama berisi nama kolom, lalu satu perangkat satu baris:",
  "",
  assetColumns.join(";"),
  "switch;SW-DINKES-1;Dinkes;dipakai;MikroTik CRS326;HF208ABC;1.3.2.10/0042;Lantai 2;24;;;;;dinas",
  "bandwidth;INET-DINKES;Dinkes;dipakai;;;;;;PT Telkom;4700-1;200;31-12-2027;",
  "",
  `jenis: ${Object.values(kindNames).join(", ")}.`,
  `keadaan: ${Object.values(assetStateNames).join(", ")}.`,
  `pengelola: ${Object.values(maintainerNames).join(", ")}; kosong berarti menurut jenisnya.`,
  "",
  `Yang tidak diketahui dikosongkan. Pemisahnya titik koma atau koma. Paling banyak ${mostAssetLines} baris dan ${largestFileBytes / 2 ** 20} MB. Hasil ekspor dapat dikirim kembali.`,
].join("\n");

/** A list of assets. It is shown what would be imported before anything is. */
export const assetImportForm: Form = {
  name: "asset-import",
  plan: async () => ({
    title: "📥 Impor CSV perangkat",
    fields: [{ name: "file", kind: "document" }],
    wordsFor: () => ({ label: "Berkas", ask: explanation }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  takeDocument: async ({ tx, person, setting }, file) => {
    const received = await receiveAssetFile(tx, person, setting, { file });
    return received.ok ? accept("list-received") : received;
  },
  submit: async () => refuse("document-expected"),
};
