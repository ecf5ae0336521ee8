import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "administrator");
  await desk.settled();
});
afterAll(async () => {
  const { rows } = await sql`select last_error from inbox where state <> 'handled'
    union all select last_error from outbox where state = 'dead'`.execute(desk.db);
  await desk.close();
  expect(rows).toEqual([]);
});
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

/** What no app of Telegram would send as it is. */
async function send(content: Record<string, unknown>): Promise<void> {
  desk.server.people.sendMessage(desk.idOf("user"), content);
  await desk.settled();
}

const answers = async () => (await desk.db.selectFrom("draft").select("answers").executeTakeFirstOrThrow()).answers;

describe("a question for a time", () => {
  test.each([
    ["besok", "Waktu itu tidak terbaca"],
    ["32-13-2026 25.99", "Waktu itu tidak terbaca"],
    ["31-02-2026 08.00", "Waktu itu tidak terbaca"],
    ["22-11-2099 08.30", "Waktu itu belum terjadi"],
    ["22-11-1999 08.30", "lebih dari setahun yang lalu"],
    ["'; drop table ticket; --", "Waktu itu tidak terbaca"],
    ["99999999999999999999", "Waktu itu tidak terbaca"],
    ["👍", "Waktu itu tidak terbaca"],
  ])("refuses %j with an example, and is asked again", async (entered, sentence) => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await desk.tell("user", "Rusak");
    await desk.tell("user", entered);

    expect(desk.newestWords("user")).toContain(sentence);
    expect(desk.newestWords("user")).toMatch(/08\.30/);
    expect(desk.newestWords("user")).toContain("Sejak kapan terjadi?");
    await desk.press("user", "Baru saja");
    expect(desk.newestWords("user")).toContain("Kirim foto layar");
  });
});

describe("a question for words", () => {
  test.each([
    ["only blanks", "   \n\t "],
    ["only characters that nobody sees", "\u200B\u200E\u2060\u00AD\uFEFF\u3164"],
    ["nothing", ""],
  ])("refuses %s", async (_, text) => {
    await beginComplaint(desk);
    await send({ text });

    expect(desk.newestWords("user")).toContain("Isinya kosong.");
    expect(desk.newestWords("user")).toContain("Aplikasi apa yang bermasalah?");
  });

  test.each([3801, 4096, 4097, 100_000])("refuses %i characters, and says how many are too many", async (length) => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await send({ text: "x".repeat(length) });

    expect(desk.newestWords("user")).toContain(`Teks terlalu panjang: ${length} karakter, paling banyak 3800.`);
    expect(desk.newestWords("user")).toContain("Apa yang terjadi?");
  });

  test("takes 3,800 characters, and gives them back whole", async () => {
    const text = "<&> ".repeat(950).trim().padEnd(3800, "<");
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await send({ text });
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await desk.press("user", "Kirim");
    await desk.press("user", "Keluhan lengkap");

    expect(desk.newestWords("user").endsWith(text)).toBe(true);
    await desk.press("helpDesk", "Balas ke pemohon");
    desk.server.people.sendMessage(desk.idOf("helpDesk"), { text });
    await desk.settled();
    expect(desk.newestWords("user").endsWith(text)).toBe(true);
  });

  test("keeps no NUL, no halves of characters, no marks that turn the direction", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await send({ text: "ka\u0000cau \uD83D \u202Eterbalik\u202C a\u200Bb" });

    expect(await answers()).toEqual({ application: "SIMPEG", description: "kacau \uFFFD terbalik ab" });
  });

  test("shows HTML and Markdown as they were typed", async () => {
    const typed = '<b>tebal</b> <script>alert(1)</script> &lt; *bintang* _garis_ [a](http://b) `kode` "kutip"';
    const ticketId = await fileComplaint(desk, { application: typed.slice(0, 40), description: typed });

    expect(desk.wordsOf(desk.card("user", ticketId))).toContain(typed);
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain(typed);
    await desk.tell("user", "/tiket");
    expect(desk.newestWords("user")).toContain(typed.slice(0, 40));
    await desk.tell("helpDesk", typed, desk.card("helpDesk", ticketId).message_id);
    expect(desk.newestWords("helpDesk")).toContain(typed);
    await desk.press("helpDesk", "Kirim ke pemohon");
    expect(desk.newestWords("user")).toContain(typed);
    await desk.press("user", "Buka tiket");
    await desk.press("user", "Riwayat");
    expect(desk.newestWords("user")).toContain(typed);
  });

  test("shows a name with HTML as it is", async () => {
    await desk.db
      .updateTable("person")
      .set({ name: "<i>Rina</i> & *Wulan*" })
      .where("name", "=", "Rina Wulandari")
      .execute();
    const ticketId = await fileComplaint(desk, { by: "colleague" });

    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Pemohon: <i>Rina</i> & *Wulan* (Dinkes)");
  });
});

