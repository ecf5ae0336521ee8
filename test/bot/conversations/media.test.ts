import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../../../telegram-server/server.ts";
import { type CastName, openDesk, type TestDesk } from "../../support/desk.ts";
import { beginComplaint, complaintAtItSupport, fileComplaint, ticketOf } from "./complaints.ts";

type Kind = Parameters<TestDesk["server"]["people"]["sendMedia"]>[1]["kind"];

let desk: TestDesk;
let sendVoiceFault: Fault | undefined;

beforeAll(async () => {
  desk = await openDesk({
    intercept: async ({ method }) => (method === "sendVoice" ? sendVoiceFault : undefined),
  });
  await desk.link("user", "helpDesk", "itSupport");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const numberOf = (ticketId: number) => `T-${String(ticketId).padStart(4, "0")}`;
const attachments = () => desk.db.selectFrom("attachment").selectAll().orderBy("id").execute();
const attachmentsOf = async (ticketId: number) => (await attachments()).filter((each) => each.ticket_id === ticketId);

type Extra = { caption?: string; mediaGroupId?: string; replyTo?: number; bytes?: Buffer };

async function send(who: CastName, kind: Kind, extra: Extra = {}) {
  const message = desk.server.people.sendMedia(desk.idOf(who), {
    ...{ kind, bytes: Buffer.from(`isi ${kind}`), ...extra },
  });
  await desk.settled();
  return message;
}

/** Waits until no file is being fetched. */
async function fetched(): Promise<void> {
  await expect.poll(async () => (await attachments()).filter(({ state }) => state === "waiting")).toEqual([]);
  await desk.settled();
}

describe.each([
  ["voice", "voice"],
  ["video", "video"],
  ["video_note", "video-note"],
  ["audio", "audio"],
  ["animation", "animation"],
] as const)("a message of the kind %s", (kind, kept) => {
  test("that answers a card is kept, and comes back as what it was", async () => {
    const ticketId = await fileComplaint(desk);
    await send("user", kind, { replyTo: desk.card("user", ticketId).message_id });
    expect(desk.newestWords("user")).toBe("✅ Terkirim.");
    expect(desk.newestWords("helpDesk")).toContain("Keterangan dari pemohon, Siti Aminah\n(lampiran)");
    await fetched();

    expect(await attachmentsOf(ticketId)).toMatchObject([{ kind: kept, state: "stored" }]);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Lampiran (1)");
    expect(desk.newest("helpDesk")).toHaveProperty(kind);
  });
});

describe("a voice note", () => {
  test("may come first, without a form", async () => {
    await send("user", "voice");
    expect(desk.newestWords("user")).toBe("📎 1 berkas diterima.\nPesan ini untuk apa?");
    await desk.press("user", "Lapor gangguan aplikasi");
    await desk.press("user", "SIMPEG");
    await desk.tell("user", "Dengar sendiri");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await desk.press("user", "Kirim");
    const all = await attachments();
    expect(all.at(-1)).toMatchObject({ kind: "voice", ticket_id: expect.any(Number) });
  });

  test("is a file of a form like any other", async () => {
    await beginComplaint(desk);
    await desk.tell("user", "SIMPEG");
    await send("user", "voice");
    expect(desk.newestWords("user")).toContain("📎 1 berkas diterima.");
  });

  test("is a reply of the desk too", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Balas ke pemohon");
    await send("itSupport", "voice");
    await desk.press("itSupport", "Kirim");
    expect(desk.newestWords("user")).toContain("✉️ Balasan petugas\n(lampiran)");
    expect(await attachmentsOf(ticketId)).toMatchObject([{ kind: "voice" }]);
  });

  test("that Telegram does not take as one is shown as a document", async () => {
    const ticketId = await fileComplaint(desk);
    await send("user", "voice", { replyTo: desk.card("user", ticketId).message_id });
    await fetched();
    sendVoiceFault = {
      status: 400,
      body: { ok: false, error_code: 400, description: "Bad Request: VOICE_MESSAGES_FORBIDDEN" },
    };
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Lampiran (1)");
    sendVoiceFault = undefined;
    expect(desk.newest("helpDesk")).toHaveProperty("document");
    expect(desk.newestWords("helpDesk")).toContain(numberOf(ticketId));
  });

  test("of more than 20 MB is refused with a sentence", async () => {
    await send("user", "video", { bytes: Buffer.alloc(20 * 2 ** 20 + 1) });
    expect(desk.newestWords("user")).toContain("Berkas lebih dari 20 MB tidak dapat diambil.");
    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
  });
});

describe("a place on the map that nobody asked for", () => {
  test("is kept as its coordinates", async () => {
    const ticketId = await fileComplaint(desk);
    const replyTo = desk.card("user", ticketId).message_id;
    desk.server.people.sendLocation(desk.idOf("user"), { latitude: 2.5601, longitude: 99.7512, replyTo });
    await desk.settled();
    expect(desk.newestWords("helpDesk")).toContain("Lokasi: 2.560100, 99.751200");
  });

  test("comes with its name and address, where it has them", async () => {
    const venue = { latitude: 2.5601, longitude: 99.7512, title: "Kantor Camat", address: "Jalan Raya 1" };
    desk.server.people.sendVenue(desk.idOf("user"), venue);
    await desk.settled();
    expect(desk.newestWords("user")).toContain("Lokasi: 2.560100, 99.751200 (Kantor Camat, Jalan Raya 1)");
  });
});

describe("an album", () => {
  const part = (mediaGroupId: string, extra: Extra = {}) => {
    const media = { kind: "video" as const, bytes: Buffer.from(JSON.stringify(extra)), mediaGroupId, ...extra };
    desk.server.people.sendMedia(desk.idOf("user"), media);
  };
  const entriesOf = async (ticketId: number, kind: "comment" | "corrected") =>
    desk.db.selectFrom("entry").selectAll().where("ticket_id", "=", ticketId).where("kind", "=", kind).execute();

  test("that answers a card is one comment with all files and captions, told once", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const replyTo = desk.card("user", ticketId).message_id;
    const had = desk.fromBot("itSupport").length;
    part("a1", { replyTo, caption: "Layar satu" });
    part("a1", { replyTo });
    part("a1", { replyTo, caption: "Layar tiga" });
    await desk.settled();

    const [comment, ...others] = await entriesOf(ticketId, "comment");
    expect(others).toEqual([]);
    const files = await attachmentsOf(ticketId);
    expect(files.map(({ entry_id }) => entry_id)).toEqual([comment?.id, comment?.id, comment?.id]);
    expect(desk.fromBot("itSupport").length).toBe(had + 1);
    expect(desk.newestWords("itSupport")).toBe(
      `${numberOf(ticketId)} · SIMPEG\n💬 Keterangan dari pemohon, Siti Aminah\nLayar satu\nLayar tiga`,
    );
    await desk.pressOn("itSupport", desk.card("itSupport", ticketId), "Riwayat");
    expect(desk.newestWords("itSupport")).toContain("Siti Aminah menambah keterangan\n   Layar satu\nLayar tiga");
    expect(desk.newestWords("itSupport")).not.toContain("mengubah pesannya");
  });

  test("whose first part answers the question of a form is all of it", async () => {
    const ticketId = await complaintAtItSupport(desk);
    await desk.pressOn("user", desk.card("user", ticketId), "Tambah keterangan");
    part("a2", { caption: "Begini layarnya" });
    part("a2");
    await desk.settled();

    expect(await attachmentsOf(ticketId)).toHaveLength(2);
    expect(await entriesOf(ticketId, "comment")).toHaveLength(1);
    expect(desk.newestWords("user")).toBe("✅ Terkirim.");
  });

  test("loses nothing when the bot stops between two parts", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const replyTo = desk.card("user", ticketId).message_id;
    part("a3", { replyTo, caption: "Layar satu" });
    await desk.until("the first part is a comment", () => desk.newestWords("user") === "✅ Terkirim.");
    await desk.restartBot();
    part("a3", { replyTo, caption: "Layar dua" });
    await desk.settled();

    expect(await attachmentsOf(ticketId)).toHaveLength(2);
    expect(await entriesOf(ticketId, "comment")).toHaveLength(1);
    expect(desk.newestWords("itSupport")).toContain("Layar satu\nLayar dua");
  });

  test("of the desk, as an answer to a card, is asked about once and sent as one", async () => {
    const ticketId = await complaintAtItSupport(desk);
    const replyTo = desk.card("itSupport", ticketId).message_id;
    for (const [index, where] of [{ replyTo }, {}].entries()) {
      const media = { kind: "video" as const, bytes: Buffer.from(`v${index}`), mediaGroupId: "a4", ...where };
      desk.server.people.sendMedia(desk.idOf("itSupport"), media);
    }
    await desk.settled();
    expect(desk.newestWords("itSupport")).toBe(`📎 2 berkas diterima.\n${numberOf(ticketId)}: untuk siapa pesan ini?`);
    await desk.press("itSupport", "Kirim ke pemohon");
    expect((await attachmentsOf(ticketId)).length).toBe(2);
    expect(desk.newestWords("user")).toContain("Balasan petugas\n(lampiran)");
  });
});

test("with more open tickets than fit below one question the others are a page further", async () => {
  const first = await fileComplaint(desk, { application: "Pertama" });
  for (let count = 0; count < 5; count += 1) await fileComplaint(desk, { application: `Nomor ${count}` });
  await desk.tell("user", "Masih mati");
  const offered = () => desk.labels(desk.newest("user")).filter((label) => label.includes("Tambahkan ke"));
  expect(offered()).toHaveLength(5);
  expect(offered().join()).not.toContain("Pertama");

  for (let page = 0; page < 20 && !offered().join().includes("Pertama"); page += 1) {
    await desk.press("user", "Tiket lain …");
  }
  await desk.press("user", `Tambahkan ke ${numberOf(first)}`);
  expect(desk.newestWords("user")).toBe("✅ Terkirim.");
  const comment = await desk.db.selectFrom("entry").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
  expect(comment).toMatchObject({ ticket_id: first, answers: { note: "Masih mati" } });
  expect((await ticketOf(desk, first)).subject).toBe("Pertama");
});
