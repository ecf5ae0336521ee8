import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { fileComplaint, ticketOf } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "helpDesk", "itSupport", "leadership", "administrator", "administrator2");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const commandsOf = (who: CastName) => desk.server.people.commands(desk.idOf(who)).map(({ command }) => command);

const findPerson = (name: string) =>
  desk.db.selectFrom("person").selectAll().where("name", "=", name).executeTakeFirstOrThrow();

async function rolesOf(name: string): Promise<string[]> {
  const { id } = await findPerson(name);
  const rows = await desk.db
    .selectFrom("person_role")
    .select("role")
    .where("person_id", "=", id)
    .orderBy("role")
    .execute();
  return rows.map(({ role }) => role);
}

/** Finds somebody in the register by a part of the name. */
async function openPerson(name: string, by: CastName = "administrator"): Promise<void> {
  await desk.tell(by, "/orang");
  await desk.press(by, "Cari");
  await desk.tell(by, name.slice(0, 8).toUpperCase());
  await desk.press(by, name);
  expect(desk.newestWords(by)).toContain(name);
}

/** @returns the code as the administrator sees it */
async function issueCode(name: string): Promise<string> {
  await openPerson(name);
  await desk.press("administrator", "Buat kode tautan");
  const code = /start ([A-Z0-9]+)/.exec(desk.newestWords("administrator"))?.[1];
  if (code === undefined) throw new Error("the administrator was shown no code");
  return code;
}

async function start(who: CastName, code: string): Promise<void> {
  desk.server.people.start(desk.idOf(who), code);
  await desk.settled();
}

describe("a link code", () => {
  test("links the account that sends it, once, by START or typed in lower case", async () => {
    const code = await issueCode("Rina Wulandari");
    expect(desk.newestWords("administrator")).toContain(`https://t.me/simpul_bot?start=${code}`);
    await desk.tell("colleague", `/start ${code.toLowerCase()}`);
    expect(desk.newestWords("colleague")).toContain("Selamat datang, Rina Wulandari. Akun Anda sudah terhubung.");

    await start("stranger", code);
    expect(desk.newestWords("stranger")).toContain("Kode itu sudah dipakai.");
  });

  test("that is used again by its own account answers with the menu", async () => {
    const code = desk.codes.find(({ name }) => name === "Siti Aminah")?.code ?? "";
    await start("user", code);
    expect(desk.newestWords("user")).toContain("Pilih di bawah ini");
  });

  test("that has expired is refused", async () => {
    const code = await issueCode("Togar Hutabarat");
    const { id } = await findPerson("Togar Hutabarat");
    await desk.db.updateTable("link_code").set({ expires_at: new Date() }).where("person_id", "=", id).execute();
    await start("dataCenter", code);

    expect(desk.newestWords("dataCenter")).toContain("Kode itu sudah kedaluwarsa.");
  });

  test("that a newer one has replaced is refused", async () => {
    const former = await issueCode("Togar Hutabarat");
    const code = await issueCode("Togar Hutabarat");
    await start("dataCenter", former);
    expect(desk.newestWords("dataCenter")).not.toContain("Selamat datang");
    await start("dataCenter", code);

    expect(desk.newestWords("dataCenter")).toContain("Selamat datang, Togar Hutabarat");
  });

  test("of another person is refused for an account that is linked, and stays good", async () => {
    const code = await issueCode("Syahrul Munthe");
    await start("user", code);
    expect(desk.newestWords("user")).toContain("Akun Telegram ini sudah terhubung sebagai Siti Aminah.");
    await start("infrastructure", code);

    expect(desk.newestWords("infrastructure")).toContain("Selamat datang, Syahrul Munthe");
  });

  test("cannot be guessed: after five tries nothing is answered, and not even the right one is taken", async () => {
    const code = await issueCode("Fadli Tanjung");
    for (let tries = 1; tries <= 8; tries += 1) await start("itSupport2", `GUESS${tries}`);
    expect(desk.fromBot("itSupport2").map(desk.wordsOf)).toEqual(
      Array.from({ length: 5 }, () => expect.stringContaining("Kode itu tidak dikenal.")),
    );
    await start("itSupport2", code);

    expect(desk.newestWords("itSupport2")).toContain("Kode itu tidak dikenal.");
  });

  test("of an administrator comes from the terminal only", async () => {
    await openPerson("Irwan Pasaribu");
    expect(desk.labels(desk.newest("administrator"))).not.toContain("🔗 Buat kode tautan");
  });
});