describe("a question for a choice", () => {
  test("refuses what is not offered", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Terbitkan WO");
    await desk.tell("helpDesk", "di bulan");

    expect(desk.newestWords("helpDesk")).toContain("Jawaban itu tidak ada dalam pilihan.");
    await desk.tell("helpDesk", "/batal");
  });

  test("the last question, which is answered by buttons only, refuses words", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await desk.tell("user", "Rusak");
    await desk.press("user", "Baru saja");
    await desk.tell("user", "tidak ada");
    expect(desk.newestWords("user")).toContain("Di sini dikirim foto atau dokumen. Bila tidak ada, tekan Lanjut.");
    await desk.press("user", "Lanjut");
    await desk.tell("user", "kirim saja");

    expect(desk.newestWords("user")).toContain("Tekan salah satu tombol di bawah pertanyaan.");
    expect(desk.newestWords("user")).toContain("Periksa kembali, lalu tekan Kirim.");
  });
});

describe("a question for a file that must come", () => {
  test("answered in words says what to send, with an example, and names no button that is not there", async () => {
    await desk.tell("user", "/permintaan");
    await desk.press("user", "Penitipan aplikasi/server");
    await desk.press("user", "Aplikasi (hosting)");
    await desk.press("user", "SIMPEG");
    await desk.press("user", "Lewati");
    await desk.tell("user", "555/210/Dinkes/2026");
    await desk.press("user", "Kemarin");
    await desk.tell("user", "Suratnya menyusul");

    expect(desk.newestWords("user")).toContain("contoh: foto surat yang sudah ditandatangani");
    expect(desk.newestWords("user").split("\n")[0]).not.toContain("Lanjut");
    expect(desk.labels(desk.newest("user")).join()).not.toContain("Lanjut");
  });
});

describe("a question for a NIP", () => {
  test.each([
    ["abc", "NIP hanya berisi angka."],
    ["1985O3122010011002", "NIP hanya berisi angka."],
    ["123", "NIP terdiri dari 18 angka, yang Anda ketik 3."],
    ["198513122010011002", "Itu bukan NIP"],
    ["１９８５０３１２２０１００１１００２", "NIP hanya berisi angka."],
  ])("refuses %j with an example", async (entered, sentence) => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    await desk.tell("administrator", "Nama Baru");
    await desk.tell("administrator", entered);

    expect(desk.newestWords("administrator")).toContain(sentence);
    expect(desk.newestWords("administrator")).toContain("Contoh: 198503122010011002.");
    expect(desk.newestWords("administrator")).toContain("NIP-nya?");
  });
});

describe("what cannot be read", () => {
  const kinds: [string, Record<string, unknown>][] = [
    ["a sticker", { sticker: { file_id: "s", file_unique_id: "s", type: "regular", width: 1, height: 1 } }],
    ["a contact", { contact: { phone_number: "+62811", first_name: "Siti" } }],
    ["what has words and is not known", { caption: "Begini jadinya", paid_media: { star_count: 1 } }],
    ["a poll", { poll: { id: "1", question: "?", options: [] } }],
    ["nothing at all", {}],
    ["a field of the wrong kind", { photo: [] }],
  ];

  test.each(kinds)("%s outside a form gets one sentence", async (_, content) => {
    const before = desk.fromBot("user").length;
    await send(content);

    expect(desk.fromBot("user").length).toBe(before + 1);
    expect(desk.newestWords("user")).toBe(
      "Jenis pesan ini tidak dapat dibaca. Kirim teks, foto, video, pesan suara, atau dokumen.",
    );
    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
  });

  test.each(kinds)("%s in a form leaves the form as it is", async (_, content) => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await send(content);

    expect(desk.newestWords("user")).toContain("Jenis pesan ini tidak dapat dibaca.");
    expect(await answers()).toEqual({ application: "SIMPEG" });
    await desk.tell("user", "Rusak");
    expect(desk.newestWords("user")).toContain("Sejak kapan");
  });

  test("an edit of what became nothing is not read, and says so", async () => {
    const message = await desk.tell("user", "/bantuan");
    desk.server.people.editText(desk.idOf("user"), message.message_id, "SIPD");
    await desk.settled();

    expect(desk.newestWords("user")).toContain("Perubahan pesan ini tidak dibaca");
  });

  test.each(["/", "/ lapor", "//", "/Lapor123", "/constructor", "/__proto__", "/tiket T-99999999999999999999"])(
    "%j is answered",
    async (text) => {
      const before = desk.fromBot("user").length;
      await desk.tell("user", text);
      expect(desk.fromBot("user").length).toBe(before + 1);
    },
  );
});

