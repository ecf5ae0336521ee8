import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addRole } from "../../../core/db/people/people.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";

let desk: TestDesk;
let token: string;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "administrator", "administrator2");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  for (const table of ["draft", "rate_bucket"] as const) await desk.db.deleteFrom(table).execute();
});

async function start(who: CastName, payload?: string): Promise<void> {
  desk.server.people.start(desk.idOf(who), payload);
  await desk.settled();
}

const registrations = () => desk.db.selectFrom("registration").selectAll().orderBy("id").execute();

/** A document that came to that person, as soon as it is there. */
async function received(who: CastName, name: RegExp) {
  return desk.until(`${who} has the document ${name}`, () =>
    desk.fromBot(who).findLast(({ document }) => name.test((document as { file_name?: string })?.file_name ?? "")),
  );
}

async function makeOfficer(name: string): Promise<void> {
  const { id } = await desk.db.selectFrom("person").select("id").where("name", "=", name).executeTakeFirstOrThrow();
  const grant = { personId: id, role: "system-officer", grantedBy: null, now: new Date() } as const;
  await desk.db.transaction().execute((tx) => addRole(tx, grant));
}

describe("a poster", () => {
  test("is made of an office that is found by a part of its name; its link stands in the chat, and the PDF comes", async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Poster pendaftaran");
    expect(desk.newestWords("administrator")).toContain("Poster untuk perangkat daerah mana?");
    await desk.tell("administrator", "sehat");
    const page = await desk.sees("administrator", "Poster pendaftaran Dinas Kesehatan");
    token = /start=(K-[A-Z0-9]+)/.exec(desk.wordsOf(page))?.[1] ?? "";
    expect(desk.wordsOf(page)).toContain(`https://t.me/simpul_bot?start=${token}`);
    expect(token).toMatch(/^K-[A-Z0-9]{12}$/);
    expect(desk.allWords("administrator")).toContain("Poster sedang dibuat");

    const pdf = await received("administrator", /^poster-Dinas-Kesehatan\.pdf$/);
    expect(pdf.caption).toContain(token);
    const { file_id } = pdf.document as { file_id: string };
    const answer = await fetch(`${desk.url}bot123456:a-token-that-only-this-test-knows/getFile?file_id=${file_id}`);
    const { result } = (await answer.json()) as { result: { file_path: string } };
    const file = await fetch(`${desk.url}file/bot123456:a-token-that-only-this-test-knows/${result.file_path}`);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(bytes.length).toBeGreaterThan(5_000);
  });

  test("of an office that is one of several that match is chosen among them", async () => {
    await desk.press("administrator", "Poster pendaftaran");
    await desk.tell("administrator", "dinas");
    expect(desk.newestWords("administrator")).toContain('Yang cocok dengan "dinas":');
    expect(desk.labels(desk.newest("administrator"))).toEqual([
      "Dinas Kesehatan",
      "Dinas Komunikasi dan Informatika",
      "Dinas Pendidikan",
      "✖️ Batal",
    ]);
    await desk.tell("administrator", "tidak ada begini");
    expect(desk.newestWords("administrator")).toContain("Tidak ada yang cocok.");
    await desk.press("administrator", "Batal");
  });

  test("is for administrators only", async () => {
    const data = desk
      .buttonsOf(desk.fromBot("administrator").find((each) => desk.labels(each).includes("🖼 Poster pendaftaran")))
      .find(({ text }) => text.includes("Poster"))?.callback_data;
    expect(await desk.pressData("user", 1, data ?? "")).toContain("Tombol ini sudah tidak berlaku.");
    await desk.tell("user", "/orang");
    expect(desk.newestWords("user")).toContain("Hanya administrator yang dapat melakukan ini.");
  });

  test("gets a new code only after a question, and the old one is void then", async () => {
    const page = await desk.sees("administrator", "Poster pendaftaran Dinas Kesehatan");
    await desk.pressOn("administrator", page, "Ganti kode poster");
    const question = await desk.sees("administrator", "Poster yang sudah ditempel");
    expect(question.message_id).toBe(page.message_id);
    await desk.pressOn("administrator", question, "Kembali");
    await desk.press("administrator", "Ganti kode poster");
    const asked = await desk.sees("administrator", "Poster yang sudah ditempel");
    await desk.press("administrator", "Ya, ganti kodenya");
    const former = token;
    const renewed = await desk.sees("administrator", "Kode ini berlaku sejak");
    token = /start=(K-[A-Z0-9]+)/.exec(desk.wordsOf(renewed))?.[1] ?? "";
    expect(token).not.toBe(former);
    await desk.until("the new poster has come, so that it is nobody's newest message later", () => {
      const words = desk.fromBot("administrator").map(desk.wordsOf);
      return words.some((each) => each.startsWith("Poster Dinas Kesehatan") && each.includes(token));
    });
    expect(await desk.pressOn("administrator", asked, "Ya, ganti")).toContain("Kode poster itu sudah diganti.");

    await start("stranger", former);
    expect(desk.newestWords("stranger")).toContain("Poster itu sudah tidak berlaku.");
    expect(await registrations()).toEqual([]);
  });

  test("that is opened by who is linked says that nothing is to be done", async () => {
    await start("user", token);
    expect(desk.newestWords("user")).toContain("Akun ini sudah terhubung sebagai Siti Aminah");
  });

  test("cannot be guessed: after five tries nothing is answered, and not even the right one is taken", async () => {
    for (let tries = 1; tries <= 7; tries += 1) await start("infrastructure", `K-GUESS${tries}`);
    const answers = desk.fromBot("infrastructure").map(desk.wordsOf);
    expect(answers).toEqual(Array.from({ length: 5 }, () => expect.stringContaining("sudah tidak berlaku")));
    await start("infrastructure", token);
    expect(await registrations()).toEqual([]);
  });
});

