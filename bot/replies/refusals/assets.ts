import { findAsset } from "../../../core/db/inventory/assets.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { assetLabel } from "../inventory/asset-words.ts";

/** Refusals about the inventory, and about what a ticket is tied to. */
export async function explainAssets(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "not-inventory-team":
      return "Perangkat dicatat oleh Infrastruktur, Data Center, dan IT Support. Minta salah seorang dari mereka.";
    case "asset-name-taken":
      return `Nama itu sudah dipakai: ${await whichOne(db, values)}. Tulis nama lain, contoh: SW-DINKES-2.`;
    case "asset-tag-taken":
      return `Nomor inventaris itu sudah tercatat: ${await whichOne(db, values)}. Periksa labelnya, contoh: 1.3.2.10/0043.`;
    case "serial-number-taken":
      return `Nomor seri itu sudah tercatat: ${await whichOne(db, values)}. Periksa labelnya, contoh: HF208ABC.`;
    case "ports-below-used":
      return `Port ${values.port} sudah pernah atau sedang dipakai, jadi jumlah port paling sedikit ${values.port}. Contoh: ${values.port}.`;
    case "kind-without-ports":
      return `Port ${values.port} sudah pernah atau sedang dipakai, sedangkan jenis itu tidak punya port. Pilih jenis yang punya port, contoh: switch.`;
    case "kind-not-mounted":
      return `${values.name} masih terpasang di rak, sedangkan jenis itu tidak dipasang di rak. Keluarkan dahulu perangkatnya, atau pilih jenis lain, contoh: server.`;
    case "asset-retired":
      return `${values.name ?? "Perangkat itu"} tidak dipakai lagi. Jadikan siap pakai dahulu, lalu ulangi.`;
    case "asset-mounted":
      return `${values.name} masih terpasang di rak. Lepaskan dahulu dari raknya.`;
    case "asset-ports-taken":
      return `${values.count} port ${values.name} masih dipakai. Lepaskan dahulu kabelnya.`;
    case "asset-watched-behind":
      return `Di belakang ${values.name} ada ${values.count} yang dipantau. Pindahkan dahulu semuanya, contoh: /status SW-DINKES-1, ✏️ Ubah, Di belakang.`;
    case "asset-changed":
      return "Data perangkat itu sudah berubah sejak tombol atau isian ini dibuat. Buka lagi lewat /perangkat.";
    case "asset-there-already":
      return `Perangkat itu sudah milik ${values.office}. Pilih kantor lain.`;
    case "no-such-asset":
      return "Perangkat itu tidak ada. Lihat daftarnya: /perangkat.";
    case "asset-linked-already":
      return "Perangkat itu sudah terkait dengan tiket ini.";
    case "asset-not-linked":
      return "Perangkat itu tidak lagi terkait dengan tiket ini.";
    case "ticket-assets-many":
      return `Satu tiket dikaitkan dengan paling banyak ${values.most} perangkat. Lepas satu kaitan dahulu.`;
    default:
      return undefined;
  }
}

async function whichOne(db: Db, { assetId }: Refusal["values"]): Promise<string> {
  const asset = await findAsset(db, Number(assetId));
  return asset === undefined ? "perangkat lain" : assetLabel(asset);
}
