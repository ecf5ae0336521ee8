import { findDecision } from "../../core/db/announcements.ts";
import { listShownDecisions } from "../../core/db/approvals.ts";
import { listEntries } from "../../core/db/entries.ts";
import { findPerson, listLinkedWithRole } from "../../core/db/people.ts";
import { findRegistration } from "../../core/db/registrations.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTicket, type Page } from "../../core/db/tickets.ts";
import { shorten } from "../../core/domain/form/text.ts";
import type { Refusal } from "../../core/domain/outcome.ts";
import { isRole } from "../../core/domain/people/roles.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { whoDecidedInWords } from "./approvals.ts";
import { type OfficeWords, showShortTime, whoDid } from "./office-words.ts";
import { stepWords, wordsOf } from "./procedure-words.ts";
import { stateInWords } from "./state-words.ts";

const latest: Page = { offset: 0, limit: 1 };

/** Why the rules said no, and what to do: plain text, one or two sentences, with an example where something was typed. */
export async function explain(db: Db, { code, values }: Refusal, office: OfficeWords): Promise<string> {
  const role = (value: unknown) => (typeof value === "string" && isRole(value) ? office.roles[value] : "lain");
  switch (code) {
    // what was typed
    case "text-empty":
      return "Isinya kosong. Ketik jawabannya dengan huruf atau angka.";
    case "text-too-short":
      return `Terlalu singkat: tulis sedikitnya ${values.minLength} huruf, seperti contoh pada pertanyaannya.`;
    case "phone-missing":
      return "Nomor teleponnya belum ada. Tulis lengkap dengan angkanya, contoh: Bu Rina, 0812-3456-7890.";
    case "text-too-long":
      return `Teks terlalu panjang: ${values.length} karakter, paling banyak ${values.maxLength}. Ringkas, atau kirim selebihnya sebagai dokumen.`;
    case "not-a-choice":
      return "Jawaban itu tidak ada dalam pilihan. Tekan salah satu tombol di bawah pertanyaan.";
    case "nothing-matches":
      return "Tidak ada yang cocok. Tekan salah satu tombol, atau ketik sebagian namanya, contoh: kesehatan.";
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
      return "Waktu itu tidak terbaca. Tulis hari dan jamnya, contoh: besok 09.00, Senin 10.00, atau 30-11-2026 09.00.";
    case "appointment-passed":
      return "Waktu itu sudah lewat. Tulis waktu yang akan datang, contoh: besok 09.00.";
    case "past-day-unreadable":
      return "Tanggal itu tidak terbaca. Contoh: hari ini, kemarin, atau 20-11-2026.";
    case "day-ahead":
      return "Tanggal itu belum tiba. Tulis tanggal hari ini atau sebelumnya, contoh: 20-11-2026.";
    case "day-too-old":
      return `Tanggal itu lebih dari ${values.years} tahun yang lalu. Periksa tahunnya, contoh: 20-11-2026.`;
    case "number-unreadable":
      return `Tulis jumlahnya dengan angka saja, dari ${values.min} sampai ${values.max}, contoh: 3.`;
    case "number-out-of-range":
      return `Jumlahnya dari ${values.min} sampai ${values.max}. Contoh: 3.`;
    case "location-unreadable":
      return "Tempat itu tidak terbaca. Kirim lokasi dari menu lampiran Telegram, atau ketik koordinatnya, contoh: 2.345600, 99.876500.";
    case "address-unreadable":
      return "Alamat IP itu tidak terbaca. Contoh: 10.10.5.20, 103.10.20.30, atau 2001:db8::20.";
    case "nobody-holds-role":
      return `Belum ada orang dengan peran ${role(values.role)}. Minta administrator memberikannya lewat /orang.`;
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
      return `Berkas lebih dari ${values.megabytes} MB tidak dapat diambil. Kirim versi yang lebih kecil, atau bagi menjadi beberapa berkas.`;
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
    // tickets
    case "no-such-ticket":
      return "Tiket itu tidak ada, atau bukan milik Anda. Lihat /tiket untuk daftar tiket Anda.";
    case "not-your-role":
      return `Langkah ini dikerjakan oleh ${role(values.role)}.`;
    case "clock-only":
      return "Langkah ini hanya dijalankan sistem, bila pertanyaan ke pemohon tidak dijawab.";
    case "not-the-requester":
      return "Hanya pemohon tiket yang dapat melakukan ini.";
    case "not-at-desk":
      return "Hanya petugas yang dapat melakukan ini.";
    case "ticket-moved-on":
      return whatHappened(db, Number(values.ticketId), office, Number(values.round ?? 0));
    case "ticket-ended":
      return "Tiket ini sudah selesai. Pemohon dapat membukanya kembali selama masa buka kembali.";
    case "taken-by-colleague": {
      const colleague = await findPerson(db, Number(values.assigneeId));
      return `Tiket ini sedang dikerjakan ${colleague?.name ?? "rekan lain"}. Tekan "Ambil alih" bila Anda yang melanjutkan.`;
    }
    case "taken-by-you":
      return "Tiket ini sudah Anda kerjakan.";
    case "not-a-colleague":
      return "Orang itu bukan anggota tim yang memegang tiket ini. Pilih nama dari daftar.";
    case "assigned-meanwhile": {
      const assignee = await findPerson(db, Number(values.assigneeId));
      return `Tiket ini baru saja diberikan kepada ${assignee?.name ?? "rekan lain"}. Buka tiketnya untuk melihat keadaan sekarang.`;
    }
    case "no-colleague":
      return "Tidak ada anggota tim lain yang dapat dihubungi lewat bot.";
    case "has-it-already":
      return "Tiket ini sudah dikerjakan orang itu.";
    case "requester-is-asked":
      return "Tiket ini sedang menunggu jawaban pemohon, jadi tidak ada yang perlu ditugaskan atau ditunda.";
    case "nothing-to-take-back":
      return "Tidak ada langkah yang dapat ditarik kembali.";
    case "not-your-step": {
      const doer = await findPerson(db, Number(values.personId));
      return `Langkah terakhir dikerjakan ${doer?.name ?? "sistem"}; hanya yang mengerjakannya yang dapat menariknya kembali.`;
    }
    case "work-has-gone-on":
      return "Rekan lain sudah melanjutkan tiket ini. Hubungi rekan itu, atau teruskan dengan langkah berikutnya.";
    case "too-late-to-take-back":
      return `Langkah hanya dapat ditarik kembali dalam ${values.hours} jam. Teruskan dengan langkah berikutnya.`;
    case "not-your-own-question":
      return "Jawaban pemohon dicatat oleh petugas lain, bukan oleh yang menanyakannya. Minta rekan help desk mencatatnya.";
    case "not-pending":
      return "Tiket ini tidak sedang menunggu.";
    case "urgency-unchanged":
      return "Tanda mendesak tiket ini sudah demikian.";
    case "not-reclassified":
      return "Laporan kelemahan ditujukan kepada pimpinan dan tidak dipindahkan. Pimpinan dapat meminta help desk menindaklanjutinya.";
    case "granted-not-reclassified":
      return "Yang sudah disetujui tidak dipindahkan ke prosedur lain. Catat permintaan baru untuk hal yang lain itu.";
    case "maintained-by-dinas":
      return "Menurut daftar pengelola, ini dikelola Diskominfo sendiri. Terbitkan WO atau lanjutkan perbaikannya.";
    case "not-a-witness-of-misuse":
      return "Penyalahgunaan dicatat oleh help desk, Data Center, Infrastruktur, atau pimpinan.";
    case "not-your-own-misuse":
      return "Pada tiket Anda sendiri, penyalahgunaan dicatat oleh petugas lain.";
    case "same-procedure":
      return "Tiket ini sudah berada di prosedur itu.";
    case "requester-known-already":
      return "Pemohon tiket ini sudah terdaftar.";
    case "not-of-that-office":
      return "Orang itu bukan pegawai aktif perangkat daerah tiket ini. Pilih nama dari daftar.";
    case "nobody-to-identify":
      return "Perangkat daerah ini belum punya orang terdaftar. Minta administrator menambahkannya.";
    case "checks-missing":
      return `Masih ada ${values.count} pemeriksaan yang belum diisi. Lengkapi dahulu daftar periksa.`;
    case "checks-failed":
      return `Masih ada ${values.count} tes yang tidak sesuai. Ulangi tesnya setelah diperbaiki, atau kembalikan WO.`;
    case "check-always-applies":
      return "Tes ini selalu berlaku. Pilih Sesuai atau Tidak sesuai; Tidak berlaku hanya untuk tes dari internet dan tes lainnya.";
    case "too-late-to-reopen":
      return `Tiket hanya dapat dibuka kembali dalam ${values.days} hari. Laporkan sebagai tiket baru lewat /lapor.`;
    case "term-over":
      return "Masa berlaku yang dulu diminta sudah lewat. Ajukan permintaan baru lewat /lapor, dengan tanggal yang baru.";
    // heads and shifts
    case "not-overseer":
      return "Ringkasan dan daftar semua tiket hanya untuk pimpinan dan help desk. Tugas Anda ada di /tugas.";
    case "search-too-short":
      return "Ketik paling sedikit dua huruf, atau nomor tiketnya. Contoh: SIMPEG, atau T-0042.";
    case "no-successor":
      return "Tidak ada petugas lain yang dapat dihubungi lewat bot. Tekan Akhiri piket dan tinggalkan catatan.";
    case "no-registration-waits":
      return "Tidak ada pendaftaran yang menunggu.";
    case "somebody-on-duty": {
      const onDuty = await findPerson(db, Number(values.personId));
      return `Sekarang ${onDuty?.name ?? "rekan lain"} yang piket. Minta ia menyerahkan piketnya kepada Anda.`;
    }
    case "on-duty-already":
      return "Anda sedang piket.";
    case "not-on-duty":
      return "Piket hanya diserahkan atau diakhiri oleh yang sedang piket; pimpinan juga dapat mengakhirinya.";
    case "nobody-on-duty":
      return "Sekarang tidak ada yang piket. Tekan Mulai piket di /piket.";
    case "not-of-the-desk":
      return "Orang itu bukan petugas yang dapat dihubungi lewat bot. Pilih nama dari daftar.";
    case "shift-not-offered":
      return "Piket itu tidak lagi ditawarkan kepada Anda. Lihat /piket untuk keadaan sekarang.";
    case "edit-not-traced":
      return "Perubahan pesan ini tidak dibaca: pesannya bukan bagian tiket atau isian yang masih terbuka. Kirim yang benar sebagai pesan baru.";
    case "edit-of-request":
      return "Isi permintaan yang sudah diproses atau dimintakan persetujuan tidak berubah bila pesannya diubah. Tulis perubahannya sebagai keterangan pada kartu tiket.";
    case "edit-of-step":
      return "Catatan langkah yang sudah dikerjakan tidak berubah bila pesannya diubah. Tulis yang benar sebagai pesan baru pada kartu tiketnya.";
    case "closing-passed":
      return "Tiket ini sudah dibuka kembali. Penilaian diminta lagi setelah tiket selesai.";
    case "too-late-to-rate":
      return `Penilaian hanya dapat diberikan atau diubah dalam ${values.days} hari setelah tiket selesai.`;
    case "not-rated":
      return "Tiket ini belum Anda nilai. Tekan dahulu jumlah bintangnya, contoh: ⭐ 4.";
    // approvals
    case "approval-not-asked":
      return "Pada tiket ini sedang tidak ada yang perlu disetujui.";
    case "approval-not-taken":
      return "Permintaan persetujuan tidak perlu diambil atau ditugaskan: siapa pun yang berhak dapat langsung memutuskannya.";
    case "in-force-not-taken":
      return "Ini sudah disetujui dan sedang berlaku, jadi tidak ada yang perlu dikerjakan atau ditugaskan.";
    case "approval-not-put-off":
      return "Permintaan persetujuan punya batas waktunya sendiri, jadi tidak ditunda.";
    case "no-approvers":
      return "Profil tidak menetapkan siapa yang menyetujui permintaan ini, jadi tidak ada yang dapat menyetujuinya. Hubungi administrator.";
    case "administrator-never-decides":
      return "Administrator tidak memutuskan persetujuan.";
    case "not-your-own-request":
      return "Anda yang mengajukan, mencatat, atau meminta persetujuan ini, jadi harus orang lain yang memutuskannya.";
    case "not-for-whom-you-substitute":
      return "Permintaan ini dari orang yang Anda wakili sebagai Plh./Plt., jadi harus orang lain yang memutuskannya.";
    case "substitution-not-in-force":
      return "Penunjukan Anda sebagai Plh./Plt. belum atau tidak berlaku lagi, jadi Anda tidak dapat memutuskan.";
    case "decided-once-already":
      return "Anda sudah memutuskan permintaan ini. Persetujuan berikutnya harus dari orang lain.";
    case "decision-stands":
      return "Keputusan persetujuan tidak dapat ditarik kembali. Bila keliru, pemohon dapat mengajukannya lagi.";
    case "term-passed":
      return "Waktu yang diminta sudah lewat. Tolak permintaan ini; pemohon dapat mengajukannya lagi dengan tanggal baru.";
    case "approvals-frozen": {
      const by = await findPerson(db, Number(values.personId));
      return `Persetujuan sedang dibekukan oleh ${by?.name ?? "petugas"}. Tunggu sampai pimpinan mencabutnya; menolak tetap bisa.`;
    }
    case "freeze-unreadable":
      return `Status pembekuan tidak dapat dibaca, tidak ada yang disetujui. Hubungi operator dengan rujukan ${values.reference ?? "P"}.`;
    case "frozen-already": {
      const by = await findPerson(db, Number(values.personId));
      return `Persetujuan sudah dibekukan oleh ${by?.name ?? "petugas lain"}.`;
    }
    case "not-frozen":
      return "Persetujuan sedang tidak dibekukan.";
    case "not-on-duty-or-leadership":
      return "Pembekuan dipasang oleh pimpinan atau petugas piket.";
    case "not-your-substitution":
      return "Plh./Plt. ditunjuk oleh pejabatnya sendiri, atau diusulkan administrator.";
    case "no-substitute-of-substitute":
      return "Hanya pejabat yang memegang jabatannya sendiri yang dapat diwakili; Plh./Plt. tidak menunjuk Plh./Plt. lagi.";
    case "nobody-to-substitute":
      return "Di perangkat daerah ini belum ada orang lain yang terhubung. Minta administrator menghubungkannya dahulu.";
    case "substitution-overlaps":
      return "Pada tanggal itu sudah ada Plh./Plt. lain untuk pejabat ini, atau orang itu sudah mewakili. Pilih tanggal lain, contoh: 30-11-2026.";
    case "substitution-over":
      return "Penunjukan Plh./Plt. itu sudah berakhir.";
    case "until-before-from":
      return "Hari terakhir lebih awal daripada hari pertama. Ketik hari pertama atau sesudahnya, contoh: 30-11-2026.";
    // people
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
    // posters and registrations
    case "bot-name-unknown":
      return "Nama bot belum diketahui dari Telegram. Coba lagi sebentar.";
    case "poster-void":
      return "Poster itu sudah tidak berlaku. Minta poster atau tautan baru ke administrator Diskominfo.";
    case "poster-replaced-already":
      return "Kode poster itu sudah diganti. Buka lagi halaman poster untuk melihat yang terbaru.";
    case "registered-already":
      return `Akun ini sudah terhubung sebagai ${values.name}; Anda tidak perlu mendaftar lagi. Ketik /menu.`;
    case "no-such-registration":
      return "Pendaftaran itu sudah tidak ada. Buka lagi tautan di poster bila ingin mendaftar.";
    case "registration-too-many":
      return "Sedang terlalu banyak pendaftaran. Isian Anda disimpan; tekan lagi nanti, atau hubungi administrator Diskominfo.";
    case "not-officer-of-office":
      return "Pendaftaran ini diputuskan oleh pejabat pengelola sistem kantor itu, atau oleh administrator.";
    case "registration-decided":
      return whoDecided(db, Number(values.registrationId), office);
    case "registration-expired":
      return "Pendaftaran ini sudah terlalu lama dan tidak berlaku lagi. Pendaftar dapat membuka lagi tautan di poster.";
    case "not-your-own-registration":
      return "Pendaftaran dengan NIP Anda sendiri tidak dapat Anda putuskan. Minta kode tautan ke administrator.";
    case "applicant-linked-already":
      return "Akun Telegram itu sudah terhubung dengan orang lain. Tolak pendaftaran ini.";
    case "registrant-of-another-office":
      return "NIP itu terdaftar di kantor lain. Minta administrator memindahkan orangnya dahulu, lalu setujui lagi.";
    case "registrant-left":
      return `NIP itu milik ${values.name}, yang sudah dinonaktifkan. Minta administrator mengaktifkannya dahulu.`;
    case "registrant-linked-already":
      return `NIP itu milik ${values.name}, yang akunnya sudah terhubung. Bila akunnya berganti, minta kode tautan ke administrator.`;
    case "registrant-just-added":
      return "Baru saja ada orang lain yang didaftarkan dengan NIP itu. Tekan sekali lagi untuk memeriksanya.";
    case "registration-needs-code":
      return "Orang ini memegang peran yang tidak dapat dihubungkan lewat persetujuan kantor. Ia diminta menghubungi administrator.";
    // lists of people
    case "file-not-text":
      return 'Berkas itu bukan CSV yang terbaca. Di Excel: Simpan Sebagai, pilih "CSV UTF-8", lalu kirim berkas itu.';
    case "file-without-heading":
      return "Baris pertama harus berisi nama kolom. Contoh: nama;nip;kode_kantor.";
    case "file-without-people":
      return "Di bawah nama kolom tidak ada satu orang pun. Contoh baris: Siti Aminah;198503122010012002;Dinkes.";
    case "file-too-long":
      return `Berkas berisi ${values.lines} baris, paling banyak ${values.mostLines}. Bagi menjadi beberapa berkas.`;
    case "file-quote-open":
      return `Tanda kutip yang dibuka di sekitar baris ${values.line} tidak ditutup. Contoh yang benar: "Sinaga, Rudi".`;
    case "list-too-large":
      return `Daftar orang paling besar ${values.megabytes} MB. Bagi menjadi beberapa berkas.`;
    case "list-not-fetched":
      return "Berkas itu tidak berhasil diambil dari Telegram.";
    case "list-not-read":
      return "Berkas itu tidak berhasil dibaca.";
    case "no-such-import":
      return "Impor itu sudah tidak ada. Kirim lagi berkasnya lewat Impor CSV.";
    case "imported-already":
      return `Daftar itu sudah diimpor: ${values.count} orang.`;
    case "nothing-to-import":
      return "Tidak ada baris yang siap diimpor. Perbaiki berkasnya, lalu kirim lagi.";
    // announcements
    case "no-such-announcement":
      return "Pengumuman itu tidak ada, atau bukan untuk kantor Anda. Lihat /pengumuman.";
    case "announcement-changed":
      return "Pengumuman itu sudah berubah sejak tombol ini dibuat. Buka lagi lewat /pengumuman.";
    case "announcement-unchanged":
      return "Isinya sama dengan yang sudah ada, jadi tidak ada yang diubah. Tulis yang benar, contoh: pukul 14.00, bukan 13.00.";
    case "announcement-audience-fixed":
      return "Pengumuman sudah terkirim, jadi sasarannya tetap. Untuk kantor lain tulis pengumuman baru lewat /pengumuman.";
    case "announcement-asked-already":
      return "Pengumuman itu sudah dikirim dan sedang menunggu persetujuan pimpinan.";
    case "announcement-over":
      return "Masa berlakunya sudah lewat. Ubah dahulu sampai kapan pengumuman berlaku, contoh: besok.";
    case "announcement-withdrawn":
      return "Pengumuman itu sudah ditarik dan tidak berlaku lagi.";
    case "announcement-corrected":
      return "Pengumuman itu sudah diralat. Baca dahulu isi yang baru, lalu tekan tombolnya di sana.";
    case "announcement-not-for-you":
      return "Pengumuman ini tidak dikirim kepada Anda, jadi tidak perlu ditandai.";
    case "announcement-ticket-unknown":
      return "Nomor tiket itu tidak terbaca, atau tiketnya tidak ada. Contoh: T-0042.";
    case "not-your-announcement":
      return "Pengumuman yang belum terkirim diubah oleh penulisnya; yang sudah terkirim juga oleh pimpinan.";
    case "not-your-own-announcement":
      return "Pengumuman yang Anda tulis sendiri harus disetujui pimpinan lain.";
    case "not-announcement-approver":
      return `Pengumuman hanya disetujui oleh ${role("leadership")}.`;
    case "no-announcement-approver": {
      const administrators = (await listLinkedWithRole(db, "administrator")).map(({ name }) => name).join(", ");
      const whom = administrators === "" ? "administrator server" : `administrator (${shorten(administrators, 70)})`;
      return `Tidak ada pimpinan lain yang dapat menyetujui, dan tanpa itu gangguan pun tidak diumumkan. Hubungi ${whom}.`;
    }
    case "announcement-decided":
      return whoDecidedOnAnnouncement(db, Number(values.announcementId), Number(values.version), office);
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
    case "button-unknown":
      return "Tombol ini sudah tidak berlaku. Ketik /menu untuk memulai lagi.";
    case "button-of-another":
      return "Tombol ini bukan untuk Anda.";
    default:
      return "Itu tidak dapat dilakukan sekarang. Ketik /menu untuk melihat pilihan.";
  }
}

