import { receiveAssetFile } from "../../../core/actions/inventory/import-assets.ts";
import {
  assetColumns,
  assetStateNames,
  kindNames,
  maintainerNames,
  mostAssetLines,
} from "../../../core/domain/inventory/asset-file.ts";
import { largestFileBytes } from "../../../core/domain/people/people-file.ts";
import { listForm } from "../list-form.ts";

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
];

/** A list of assets. */
export const assetImportForm = listForm({
  name: "asset-import",
  title: "📥 Impor CSV perangkat",
  explanation,
  receive: receiveAssetFile,
});
