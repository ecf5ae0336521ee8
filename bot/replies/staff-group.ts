import type { GroupTrouble } from "../../core/db/tables.ts";
import { hasRole, type Person } from "../../core/domain/people/person.ts";
import type { Rendered } from "../rendered.ts";
import type { GroupHint, Screen } from "../screens/screens.ts";
import { html, lines } from "./html.ts";

const troubles: Record<GroupTrouble, { what: string; fix: string }> = {
  "no-rights": {
    what: "bot tidak lagi boleh mengelola topik di sana",
    fix: 'Jadikan bot admin grup itu, dengan izin "Kelola topik" (Manage Topics).',
  },
  "not-a-forum": {
    what: "grup itu tidak memakai topik",
    fix: 'Nyalakan "Topik" (Topics) di pengaturan grup itu, dan jadikan bot admin dengan izin "Kelola topik".',
  },
  gone: {
    what: "bot tidak ada di dalamnya",
    fix: 'Masukkan lagi bot ke grup itu sebagai admin dengan izin "Kelola topik", dan periksa nomor grup di TELEGRAM_STAFF_GROUP, contoh: -1001234567890.',
  },
};

/** For who can help, or has to know where their messages come now. */
export function renderGroupTrouble(viewer: Person, { trouble }: { trouble: GroupTrouble }): Rendered | undefined {
  const { what, fix } = troubles[trouble];
  const text = lines(
    html`⚠️ <b>Grup petugas tidak dapat dipakai</b>: ${what}.`,
    html`Semua pesan untuk petugas sekarang datang di chat pribadi; tidak ada yang hilang.`,
    html`${fix} Sesudah itu bot memakai grupnya lagi dalam beberapa menit.`,
  );
  return isConcerned(viewer) ? { as: "text", html: text.markup } : undefined;
}

export function renderGroupHealed(viewer: Person): Rendered | undefined {
  const text = html`✅ Grup petugas dapat dipakai lagi. Pesan untuk petugas kembali ke topik tiketnya, dan tiket terbuka yang belum punya topik dibuatkan.`;
  return isConcerned(viewer) ? { as: "text", html: text.markup } : undefined;
}

function isConcerned(viewer: Person): boolean {
  return hasRole(viewer, "help-desk") || hasRole(viewer, "administrator");
}

const hints: Record<GroupHint, string> = {
  "commands-elsewhere":
    "Perintah dipakai di chat pribadi dengan bot ini. Di grup petugas, bekerjalah di topik tiketnya dengan tombol pada kartu, dan /balas untuk menjawab pemohon.",
  anonymous:
    "⚠️ Pesan ini tidak disimpan: Anda menulis sebagai admin anonim, jadi tidak diketahui siapa Anda. Matikan dahulu pilihan anonim di pengaturan admin grup, lalu kirim lagi.",
  "not-at-desk":
    "⚠️ Pesan Anda di topik tiket tidak disimpan: akun ini tidak terdaftar sebagai petugas. Minta administrator mendaftarkan Anda.",
  "topic-unused":
    "⚠️ Topik ini tidak dipakai lagi, dan pesan di sini tidak disimpan. Tulis di topik lain dengan nomor yang sama.",
  "not-handled": "⚠️ Pesan terakhir di sini tidak dapat diproses. Administrator sudah diberi tahu; kirim sekali lagi.",
};

/** To whoever is in the group: it says nothing of any ticket. */
export function renderGroupHint({ what, replyTo, threadId }: Extract<Screen, { kind: "group-hint" }>): Rendered {
  return {
    as: "text",
    html: html`${hints[what]}`.markup,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(threadId === undefined ? {} : { threadId }),
  };
}