describe("somebody who opened a poster", () => {
  test("is asked for the NIP, told what is wrong with it by an example, and nothing is fetched", async () => {
    await start("stranger", token.toLowerCase());
    const words = () => desk.newestWords("stranger");
    expect(words()).toContain("Pendaftaran Dinas Kesehatan");
    expect(words()).toContain("Tidak punya NIP (bukan ASN)? Minta administrator Diskominfo mendaftarkan Anda.");
    await desk.tell("stranger", "1985");
    expect(words()).toMatch(/NIP terdiri dari 18 angka, yang Anda ketik 4\. Contoh: \d{18}[\s\S]*Berapa NIP Anda/);
    desk.server.people.sendDocument(desk.idOf("stranger"), {
      bytes: Buffer.from("SK"),
      name: "sk.pdf",
      mimeType: "application/pdf",
      caption: "198503122010011002",
    });
    await desk.settled();
    expect(words()).toContain("Di sini tidak dapat dikirim foto atau dokumen.");
    expect(await desk.db.selectFrom("attachment").select("id").where("name", "=", "sk.pdf").execute()).toEqual([]);
    expect((await registrations()).map(({ state }) => state)).toEqual(["asking-nip"]);
  });

  test("goes on after a restart of the bot, by words and by buttons", async () => {
    await desk.restartBot();
    await desk.tell("stranger", "19850312 201001 2 002");
    expect(desk.newestWords("stranger")).toContain("Siapa nama lengkap Anda");
    await desk.press("stranger", "Kembali");
    expect(desk.newestWords("stranger")).toContain("Berapa NIP Anda?");
    await desk.tell("stranger", "198503122010012002");
    await desk.tell("stranger", "Nurul <b>Hidayah</b>");
    expect(desk.newestWords("stranger")).toContain("NIP: 198503122010012002\nNama: Nurul <b>Hidayah</b>");
    await desk.press("stranger", "Ubah nama");
    await desk.tell("stranger", "Nurul Hidayah");
    expect(desk.newestWords("stranger")).toContain("Nama: Nurul Hidayah");
  });

  test("whose words are edited is not answered anew, and a command shows the question again", async () => {
    const [last] = desk
      .chat("stranger")
      .filter(({ from }) => !from.is_bot)
      .slice(-1);
    desk.server.people.editText(desk.idOf("stranger"), last?.message_id ?? 0, "Nama Lain");
    await desk.settled();
    expect((await registrations()).at(-1)?.name).toBe("Nurul Hidayah");
    await desk.tell("stranger", "/menu");
    expect(desk.newestWords("stranger")).toContain("Periksa kembali, lalu tekan Kirim.");
  });

  test("sends it once; without an officer of the office the administrators are asked", async () => {
    const question = desk.newest("stranger");
    await desk.press("stranger", "Kirim");
    expect(desk.newest("stranger").message_id).toBe(question.message_id);
    expect(desk.newestWords("stranger")).toContain("Menunggu persetujuan kantor Anda");
    expect(await desk.pressOn("stranger", question, "Kirim")).toContain("Pertanyaan itu sudah terjawab.");
    for (const who of ["administrator", "administrator2"] as const) {
      const asked = await desk.sees(who, "Pendaftaran baru");
      expect(desk.wordsOf(asked)).toContain("Nama: Nurul Hidayah\nNIP: 198503122010012002\nKantor: Dinas Kesehatan");
      expect(desk.wordsOf(asked)).toContain("Akun Telegram: Orang Asing (@orang_asing)");
      expect(desk.labels(asked)).toEqual(["Setujui", "Tolak"]);
    }
    await desk.tell("stranger", "Halo?");
    expect(desk.newestWords("stranger")).toContain("Menunggu persetujuan kantor Anda");
  });

  test("who is rejected is told why; both who were asked see who did, and the second press is told so", async () => {
    const asked = await desk.sees("administrator", "Pendaftaran baru");
    const second = await desk.sees("administrator2", "Pendaftaran baru");
    await desk.pressOn("administrator", asked, "Tolak");
    expect(desk.newestWords("administrator")).toContain("Tolak pendaftaran Nurul Hidayah");
    await desk.tell("administrator", "Bukan pegawai <kami>");
    expect(desk.newestWords("stranger")).toContain("Pendaftaran Anda ditolak.\nBukan pegawai <kami>");
    for (const [who, message] of [
      ["administrator", asked],
      ["administrator2", second],
    ] as const) {
      const edited = desk.fromBot(who).find(({ message_id }) => message_id === message.message_id);
      expect(edited && desk.wordsOf(edited)).toMatch(/🚫 Ditolak Melati Nainggolan, \d+ \w+ 2026 \d\d\.\d\d WIB\./);
      expect(edited && desk.labels(edited)).toEqual([]);
    }
    expect(await desk.pressOn("administrator2", second, "Setujui")).toContain(
      "Pendaftaran ini sudah ditolak Melati Nainggolan pada",
    );
    expect(desk.server.people.commands(desk.idOf("stranger"))).toEqual([{ command: "start", description: "Mulai" }]);
  });

  test("may try again; the officer of the office is asked then, and nobody else", async () => {
    await makeOfficer("Siti Aminah");
    // Other things may come to them meanwhile, such as a poster that is ready.
    const askedOf = (who: "user" | "administrator") =>
      desk.fromBot(who).filter((message) => desk.wordsOf(message).includes("Pendaftaran baru")).length;
    const before = askedOf("administrator");
    await start("stranger", token);
    await desk.tell("stranger", "198503122010012002");
    await desk.tell("stranger", "Nurul Hidayah");
    await desk.press("stranger", "Kirim");
    expect(askedOf("user")).toBe(1);
    expect(askedOf("administrator")).toBe(before);
  });

  test("who is approved is welcomed with the menu and its commands, and the buttons of the registration are void", async () => {
    await desk.press("user", "Setujui");
    expect(desk.newestWords("user")).toMatch(/✅ Disetujui Siti Aminah, \d+/);
    expect(desk.newestWords("stranger")).toContain("Selamat datang, Nurul Hidayah. Akun Anda sudah terhubung.");
    const commands = desk.server.people.commands(desk.idOf("stranger")).map(({ command }) => command);
    expect(commands).toEqual([
      ...["menu", "lapor", "permintaan", "tiket", "status", "cari", "pengumuman", "batal", "bantuan"],
    ]);
    expect(await desk.pressAndRead("stranger", "Batalkan pendaftaran")).toContain("Tombol ini sudah tidak berlaku.");
  });
});

