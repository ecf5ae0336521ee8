import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fileTicket } from "../../../core/actions/ticket/file-ticket.ts";
import { addRole, findPersonByTelegramUser } from "../../../core/db/people/people.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { fileComplaint, issueWorkOrder } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "itSupport2", "leadership");
  await desk.settled();
});
afterAll(() => desk.close());

/** Ends all tickets and shifts, so that a list holds what a test files. */
beforeEach(async () => {
  const clock = new Date();
  const ended = { holder: null, assignee_id: null, state: "cancelled", ended_at: clock, changed_at: clock };
  await desk.db
    .updateTable("ticket")
    .set({ ...ended, due_at: null, is_urgent: false })
    .execute();
  await desk.db.deleteFrom("draft").execute();
  await desk.db.deleteFrom("shift").execute();
});

const number = (id: number) => `T-${String(id).padStart(4, "0")}`;

/** Files without the chat, where the form is not what is tested. */
async function fileMany(count: number, description: string): Promise<number[]> {
  const ids: number[] = [];
  await desk.db.transaction().execute(async (tx) => {
    const person = await findPersonByTelegramUser(tx, desk.idOf("user"));
    if (person === undefined) throw new Error("the user is not linked");
    for (let index = 0; index < count; index += 1) {
      const answers = { application: "SIMPEG", description, "occurred-at": new Date().toISOString() };
      const input = { procedure: "application-trouble", answers, draftId: 0 };
      const filed = await fileTicket(tx, person, desk.setting(), input);
      if (!filed.ok) throw new Error(filed.refusal.code);
      ids.push(filed.value);
    }
  });
  await desk.settled();
  return ids;
}

/** Days ago, as if it had been filed then. */
async function age(ticketId: number, days: number): Promise<void> {
  const reported = new Date(Date.now() - days * 86_400_000 - 60_000);
  await desk.db.updateTable("ticket").set({ reported_at: reported }).where("id", "=", ticketId).execute();
}

