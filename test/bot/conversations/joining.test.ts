import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followIncidents } from "../../../core/actions/monitoring/follow-incidents.ts";
import { endMaintenance, planMaintenance } from "../../../core/actions/monitoring/maintenance-windows.ts";
import { recordSamples } from "../../../core/actions/monitoring/record-samples.ts";
import { addTarget } from "../../../core/actions/monitoring/targets.ts";
import { findIncidentOf } from "../../../core/db/monitoring/incidents.ts";
import { markLook } from "../../../core/db/monitoring/last-look.ts";
import { listWindowsAt } from "../../../core/db/monitoring/maintenance-windows.ts";
import { listChecksOf } from "../../../core/db/monitoring/monitor-checks.ts";
import { findOpenOutage } from "../../../core/db/monitoring/outages.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { findPersonByTelegramUser, insertPerson } from "../../../core/db/people/people.ts";
import { listEntries } from "../../../core/db/ticket/entries.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { accepted } from "../../support/ipam.ts";
import { answer, miss } from "../../support/monitoring.ts";
import { testMonitoring } from "../../support/monitoring-rules.ts";

let desk: TestDesk;
let trunk: Put;
let link: Put;
let simpeg: Put;
beforeAll(async () => {
  desk = await openDesk({
    rules: { monitoring: { ...testMonitoring, opensIncidents: true, incidentAfterMinutes: 0 } },
  });
  await desk.link("infrastructure", "helpDesk", "itSupport", "user", "colleague", "otherOffice");
  trunk = await put("Trunk Utara", "link", null);
  link = await put("Link Dinkes", "link", "Dinkes", trunk);
  simpeg = await put("SIMPEG", "application", null);
  await seen([trunk, link, simpeg], true);
  await desk.settled();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.db.deleteFrom("draft").execute();
});

type Who = Parameters<TestDesk["tell"]>[0];
type Put = { targetId: number; checkId: number };

async function me() {
  const person = await findPersonByTelegramUser(desk.db, desk.idOf("infrastructure"));
  if (person === undefined) throw new Error("infrastructure is not linked");
  return person;
}

async function put(name: string, kind: TargetKind, officeCode: string | null, behind?: Put): Promise<Put> {
  const person = await me();
  const answers = { name, ...(kind === "link" ? { "link-kind": "internet" } : {}) };
  const check = { check: "icmp", address: `10.1.0.${name.length}` };
  const added = await desk.db
    .transaction()
    .execute((tx) =>
      addTarget(tx, person, desk.setting(), { kind, officeCode, parentId: behind?.targetId ?? null, answers, check }),
    );
  const targetId = accepted(added);
  const [first] = await listChecksOf(desk.db, targetId);
  return { targetId, checkId: first?.id ?? 0 };
}

/** Samples come one after the other in a time of their own, an hour ago. */
let clock = Date.now() - 3_600_000;

async function seen(targets: readonly Put[], isUp: boolean): Promise<void> {
  clock += 10_000;
  const at = new Date(clock);
  const samples = targets.map(({ checkId }) => ({ ...(isUp ? answer(0) : miss(0)), checkId, at }));
  await desk.db.transaction().execute((tx) => recordSamples(tx, desk.setting(), { samples, uplink: "up" }));
}

/** It is certain, told, and has a ticket where it opens one. */
async function cut(targets: readonly Put[]): Promise<void> {
  await seen(targets, false);
  await seen(targets, false);
  await follow();
}

async function restore(targets: readonly Put[]): Promise<void> {
  await seen(targets, true);
  await seen(targets, true);
  await follow();
}

async function follow(): Promise<void> {
  await desk.db.transaction().execute((tx) => followIncidents(tx, desk.setting()));
  await desk.look();
  await desk.settled();
}

