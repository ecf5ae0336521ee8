import type { Rendered } from "../rendered.ts";
import type { Saying } from "../screens/screens.ts";
import { html } from "./html.ts";

const sayings: Record<Saying, string> = {
  "form-done": "✅ Tersimpan.",
  "form-discarded": "Isian dibuang. Ketik /menu untuk memulai lagi.",
  "no-form": "Tidak ada isian yang sedang berjalan.",
  sent: "✅ Terkirim.",
  "kept-unsent":
    "⚠️ Tersimpan, tetapi belum sampai: pemohon tidak dapat dihubungi lewat bot. Gunakan telepon atau surat.",
  "sent-to-requester": "✉️ Terkirim ke pemohon.",
  "sent-to-affected": "✉️ Terkirim kepada yang terdampak.",
  "kept-as-note":
    "📝 Disimpan sebagai catatan internal; pemohon tidak melihatnya. Untuk menjawab pemohon: balas (reply) keterangannya, atau ketik /balas dan jawabannya.",
  "kept-as-note-not-answer":
    "📝 Disimpan sebagai catatan internal. Untuk menjawab pertanyaan bot, balas (reply) pesan pertanyaannya.",
  "note-kept": "✅ Catatan internal disimpan. Pemohon tidak melihatnya.",
  "rating-thanked": "🙏 Terima kasih atas penilaian Anda.",
  "not-readable": "Jenis pesan ini tidak dapat dibaca. Kirim teks, foto, video, pesan suara, atau dokumen.",
  "edits-not-read": "Perubahan pesan tidak dibaca. Kirim yang benar sebagai pesan baru.",
  "edit-kept": "✏️ Perubahan tersimpan. Versi sebelumnya tetap ada di riwayat tiket.",
  "no-files": "Tiket ini tidak punya lampiran.",
  "poster-asked": "🖨 Poster sedang dibuat; PDF-nya menyusul di sini.",
  "prefix-map-asked": "🖼 Gambar prefix sedang dibuat; gambarnya menyusul di sini.",
  "handover-record-asked": "📄 Berita acara sedang dibuat; PDF-nya menyusul di sini.",
  "cable-labels-asked": "🖨 Label kabel sedang dibuat; PDF-nya menyusul di sini.",
  "rack-picture-asked": "🖼 Gambar rak sedang dibuat; foto dan berkas SVG-nya menyusul di sini.",
  "name-check-asked": "🔄 Nama-nama sedang diperiksa. Yang berubah diberitahukan di sini.",
  "access-revoked": "✂️ Akses vendor dicabut; mesin menutupnya sekarang, dan kabarnya menyusul di sini.",
  "look-asked": "🔄 Perbandingan dengan host dimulai begitu gilirannya tiba; hasilnya menyusul di sini.",
  "account-asked":
    "🔑 Pemohon ditawari akun basis datanya lewat halaman sekali buka. Bila tidak dapat, Anda diberi tahu di sini.",
  "put-back-asked": "↩️ Dikembalikan seperti disetujui begitu gilirannya tiba; hasilnya menyusul di sini.",
  "scan-asked": "📡 Pindaian dimulai begitu gilirannya tiba. Yang berbeda dari catatan diberitahukan di sini.",
  "check-name-asked": "🔄 Nama itu sedang dicari di DNS; hasilnya menyusul di sini.",
  "target-being-asked": "🔄 Sedang diperiksa; hasilnya menyusul di sini.",
  "status-picture-asked": "🖼 Gambar sedang dibuat; fotonya menyusul di sini.",
  "evidence-asked": "📄 Berkas bukti sedang dibuat; PDF dan CSV-nya menyusul di sini.",
  "availability-asked": "📤 Daftar ketersediaan sedang dibuat; CSV-nya menyusul di sini.",
  "upload-link-private": "🔗 Tautan unggah dikirim ke percakapan pribadi Anda dengan bot.",
  "list-received": "⏳ Berkas diterima dan sedang diperiksa. Belum ada yang diimpor.",
  "substitution-proposed": "⏳ Plh./Plt. diusulkan, menunggu administrator kedua. Anda diberi tahu keputusannya.",
  "role-proposed": "⏳ Peran diusulkan, menunggu administrator kedua. Anda diberi tahu keputusannya.",
};

/** A sentence without values. */
export function renderSaid({ what }: { what: Saying }, { isInTopic }: { isInTopic?: true }): Rendered {
  // There is no menu in a topic.
  const sentence = isInTopic && what === "form-discarded" ? "Isian dibuang." : sayings[what];
  return { as: "text", html: html`${sentence}`.markup };
}