describe("the overview", () => {
  test("tells a head what each team and person has, what lies longest, and leads to it", async () => {
    const [first = 0, second = 0, third = 0] = await fileMany(3, "Rusak");
    await age(first, 5);
    await age(second, 3);
    await issueWorkOrder(desk, second);
    await desk.pressOn("itSupport", desk.card("itSupport", second), "Saya kerjakan");
    await desk.db.updateTable("ticket").set({ is_urgent: true }).where("id", "=", third).execute();

    await desk.tell("leadership", "/menu");
    await desk.press("leadership", "📊 Ringkasan");
    const words = desk.newestWords("leadership");
    expect(words).toContain("🧭 Petugas piket: belum ada");
    expect(words).toContain("Tiket terbuka: 3");
    expect(words).toContain(`[help-desk]\n2 tiket, 2 belum diambil, 🔥 1 mendesak, tertua ${number(first)} (5 hari)`);
    expect(words).toContain(`[it-support]\n1 tiket, tertua ${number(second)} (3 hari)`);
    expect(desk.labels(desk.newest("leadership"))).toEqual([
      "📋 Semua tiket terbuka (3)",
      "[help-desk] (2)",
      "[it-support] (1)",
      "👤 Beban per petugas",
      "📋 Kelemahan bulan ini",
    ]);

    await desk.press("leadership", "📋 Semua tiket terbuka");
    expect(desk.labels(desk.newest("leadership")).map((label) => label.slice(0, 6))).toEqual(
      [first, second, third].map(number),
    );
    await desk.press("leadership", "[it-support] (1)");
    expect(desk.newestWords("leadership")).toContain("Tiket terbuka, [it-support]");
    expect(desk.newestWords("leadership")).toContain("dikerjakan Budi Santoso");
    expect(desk.newestWords("leadership")).not.toContain(number(first));
    await desk.press("leadership", "👤 Beban per petugas");
    expect(desk.newestWords("leadership")).toContain(`Budi Santoso: 1 tiket, tertua ${number(second)} (3 hari)`);
    await desk.press("leadership", "Budi Santoso (1)");
    expect(desk.newestWords("leadership")).toContain("Tiket yang dikerjakan Budi Santoso");

    await desk.press("leadership", `${number(second)} ·`);
    await desk.pressOn("leadership", desk.card("leadership", second), "⋯ Lainnya");
    await desk.press("leadership", "👤 Tugaskan ke orang lain");
    await desk.press("leadership", "Fadli Tanjung");
    await desk.tell("leadership", "Budi sedang dinas luar");
    expect(desk.wordsOf(desk.card("itSupport2", second))).toContain("🔔 Tiket dialihkan kepada Anda");
  });

  test("names what waits for requesters, and turns the pages of all open tickets", async () => {
    const ids = await fileMany(7, "Rusak");
    const waiting = ids[6] ?? 0;
    const asked = { holder: "user", state: "awaiting-confirmation" } as const;
    await desk.db.updateTable("ticket").set(asked).where("id", "=", waiting).execute();

    await desk.tell("helpDesk", "/ringkasan");
    expect(desk.newestWords("helpDesk")).toContain("Menunggu pemohon\n1 tiket");
    await desk.press("helpDesk", "Menunggu pemohon (1)");
    expect(desk.newestWords("helpDesk")).toContain("Tiket terbuka, menunggu pemohon");
    expect(desk.newestWords("helpDesk")).toContain(number(waiting));
    await desk.press("helpDesk", "📋 Semua tiket terbuka (7)");
    const list = desk.newest("helpDesk");
    await desk.press("helpDesk", "Berikutnya");
    expect(desk.newest("helpDesk").message_id).toBe(list.message_id);
    expect(desk.labels(desk.newest("helpDesk"))).toEqual([`${number(waiting)} · SIMPEG`, "◀️ Sebelumnya"]);
  });

  test("is for leadership and the help desk only; a button of somebody who lost the role is refused", async () => {
    await fileMany(1, "Rusak");
    for (const who of ["user", "itSupport"] as const) {
      await desk.tell(who, "/menu");
      expect(desk.labels(desk.newest(who))).not.toContain("📊 Ringkasan");
      await desk.tell(who, "/ringkasan");
      expect(desk.newestWords(who)).toContain("hanya untuk pimpinan dan help desk");
    }
    await desk.tell("leadership", "/ringkasan");
    const overview = desk.newest("leadership");
    const { person_id: personId } = await desk.db
      .selectFrom("person_role")
      .select("person_id")
      .where("role", "=", "leadership")
      .executeTakeFirstOrThrow();
    await desk.db
      .updateTable("person_role")
      .set({ role: "infrastructure" })
      .where("person_id", "=", personId)
      .execute();
    for (const label of ["📋 Semua tiket terbuka", "👤 Beban per petugas", "📋 Kelemahan bulan ini"]) {
      expect(await desk.pressOn("leadership", overview, label)).toContain("hanya untuk pimpinan dan help desk");
    }
    await desk.db.updateTable("person_role").set({ role: "leadership" }).where("person_id", "=", personId).execute();
  });

  test("shows the weaknesses of a month, with the way to the months before", async () => {
    await desk.tell("user", "/menu");
    await desk.press("user", "⚠️ Laporkan kelemahan");
    await desk.tell("user", "Pintu ruang server terbuka");
    const { id } = await desk.db.selectFrom("ticket").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
    await desk.tell("leadership", "/ringkasan");
    await desk.press("leadership", "📋 Kelemahan bulan ini");
    expect(desk.newestWords("leadership")).toContain(`${number(id)}`);
    expect(desk.newestWords("leadership")).toContain("Dilaporkan, menunggu pimpinan");
    expect(desk.newestWords("leadership")).not.toContain("Pintu");
    expect(desk.labels(desk.newest("leadership"))).toHaveLength(2);
    await desk.press("leadership", "⏪");
    expect(desk.newestWords("leadership")).toContain("Tidak ada kelemahan yang dilaporkan pada bulan ini.");
    await desk.press("leadership", "⏩");
    expect(desk.newestWords("leadership")).toContain(number(id));
  });
});

