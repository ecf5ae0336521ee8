import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "leadership", "administrator", "otherOffice");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

/** Fills the form in, up to the preview. */
async function write(
  by: CastName,
  { title, text = "Kabel putus.", offices = ["Dinkes"] }: { title: string; text?: string; offices?: string[] },
): Promise<void> {
  await desk.tell(by, "/pengumuman");
  await desk.press(by, "➕ Tulis pengumuman");
  await desk.press(by, "🔴 Gangguan");
  if (offices.length === 0) await desk.press(by, "Semua perangkat daerah");
  else await desk.press(by, "Pilih perangkat daerah");
  for (const [index, office] of offices.entries()) {
    if (index > 0) await desk.press(by, "➕ Tambah kantor lagi");
    await desk.tell(by, office);
  }
  if (offices.length > 0) await desk.press(by, "✅ Selesai");
  await desk.press(by, "Lewati ▶️"); // the ticket
  await desk.tell(by, title);
  await desk.tell(by, text);
  await desk.press(by, "Lewati ▶️"); // the last day
}

const newestWith = (who: CastName, text: string): Message => {
  const found = desk.fromBot(who).findLast((message) => desk.wordsOf(message).includes(text));
  if (found === undefined) throw new Error(`${who} has no message with ${text}`);
  return found;
};

async function approve(): Promise<void> {
  await desk.press("leadership", "✅ Setujui");
  await desk.press("leadership", "Ya, setujui dan kirim");
}

async function send(by: CastName, title: string, offices = ["Dinkes"]): Promise<Message> {
  await write(by, { title, offices });
  await desk.press(by, "📨 Kirim untuk disetujui");
  await approve();
  return newestWith("user", title);
}

