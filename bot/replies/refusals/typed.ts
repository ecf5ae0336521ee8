import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { type OfficeWords, roleInWords } from "../office-words.ts";

/** Refusals about what was typed, sent or pressed in a form or a chat. */
export function explainTyped(_db: Db, { code, values }: Refusal, office: OfficeWords): string | undefined {
  switch (code) {
    case "text-empty":
      return "Isinya kosong. Ketik jawabannya dengan huruf atau angka.";
    case "text-too-short":
      return `Terlalu singkat: tulis sedikitnya ${values.minLength} huruf, seperti contoh pada pertanyaannya.`;
    case "phone-missing":
      return "Nomor teleponnya belum ada. Tulis lengkap dengan angkanya, contoh: Bu Rina, 0812-3456-7890.";
    case "short-phone-missing":
      return "Nomor teleponnya belum ada. Tulis angkanya, contoh: 147, atau 021-1500250.";
    case "text-too-long":
      return `Teks terlalu panjang: ${values.length} karakter, paling banyak ${values.maxLength}. Ringkas, atau kirim selebihnya sebagai dokumen.`;
    case "not-a-choice":
      return "Jawaban itu tidak ada dalam pilihan. Tekan salah satu tombol di bawah pertanyaan.";
    case "not-offered":
      return "Pilihan itu tidak tersedia lagi. Tekan salah satu tombol di bawah pertanyaan, atau tekan lagi tombol langkahnya.";
    case "nothing-matches":
      return values.meant === undefined
        ? `Tidak ada yang cocok. Tekan salah satu tombol, atau ketik sebagian namanya${values.example ? `, contoh: ${values.example}` : ""}.`
        : `Tidak ada yang cocok. Mungkin maksud Anda: ${values.meant}. Tekan tombolnya, atau ketik sebagian namanya.`;
    case "instant-unreadable":
      return "Waktu itu tidak terbaca. Tulis misalnya: 08.30, kemarin 14.00, atau 22-11-2026 08.30.";
    case "instant-in-future":
      return "Waktu itu belum terjadi. Tulis waktu yang sudah lewat, misalnya: 08.30 atau kemarin 14.00.";
    case "instant-too-old":
      return "Waktu itu lebih dari setahun yang lalu. Periksa tahunnya, contoh: 22-11-2026 08.30.";
    case "day-unreadable":
      return "Hari itu tidak terbaca. Contoh: besok, Senin, 3 hari lagi, atau 30-11-2026.";
    case "day-passed":
      return "Hari itu sudah lewat. Tulis hari ini atau hari yang akan datang, contoh: hari ini, besok, atau 30-11-2026.";
    case "day-not-ahead":
      return "Hari itu sudah tiba atau sudah lewat. Tulis hari yang akan datang, contoh: besok atau 30-11-2026.";
    case "day-too-far":
      return "Hari itu lebih dari setahun lagi. Periksa tahunnya, contoh: 30-11-2026.";
    case "appointment-unreadable":
      return "Waktu itu tidak terbaca. Tulis jamnya, atau hari dan jamnya, contoh: 15.00, besok 09.00, atau 30-11-2026 09.00.";
    case "end-unreadable":
      return "Waktu itu tidak terbaca. Tulis lamanya, atau sampai kapan, contoh: 1 jam, 15.00, atau besok 08.00.";
    case "end-before-begin":
      return "Akhirnya harus setelah mulainya. Contoh: mulai besok 22.00, sampai besok 23.30.";
    case "end-for-begin":
      return "Itu waktu berakhirnya. Tulis dahulu kapan mulainya, contoh: 22.00, atau besok 09.00.";
    case "end-passed":
      return `Jam ${values.time} sudah lewat pada hari mulainya. Bila hari berikutnya yang dimaksud, tulis tanggalnya, contoh: ${values.next}.`;
    case "appointment-passed":
      return "Waktu itu sudah lewat. Tulis waktu yang akan datang, contoh: besok 09.00.";
    case "past-day-unreadable":
      return "Tanggal itu tidak terbaca. Contoh: hari ini, kemarin, 20 November, atau 20-11-2026.";
    case "date-unreadable":
      return "Tanggal itu tidak terbaca. Tulis dengan tahunnya, contoh: 31-12-2027, atau 31 Desember 2027.";
    case "day-ahead":
      return "Tanggal itu belum tiba. Tulis tanggal hari ini atau sebelumnya, contoh: 20-11-2026.";
    case "day-too-old":
      return `Tanggal itu lebih dari ${values.years} tahun yang lalu. Periksa tahunnya, contoh: 20-11-2026.`;
    case "day-far-ahead":
      return `Tanggal itu lebih dari ${values.years} tahun lagi. Periksa tahunnya, contoh: 31-12-2027.`;
    case "number-unreadable":
      return `Tulis dengan angka saja, dari ${values.min} sampai ${values.max}, contoh: ${values.example}.`;
    case "number-out-of-range":
      return `Angkanya dari ${values.min} sampai ${values.max}. Contoh: ${values.example}.`;
    case "percent-unreadable":
      return "Persennya tidak terbaca. Tulis angkanya dengan paling banyak dua desimal, contoh: 99,7%.";
    case "percent-out-of-range":
      return `Persennya dari ${values.min} sampai ${values.max}. Contoh: 99,7%.`;
    case "location-unreadable":
      return "Tempat itu tidak terbaca. Kirim lokasi dari menu lampiran Telegram, atau ketik koordinatnya, contoh: 2.345600, 99.876500.";
    case "nobody-holds-role":
      return `Belum ada orang dengan peran ${roleInWords(values.role, office)}. Minta administrator memberikannya lewat /orang.`;
    case "files-missing":
      return "Di sini perlu sedikitnya satu foto atau dokumen, contoh: foto surat yang sudah ditandatangani. Kirim berkasnya dengan 📎.";
    case "no-longer-offered":
      return "Permintaan itu tidak ada lagi dalam daftar. Pilih yang lain lewat /permintaan.";
    case "filed-anew":
      return "Permintaan dari daftar punya isian sendiri. Catat sebagai permintaan baru, lalu tutup tiket ini.";
    case "files-needed-to-reclassify":
      return "Prosedur itu memerlukan surat atau berkas sejak awal. Minta pemohon mengajukannya lewat /menu, lalu tutup tiket ini.";
    case "files-expected":
      return "Di sini dikirim foto atau dokumen. Bila tidak ada, tekan Lanjut.";
    case "nip-not-digits":
      return "NIP hanya berisi angka. Contoh: 198503122010011002.";
    case "nip-length":
      return `NIP terdiri dari 18 angka, yang Anda ketik ${values.length}. Contoh: 198503122010011002.`;
    case "nip-form":
      return "Itu bukan NIP: delapan angka pertama adalah tanggal lahir, enam berikutnya tahun dan bulan pengangkatan. Contoh: 198503122010011002.";
    case "document-expected":
      return "Di sini dikirim satu berkas CSV sebagai dokumen. Contoh isinya ada di atas.";
    case "nip-taken":
      return `NIP itu sudah dipakai ${values.name}. Periksa kembali angkanya, atau buka data orang tersebut.`;
    case "answer-missing":
    case "answer-unknown":
      return "Isian ini belum lengkap. Tekan Kembali dan jawab pertanyaan yang terlewat.";
    case "file-too-large":
      return office.hasPages
        ? `Berkas lebih dari ${values.megabytes} MB tidak dapat diambil dari chat. Pada pertanyaan berkas, tekan "Berkas lebih dari 20 MB", atau kirim versi yang lebih kecil.`
        : `Berkas lebih dari ${values.megabytes} MB tidak dapat diambil. Kirim versi yang lebih kecil, atau bagi menjadi beberapa berkas.`;
    case "no-file-here":
      return "Di sini tidak dapat dikirim foto atau dokumen. Ketik jawabannya, atau tekan Batal.";
    case "caption-unread":
      return "Keterangan foto tidak disimpan pada pertanyaan ini. Kirim sebagai pesan tersendiri setelah tiket dibuat.";
    case "question-passed":
      return "Pertanyaan itu sudah terjawab. Lanjutkan pada pertanyaan terakhir di bawah.";
    case "draft-gone":
      return "Isian itu sudah dikirim, dibuang, atau kedaluwarsa. Mulai lagi dari /menu.";
    case "form-of-another":
      return "Isian itu milik rekan Anda. Tekan tombol pada kartu tiket untuk memulai isian Anda sendiri.";
    case "reply-without-words":
      return "Tulis jawabannya sesudah perintah itu. Contoh: /balas Sudah kami perbaiki, silakan dicoba lagi.";
    case "edit-makes-no-reply":
      return "Catatan tidak menjadi balasan dengan diubah, dan tidak terkirim. Kirim /balas dan jawabannya sebagai pesan baru.";
    case "group-command-unknown":
      return "Di topik tiket hanya ada /balas untuk menjawab pemohon. Perintah lain dipakai di chat pribadi dengan bot.";
    case "not-linked-in-group":
      return "Akun Telegram ini belum terdaftar di meja layanan. Minta tautan pendaftaran ke administrator.";
    case "group-in-trouble":
      return "Grup petugas sedang tidak dapat dipakai. Buka tiket ini di chat pribadi dengan bot: kirim nomornya.";
    case "works-not-in-topic":
      return "Pemohon tiket ini petugas, jadi tiket ini dikerjakan di chat pribadi: kirim nomornya ke bot.";
    case "ticket-number-unreadable":
      return "Nomor tiket itu tidak terbaca. Contoh: /tiket T-0042.";
    case "unknown-command":
      return "Perintah itu tidak dikenal. Ketik /menu untuk melihat apa yang bisa dilakukan.";
    case "button-unknown":
      return "Tombol ini sudah tidak berlaku. Ketik /menu untuk memulai lagi.";
    case "button-of-another":
      return "Tombol ini bukan untuk Anda.";
    default:
      return undefined;
  }
}
