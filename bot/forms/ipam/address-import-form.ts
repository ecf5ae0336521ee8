import { receiveAddressFile } from "../../../core/actions/ipam/import-addresses.ts";
import { addressColumns, mostAddressLines } from "../../../core/domain/ipam/address-file.ts";
import { largestFileBytes } from "../../../core/domain/people/people-file.ts";
import { listForm } from "../list-form.ts";

const explanation = [
  "Kirim berkas CSV sebagai dokumen. Baris pertama berisi nama kolom, lalu satu prefix, alamat, atau rentang satu baris:",
  "",
  addressColumns.join(";"),
  "Utama;10.10.5.0/24;prefix;;LAN Dinkes;;",
  "Utama;;dipakai;10.10.5.20;Server SIMPEG;Dinkes;T-0042",
  "Utama;;disisihkan;10.10.5.100-10.10.5.150;DHCP;;",
  "",
  `Kolom dasar berisi nomor tiket atau nomor surat, boleh kosong. Pemisahnya titik koma atau koma. Paling banyak ${mostAddressLines} baris dan ${largestFileBytes / 2 ** 20} MB. Hasil ekspor dapat dikirim kembali.`,
];

/** A list of prefixes and addresses. */
export const addressImportForm = listForm({
  name: "address-import",
  title: "📥 Impor CSV alamat",
  explanation,
  receive: receiveAddressFile,
});