describe("buttons", () => {
  test("200 taps on one button have one effect, and the bot goes on", { timeout: 60_000 }, async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await desk.tell("user", "Rusak");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    const before = (await desk.db.selectFrom("ticket").select("id").execute()).length;
    const question = desk.newest("user");
    const data = desk.buttonsOf(question).find(({ text }) => text.includes("Kirim"))?.callback_data ?? "";
    const pressed = Array.from({ length: 200 }, () =>
      desk.server.people.pressRaw(desk.idOf("user"), question.message_id, data),
    );
    await desk.settled();

    expect((await desk.db.selectFrom("ticket").select("id").execute()).length).toBe(before + 1);
    const answered = await desk.until("every press is answered", () => {
      const all = desk.server.people.callbackAnswers(desk.idOf("user"));
      const found = pressed.flatMap((id) => all.filter(({ callbackQueryId }) => callbackQueryId === id));
      return found.length === 200 && found;
    });
    expect(answered.filter(({ text }) => text === undefined)).toHaveLength(1);
    await desk.tell("user", "/menu");
    expect(desk.newestWords("user")).toContain("Pilih di bawah ini");
  });

  test("of a ticket that is closed change nothing", async () => {
    const ticketId = await fileComplaint(desk);
    const [user, helpDesk] = [desk.card("user", ticketId), desk.card("helpDesk", ticketId)];
    await desk.press("user", "Batalkan tiket");
    await desk.tell("user", "Salah lapor");

    expect(await desk.pressOn("helpDesk", helpDesk, "Terbitkan WO")).toMatch(
      /^Sudah didahului: Siti Aminah membatalkan tiket pada .* Keadaan sekarang: Dibatalkan\.$/,
    );
    expect(await desk.pressOn("helpDesk", helpDesk, "Saya kerjakan")).toContain("Tiket ini sudah selesai.");
    expect(await desk.pressOn("user", user, "Batalkan tiket")).toContain("Keadaan sekarang: Dibatalkan.");
    expect(await desk.pressOn("user", user, "Tambah keterangan")).toContain("Tiket ini sudah selesai.");
    expect(await desk.pressOn("helpDesk", helpDesk, "Balas ke pemohon")).toContain("Tiket ini sudah selesai.");
    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
    expect((await ticketOf(desk, ticketId)).state).toBe("cancelled");
  });

  test.each([
    ["garbage", () => "x; drop table ticket"],
    ["an empty token", () => ".0"],
    ["NUL and halves of characters", () => "\u0000\uD83D.0"],
    ["an index out of range", (token: string) => `${token}.99`],
    ["a negative index", (token: string) => `${token}.-1`],
    ["an index that is no number", (token: string) => `${token}.length`],
    ["an index beyond all", (token: string) => `${token}.1e99`],
    ["a fraction", (token: string) => `${token}.0.5`],
    ["no index", (token: string) => token],
    ["a token that nobody was given", () => "AAAAAAAAAAAAAAAAAAAAAA.0"],
  ])("with %s are refused", async (_, dataFor) => {
    await desk.tell("user", "/menu");
    const menu = desk.newest("user");
    const [token = ""] = (desk.buttonsOf(menu)[0]?.callback_data ?? "").split(".");
    const before = desk.fromBot("user").length;

    expect(await desk.pressData("user", menu.message_id, dataFor(token))).toBe(
      "Tombol ini sudah tidak berlaku. Ketik /menu untuk memulai lagi.",
    );
    expect(desk.fromBot("user").length).toBe(before);
  });

  test("of another person's message are refused", async () => {
    const ticketId = await fileComplaint(desk);
    const card = desk.card("helpDesk", ticketId);
    const data = desk.buttonsOf(card).find(({ text }) => text === "Terbitkan WO")?.callback_data ?? "";

    expect(await desk.pressData("itSupport", desk.newest("itSupport").message_id, data)).toContain(
      "Tombol ini sudah tidak berlaku.",
    );
    expect((await ticketOf(desk, ticketId)).state).toBe("filed");
  });

  test("on a message that the person deleted work, and nothing breaks", async () => {
    await desk.tell("user", "/menu");
    const data =
      desk.buttonsOf(desk.newest("user")).find(({ text }) => text.includes("Tiket saya"))?.callback_data ?? "";

    expect(await desk.pressData("user", 987_654, data)).toBe("");
    expect(desk.newestWords("user")).toContain("Tiket saya");
  });
});

describe("a stranger", () => {
  test("gets one answer, whatever comes; nothing is fetched or kept", async () => {
    const id = desk.idOf("stranger");
    desk.server.people.start(id);
    await desk.settled();
    expect(desk.newestWords("stranger")).toContain("Akun Telegram Anda belum terdaftar");
    await desk.tell("stranger", "Halo?");
    await desk.tell("stranger", "/menu");
    await desk.tell("stranger", "T-0001");
    desk.server.people.sendDocument(id, { bytes: Buffer.from("x"), name: "x.pdf", mimeType: "application/pdf" });
    desk.server.people.sendMessage(id, { location: { latitude: 1, longitude: 1 } });
    await desk.settled();

    expect(desk.fromBot("stranger")).toHaveLength(1);
    const person = sql<{ count: number }>`select count(*)::int as count from attachment where name = 'x.pdf'`;
    expect((await person.execute(desk.db)).rows).toEqual([{ count: 0 }]);
    expect(desk.server.people.commands(id)).toEqual([{ command: "start", description: "Mulai" }]);
  });

  test("who presses a button is refused", async () => {
    await desk.tell("user", "/menu");
    const data = desk.buttonsOf(desk.newest("user"))[0]?.callback_data ?? "";
    expect(await desk.pressData("stranger", 1, data)).toContain("Tombol ini sudah tidak berlaku.");
  });
});