describe("search", () => {
  test("shows what was found, open first, and opens a card", async () => {
    const id = await fileComplaint(desk, { application: "Presensi", description: "Mesin sidik jari mati" });
    await desk.tell("helpDesk", "/cari sidik jari");
    expect(desk.newestWords("helpDesk")).toContain(`🔎 sidik jari`);
    expect(desk.newestWords("helpDesk")).toContain(`${number(id)} Presensi (Dinkes)`);
    await desk.press("helpDesk", `${number(id)} ·`);
    expect(desk.newestWords("helpDesk")).toContain(`${number(id)} · Gangguan aplikasi`);
  });

  test("asks for the words where none were given, and opens a number at once", async () => {
    const [id = 0] = await fileMany(1, "Rusak");
    await desk.tell("user", "/menu");
    await desk.press("user", "🔎 Cari tiket");
    expect(desk.newestWords("user")).toContain("Ketik nomor tiket atau kata yang dicari");
    await desk.tell("user", "x");
    expect(desk.newestWords("user")).toContain("Ketik paling sedikit dua huruf");
    await desk.tell("user", `WO-${number(id).slice(2)}-1`);
    expect(desk.newestWords("user")).toContain(`${number(id)} · Gangguan aplikasi`);
  });

  test("says in one sentence that nothing was found; of a ticket of another office the same", async () => {
    const [id = 0] = await fileMany(1, "Rahasia sekali");
    await desk.link("otherOffice");
    await desk.tell("otherOffice", "/cari rahasia");
    expect(desk.newestWords("otherOffice")).toContain('Tidak ada tiket dengan kata "rahasia".');
    await desk.tell("otherOffice", `/cari ${number(id)}`);
    expect(desk.newestWords("otherOffice")).toContain(`Tidak ada tiket dengan kata "${number(id)}".`);
  });

  test("finds by the title of a procedure, and turns its pages in place", async () => {
    await fileMany(7, "Halamanbanyak");
    await desk.tell("helpDesk", "/cari halamanbanyak");
    const list = desk.newest("helpDesk");
    await desk.press("helpDesk", "Berikutnya");
    expect(desk.newest("helpDesk").message_id).toBe(list.message_id);
    expect(desk.newestWords("helpDesk")).toContain("🔎 halamanbanyak, halaman 2");
    await desk.tell("helpDesk", "/cari kelemahan");
    expect(desk.newestWords("helpDesk")).toContain("Kelemahan (Dinkes)");
  });
});