async function ticketOf({ targetId }: Put): Promise<number> {
  const outage = await findOpenOutage(desk.db, targetId);
  const incident = outage && (await findIncidentOf(desk.db, outage.id));
  if (incident === undefined) throw new Error("there is no ticket");
  return incident.ticketId;
}

const numberOf = (ticketId: number) => `T-${String(ticketId).padStart(4, "0")}`;
const words = (who: Who = "user") => desk.newestScreen(who).text ?? "";
const labels = (who: Who = "user") => desk.labels(desk.newestScreen(who));
const ticketsOf = async (who: Who) => {
  const person = await findPersonByTelegramUser(desk.db, desk.idOf(who));
  return desk.db
    .selectFrom("ticket")
    .select("id")
    .where("requester_id", "=", person?.id ?? 0)
    .execute();
};

describe("who reports trouble that is known", () => {
  test("is told of it before the first question, and joins", async () => {
    await cut([trunk, link]);
    const ticketId = await ticketOf(trunk);
    expect(desk.labels(desk.card("helpDesk", ticketId))).not.toContain("✉️ Balas ke yang terdampak");
    await desk.tell("user", "/status trunk");
    const page = structuredClone(desk.newest("user"));
    await desk.tell("user", "/lapor");
    await desk.press("user", "internet/intranet");
    expect(words()).toContain("🔴 Link Dinkes terputus sejak");
    expect(words()).toContain("Penyebab: Trunk Utara, 1 di belakangnya");
    expect(words()).toContain("Petugas sudah diberi tahu");
    expect(words()).toContain(numberOf(ticketId));
    expect(labels()).toEqual(["🙋 Saya juga terdampak", "📨 Tetap laporkan", "✖️ Batal"]);

    await desk.press("user", "Saya juga terdampak");
    expect(words()).toContain("Anda tercatat juga terdampak");
    expect(words()).toContain(numberOf(ticketId));
    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("🙋 1 orang juga terdampak: Dinkes (1)");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("⛓ 1 di belakangnya: Link Dinkes");
    await desk.tell("user", numberOf(ticketId));
    expect(words()).toMatch(/🙋 Anda tercatat juga terdampak[\s\S]*🔴 Trunk Utara terputus sejak/);
    expect(words()).not.toContain("⛓");
    await desk.tell("user", "/tiket");
    await desk.press("user", `🙋 ${numberOf(ticketId)} · Trunk Utara`);
    expect(words()).toContain("Anda tercatat juga terdampak");
    await desk.tell("colleague", numberOf(ticketId));
    expect(words("colleague")).toContain("Tiket itu tidak ada, atau bukan milik Anda.");
    expect(await desk.pressOn("user", page, "Saya juga terdampak")).toContain("Anda sudah tercatat terdampak pada T-");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("🙋 1 orang juga terdampak");
  });

  test("who has joined is not asked again at a second report; who takes care of it is named", async () => {
    await desk.tell("user", "/status trunk");
    expect(words()).toContain("🙋 Petugas sudah diberi tahu");
    await desk.press("user", "🏷 Penyebab dan bukti");
    expect(words()).toContain("🙋 Petugas sudah diberi tahu");
    expect(words()).not.toContain("🎫");
    expect(labels()).not.toContain("🙋 Saya tangani");

    await desk.press("infrastructure", "🏷 Penyebab dan bukti");
    expect(words("infrastructure")).toContain(`🎫 Tiket: ${numberOf(await ticketOf(trunk))}`);
    expect(words("infrastructure")).not.toContain("🙋");
    const page = structuredClone(desk.newest("infrastructure"));
    await desk.press("infrastructure", "Saya tangani");
    expect(words("infrastructure")).toMatch(/🧾 Gangguan Trunk Utara[\s\S]*🙋 Ditangani Syahrul Munthe sejak \d/);
    expect(labels("infrastructure")).not.toContain("🙋 Saya tangani");
    expect(await desk.pressOn("infrastructure", page, "Saya tangani")).toContain("Syahrul Munthe");
    await desk.tell("helpDesk", "/status link dinkes");
    expect(words("helpDesk")).toMatch(/🙋 Ditangani Syahrul Munthe sejak \d/);
    await desk.press("helpDesk", "🏷 Penyebab dan bukti");
    expect(words("helpDesk")).toContain("🧾 Gangguan Link Dinkes");
    expect(words("helpDesk")).toMatch(/🙋 Ditangani Syahrul Munthe sejak \d[\s\S]*🎫 Tiket: T-/);
    await desk.tell("user", "/status trunk");
    expect(words()).toContain("🙋 Sedang ditangani Syahrul Munthe");
    await desk.tell("user", "/lapor");
    await desk.press("user", "internet/intranet");
    expect(words()).toContain("🙋 Sedang ditangani Syahrul Munthe");
    expect(words()).toContain("☑️ Anda sudah tercatat terdampak");
    expect(labels()).toEqual(["📨 Tetap laporkan", "✖️ Batal"]);
    expect(await ticketsOf("user")).toEqual([]);
  });

  test("is worked on in two places, and both say who: outage and ticket; so does why it is down", async () => {
    const ticketId = await ticketOf(trunk);
    const number = numberOf(ticketId);
    const card = () => desk.wordsOf(desk.card("helpDesk", ticketId));
    expect(card()).toMatch(/🙋 Ditangani Syahrul Munthe sejak \d/);
    expect(card()).not.toContain("🏷");

    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "Saya kerjakan");
    expect(desk.allWords("infrastructure")).toContain(`🎫 Tiket: ${number}, dikerjakan Dewi Lestari`);

    await desk.press("infrastructure", "🏷 Penyebab dan bukti");
    await desk.press("infrastructure", "Kabel putus");
    expect(card()).toContain("🏷 Penyebab: Kabel putus");
  });

  test("goes on with the form by the other button, and is not told again", async () => {
    await desk.tell("user", "/lapor");
    await desk.press("user", "internet/intranet");
    await desk.press("user", "Tetap laporkan");
    expect(words()).toContain("Jaringan apa yang bermasalah?");
    await desk.press("user", "Internet");
    await desk.tell("user", "Aula");
    await desk.tell("user", "Wi-Fi aula lemah.");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await desk.press("user", "📨 Kirim");
    expect(words()).toContain("✅ Tiket Anda sudah diterima.");
    expect(words()).not.toContain("yang sudah diketahui");
    const [filed] = await ticketsOf("user");
    const forDesk = desk.wordsOf(desk.card("helpDesk", filed?.id ?? 0));
    expect(forDesk).toContain("⚠️ Dilaporkan di samping gangguan yang sudah diketahui:\n🔴 Trunk Utara terputus sejak");
    expect(forDesk).toContain(`, tiket ${numberOf(await ticketOf(trunk))}`);
  });

  test("is told since when nobody has looked, too", async () => {
    await markLook(desk.db, new Date(Date.now() - 90_000));
    await desk.tell("user", "/lapor");
    await desk.press("user", "internet/intranet");
    expect(words()).toMatch(/^⚠️ Ini sudah diketahui\n⚠️ Pemantau tidak berjalan sejak /);
    await markLook(desk.db, new Date());
  });

  test("keeps the words that came without a form, and brings them along", async () => {
    await desk.tell("colleague", "Internet di kantor mati total sejak pagi.");
    await desk.press("colleague", "internet/intranet");
    expect(words("colleague")).toContain("🔴 Link Dinkes terputus");
    await desk.press("colleague", "Saya juga terdampak");
    expect(words("colleague")).toContain("Anda tercatat juga terdampak");
    const ticketId = await ticketOf(trunk);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "🕘 Riwayat");
    expect(words("helpDesk")).toContain(`Riwayat ${numberOf(ticketId)}`);
    expect(words("helpDesk")).toContain("juga terdampak\n   Internet di kantor mati total sejak pagi.");
  });

  test("may write the answer at once instead of pressing", async () => {
    await desk.tell("colleague", "/lapor");
    await desk.press("colleague", "internet/intranet");
    await desk.tell("colleague", "Internet");
    expect(words("colleague")).toContain("(contoh: Gedung B, ruang Sekretariat, lantai 2)");
  });

  test("sees the number on the page of what is down only at the desk, and joins from there, too", async () => {
    const number = numberOf(await ticketOf(trunk));
    await desk.tell("helpDesk", "/status trunk");
    expect(words("helpDesk")).toContain(`🎫 Tiket: ${number}`);
    await desk.press("helpDesk", "🎫 Buka tiket");
    expect(words("helpDesk")).toContain(`${number} · Gangguan internet/intranet`);
    await desk.tell("otherOffice", "/status trunk");
    expect(words("otherOffice")).not.toContain("🎫");
    await desk.press("otherOffice", "Saya juga terdampak");
    expect(words("otherOffice")).toContain("Anda tercatat juga terdampak");
    expect(desk.wordsOf(desk.card("helpDesk", await ticketOf(trunk)))).toContain("Dinkes (2), Disdik (1)");
    expect(desk.allWords("infrastructure")).toContain(`🎫 Tiket: ${number}`);
  });

  test("hears what the desk replies, without the ticket; the question says how many do", async () => {
    const ticketId = await ticketOf(trunk);
    await desk.pressOn("helpDesk", desk.card("helpDesk", ticketId), "✉️ Balas ke yang terdampak");
    expect(words("helpDesk")).toContain("Pesan ini DIKIRIM KEPADA 3 ORANG yang terdampak.");
    await desk.tell("helpDesk", "Kabel disambung pukul 14.00.");
    expect(words("helpDesk")).toContain("✉️ Terkirim kepada yang terdampak.");
    for (const who of ["user", "colleague", "otherOffice"] as const) {
      expect(words(who)).toBe(
        `✉️ ${numberOf(ticketId)}: kabar petugas tentang gangguan Trunk Utara, yang juga Anda alami:\nKabel disambung pukul 14.00.`,
      );
      expect(labels(who)).toEqual(["📣 Lapor gangguan", "📶 Status jaringan"]);
    }
  });
});