describe("an account", () => {
  test("that was unlinked is told, loses its commands, and its buttons are refused", async () => {
    const ticketId = await fileComplaint(desk, { by: "colleague" });
    const card = desk.card("colleague", ticketId);
    await openPerson("Rina Wulandari");
    await desk.press("administrator", "Putuskan tautan");

    expect(desk.newestWords("administrator")).toContain("Telegram: belum terhubung");
    expect(desk.newestWords("colleague")).toContain("Akun Telegram ini tidak lagi terhubung");
    expect(commandsOf("colleague")).toEqual(["start"]);
    expect(await desk.pressOn("colleague", card, "Batalkan tiket")).toContain("Tombol ini sudah tidak berlaku.");
    await desk.tell("colleague", `T-${ticketId}`);
    expect(desk.newestWords("colleague")).toContain("Akun Telegram Anda belum terdaftar");
    expect((await ticketOf(desk, ticketId)).state).toBe("filed");
  });

  test("gets nothing more of the tickets that were its own", async () => {
    const before = JSON.stringify(desk.server.people.messages(desk.idOf("colleague")));
    const card = desk.fromBot("helpDesk").findLast((message) => desk.labels(message).includes("Terbitkan WO"));
    await desk.pressOn("helpDesk", card ?? desk.newest("helpDesk"), "Balas ke pemohon");
    await desk.tell("helpDesk", "Mohon tunggu");

    expect(JSON.stringify(desk.server.people.messages(desk.idOf("colleague")))).toBe(before);
  });

  test("is moved by a new code: the former one is told and refused, the new one has the tickets", async () => {
    const ticketId = await fileComplaint(desk);
    const card = desk.card("user", ticketId);
    const code = await issueCode("Siti Aminah");
    await start("colleague", code);

    expect(desk.newestWords("colleague")).toContain("Selamat datang, Siti Aminah");
    expect(desk.newestWords("user")).toContain("Akun Telegram ini tidak lagi terhubung");
    expect(await desk.pressOn("user", card, "Batalkan tiket")).toContain("Tombol ini sudah tidak berlaku.");
    await desk.tell("colleague", `T-${ticketId}`);
    await desk.press("colleague", "Batalkan tiket");
    await desk.tell("colleague", "Tidak perlu lagi");
    expect((await ticketOf(desk, ticketId)).state).toBe("cancelled");
  });
});