describe("being on duty", () => {
  test("begins, is handed over with a note when the other one accepts, and ends; the notes stay", async () => {
    await desk.tell("helpDesk", "/menu");
    expect(desk.newestWords("helpDesk")).toContain("🧭 Petugas piket: belum ada");
    await desk.press("helpDesk", "🧭 Piket");
    await desk.press("helpDesk", "🧭 Mulai piket");
    expect(desk.newestWords("helpDesk")).toContain("🧭 Petugas piket: Dewi Lestari");
    expect(desk.labels(desk.newest("helpDesk"))).toEqual(["🔁 Serahkan piket", "⏹ Akhiri piket", "📅 Jadwal piket"]);

    await desk.press("helpDesk", "🔁 Serahkan piket");
    expect(desk.labels(desk.newest("helpDesk"))).not.toContain("Dewi Lestari");
    expect(desk.labels(desk.newest("helpDesk"))).not.toContain("Togar Hutabarat");
    await desk.press("helpDesk", "Budi Santoso");
    await desk.tell("helpDesk", "Server SIMPEG panas, vendor datang pukul 14.00");
    expect(desk.newestWords("helpDesk")).toContain("⏳ Ditawarkan kepada Budi Santoso, belum diterima.");
    const offer = await desk.sees("itSupport", "Dewi Lestari menyerahkan piket kepada Anda.");
    expect(desk.wordsOf(offer)).toContain("Server SIMPEG panas");

    await desk.press("itSupport", "✅ Terima piket");
    expect(desk.newestWords("helpDesk")).toContain("🔁 Budi Santoso menerima piket dari Anda.");
    const answered = desk.fromBot("itSupport").find(({ message_id }) => message_id === offer.message_id);
    expect(answered && desk.wordsOf(answered)).toContain("✅ Anda menerima piket dari Dewi Lestari.");
    expect(answered && desk.labels(answered)).toEqual([]);
    expect(await desk.pressOn("itSupport", offer, "Terima piket")).toContain("Anda sedang piket.");
    await desk.tell("user", "/menu");
    expect(desk.newestWords("user")).not.toContain("piket");

    await desk.tell("itSupport", "/piket");
    await desk.press("itSupport", "⏹ Akhiri piket");
    await desk.tell("itSupport", "Semua sudah tenang");
    expect(desk.newestWords("itSupport")).toContain("🧭 Petugas piket: belum ada");
    expect(desk.newestWords("itSupport")).toContain("Semua sudah tenang");
    await desk.press("itSupport", "📖 Catatan piket");
    expect(desk.newestWords("itSupport")).toMatch(/Budi Santoso.*Semua sudah tenang.*Dewi Lestari.*diserahkan kepada/s);
  });

  test("is shown to colleagues, who cannot end it; leadership can, and the one on duty is told", async () => {
    await desk.tell("helpDesk", "/piket");
    await desk.press("helpDesk", "🧭 Mulai piket");
    await desk.tell("itSupport", "/piket");
    expect(desk.newestWords("itSupport")).toContain("🧭 Petugas piket: Dewi Lestari");
    expect(desk.labels(desk.newest("itSupport"))).toEqual(["📅 Jadwal piket"]);
    await desk.tell("leadership", "/piket");
    await desk.press("leadership", "⏹ Akhiri piket");
    await desk.tell("leadership", "Sudah pulang");
    expect(desk.newestWords("helpDesk")).toContain("⏹ Hasan Marpaung mengakhiri piket Anda:");
    await desk.tell("user", "/piket");
    expect(desk.newestWords("user")).toContain("Hanya petugas yang dapat melakukan ini.");
  });
});

test("an officer finds the registrations that wait, with their buttons, until one is decided", async () => {
  const person = await desk.db
    .selectFrom("person")
    .select(["id", "office_id"])
    .where("name", "=", "Rina Wulandari")
    .executeTakeFirstOrThrow();
  const grant = { personId: person.id, role: "system-officer", grantedBy: null, now: new Date() } as const;
  await desk.db.transaction().execute((tx) => addRole(tx, grant));
  await desk.tell("colleague", "/kantor");
  expect(desk.labels(desk.newest("colleague")).join()).not.toContain("Pendaftaran menunggu");
  const clock = new Date();
  for (const [index, name] of ["Anwar Siregar", "Bintang Lubis"].entries()) {
    await desk.db
      .insertInto("registration")
      .values({
        ...{ telegram_user_id: 900 + index, telegram_name: name, office_id: person.office_id, state: "waiting" },
        ...{ nip: `19850312201001100${index + 1}`, name, touched_at: clock, sent_at: clock },
      })
      .execute();
  }

  await desk.tell("colleague", "/kantor");
  await desk.press("colleague", "🪪 Pendaftaran menunggu (2)");
  const shown = desk.fromBot("colleague").slice(-2);
  expect(shown.map((message) => /Nama: (.+)/.exec(desk.wordsOf(message))?.[1])).toEqual([
    "Anwar Siregar",
    "Bintang Lubis",
  ]);
  expect(shown.map(desk.labels)).toEqual([
    ["Setujui", "Tolak"],
    ["Setujui", "Tolak"],
  ]);
  await desk.press("colleague", "Setujui");
  await desk.tell("colleague", "/kantor");
  expect(desk.labels(desk.newest("colleague"))).toContain("🪪 Pendaftaran menunggu (1)");
});