describe("the end", () => {
  test("is told once to all who joined, and says so to who comes late", async () => {
    const ticketId = await ticketOf(trunk);
    await desk.tell("otherOffice", "/status trunk");
    await desk.tell("colleague", "/lapor");
    await desk.press("colleague", "internet/intranet");
    await desk.tell("helpDesk", numberOf(ticketId));
    await restore([trunk, link]);
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("✅ Trunk Utara tidak terputus lagi sejak");
    expect(desk.allWords("helpDesk")).toContain("🟢 Menurut pemantauan sudah normal kembali");
    for (const who of ["user", "colleague", "otherOffice"] as const) {
      const told = desk
        .fromBot(who)
        .filter((message) => desk.wordsOf(message).includes("sudah terhubung kembali sejak"));
      expect([who, told.length]).toEqual([who, 1]);
      expect(desk.wordsOf(told[0] ?? desk.newest(who))).toContain(
        `Dimohon dicoba.\nTiket ${numberOf(ticketId)} masih diperiksa`,
      );
    }

    await desk.tell("helpDesk", "/antrean");
    expect(desk.newestWords("helpDesk")).toMatch(/^T-\d+ Trunk Utara.*\n.*, ✅ normal kembali$/m);
    await desk.tell("helpDesk", numberOf(ticketId));

    await desk.press("helpDesk", "Terbitkan WO");
    await desk.press("helpDesk", "Lewati");
    expect(labels("itSupport")).not.toContain("Keluhan valid");
    await desk.press("itSupport", "Di jaringan lokal pemohon");
    await desk.press("itSupport", "Jaringan lokal sudah diperbaiki");
    await desk.tell("itSupport", "Penyedia mengganti kabel.");
    await desk.press("itSupport", "Verifikasi ke pemohon");
    await desk.tell("itSupport", "Penyedia mengganti kabel.");
    await follow();
    await desk.press("helpDesk", "Tutup");
    await desk.press("helpDesk", "Pakai: Penyedia mengganti kabel.");
    for (const who of ["user", "colleague", "otherOffice"] as const) {
      const told = desk.fromBot(who).filter((message) => desk.wordsOf(message).includes("sudah selesai ditangani"));
      expect([who, told.length]).toEqual([who, 1]);
    }
    expect(desk.allWords("user")).toContain(`✅ ${numberOf(ticketId)}: gangguan yang juga Anda alami`);
    expect(desk.allWords("user")).toContain("Hasil akhir: Penyedia mengganti kabel.");
  });

  test("an old button says that it is over, and the report is filed by the other one", async () => {
    await cut([trunk, link]);
    await desk.tell("colleague", "/lapor");
    await desk.press("colleague", "internet/intranet");
    const asked = desk.newest("colleague");
    await restore([trunk, link]);
    expect(await desk.pressOn("colleague", asked, "Saya juga terdampak")).toContain("Gangguan itu sudah berakhir.");
    await desk.press("colleague", "Tetap laporkan");
    expect(words("colleague")).toContain("Jaringan apa yang bermasalah?");
  });
});

