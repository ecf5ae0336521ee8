import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about people, roles, accounts and link codes. */
export async function explainPeople(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "not-administrator":
      return "Hanya administrator yang dapat melakukan ini.";
    case "no-such-person":
      return "Orang itu tidak ada dalam daftar.";
    case "person-inactive":
      return "Orang itu sudah tidak aktif.";
    case "administrator-by-terminal-only":
      return "Peran administrator dan kodenya hanya diberikan lewat terminal server.";
    case "not-for-yourself":
      return "Anda tidak dapat memberi peran kepada diri sendiri. Minta administrator lain.";
    case "withdraw-leadership-first":
      return "Pemegang peran pimpinan tidak diberi kode baru. Cabut dahulu perannya; memberikannya lagi perlu administrator kedua.";
    case "link-before-leadership":
      return "Hubungkan dahulu akun Telegram orang itu, baru usulkan sebagai pimpinan.";
    case "role-held-already":
      return "Orang itu sudah memegang peran tersebut.";
    case "role-not-held":
      return "Orang itu tidak memegang peran tersebut.";
    case "civil-servants-only":
      return "Peran ini hanya untuk ASN. Isi dahulu NIP orang tersebut.";
    case "administrator-never-approves":
      return "Administrator tidak memberi persetujuan, jadi tidak dapat memegang peran pimpinan.";
    case "proposed-already":
      return "Peran itu sudah diusulkan dan menunggu administrator kedua.";
    case "no-such-proposal":
      return "Usulan itu tidak ada.";
    case "decided-already": {
      const by = await findPerson(db, Number(values.decidedBy));
      return `Usulan itu sudah diputuskan oleh ${by?.name ?? "administrator lain"}.`;
    }
    case "linked-since-proposal":
      return "Akun Telegram orang itu diputuskan atau berganti sejak diusulkan. Tolak usulan ini, lalu usulkan lagi.";
    case "not-your-own-proposal":
      return "Usulan Anda sendiri harus diputuskan administrator lain.";
    case "not-linked":
      return "Orang itu tidak terhubung dengan akun Telegram.";
    case "person-active":
      return "Orang itu sudah aktif.";
    case "not-yourself":
      return "Anda tidak dapat melakukan ini pada diri sendiri. Minta administrator lain.";
    case "last-administrator":
      return "Ia administrator terakhir yang terhubung. Hubungkan dahulu administrator lain lewat terminal server.";
    case "office-already":
      return "Orang itu sudah di perangkat daerah tersebut. Pilih perangkat daerah yang lain.";
    case "not-officer":
      return "Tiket kantor dilihat oleh pejabat pengelola sistem kantor. Tiket Anda sendiri ada di /tiket.";
    case "code-unknown":
      return "Kode itu tidak dikenal. Periksa kembali, atau minta kode baru ke administrator Diskominfo.";
    case "code-used":
      return "Kode itu sudah dipakai. Minta kode baru ke administrator Diskominfo.";
    case "code-expired":
      return "Kode itu sudah kedaluwarsa. Minta kode baru ke administrator Diskominfo.";
    case "code-not-for-these-rights":
      return "Kode itu tidak berlaku lagi: pemegang peran pimpinan dan administrator tidak dihubungkan dengan kode dari administrator. Hubungi administrator Diskominfo.";
    case "account-linked-already":
      return `Akun Telegram ini sudah terhubung sebagai ${values.name}. Minta administrator memutuskannya dahulu.`;
    default:
      return undefined;
  }
}
