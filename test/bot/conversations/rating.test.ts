import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { askRequester, complaintAtItSupport, confirmAndClose, fileComplaint } from "./complaints.ts";

let desk: TestDesk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("user", "colleague", "helpDesk", "itSupport", "administrator");
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

const numberOf = (ticketId: number) => `T-${String(ticketId).padStart(4, "0")}`;
const stars = ["⭐ 1", "⭐ 2", "⭐ 3", "⭐ 4", "⭐ 5"];
const starsOn = (labels: string[]) => labels.filter((label) => label.startsWith("⭐"));

async function closedComplaint(): Promise<number> {
  const ticketId = await complaintAtItSupport(desk);
  await desk.press("itSupport", "Aplikasi normal");
  await desk.press("itSupport", "Komputer pemohon normal");
  await askRequester(desk);
  await confirmAndClose(desk);
  return ticketId;
}

/** What tells the requester that the ticket has ended. */
const closingMessage = (ticketId: number) =>
  desk.fromBot("user").findLast((message) => {
    const words = desk.wordsOf(message);
    return words.startsWith(numberOf(ticketId)) && words.includes("Tiket Anda telah selesai");
  }) ?? desk.newest("user");

describe("the message that a ticket has ended", () => {
  test("asks for one to five stars; pressing stores them, and the desk sees them", async () => {
    const ticketId = await closedComplaint();
    const closing = closingMessage(ticketId);
    expect(desk.wordsOf(closing)).toContain("Penilaian layanan: bagaimana kami melayani Anda?");
    expect(starsOn(desk.labels(closing))).toEqual(stars);

    await desk.pressOn("user", closing, "⭐ 4");
    expect(desk.newestWords("user")).toBe(
      `${numberOf(ticketId)} · Penilaian layanan ⭐⭐⭐⭐ (4 dari 5)\nTerima kasih. Ada yang ingin Anda sampaikan? Tekan Lewati bila tidak ada.`,
    );
    const helpDeskHad = desk.fromBot("helpDesk").length;
    await desk.tell("user", "Cepat sekali");

    expect(desk.newestWords("user")).toBe("🙏 Terima kasih atas penilaian Anda.");
    expect(desk.wordsOf(closingMessage(ticketId))).toContain(
      "Penilaian Anda: ⭐⭐⭐⭐ (4 dari 5). Dapat diubah sampai",
    );
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Penilaian: ⭐⭐⭐⭐ (4 dari 5): Cepat sekali");
    expect(desk.fromBot("helpDesk").length).toBe(helpDeskHad);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Riwayat");
    expect(desk.newestWords("helpDesk")).toContain("Siti Aminah menilai layanan ⭐⭐⭐⭐ (4 dari 5)");
    expect(desk.newestWords("helpDesk")).toContain("Siti Aminah mengomentari penilaiannya\n   Cepat sekali");
  });

  test("asks what was missing after few stars, and the help desk is told without a sound", async () => {
    const ticketId = await closedComplaint();
    await desk.pressOn("user", closingMessage(ticketId), "⭐ 1");
    expect(desk.newestWords("user")).toContain("Apa yang kurang?");
    await desk.tell("user", "Dua hari baru <selesai>");

    expect(desk.newestWords("helpDesk")).toBe(
      `${numberOf(ticketId)} · SIMPEG\nPenilaian pemohon: ⭐ (1 dari 5). Mohon hubungi pemohon.\nDua hari baru <selesai>`,
    );
    expect(desk.newestWords("itSupport")).not.toContain("Penilaian pemohon");

    await desk.pressOn("user", closingMessage(ticketId), "⭐ 4");
    expect(desk.allWords("helpDesk")).toContain("⭐⭐⭐⭐ (4 dari 5). Pemohon mengubah penilaiannya.");
    expect(desk.allWords("helpDesk")).not.toContain("(4 dari 5). Mohon hubungi");
  });

  test("does not take for words to the stars what is written later", async () => {
    const ticketId = await closedComplaint();
    await desk.pressOn("user", closingMessage(ticketId), "⭐ 1");
    const longAgo = new Date(Date.now() - 11 * 60_000);
    await desk.db.updateTable("draft").set({ touched_at: longAgo }).execute();
    await desk.tell("user", "Internet mati");
    expect(desk.newestWords("user")).toBe("Internet mati\nPesan ini untuk apa?");
    expect(desk.newestWords("helpDesk")).not.toContain("Penilaian pemohon");
  });

  test("takes stars without words, and other stars later", async () => {
    const ticketId = await closedComplaint();
    await desk.pressOn("user", closingMessage(ticketId), "⭐ 2");
    await desk.press("user", "Lewati");
    expect(desk.newestWords("user")).toBe("🙏 Terima kasih atas penilaian Anda.");
    expect(desk.newestWords("helpDesk")).not.toContain("Penilaian pemohon");

    await desk.pressOn("user", closingMessage(ticketId), "⭐ 5");
    await desk.press("user", "Lewati");
    expect(desk.wordsOf(closingMessage(ticketId))).toContain("Penilaian Anda: ⭐⭐⭐⭐⭐ (5 dari 5)");
  });

  test("asks no longer once the ticket is reopened, and an old button is refused with a sentence", async () => {
    const ticketId = await closedComplaint();
    const closing = structuredClone(closingMessage(ticketId));
    await desk.pressOn("user", closing, "Buka kembali");
    await desk.tell("user", "Rusak lagi");

    expect(starsOn(desk.labels(closingMessage(ticketId)))).toEqual([]);
    expect(await desk.pressOn("user", closing, "⭐ 5")).toBe(
      "Tiket ini sudah dibuka kembali. Penilaian diminta lagi setelah tiket selesai.",
    );
  });

  test("asks nobody for a cancelled ticket", async () => {
    const ticketId = await fileComplaint(desk);
    await desk.pressOn("user", desk.card("user", ticketId), "Batalkan tiket");
    await desk.tell("user", "Tidak jadi");
    expect(starsOn(desk.labels(desk.newest("user")))).toEqual([]);
  });

  test("has buttons that are good in its own chat only", async () => {
    const ticketId = await closedComplaint();
    const button = desk.buttonsOf(closingMessage(ticketId)).find(({ text }) => text === "⭐ 5");
    const foreign = desk.newest("colleague").message_id;
    expect(await desk.pressData("colleague", foreign, button?.callback_data ?? "")).toContain("tidak berlaku");
  });
});