describe("an application", () => {
  test("is looked up when it was named, and again before it is sent", async () => {
    await desk.tell("user", "/lapor");
    await desk.press("user", "aplikasi");
    await desk.press("user", "SIMPEG");
    await desk.tell("user", "Layar putih setelah masuk.");
    await desk.press("user", "Baru saja");
    await desk.press("user", "Lanjut");
    await cut([simpeg]);
    await desk.press("user", "📨 Kirim");
    expect(words()).toContain("🔴 SIMPEG terputus sejak");
    await desk.press("user", "Tetap laporkan");
    expect(words()).toContain("✅ Tiket Anda sudah diterima.");
    expect(words()).toContain("Layar putih setelah masuk.");

    await desk.tell("otherOffice", "/lapor");
    await desk.press("otherOffice", "aplikasi");
    await desk.pressOn("helpDesk", desk.card("helpDesk", await ticketOf(simpeg)), "Saya kerjakan");
    await desk.tell("otherOffice", "simpge");
    expect(words("otherOffice")).toContain("🔴 SIMPEG terputus sejak");
    expect(words("otherOffice")).toContain("🙋 Sedang ditangani Dewi Lestari");
  });

  test("in maintenance is said so, until when, and nothing is joined", async () => {
    await restore([simpeg]);
    const person = await me();
    const { targetId } = simpeg;
    const answers = { until: "besok 15.00", reason: "Pemutakhiran" };
    await desk.db.transaction().execute((tx) => planMaintenance(tx, person, desk.setting(), { targetId, answers }));
    await desk.tell("otherOffice", "/lapor");
    await desk.press("otherOffice", "aplikasi");
    await desk.tell("otherOffice", "SIMPEG");
    expect(words("otherOffice")).toMatch(/🛠 SIMPEG dalam pemeliharaan sampai .* 15\.00 WIB: Pemutakhiran/);
    expect(labels("otherOffice")).toEqual(["📨 Tetap laporkan", "✖️ Batal"]);
    await desk.press("otherOffice", "Tetap laporkan");
    expect(words("otherOffice")).toContain("Apa yang terjadi?");
    const [window] = await listWindowsAt(desk.db, new Date());
    const input = { windowId: window?.id ?? 0 };
    await desk.db.transaction().execute((tx) => endMaintenance(tx, person, desk.setting(), input));
  });
});