describe("an announcement", () => {
  test("is written by a form, shown as it will be seen, approved, read and counted", async () => {
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "📢 Pengumuman");
    await desk.press("helpDesk", "➕ Tulis pengumuman");
    await desk.press("helpDesk", "🔴 Gangguan");
    await desk.press("helpDesk", "Pilih perangkat daerah");
    await desk.tell("helpDesk", "kesehatan");
    expect(desk.newestWords("helpDesk")).toContain("Sudah dipilih (1): Dinas Kesehatan.");
    await desk.press("helpDesk", "➕ Tambah kantor lagi");
    expect(desk.labels(desk.newest("helpDesk"))).not.toContain("Dinas Kesehatan");
    await desk.tell("helpDesk", "pendidikan");
    await desk.press("helpDesk", "✅ Selesai");
    await desk.tell("helpDesk", "T-9999");
    await desk.tell("helpDesk", "Internet <b>mati</b>");
    expect(desk.newestWords("helpDesk")).toContain("(contoh: Internet di Dinkes terputus sejak 08.00.");
    await desk.tell("helpDesk", "Sejak pagi & belum pulih.\nTunggu kabar.");
    expect(desk.newestWords("helpDesk")).toContain("(contoh: 30-11-2026)");
    await desk.tell("helpDesk", "besok");
    expect(desk.newestWords("helpDesk")).toContain("Nomor tiket itu tidak terbaca, atau tiketnya tidak ada.");
    expect(desk.labels(desk.newest("helpDesk"))).not.toContain("T-9999");
    await desk.press("helpDesk", "Lewati ▶️");

    const preview = desk.newestWords("helpDesk");
    expect(preview).toMatch(/^Pratinjau · Belum dikirim untuk disetujui\n——————\n/);
    expect(preview).toContain("🔴 Gangguan: Internet <b>mati</b>\n\nSejak pagi & belum pulih.\nTunggu kabar.\n");
    expect(preview).toContain("Sasaran: Dinas Kesehatan, Dinas Pendidikan");
    expect(preview).toContain("2 perangkat daerah · 3 orang punya akun · 1 belum punya akun");
    expect(preview).toContain("Gangguan pun baru terkirim setelah disetujui pimpinan.");
    const [, shown = ""] = /——————\n([\s\S]+)\n——————/.exec(preview) ?? [];

    await desk.press("helpDesk", "📨 Kirim untuk disetujui");
    expect(desk.newestWords("helpDesk")).toContain("Menunggu persetujuan pimpinan");
    expect(desk.fromBot("user").map(desk.wordsOf).join()).not.toContain("Sejak pagi");
    const asked = newestWith("leadership", "Pengumuman menunggu persetujuan");
    expect(desk.wordsOf(asked)).toContain("Penulis: Dewi Lestari");
    expect(desk.labels(asked)).toEqual(["✅ Setujui", "🚫 Tolak dengan alasan"]);
    await desk.press("leadership", "✅ Setujui");
    expect(desk.newestWords("leadership")).toContain("Langsung terkirim kepada 3 orang.");
    expect(desk.allWords("user")).not.toContain("Sejak pagi");
    await desk.press("leadership", "Ya, setujui dan kirim");
    expect(desk.newestWords("leadership")).toBe("✅ Terkirim.");

    const withoutTime = (text: string) => text.replace(/\d\d\.\d\d WIB/, "");
    const received = newestWith("user", "Sejak pagi");
    expect(withoutTime(desk.wordsOf(received))).toBe(withoutTime(shown));
    expect(desk.labels(received)).toEqual(["✔️ Sudah dibaca"]);
    expect(desk.allWords("otherOffice")).toContain("Sejak pagi");
    expect(desk.allWords("itSupport")).not.toContain("Sejak pagi");
    const decided = newestWith("leadership", "Disetujui Hasan Marpaung");
    expect(decided.message_id).toBe(asked.message_id);
    expect(desk.wordsOf(decided)).not.toContain("menunggu persetujuan");
    expect(desk.wordsOf(decided)).not.toContain("Ralat");
    expect(desk.wordsOf(decided)).toContain("Terkirim 3 · dibaca 0 · tidak terjangkau 0");
    expect(desk.labels(decided)).toEqual([]);
    expect(desk.allWords("helpDesk")).toContain("Dikirim kepada 3 orang.");

    await desk.pressOn("user", received, "✔️ Sudah dibaca");
    const read = newestWith("user", "Sejak pagi");
    expect(read.message_id).toBe(received.message_id);
    expect(desk.wordsOf(read)).toContain("✔️ Dibaca");
    expect(desk.labels(read)).toEqual([]);
    expect(await desk.pressOn("user", received, "✔️ Sudah dibaca")).toBe("");

    await desk.tell("helpDesk", "/pengumuman");
    expect(desk.newestWords("helpDesk")).toContain("Berlaku, dibaca 1 dari 3");
    await desk.press("helpDesk", "🔴 Internet <b>mati</b>");
    expect(desk.newestWords("helpDesk")).toContain("Terkirim 3 · dibaca 1 · tidak terjangkau 0");
    await desk.press("helpDesk", "📊 Siapa sudah membaca");
    expect(desk.newestWords("helpDesk")).toContain("Dinas Kesehatan\nTerkirim 2 · dibaca 1 · tidak terjangkau 0");
  });

  test("brings its author a plain text to pass on, and how many people it is for", async () => {
    await send("helpDesk", "Listrik padam");
    const forward = newestWith("helpDesk", "Teks untuk diteruskan");
    expect(desk.wordsOf(forward)).toMatch(
      /PENGUMUMAN: Gangguan\nListrik padam\n\nKabel putus\.\n\nDiskominfo Kabupaten Uji, .+ WIB\n/,
    );
    expect(desk.wordsOf(forward)).toContain("Belum punya akun yang terhubung: 1 orang. Dinkes (1).");
    const { entities } = forward as unknown as { entities: { type: string }[] };
    expect(entities.map(({ type }) => type)).toContain("pre");
    await desk.tell("itSupport", "/pengumuman");
    await desk.press("itSupport", "🔴 Listrik padam");
    await desk.press("itSupport", "📋 Teks untuk diteruskan");
    expect(desk.newestWords("itSupport")).toContain("PENGUMUMAN: Gangguan\nListrik padam");
  });

  test("that is rejected goes back to its author with the reason, and is asked for anew", async () => {
    await write("helpDesk", { title: "Jaringan lambat" });
    await desk.press("helpDesk", "📨 Kirim untuk disetujui");
    const first = newestWith("leadership", "Jaringan lambat");
    await desk.press("leadership", "🚫 Tolak dengan alasan");
    await desk.tell("leadership", "Tulis jamnya & <kantornya>.");
    expect(desk.allWords("helpDesk")).toContain("Ditolak Hasan Marpaung");
    expect(desk.newestWords("helpDesk")).toContain("Tulis jamnya & <kantornya>.");
    expect(desk.allWords("user")).not.toContain("Jaringan lambat");
    expect(await desk.pressOn("leadership", first, "✅ Setujui")).toContain(
      "Pengumuman ini sudah ditolak Hasan Marpaung",
    );

    await desk.press("helpDesk", "📢 Buka pengumuman");
    await desk.press("helpDesk", "✏️ Ubah");
    await desk.press("helpDesk", "Isi");
    await desk.tell("helpDesk", "Sejak pukul 08.00 di Dinkes.");
    expect(desk.newestWords("helpDesk")).toContain("Pratinjau · Belum dikirim");
    await desk.press("helpDesk", "📨 Kirim untuk disetujui");
    expect(await desk.pressOn("leadership", first, "✅ Setujui")).toContain("sudah ditolak");
    await approve();
    expect(desk.wordsOf(newestWith("user", "Jaringan lambat"))).toContain("Sejak pukul 08.00 di Dinkes.");
  });

  test("that is changed while it waits voids the request: its buttons go, and are refused", async () => {
    await write("helpDesk", { title: "Server diganti" });
    await desk.press("helpDesk", "📨 Kirim untuk disetujui");
    const former = newestWith("leadership", "Server diganti");
    await desk.press("helpDesk", "✏️ Ubah");
    await desk.press("helpDesk", "◀️ Kembali");
    expect(desk.newestWords("helpDesk")).toMatch(/^Pratinjau/);
    await desk.press("helpDesk", "✏️ Ubah");
    await desk.press("helpDesk", "Judul");
    await desk.tell("helpDesk", "Server dipindah");
    const voided = newestWith("leadership", "Permintaan ini tidak berlaku lagi");
    expect(voided.message_id).toBe(former.message_id);
    expect(desk.labels(voided)).toEqual([]);
    expect(await desk.pressOn("leadership", former, "✅ Setujui")).toContain("Pengumuman itu sudah berubah");
    await desk.press("helpDesk", "🗑 Buang");
    expect(desk.newestWords("helpDesk")).toContain("Buang pengumuman Server dipindah?");
    await desk.press("helpDesk", "◀️ Kembali");
    expect(desk.newestWords("helpDesk")).toMatch(/^Pratinjau/);
    await desk.press("helpDesk", "🗑 Buang");
    await desk.press("helpDesk", "Ya, buang");
    expect(desk.newestWords("helpDesk")).toBe("Pengumuman dibuang.");
    expect(desk.allWords("user")).not.toMatch(/Server di(ganti|pindah)/);
  });

  test("is offered for rejecting only while approvals are frozen", async () => {
    await write("helpDesk", { title: "Saat beku" });
    await desk.press("helpDesk", "📨 Kirim untuk disetujui");
    const { id } = await desk.db
      .selectFrom("person")
      .select("id")
      .where("name", "=", "Hasan Marpaung")
      .executeTakeFirstOrThrow();
    const row = { person_id: id, reason: "Serangan.", at: new Date() };
    await desk.db
      .insertInto("update_freeze")
      .values({ ...row, kind: "set" })
      .execute();
    await desk.tell("leadership", "/pengumuman");
    await desk.press("leadership", "🔴 Saat beku");
    expect(desk.labels(desk.newest("leadership"))).toEqual(["🚫 Tolak dengan alasan"]);
    expect(desk.newestWords("leadership")).toContain("🧊 Persetujuan sedang dibekukan, jadi hanya dapat ditolak.");
    await desk.db
      .insertInto("update_freeze")
      .values({ ...row, kind: "lifted" })
      .execute();
    await desk.tell("leadership", "/pengumuman");
    await desk.press("leadership", "🔴 Saat beku");
    expect(desk.labels(desk.newest("leadership"))).toEqual(["✅ Setujui", "🚫 Tolak dengan alasan"]);
  });

  test("of leadership itself is refused where nobody else could approve it, by names", async () => {
    await write("leadership", { title: "Rapat" });
    const refusal = await desk.pressAndRead("leadership", "📨 Kirim untuk disetujui");
    expect(refusal).toContain("Tidak ada pimpinan lain yang dapat menyetujui");
    expect(refusal).toContain("Melati Nainggolan");
    await desk.press("leadership", "🗑 Buang");
    await desk.press("leadership", "Ya, buang");
  });
});