/** Two may be asked; the second one is told what the first decided. */
async function whoDecided(db: Db, registrationId: number, office: OfficeWords): Promise<string> {
  const registration = await findRegistration(db, registrationId);
  if (registration?.decidedBy == null || registration.decidedAt === null) return "Pendaftaran ini sudah berakhir.";
  const by = await findPerson(db, registration.decidedBy);
  const what = registration.state === "rejected" ? "ditolak" : "disetujui";
  return `Pendaftaran ini sudah ${what} ${by?.name ?? "orang lain"} pada ${showShortTime(registration.decidedAt, office)}.`;
}

/** The second of two who decide is told what the first decided. */
async function whoDecidedOnAnnouncement(db: Db, id: number, version: number, office: OfficeWords): Promise<string> {
  const decision = await findDecision(db, id, version);
  if (decision === undefined) return "Pengumuman itu sudah diputuskan oleh orang lain.";
  const by = await findPerson(db, decision.decidedBy);
  const what = decision.decision === "approved" ? "disetujui" : "ditolak";
  return `Pengumuman ini sudah ${what} ${by?.name ?? "orang lain"} pada ${showShortTime(decision.decidedAt, office)}.`;
}

/** A press that came too late is told who was first. */
async function whatHappened(db: Db, ticketId: number, office: OfficeWords, round: number): Promise<string> {
  const ticket = await findTicket(db, ticketId);
  const [entry] = await listEntries(db, ticketId, { ...latest, withInternalNotes: false });
  if (ticket === undefined || entry === undefined) return "Tombol ini sudah tidak berlaku.";
  const words = wordsOf(findProcedure(ticket.procedure));
  const state = await stateInWords(db, ticket, words);
  const decision = (await listShownDecisions(db, ticketId, round)).at(-1);
  if (decision !== undefined) return whoDecidedInWords(decision, state, office);
  if (entry.step === null) return `Tombol ini sudah tidak berlaku. Keadaan tiket sekarang: ${state}.`;
  const done = stepWords(words, entry.step).done;
  return `Sudah didahului: ${whoDid(entry.personName)} ${done} pada ${showShortTime(entry.at, office)}. Keadaan sekarang: ${state}.`;
}