test("of another office's outage nothing is told", async () => {
  await cut([link]);
  // What it lies behind answers, so it is down by itself.
  await seen([trunk], true);
  await follow();
  await desk.tell("user", "/lapor");
  await desk.press("user", "internet/intranet");
  expect(words()).toContain("🔴 Link Dinkes terputus");
  await desk.tell("otherOffice", "/lapor");
  await desk.press("otherOffice", "internet/intranet");
  expect(words("otherOffice")).toContain("Jaringan apa yang bermasalah?");
});

describe("who phones of trouble that is known", () => {
  const report = async (office: string, name: string, ...buttons: string[]) => {
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "📞 Catat laporan orang lain");
    await desk.press("helpDesk", "internet/intranet");
    await desk.press("helpDesk", "Telepon");
    await desk.tell("helpDesk", office);
    expect(words("helpDesk")).not.toContain("Ini sudah diketahui");
    await desk.tell("helpDesk", name);
    for (const button of buttons) await desk.press("helpDesk", button);
  };

  test("is noted as affected, and told so; the desk reads that they are, and is not asked again", async () => {
    const ticketId = await ticketOf(link);
    await report("Dinkes", "Siti", "Siti Aminah");
    expect(words("helpDesk")).toContain("🔴 Link Dinkes terputus sejak");
    expect(words("helpDesk")).toContain(
      "tekan Catat sebagai terdampak: ia diberi tahu bila selesai, bila ada di Telegram.",
    );
    const number = numberOf(ticketId);
    expect(labels("helpDesk")).toEqual([
      ...["🙋 Catat sebagai terdampak", `🎫 Buka ${number}`, "📨 Tetap catat", "✖️ Batal"],
    ]);
    const asked = structuredClone(desk.newest("helpDesk"));
    await desk.press("helpDesk", "Catat sebagai terdampak");
    expect(words("helpDesk")).toContain("🙋 Siti Aminah tercatat terdampak, dan diberi tahu bila");
    expect(words("helpDesk")).toContain(number);
    expect(await desk.db.selectFrom("draft").select("id").execute()).toEqual([]);
    await desk.sees("user", "🙋 Anda tercatat juga terdampak. Tidak perlu melapor lagi");
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("🙋 1 orang juga terdampak: Dinkes (1)");
    // Of a form that is gone the button is still about them, and never about who presses it.
    expect(await desk.pressOn("helpDesk", asked, "Catat sebagai terdampak")).toContain(
      "Pelapor sudah tercatat terdampak",
    );

    await report("Dinkes", "Siti", "Siti Aminah");
    expect(words("helpDesk")).toContain("☑️ Pelapor sudah tercatat terdampak");
    expect(labels("helpDesk")).toEqual([`🎫 Buka ${number}`, "📨 Tetap catat", "✖️ Batal"]);
    await desk.press("helpDesk", "Tetap catat");
    expect(words("helpDesk")).toContain("Nomor telepon atau cara lain menghubungi pelapor?");
  });

  test("and has no Telegram is noted, too, and to be phoned", async () => {
    const { id: officeId } = await findOfficeByCode(desk.db, "Dinkes");
    const unlinked = { name: "Butet Nainggolan", nip: null, officeId, now: new Date() };
    await desk.db.transaction().execute((tx) => insertPerson(tx, unlinked));
    await report("Dinkes", "Butet", "Butet Nainggolan", "Catat sebagai terdampak");
    expect(words("helpDesk")).toContain(
      "🙋 Butet Nainggolan tercatat terdampak. Ia tidak ada di Telegram: kabari lewat",
    );
  });

  test("and is not in the register cannot be told: the ticket of the outage is opened from there", async () => {
    const ticketId = await ticketOf(link);
    await report("Dinkes", "Pak Rahmat");
    expect(words("helpDesk")).toContain("🔴 Link Dinkes terputus sejak");
    expect(words("helpDesk")).toContain("Pelapor belum ada dalam daftar orang");
    expect(labels("helpDesk")).toEqual([`🎫 Buka ${numberOf(ticketId)}`, "📨 Tetap catat", "✖️ Batal"]);
    await desk.press("helpDesk", "Tetap catat");
    await desk.press("helpDesk", "◀️ Kembali");
    await desk.tell("helpDesk", "Siti");
    await desk.press("helpDesk", "Siti Aminah");
    expect(words("helpDesk")).toContain("☑️ Pelapor sudah tercatat terdampak");
    await desk.press("helpDesk", `🎫 Buka ${numberOf(ticketId)}`);
    expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain("Link Dinkes");
  });

  test("of another office is told nothing of it", async () => {
    await report("Disdik", "Hotma", "Hotma Sinaga");
    expect(words("helpDesk")).toContain("Nomor telepon atau cara lain menghubungi pelapor?");
  });

  test("of an application hears of that once it is named", async () => {
    await cut([simpeg]);
    await desk.tell("helpDesk", "/menu");
    await desk.press("helpDesk", "📞 Catat laporan orang lain");
    await desk.press("helpDesk", "Gangguan aplikasi");
    await desk.press("helpDesk", "Loket");
    await desk.tell("helpDesk", "Disdik");
    await desk.tell("helpDesk", "Hotma");
    await desk.press("helpDesk", "Hotma Sinaga");
    await desk.tell("helpDesk", "0812-1111-2222");
    await desk.press("helpDesk", "SIMPEG");
    expect(words("helpDesk")).toContain("🔴 SIMPEG terputus sejak");
    await desk.press("helpDesk", "Catat sebagai terdampak");
    expect(words("helpDesk")).toContain("🙋 Hotma Sinaga tercatat terdampak");
    const entries = { offset: 0, limit: 1, withInternalNotes: true };
    expect(await listEntries(desk.db, await ticketOf(simpeg), entries)).toMatchObject([
      { kind: "affected", personName: "Hotma Sinaga", answers: { note: "0812-1111-2222" } },
    ]);
  });
});