describe("a correction", () => {
  test("edits what people have, and says so in a new message; the old button is refused", async () => {
    const received = await send("helpDesk", "VPN berubah");
    await desk.tell("helpDesk", "/pengumuman");
    await desk.press("helpDesk", "🔴 VPN berubah");
    await desk.press("helpDesk", "✏️ Ralat");
    expect(desk.labels(desk.newest("helpDesk"))).not.toContain("Sasaran");
    await desk.press("helpDesk", "Isi");
    await desk.tell("helpDesk", "Alamat yang benar: vpn2.");
    expect(desk.newestWords("helpDesk")).toMatch(/^Pratinjau ralat/);
    expect(desk.newestWords("helpDesk")).toContain("Ralat dikirim kepada 2 orang");
    await desk.press("helpDesk", "📨 Kirim untuk disetujui");
    expect(desk.wordsOf(newestWith("user", "VPN berubah"))).not.toContain("vpn2");
    await approve();

    const now = desk.fromBot("user").find(({ message_id }) => message_id === received.message_id);
    expect(desk.wordsOf(now as Message)).toMatch(/Alamat yang benar: vpn2\.[\s\S]+\(diralat, .+ WIB\)/);
    expect(desk.newestWords("user")).toContain("Pengumuman VPN berubah diralat.");
    expect(await desk.pressOn("user", received, "✔️ Sudah dibaca")).toContain("Pengumuman itu sudah diralat.");
    await desk.press("user", "📢 Buka pengumuman");
    expect(desk.newestWords("user")).toContain("vpn2");
    await desk.press("user", "✔️ Sudah dibaca");
    expect(desk.newestWords("user")).toContain("✔️ Dibaca");
    expect(desk.wordsOf(newestWith("helpDesk", "RALAT PENGUMUMAN"))).toContain("vpn2");
  });

  test("of what was withdrawn ends: people see that it no longer holds, and why", async () => {
    const received = await send("helpDesk", "Pemadaman");
    await desk.tell("leadership", "/pengumuman");
    await desk.press("leadership", "🔴 Pemadaman");
    await desk.press("leadership", "🗑 Tarik pengumuman");
    await desk.tell("leadership", "Tidak jadi, <maaf>.");
    const now = desk.fromBot("user").find(({ message_id }) => message_id === received.message_id);
    expect(desk.wordsOf(now as Message)).toMatch(/^🗑 Pengumuman ditarik: Pemadaman[\s\S]+Tidak jadi, <maaf>\./);
    expect(desk.labels(now as Message)).toEqual([]);
    expect(desk.newestWords("user")).toContain("Pengumuman Pemadaman ditarik");
    expect(await desk.pressOn("user", received, "✔️ Sudah dibaca")).toContain("sudah ditarik");
    expect(desk.newestWords("leadership")).toContain("🗑 Ditarik Hasan Marpaung");
  });
});

