import { receiveAddressFile } from "../../core/actions/import-addresses.ts";
import { addressColumns, mostAddressLines } from "../../core/domain/ipam/address-file.ts";
import { accept, refuse } from "../../core/domain/outcome.ts";
import { largestFileBytes } from "../../core/domain/people/people-file.ts";
import { type Form, noSuggestions } from "./form.ts";

const explanation = [
  "Kirim berkas CSV sebagai dokumen. Baris pertama berisi nama kolom, lalu satu prefix, alamat, atau rentang satu baris:",
  "",
  addressColumns.join(";"),
  "Utama;10.10.5.0/24;prefix;;LAN Dinkes;;",
  "Utama;;dipakai;10.10.5.20;Server SIMPEG;Dinkes;T-0042",
  "Utama;;disisihkan;10.10.5.100-10.10.5.150;DHCP;;",
  "",
  `Kolom dasar berisi nomor tiket atau nomor surat, boleh kosong. Pemisahnya titik koma atau koma. Paling banyak ${mostAddressLines} baris dan ${largestFileBytes / 2 ** 20} MB. Hasil ekspor dapat dikirim kembali.`,
].join("\n");

/** A list of prefixes and addresses. It is shown what would be imported before anything is. */
export const addressImportForm: Form = {
  name: "address-import",
  plan: async () => ({
    title: "📥 Impor CSV alamat",
    fields: [{ name: "file", kind: "document" }],
    wordsFor: () => ({ label: "Berkas", ask: explanation }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  takeDocument: async ({ tx, person, setting }, file) => {
    const received = await receiveAddressFile(tx, person, setting, { file });
    return received.ok ? accept("list-received") : received;
  },
  submit: async () => refuse("document-expected"),
};