test("one maintenance is told once, also where more than one thing is in it", async () => {
  const line = await put("Link Disdik", "link", "Disdik");
  const site = await put("Kantor Disdik", "site", "Disdik", line);
  await seen([line, site], true);
  await follow();
  const person = await me();
  const input = { targetId: line.targetId, answers: { until: "besok 15.00", reason: "Ganti kabel" } };
  await desk.db.transaction().execute((tx) => planMaintenance(tx, person, desk.setting(), input));
  await desk.tell("otherOffice", "/lapor");
  await desk.press("otherOffice", "internet/intranet");
  expect(words("otherOffice").match(/🛠 .* dalam pemeliharaan/g)).toHaveLength(1);
});

test("who went to another office meanwhile does not join by the old button", async () => {
  await desk.tell("colleague", "/lapor");
  await desk.press("colleague", "internet/intranet");
  expect(labels("colleague")).toContain("🙋 Saya juga terdampak");
  const colleague = await findPersonByTelegramUser(desk.db, desk.idOf("colleague"));
  const { id } = await findOfficeByCode(desk.db, "Disdik");
  await desk.db
    .updateTable("person")
    .set({ office_id: id })
    .where("id", "=", colleague?.id ?? 0)
    .execute();
  const refused = await desk.pressAndRead("colleague", "Saya juga terdampak");
  expect(refused).toContain("bukan pada jaringan atau aplikasi kantor Anda");
  expect(await desk.db.selectFrom("draft").select("id").execute()).not.toEqual([]);
});

