import type { Db } from "../../../core/db/tables.ts";
import { addressColumns, stateNames } from "../../../core/domain/ipam/address-file.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about a list of addresses and its lines; what an address itself is refused for is said as in the chat. */
export function explainAddressFile(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "address-file-without-heading":
      return `Baris pertama harus berisi nama kolom. Contoh: ${addressColumns.join(";")}.`;
    case "address-file-empty":
      return "Di bawah nama kolom tidak ada satu baris pun. Contoh: Utama;;dipakai;10.10.5.20;Server SIMPEG;Dinkes;T-0042.";
    case "list-imported-already":
      return `Daftar itu sudah diimpor: ${values.count} baris.`;
    case "column-count":
      return `Ada ${values.found} kolom, seharusnya ${values.expected}: ${values.columns}.`;
    case "cell-like-formula":
      return `Kolom ${values.column} diawali =, +, -, @, atau tab seperti rumus. Tulis isinya saja, contoh: Server SIMPEG.`;
    case "cell-with-controls":
      return `Kolom ${values.column} berisi ganti baris atau karakter tersembunyi. Ketik ulang isinya, contoh: Server SIMPEG.`;
    case "cell-too-long":
      return `Isinya ${values.length} karakter, paling panjang ${values.longest}. Ringkas, contoh: Server SIMPEG.`;
    case "zone-unreadable":
      return `Zona kosong atau lebih dari ${values.longest} karakter. Contoh: Utama.`;
    case "name-missing":
      return "Nama kosong. Contoh: Server SIMPEG.";
    case "state-unknown":
      return `Keadaan "${values.state}" tidak dikenal. Yang diimpor: ${stateNames.prefix}, ${stateNames.assigned}, atau ${stateNames["kept-free"]}.`;
    case "state-not-imported":
      return `Keadaan "${values.state}" tidak diimpor. Pesan atau lepaskan alamat itu lewat /ip.`;
    case "office-unknown":
      return `Kode kantor "${values.code}" tidak dikenal.${values.meant === undefined ? " Contoh: Dinkes." : ` Mungkin maksud Anda: ${values.meant}.`}`;
    case "address-twice":
      return `Alamat ${values.address} sudah ada di baris ${values.firstLine}. Hapus salah satunya.`;
    default:
      return undefined;
  }
}