describe("somebody else", () => {
  test("of another office neither gets nor finds it; a newcomer finds it by the command, without a button", async () => {
    await send("helpDesk", "Khusus Dinkes");
    await desk.tell("otherOffice", "/pengumuman");
    expect(desk.newestWords("otherOffice")).not.toContain("Khusus Dinkes");
    await desk.link("officer");
    await desk.settled();
    expect(desk.allWords("officer")).not.toContain("Khusus Dinkes");
    await desk.tell("officer", "/pengumuman");
    expect(desk.newestWords("officer")).toMatch(/^Pengumuman yang berlaku/);
    expect(desk.labels(desk.newest("officer"))).not.toContain("➕ Tulis pengumuman");
    await desk.press("officer", "🔴 Khusus Dinkes");
    expect(desk.newestWords("officer")).toContain("Kabel putus.");
    expect(desk.labels(desk.newest("officer"))).toEqual([]);
  });

  test("a stranger, or a person in another chat, presses in vain", async () => {
    const received = await send("helpDesk", "Rahasia kantor");
    const [button] = desk.buttonsOf(received);
    const asked = newestWith("leadership", "Rahasia kantor");
    expect(await desk.pressData("stranger", 1, button?.callback_data ?? "")).toContain("tidak berlaku");
    expect(await desk.pressData("colleague", received.message_id, button?.callback_data ?? "")).toContain(
      "tidak berlaku",
    );
    expect(desk.labels(asked)).toEqual([]);
    const { read_at } = await desk.db
      .selectFrom("announcement_receipt")
      .select("read_at")
      .orderBy("announcement_id", "desc")
      .executeTakeFirstOrThrow();
    expect(read_at).toBeNull();
  });

  test("who lost the role presses an old button in vain", async () => {
    await write("itSupport", { title: "Uji peran" });
    const preview = desk.newest("itSupport");
    const { id } = await desk.db
      .selectFrom("person")
      .select("id")
      .where("name", "=", "Budi Santoso")
      .executeTakeFirstOrThrow();
    await desk.db.deleteFrom("person_role").where("person_id", "=", id).execute();
    expect(await desk.pressOn("itSupport", preview, "📨 Kirim untuk disetujui")).toContain("diubah oleh penulisnya");
    await desk.tell("itSupport", "/pengumuman");
    expect(desk.newestWords("itSupport")).toMatch(/^Pengumuman yang berlaku/);
  });
});

test("the longest announcement with all that stands around it fits into one message, at each place", async () => {
  const [title, text] = ["J".repeat(100), `<&>${"x".repeat(2_997)}`];
  await write("helpDesk", { title, text, offices: ["Dinkes", "Disdik", "Diskominfo"] });
  await desk.press("helpDesk", "📨 Kirim untuk disetujui");
  await desk.press("leadership", "🚫 Tolak dengan alasan");
  await desk.tell("leadership", "A".repeat(500));
  await desk.press("helpDesk", "📢 Buka pengumuman");
  await desk.press("helpDesk", "✏️ Ubah");
  await desk.press("helpDesk", "Jenis");
  await desk.press("helpDesk", "🛠 Pemeliharaan");
  await desk.press("helpDesk", "📨 Kirim untuk disetujui");
  await approve();
  await desk.tell("helpDesk", "/pengumuman");
  await desk.press("helpDesk", "🛠 JJJ");
  const dead = await desk.db.selectFrom("outbox").select("last_error").where("state", "=", "dead").execute();
  expect(dead).toEqual([]);
  expect(desk.wordsOf(newestWith("user", title))).toContain(text);
  expect(desk.wordsOf(newestWith("helpDesk", "Teks untuk diteruskan"))).toContain(text);
});