test("an office's officer reads of its ticket how much lies behind, and by name only what is theirs or everybody's", async () => {
  await desk.link("officer");
  const router = await put("Menara Dinkes", "link", "Dinkes");
  const own = await put("Puskesmas Aek", "site", "Dinkes", router);
  const shared = await put("Wi-Fi Alun-alun", "site", null, router);
  const other = await put("Kantor Disdik Timur", "site", "Disdik", router);
  await seen([router, own, shared, other], true);
  await follow();

  await cut([router, own, shared, other]);

  const ticketId = await ticketOf(router);
  expect(desk.wordsOf(desk.card("officer", ticketId))).toContain(
    "⛓ 3 kantor di belakangnya: Puskesmas Aek, Wi-Fi Alun-alun, dan 1 lagi\n",
  );
  expect(desk.wordsOf(desk.card("helpDesk", ticketId))).toContain(
    "⛓ 3 kantor di belakangnya: Kantor Disdik Timur, Puskesmas Aek, Wi-Fi Alun-alun\n",
  );
});

describe("what is paused while it is down", () => {
  test("asks once more, and neither message nor ticket says that it is back", async () => {
    const web = await put("SIPD", "application", null);
    await seen([web], true);
    await cut([web]);
    const ticketId = await ticketOf(web);
    await desk.tell("infrastructure", "/status sipd");
    await desk.press("infrastructure", "⏸ Jeda");
    expect(words("infrastructure")).toContain("⏸ Jeda SIPD, yang sedang terputus?");
    await desk.press("infrastructure", "Ya, jeda");
    await desk.settled();
    expect(words("infrastructure")).toContain("⏸ Dijeda");
    for (const told of [desk.allWords("infrastructure"), desk.wordsOf(desk.card("helpDesk", ticketId))]) {
      expect(told).toMatch(/[Bb]erhenti dipantau .* WIB, saat masih terputus \(/);
      expect(told).not.toContain("SIPD tidak terputus lagi");
      expect(told).not.toContain("SIPD normal kembali");
    }
    await desk.press("infrastructure", "🏷 Penyebab dan bukti");
    expect(words("infrastructure")).toMatch(/\nBerhenti dipantau .* WIB, saat masih terputus \(/);
  });
});

test("a ticket that is still open since an earlier outage is opened and joined as that of the next one", async () => {
  const web = await put("E-Kinerja", "application", null);
  await seen([web], true);
  await cut([web]);
  const ticketId = await ticketOf(web);
  await desk.tell("user", "/status e-kinerja");
  await desk.press("user", "Saya juga terdampak");
  expect(words()).toContain("🙋 Anda tercatat juga terdampak");
  await restore([web]);
  // Certain, and not followed yet.
  for (const _ of "12") await seen([web], false);
  await desk.tell("user", "/status e-kinerja");
  expect(words()).toContain("🔴 Terputus");
  expect(labels()).not.toContain("🙋 Saya juga terdampak");
  await desk.tell("helpDesk", "/menu");
  for (const each of ["📞 Catat laporan orang lain", "Gangguan aplikasi", "Telepon"])
    await desk.press("helpDesk", each);
  for (const each of ["Dinkes", "Pak Rahmat", "0812-3333-4444", "E-Kinerja"]) await desk.tell("helpDesk", each);
  expect(labels("helpDesk")).toContain(`🎫 Buka ${numberOf(ticketId)}`);
});

test("what goes up and down says how it is now, how often it did, and when that is over", async () => {
  const line = await put("Link Radio", "link", null);
  for (let flips = 0; flips < 4; flips += 1) {
    for (const isUp of [true, true, false, false]) await seen([line], isUp);
  }
  await desk.settled();
  const words = () =>
    desk
      .fromBot("infrastructure")
      .map(desk.wordsOf)
      .findLast((each) => each.includes("🔁")) ?? "";
  expect(words()).toMatch(
    /🔁 Link Radio naik turun[\s\S]*\nSekarang: terputus\. 7 kali terputus atau pulih dalam 30 menit, terakhir .*\nDinyatakan stabil /,
  );
  for (const isUp of [true, true]) await seen([line], isUp);
  await desk.settled();
  expect(words()).toContain("Sekarang: normal. 8 kali terputus atau pulih");
});
