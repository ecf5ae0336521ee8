import { receiveTargetFile } from "../../../core/actions/monitoring/import-targets.ts";
import {
  linkKindNames,
  mostTargetLines,
  publicNames,
  targetColumns,
  targetKindNames,
} from "../../../core/domain/monitoring/target-file.ts";
import { largestFileBytes } from "../../../core/domain/people/people-file.ts";
import { listForm } from "../list-form.ts";

const explanation = [
  "Kirim berkas CSV sebagai dokumen. Baris pertama berisi nama kolom, lalu satu yang dipantau satu baris:",
  "",
  targetColumns.join(";"),
  "link;Trunk Utara;;;10.20.0.1;internet;PT Telkom;4700-1;200;31-12-2027;1500250;;;;;99,5;20;700;3;;",
  "kantor;Kantor Dinkes;Dinkes;Trunk Utara;10.20.1.1;;;;;;;Rina 0812-3456-7890;60;tidak;Jl. Lintas Sumatera No. 12;;;;;10.20.1.5:443;",
  "",
  `jenis: ${Object.values(targetKindNames).join(", ")}.`,
  `jenis_link, hanya untuk link: ${Object.values(linkKindNames).join(", ")}.`,
  "kode_kantor kosong berarti milik bersama. di_belakang adalah nama yang sudah dipantau, atau nama di baris lain.",
  "target_persen, batas_hilang_persen, batas_latensi_ms, terputus_setelah: kosong berarti mengikuti yang di depannya, atau profil.",
  "alamat_port dan halaman_web diperiksa di samping ping, contoh halaman: https://simpeg.labura.go.id/.",
  `halaman_publik: ${Object.values(publicNames).join(" atau ")}; kosong berarti ya, bila profil kantor menampilkannya.`,
  "",
  "Yang sudah dipantau diperbaiki dengan daftar dari /status, 📤 Daftar untuk diperbaiki.",
  `Yang tidak diketahui dikosongkan. Pemisahnya titik koma atau koma. Paling banyak ${mostTargetLines} baris dan ${largestFileBytes / 2 ** 20} MB.`,
];

/** A list of what is to be watched. */
export const targetImportForm = listForm({
  name: "target-import",
  title: "📥 Impor CSV pemantauan",
  explanation,
  receive: receiveTargetFile,
});