describe("the limits", () => {
  test("three registrations of one account, and then no more that day; what was entered stays", async () => {
    const sent = async () =>
      (await registrations()).filter(({ telegram_user_id: id }) => id === desk.idOf("colleague")).length;
    for (let count = 1; count <= 3; count += 1) {
      await desk.db.deleteFrom("rate_bucket").where("bucket", "like", "link-code %").execute();
      await start("colleague", token);
      await desk.tell("colleague", "198503122010012003");
      await desk.tell("colleague", "Rina");
      await desk.press("colleague", "Kirim");
      await desk.press("colleague", "Batalkan pendaftaran");
      expect(desk.newestWords("colleague")).toContain("Pendaftaran dibatalkan.");
    }
    expect(await sent()).toBe(3);
    await start("colleague", token);
    await desk.tell("colleague", "198503122010012003");
    await desk.tell("colleague", "Rina");
    expect(await desk.pressAndRead("colleague", "Kirim")).toContain("Sedang terlalu banyak pendaftaran.");
    expect((await registrations()).at(-1)).toMatchObject({ state: "reviewing", name: "Rina" });
  });

  test("who writes without end is not answered any more", async () => {
    await desk.db.deleteFrom("rate_bucket").execute();
    const before = desk.fromBot("colleague").length;
    for (let count = 1; count <= 25; count += 1) desk.say("colleague", `Halo ${count}`);
    await desk.settled();
    expect(desk.fromBot("colleague").length - before).toBeLessThanOrEqual(21);
  });

  test("/batal forgets what was not sent; after that the account is a stranger", async () => {
    await desk.db.deleteFrom("rate_bucket").execute();
    await desk.tell("colleague", "/batal");
    expect(desk.newestWords("colleague")).toContain("Pendaftaran dibatalkan.");
    const own = (await registrations()).filter(({ telegram_user_id: id }) => id === desk.idOf("colleague"));
    expect(own.map(({ state }) => state)).toEqual(["withdrawn", "withdrawn", "withdrawn"]);
    await desk.tell("colleague", "Halo");
    expect(desk.newestWords("colleague")).toContain("Akun Telegram Anda belum terdaftar");
  });
});