describe("the register", () => {
  test("takes somebody new: name, NIP, office by its page, after a last look", async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    await desk.tell("administrator", "  Nurul   Hidayah ");
    await desk.tell("administrator", "19850312 201001 2 002");
    expect(desk.newestWords("administrator")).toContain("Dari perangkat daerah mana?");
    await desk.press("administrator", "Dinas Kesehatan");
    expect(desk.newestWords("administrator")).toContain("Nama: Nurul Hidayah");
    expect(desk.newestWords("administrator")).toContain("NIP: 198503122010012002");
    await desk.press("administrator", "Kirim");

    expect(desk.newestWords("administrator")).toContain("Nurul Hidayah\nNIP: 198503122010012002");
    expect(await findPerson("Nurul Hidayah")).toMatchObject({ nip: "198503122010012002" });
    expect(await rolesOf("Nurul Hidayah")).toEqual(["user"]);
  });

  test("refuses a NIP that somebody has, and asks for it again", async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    await desk.tell("administrator", "Orang Lain");
    await desk.tell("administrator", "198503122010012002");
    await desk.tell("administrator", "dinkes");
    await desk.press("administrator", "Kirim");
    expect(desk.newestWords("administrator")).toContain("NIP itu sudah dipakai Nurul Hidayah.");
    expect(desk.newestWords("administrator")).toContain("NIP-nya?");
    await desk.press("administrator", "Lewati");
    await desk.press("administrator", "Kirim");

    expect(await findPerson("Orang Lain")).toMatchObject({ nip: null });
  });

  test("turns the pages of many offices in place, and takes one from a later page", async () => {
    const codes = Array.from({ length: 30 }, (_, index) => `OPD${String(index + 10)}`);
    await desk.db
      .insertInto("office")
      .values(codes.map((code) => ({ code, name: `Perangkat ${code}` })))
      .execute();
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    await desk.tell("administrator", "Orang Jauh");
    await desk.press("administrator", "Lewati");
    const question = desk.newest("administrator");
    await desk.press("administrator", "Berikutnya");
    await desk.press("administrator", "Berikutnya");
    await desk.press("administrator", "Sebelumnya");
    expect(desk.newest("administrator").message_id).toBe(question.message_id);
    const [, , choice = ""] = desk.labels(desk.newest("administrator"));
    await desk.press("administrator", choice);
    await desk.press("administrator", "Kirim");

    const { office_id } = await findPerson("Orang Jauh");
    const office = await desk.db.selectFrom("office").selectAll().where("id", "=", office_id).executeTakeFirstOrThrow();
    expect(office.name).toBe(choice);
  });

  test("takes an office by a part of its name; of several that fit it offers those, by pages", async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    await desk.tell("administrator", "Orang Dicari");
    await desk.press("administrator", "Lewati");
    await desk.tell("administrator", "perangkat OPD2");
    expect(desk.newestWords("administrator")).toContain('Yang cocok dengan "perangkat OPD2":');
    const [first, second] = desk.labels(desk.newest("administrator"));
    expect([first, second]).toEqual(["Perangkat OPD20", "Perangkat OPD21"]);
    await desk.press("administrator", "Berikutnya");
    expect(desk.labels(desk.newest("administrator")).slice(0, 2)).toEqual(["Perangkat OPD28", "Perangkat OPD29"]);
    await desk.tell("administrator", "opd27");
    await desk.press("administrator", "Kirim");

    const { office_id } = await findPerson("Orang Dicari");
    const office = await desk.db.selectFrom("office").selectAll().where("id", "=", office_id).executeTakeFirstOrThrow();
    expect(office.code).toBe("OPD27");
  });

  test("offers the office that a slip is like, and takes none by itself", async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    await desk.tell("administrator", "Orang Salah Ketik");
    await desk.press("administrator", "Lewati");
    await desk.tell("administrator", "Dinkess");
    expect(desk.newestWords("administrator")).toContain("Mungkin maksud Anda: Dinas Kesehatan. Tekan tombolnya");
    expect(desk.labels(desk.newest("administrator"))).toEqual(["Dinas Kesehatan", "◀️ Kembali", "✖️ Batal"]);
    await desk.tell("administrator", "bukan kantor");
    expect(desk.newestWords("administrator")).toMatch(/Tidak ada yang cocok\..* contoh: \p{L}/u);
    const { message_id: id } = await desk.tell("administrator", "Dinas Kesehatan");
    desk.server.people.editText(desk.idOf("administrator"), id, "bukan kantor");
    await desk.settled();
    expect(desk.newestWords("administrator")).toMatch(/Tidak ada yang cocok\..* contoh: \p{L}/u);
  });

  test("is corrected: the present name and NIP are offered, so that none is lost by skipping", async () => {
    await openPerson("Nurul Hidayah");
    await desk.press("administrator", "Perbaiki nama/NIP");
    expect(desk.labels(desk.newest("administrator"))[0]).toBe("Tetap Nurul Hidayah");
    await desk.tell("administrator", "Nurul Hidayati");
    expect(desk.labels(desk.newest("administrator"))[0]).toBe("Tetap 198503122010012002");
    expect(desk.newestWords("administrator")).toContain("Lewati menghapus NIP itu");
    await desk.press("administrator", "Tetap 198503122010012002");
    await desk.press("administrator", "Kirim");

    expect(await findPerson("Nurul Hidayati")).toMatchObject({ nip: "198503122010012002" });
    expect(desk.newestWords("administrator")).toContain("Nurul Hidayati\nNIP: 198503122010012002");
  });

  test("loses the NIP of somebody by the button that says so; who has none is asked as when they were added", async () => {
    const number = "198503122010012002";
    await openPerson("Nurul Hidayati");
    await desk.press("administrator", "Perbaiki nama/NIP");
    await desk.press("administrator", "Tetap");
    await desk.press("administrator", "Lewati");
    await desk.press("administrator", "Kirim");
    expect(await findPerson("Nurul Hidayati")).toMatchObject({ nip: null });

    await desk.press("administrator", "Perbaiki nama/NIP");
    await desk.press("administrator", "Tetap Nurul Hidayati");
    expect(desk.newestWords("administrator")).toContain(
      "NIP-nya? Contoh: 198503122010012002. Bila bukan ASN, tekan Lewati.",
    );
    await desk.tell("administrator", number);
    await desk.press("administrator", "Kembali");
    expect(desk.labels(desk.newest("administrator"))[0]).toBe(number);
    await desk.press("administrator", number);
    await desk.press("administrator", "Kirim");
    expect(await findPerson("Nurul Hidayati")).toMatchObject({ nip: number });
  });

  test("takes no file: it is refused, not received and lost", async () => {
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Tambah orang");
    const file = { bytes: Buffer.from("SK"), name: "sk.pdf", mimeType: "application/pdf", caption: "Nurul" };
    desk.server.people.sendDocument(desk.idOf("administrator"), file);
    await desk.settled();

    expect(desk.newestWords("administrator")).toContain("Di sini tidak dapat dikirim foto atau dokumen.");
    expect(desk.newestWords("administrator")).toContain("Nama lengkapnya?");
    expect(await desk.db.selectFrom("attachment").select("id").execute()).toEqual([]);
  });

  test("is for administrators only", async () => {
    for (const who of ["helpDesk", "leadership"] as const) {
      await desk.tell(who, "/orang");
      expect(desk.newestWords(who)).toContain("Hanya administrator yang dapat melakukan ini.");
    }
  });

  test("tells namesakes apart by their offices", async () => {
    const offices = await desk.db
      .selectFrom("office")
      .select("id")
      .where("code", "in", ["Dinkes", "Diskominfo"])
      .execute();
    const namesakes = offices.map(({ id }) => ({ name: "Kembar Sinaga", office_id: id, created_at: new Date() }));
    await desk.db.insertInto("person").values(namesakes).execute();
    await desk.tell("administrator", "/orang");
    await desk.press("administrator", "Cari");
    await desk.tell("administrator", "kembar");

    const labels = desk.labels(desk.newest("administrator")).slice(0, 2);
    expect(labels.sort()).toEqual(["Kembar Sinaga · Dinkes", "Kembar Sinaga · Diskominfo"]);
  });

  test("turns its pages in place", async () => {
    await desk.tell("administrator", "/orang");
    const list = desk.newest("administrator");
    await desk.press("administrator", "Berikutnya");
    expect(desk.newest("administrator").message_id).toBe(list.message_id);
    expect(desk.labels(desk.newest("administrator"))).not.toEqual(desk.labels(list));
  });
});

