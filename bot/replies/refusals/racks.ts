import { findListedPlace } from "../../../core/db/rack/place-lists.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { placeLabel } from "../../../core/domain/rack/units.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { showNumber, whoHasPlace } from "../rack/rack-words.ts";

const longestName = 40;

/** Refusals about rooms, racks, power feeds and places. */
export async function explainRacks(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "height-unreadable":
      return "Tinggi itu tidak terbaca. Tulis dalam U, contoh: 1, 2, atau 1,5.";
    case "height-zero":
      return "Tingginya sedikitnya setengah U. Contoh: 0,5 atau 1.";
    case "height-not-half":
      return "Tinggi dihitung per setengah U. Contoh: 1,5, bukan 1,25.";
    case "height-too-large":
      return `Tingginya paling banyak ${values.most}U. Contoh: 2.`;
    case "unit-unreadable":
      return "Unit itu tidak terbaca. Tulis satu unit, contoh: U20 atau 20,5.";
    case "unit-not-half":
      return "Unit dihitung per setengah U. Contoh: U20, atau U20,5 untuk paruh atasnya.";
    case "unit-out-of-range":
      return `Unit dihitung dari bawah, dari U1 sampai U${values.most}. Contoh: U1.`;
    case "rack-code-form":
      return "Kode terdiri dari 1 sampai 6 huruf atau angka tanpa spasi. Contoh: DC atau A2.";
    case "room-known":
      return `Ruang dengan kode ${values.code} sudah ada. Pakai kode lain, contoh: DRC.`;
    case "rack-known":
      return `Di ruang ${values.room} sudah ada rak ${values.code}. Pakai kode lain, contoh: B1.`;
    case "feed-known":
      return `Rak ${values.rack} sudah punya jalur daya ${values.feed}. Pakai nama lain, contoh: B.`;
    case "no-such-room":
      return "Ruang itu tidak ada, atau sudah dihapus. Lihat daftarnya: /rak.";
    case "no-such-rack":
      return "Rak itu tidak ada, atau sudah dihapus. Lihat daftarnya: /rak.";
    case "no-such-feed":
      return "Jalur daya itu tidak ada, atau sudah dihapus. Buka lagi raknya lewat /rak.";
    case "rack-not-found":
      return `Rak itu tidak ditemukan. Tulis kode ruang dan raknya, bila perlu dengan unitnya, contoh: /rak ${values.example} atau /rak ${values.example} U1.`;
    case "rack-ambiguous":
      return `Ada beberapa rak dengan kode itu: ${values.racks}. Tulis dengan kode ruangnya, contoh: /rak ${values.example}.`;
    case "room-in-use":
      return `Ruang ${values.room} masih punya ${values.count} rak. Hapus dahulu raknya.`;
    case "rack-in-use":
      return `Rak ${values.rack} masih berisi ${values.count} perangkat atau pesanan. Keluarkan, pindahkan, atau batalkan dahulu semuanya.`;
    case "rack-too-low":
      return `Rak ${values.rack} berisi perangkat di ${values.span}, jadi tidak dapat lebih rendah dari itu. Pindahkan dahulu perangkatnya, atau tulis tinggi yang lebih besar, contoh: 42.`;
    case "feed-in-use":
      return `Jalur daya ${values.feed} masih dipakai ${values.count} perangkat atau pesanan. Pindahkan dahulu semuanya.`;
    case "feed-overloaded":
      return `Jalur daya ${values.feed} sudah dibebani ${watts(values.loadWatts)}, lebih dari ${watts(values.capacityWatts)}. Tulis sedikitnya ${values.loadWatts}.`;
    default:
      return explainPlaces(db, { code, values });
  }
}

/** Refusals about what is put into a rack. */
async function explainPlaces(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "place-higher-than-rack":
      return `Tingginya ${values.height}U, sedangkan rak ${values.rack} hanya ${values.heightU}U. Tulis tinggi yang muat, contoh: ${values.heightU}.`;
    case "place-outside":
      return `Setinggi ${values.height}U di unit itu keluar dari rak ${values.rack} yang ${values.heightU}U. Unit terbawah yang mungkin: U1 sampai U${values.highest}.`;
    case "place-taken":
      return `Tempat itu bertabrakan dengan ${await placeInWords(db, values.placeId)}. Pilih unit atau sisi yang lain.`;
    case "place-is-same":
      return "Perangkat itu sudah di tempat tersebut. Pilih tempat yang lain.";
    case "place-changed":
      return "Keadaan tempat itu sudah berubah sejak tombol ini dibuat. Buka lagi raknya lewat /rak.";
    case "place-of-ticket":
      return `Tempat itu dipesan untuk tiket ${ticketNumber(Number(values.ticketId))} dan dipakai lewat langkah tiketnya. Buka tiket itu, lalu tekan Terima server (BAST) setelah pimpinan menyetujui.`;
    case "ticket-has-place":
      return `Untuk tiket ${ticketNumber(Number(values.ticketId))} sudah dipesan ${await placeInWords(db, values.placeId)}. Pakai atau batalkan dahulu pesanan itu.`;
    case "feed-missing":
      return "Perangkat yang memakai listrik perlu jalur daya. Pilih 1 atau 2 jalur.";
    case "feed-unknown":
      return "Jalur daya itu bukan milik rak ini, atau sudah dihapus. Buka lagi raknya lewat /rak.";
    case "feeds-too-few":
      return `Rak ${values.rack} punya ${values.feeds} jalur daya, sedangkan yang diminta ${values.count}. Tambahkan jalurnya lewat /rak, atau pilih rak lain.`;
    case "feed-full":
      return `Jalur daya ${values.feed} tidak cukup: terpakai ${watts(values.loadWatts)} dari ${watts(values.capacityWatts)}, tersisa ${watts(Number(values.capacityWatts) - Number(values.loadWatts))}, sedangkan perangkat ini perlu ${watts(values.watts)}. Pilih rak lain, atau kurangi bebannya.`;
    case "device-unknown":
      return "Perangkat itu tidak ada di inventaris, atau sudah dihapuskan. Pilih perangkat yang lain.";
    case "device-not-mounted":
      return `${values.name} bukan perangkat yang dipasang di rak. Pilih perangkat lain, contoh: server atau switch.`;
    case "device-has-place":
      return `${values.name} sudah ada di ${await placeInWords(db, values.placeId)}. Pindahkan dari sana, atau pilih perangkat lain.`;
    case "device-without-ports":
      return `${values.name} tidak punya port. Pilih switch yang lain.`;
    case "port-outside":
      return `${values.name} punya port 1 sampai ${values.ports}. Contoh: 1.`;
    case "port-taken":
      return `Port ${values.port} dari ${values.name} sudah dipakai atau dipesan. Pilih port yang lain.`;
    default:
      return undefined;
  }
}

/** "1.200 W" */
function watts(value: unknown): string {
  return `${showNumber(Number(value))} W`;
}

/** "DC A2 U20-21, SRV-SIMPEG (Dinkes)" */
async function placeInWords(db: Db, placeId: unknown): Promise<string> {
  const place = await findListedPlace(db, Number(placeId));
  return place === undefined ? "perangkat lain" : `${placeLabel(place)}, ${shorten(whoHasPlace(place), longestName)}`;
}