describe("somebody whose NIP holds rights of the desk", () => {
  test("is sent to the administrator, and the officer is told why at the press", async () => {
    await desk.db.deleteFrom("rate_bucket").execute();
    const { office_id } = await desk.db
      .selectFrom("person")
      .select("office_id")
      .where("name", "=", "Siti Aminah")
      .executeTakeFirstOrThrow();
    await desk.db
      .updateTable("person")
      .set({ nip: "198503122010012009", office_id })
      .where("name", "=", "Budi Santoso")
      .execute();
    await start("dataCenter", token);
    await desk.tell("dataCenter", "198503122010012009");
    await desk.tell("dataCenter", "Budi");
    await desk.press("dataCenter", "Kirim");
    expect(desk.newestWords("user")).toContain("⚠️ Di daftar orang, NIP ini milik Budi Santoso.");
    expect(await desk.pressAndRead("user", "Setujui")).toContain("Ia diminta menghubungi administrator.");
    expect(desk.newestWords("user")).toContain("hanya dapat dihubungkan dengan kode tautan");
    expect(desk.newestWords("dataCenter")).toContain("Minta kode tautan ke administrator Diskominfo.");
    const accounts = desk.db
      .selectFrom("telegram_account")
      .select("id")
      .where("telegram_user_id", "=", desk.idOf("dataCenter"));
    expect(await accounts.execute()).toEqual([]);
  });
});