describe("roles", () => {
  test("are given and taken by one press each; menu and commands follow", async () => {
    expect(commandsOf("infrastructure")).toContain("antrean");
    await openPerson("Syahrul Munthe");
    await desk.press("administrator", "Ubah peran");
    await desk.press("administrator", "✅ [infrastructure]");
    expect(desk.labels(desk.newest("administrator"))).toContain("➕ [infrastructure]");
    expect(await rolesOf("Syahrul Munthe")).toEqual([]);
    expect(desk.newestWords("infrastructure")).toContain("Peran Anda sekarang: tidak ada.");
    expect(commandsOf("infrastructure")).toEqual([
      "menu",
      "lapor",
      "permintaan",
      "tiket",
      "status",
      "cari",
      "pengumuman",
      "batal",
      "bantuan",
    ]);

    await desk.press("administrator", "➕ [help-desk]");
    expect(await rolesOf("Syahrul Munthe")).toEqual(["help-desk"]);
    expect(commandsOf("infrastructure")).toEqual([
      "menu",
      "lapor",
      "permintaan",
      "tiket",
      "status",
      "cari",
      "pengumuman",
      "antrean",
      "tugas",
      "piket",
      "ringkasan",
      "batal",
      "bantuan",
    ]);
    expect(commandsOf("administrator")).toContain("orang");
  });

  test("are not given to oneself", async () => {
    await openPerson("Melati Nainggolan");
    expect(desk.labels(desk.newest("administrator"))).not.toContain("🎭 Ubah peran");
  });

  test("administrator is not offered to anybody, nor leadership to an administrator", async () => {
    await openPerson("Budi Santoso");
    await desk.press("administrator", "Ubah peran");
    expect(desk.labels(desk.newest("administrator")).join()).not.toContain("[administrator]");
    await openPerson("Irwan Pasaribu");
    await desk.press("administrator", "Ubah peran");
    expect(desk.labels(desk.newest("administrator")).join()).not.toContain("[leadership]");
  });

  test("leadership is not offered to who is not linked", async () => {
    await openPerson("Rina Wulandari");
    expect(desk.newestWords("administrator")).toContain("Telegram: belum terhubung");
    await desk.press("administrator", "Ubah peran");
    const labels = desk.labels(desk.newest("administrator")).join();
    expect(labels).not.toContain("[leadership]");
    expect(labels).toContain("➕ [help-desk]");
  });

  test("leadership waits for the second administrator; the first is told so and cannot decide", async () => {
    await openPerson("Budi Santoso");
    await desk.press("administrator", "Ubah peran");
    await desk.press("administrator", "➕ [leadership]");

    expect(await rolesOf("Budi Santoso")).toEqual(["it-support"]);
    expect(desk.newestWords("administrator")).toContain("menunggu administrator kedua");
    const proposal = desk.newest("administrator2");
    expect(desk.wordsOf(proposal)).toContain("Melati Nainggolan mengusulkan Budi Santoso sebagai [leadership].");
    expect(desk.fromBot("administrator").some((message) => desk.labels(message).includes("Setujui"))).toBe(false);
    const data = desk.buttonsOf(proposal).find(({ text }) => text === "Setujui")?.callback_data ?? "";
    expect(await desk.pressData("administrator", proposal.message_id, data)).toContain(
      "Tombol ini sudah tidak berlaku.",
    );
    expect(await desk.pressAndRead("administrator", "➕ [leadership]")).toContain("sudah diusulkan");
  });

  test("leadership that was decided is announced to administrators and leadership, and the buttons go", async () => {
    const proposal = desk.newest("administrator2");
    await desk.press("administrator2", "Setujui");

    expect(await rolesOf("Budi Santoso")).toEqual(["it-support", "leadership"]);
    const decided =
      /Melati Nainggolan mengusulkan Budi Santoso sebagai \[leadership\]\.\n✅ Disetujui Irwan Pasaribu, \d+ \w+ 2026/;
    const edited = desk.fromBot("administrator2").find(({ message_id }) => message_id === proposal.message_id);
    expect(edited && desk.wordsOf(edited)).toMatch(decided);
    expect(edited && desk.labels(edited)).toEqual([]);
    expect(desk.newestWords("administrator")).toMatch(decided);
    expect(desk.newestWords("leadership")).toMatch(decided);
    expect(desk.newestWords("itSupport")).toContain("Peran Anda sekarang: [it-support], [leadership].");
    expect(await desk.pressOn("administrator2", proposal, "Tolak")).toContain("Usulan itu sudah diputuskan");
    expect(await rolesOf("Budi Santoso")).toEqual(["it-support", "leadership"]);
  });

  test("leadership that was rejected is not given", async () => {
    await openPerson("Togar Hutabarat");
    await desk.press("administrator", "Ubah peran");
    await desk.press("administrator", "➕ [leadership]");
    await desk.press("administrator2", "Tolak");

    expect(await rolesOf("Togar Hutabarat")).toEqual(["data-center"]);
    expect(desk.newestWords("administrator")).toContain("🚫 Ditolak Irwan Pasaribu");
    expect(desk.newestWords("leadership")).toContain("🚫 Ditolak Irwan Pasaribu");
  });
});
