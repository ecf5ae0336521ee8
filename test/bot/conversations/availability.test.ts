import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { showSpan } from "../../../bot/replies/monitoring/monitor-words.ts";
import { recordSamples } from "../../../core/actions/monitoring/record-samples.ts";
import { addTarget } from "../../../core/actions/monitoring/targets.ts";
import { markLook } from "../../../core/db/monitoring/last-look.ts";
import { listChecksOf } from "../../../core/db/monitoring/monitor-checks.ts";
import { insertOutages } from "../../../core/db/monitoring/outages.ts";
import { findPersonByPlaygroundKey } from "../../../core/db/people/people.ts";
import { monthOf } from "../../../core/domain/calendar/report-days.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import { rollUpSamples } from "../../../worker/tasks/roll-up-samples.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { accepted } from "../../support/ipam.ts";
import { answer, miss } from "../../support/monitoring.ts";
import { listOutagesOf } from "../../support/outages.ts";
import { pressForDocument } from "./lists-in-chat.ts";

let desk: TestDesk;
const targets: Record<string, number> = {};

beforeAll(async () => {
  desk = await openDesk();
  await desk.link("infrastructure", "user", "colleague", "otherOffice");
  await desk.settled();
  const answers = {
    "link-kind": "internet",
    provider: "PT Telkom",
    "circuit-number": "4700-1",
    "agreed-percent": "99.5",
    "noc-phone": "1500250",
  };
  await put("Link Dinkes", { kind: "link", officeCode: "Dinkes", answers });
  await put("Kantor Dinkes", {
    ...{ kind: "site", officeCode: "Dinkes", behind: "Link Dinkes" },
    answers: { contact: "Rina Wulandari, 0812-3456-7890", place: "Jl. Merdeka 1, lantai 2" },
  });
  await put("Link Disdik", { kind: "link", officeCode: "Disdik", answers: { "link-kind": "internet" } });
  // The form refuses such a name; a former version may have taken it.
  await desk.db
    .updateTable("monitor_target")
    .set({ provider: "=PT Telkom" })
    .where("provider", "is not", null)
    .execute();
  for (const name of Object.keys(targets)) await seen(name, 8_000, true);
  await seen("Link Dinkes", 600, false);
  await seen("Link Dinkes", 597, false);
});
afterAll(() => desk.close());

type Who = Parameters<TestDesk["tell"]>[0];
const me = "infrastructure";
const words = (who: Who = me) => desk.newestScreen(who).text ?? "";
const labels = (who: Who = me) => desk.labels(desk.newestScreen(who));

const device = { kind: "device", answers: {} } as const;

type Put = { kind: TargetKind; officeCode: string; behind?: string; answers: Answers };

/** Watched since yesterday. */
async function put(name: string, { kind, officeCode, behind, answers }: Put): Promise<void> {
  const person = await findPersonByPlaygroundKey(desk.db, me);
  if (person === undefined) throw new Error("nobody looks after the network");
  const input = {
    ...{ kind, officeCode, parentId: behind === undefined ? null : (targets[behind] ?? null) },
    ...{
      answers: { name, ...answers },
      check: { check: "icmp", address: `10.1.1.${Object.keys(targets).length + 1}` },
    },
  };
  const added = await desk.db.transaction().execute((tx) => addTarget(tx, person, desk.setting(), input));
  const id = accepted(added);
  targets[name] = id;
  const yesterday = new Date(Date.now() - 86_400_000);
  await desk.db.updateTable("monitor_target").set({ added_at: yesterday }).where("id", "=", id).execute();
}

async function seen(name: string, secondsAgo: number, isUp: boolean): Promise<void> {
  const [check] = await listChecksOf(desk.db, targets[name] ?? 0);
  const at = new Date(Date.now() - secondsAgo * 1_000);
  const samples = [{ ...(isUp ? answer(0) : miss(0)), checkId: check?.id ?? 0, at }];
  await desk.db.transaction().execute((tx) => recordSamples(tx, desk.setting(), { samples, uplink: "up" }));
  await desk.look();
  await desk.settled();
}

/** How long Link Dinkes was down in this month, which may have begun meanwhile. */
function downThisMonth(): string[] {
  const now = new Date();
  const since = Math.max(now.getTime() - 600_000, monthOf(now, { zone: "Asia/Jakarta" }).from.getTime());
  return [0, 1, 2].map((minutes) => showSpan(now.getTime() - since - (minutes - 1) * 60_000));
}

/** Those that were shown. */
function pagesOfOutages() {
  return desk.db.selectFrom("outbox").select("id").where(sql`message ->> 'kind'`, "=", "outage").execute();
}

const exportedFor = (who: Who) => pressForDocument(desk, who, "Ekspor CSV", /^📤 Ketersediaan/);

describe("availability", () => {
  test("of links has the lowest first, against what was agreed; of providers and offices, too", async () => {
    await desk.tell(me, "/status");
    await desk.press(me, "📊 Ketersediaan");
    expect(words()).toContain("📊 Ketersediaan per link");
    expect(words()).toMatch(
      /⚠️ \d+(,\d+)?% Link Dinkes \(target 99,5%\), terukur [^\n]*\n✅ 100% Link Disdik \(target 99%\)/,
    );
    await desk.press(me, "🏭 Per penyedia");
    expect(words()).toMatch(/⚠️ .*% =PT Telkom, 1 dari 1 di bawah target/);
    await desk.press(me, "🏢 Per kantor");
    expect(words()).toContain("Dinas Kesehatan, 1 dari 2 di bawah target");
    await desk.press(me, "Dinas Kesehatan");
    expect(words()).toContain("📊 Ketersediaan Dinas Kesehatan");
    expect(words()).toMatch(/⚠️ .* Link Dinkes \(target 99,5%\), terukur [^\n]*\n✅ 100% Kantor Dinkes/);
  });

  test("of a target says how often and how long, and other months are buttons", async () => {
    await desk.press(me, "Link Dinkes");
    expect(words()).toContain("target 99,5%: di bawah target");
    const lasts = downThisMonth().join("|");
    expect(words()).toMatch(new RegExp(`Gangguan: 1 kali, (${lasts}) seluruhnya, terlama (${lasts})`));
    expect(labels().filter((label) => label.endsWith("⏩"))).toEqual([]);
    await desk.press(me, "⏪");
    await desk.press(me, "⏪");
    expect(words()).toContain("tidak dipantau pada bulan itu");
    await desk.press(me, "⏩");
  });

  test("of other days than a month's is asked for, down to a target", async () => {
    await desk.tell(me, "/status");
    await desk.press(me, "📊 Ketersediaan");
    await desk.press(me, "🗓 Rentang lain");
    await desk.tell(me, "hari ini");
    await desk.tell(me, "kemarin");
    expect(desk.allWords(me)).toContain("Tanggal akhirnya sebelum tanggal mulainya.");
    await desk.tell(me, "/batal");
    await desk.tell(me, "/status");
    await desk.press(me, "📊 Ketersediaan");
    await desk.press(me, "🗓 Rentang lain");
    await desk.tell(me, "1 Januari 2026");
    await desk.tell(me, "hari ini");
    expect(desk.newestWords(me)).toContain(
      "paling lama 92 hari. Contoh yang dapat: sampai 2 Apr 2026, akhir yang paling",
    );
    await desk.tell(me, "2 Apr 2026");
    expect(words()).toContain("📊 Ketersediaan per link\n1 Jan 2026 sampai 2 Apr 2026");
    await desk.tell(me, "/status");
    await desk.press(me, "📊 Ketersediaan");
    await desk.press(me, "🗓 Rentang lain");
    await desk.tell(me, "kemarin");
    await desk.tell(me, "hari ini");
    expect(words()).toMatch(/Ketersediaan per link\n\d+ \w+ \d{4} sampai \d+ \w+ \d{4} \d\d\.\d\d WIB/);
    expect(words()).toContain("✅ 100% Link Disdik (target 99%)");
    await desk.press(me, "Link Dinkes");
    expect(words()).toMatch(/📊 Ketersediaan Link Dinkes\n\d+ \w+ \d{4} sampai \d+ \w+ \d{4} /);
    expect(words()).toContain("Gangguan: 1 kali");
  });

  test("is a list of what each may see: people of their own office, without contracts", async () => {
    await desk.tell(me, "/status");
    await desk.press(me, "📊 Ketersediaan");
    const all = await exportedFor(me);
    expect(all).toContain("bulan;jenis;nama;kode_kantor;penyedia;nomor_sirkit;target_persen");
    // A spreadsheet does not run what somebody has called a provider.
    expect(all).toMatch(/;link;Link Dinkes;Dinkes;'=PT Telkom;4700-1;99,5;\d+(,\d+)?;\d+(,\d+)?;\d+(,\d+)?;tidak;/);
    expect(all).toContain(";semua di kantor;Dinas Kesehatan;Dinkes;");
    expect(all).toContain(";semua dari penyedia;'=PT Telkom;;'=PT Telkom;");

    await desk.tell("otherOffice", "/status");
    await desk.press("otherOffice", "📊 Ketersediaan");
    expect(words("otherOffice")).not.toContain("Dinkes");
    expect(labels("otherOffice")).not.toContain("🏭 Per penyedia");
    expect(await exportedFor("otherOffice")).not.toContain("Dinkes");
    await desk.tell("user", "/status");
    await desk.press("user", "📊 Ketersediaan");
    const own = await exportedFor("user");
    expect(own).toMatch(/;link;Link Dinkes;Dinkes;;;99,5;/);
    expect(own).not.toContain("Telkom");
  });
});

describe("an outage", () => {
  test("is opened from what was told of it; the desk says why, and everybody told sees it", async () => {
    const told = await desk.sees(me, "🔴 Link Dinkes terputus");
    expect(desk.wordsOf(told)).toContain("📍 Kantor Dinkes: Jl. Merdeka 1, lantai 2");
    await desk.press(me, "🏷 Penyebab dan bukti");
    expect(words()).toContain("🧾 Gangguan Link Dinkes");
    expect(words()).toContain("📍 Kantor Dinkes: Jl. Merdeka 1, lantai 2");
    expect(words()).toContain("🏷 Penyebab: belum ditetapkan");
    expect(words()).toContain("🔗 Link Dinkes: =PT Telkom, sirkit 4700-1\n☎️ NOC: 1500250");
    const page = structuredClone(desk.newest(me));
    await desk.press(me, "Kabel putus");
    expect(words()).toContain("🏷 Penyebab: Kabel putus");
    expect(labels()).toContain("✅ Kabel putus");
    await desk.sees(me, /🔴 Link Dinkes terputus[\s\S]*🏷 Penyebab: Kabel putus/);
    expect(await desk.pressOn(me, page, "Petir")).toContain("baru saja ditetapkan petugas lain");
    expect(words()).toContain("🏷 Penyebab: Kabel putus");
  });

  test("says why the contact of its site is to be phoned", async () => {
    const contactIs = async (contact: string) => {
      await desk.db.updateTable("monitor_target").set({ contact }).where("name", "=", "Kantor Dinkes").execute();
      await desk.pressOn(me, await desk.sees(me, "🔴 Link Dinkes terputus"), "🏷 Penyebab dan bukti");
    };
    await contactIs("Hotma Sinaga 0812-1111-2222");
    expect(words()).toContain("(telepon saja: tidak dikenali sebagai satu orang dari daftar orang kantor itu)");
    expect(labels()).not.toContain("⚡ Listrik padam?");
    await contactIs("Rina Wulandari, 0812-3456-7890");
  });

  test("is asked about at the site in one tap, and the answer stands with it", async () => {
    expect(words()).toContain("👤 Kantor Dinkes: Rina Wulandari, 0812-3456-7890 (dapat ditanya lewat Telegram)");
    const page = structuredClone(desk.newest(me));
    const told = await desk.sees(me, "🔴 Link Dinkes terputus");
    const pages = await pagesOfOutages();
    await desk.pressOn(me, told, "⚡ Listrik padam?");
    await desk.sees(me, /🔴 Link Dinkes terputus[\s\S]*⚡ Rina Wulandari ditanya .* WIB, belum menjawab/);
    expect(await pagesOfOutages()).toEqual(pages);
    const asked = desk.fromBot(me).filter(({ message_id: id }) => id === told.message_id);
    expect(asked.flatMap(desk.labels)).not.toContain("⚡ Listrik padam?");
    expect(await desk.pressOn(me, page, "Listrik padam?")).toContain("Rina Wulandari sudah ditanya");
    await desk.press(me, "🏷 Penyebab dan bukti");
    expect(words()).toMatch(/⚡ Rina Wulandari ditanya .* WIB, belum menjawab/);
    expect(labels()).not.toContain("⚡ Listrik padam?");

    const question = structuredClone(await desk.sees("colleague", "⚡ Listrik padam?"));
    expect(desk.wordsOf(question)).toContain("Link Dinkes terputus sejak");
    await desk.press("colleague", "Ya, listrik padam");
    expect(words("colleague")).toContain("Jawaban Anda: ya, listrik padam.");
    expect(labels("colleague")).toEqual([]);
    expect(await desk.pressOn("colleague", question, "Tidak")).toContain("Jawaban Anda sudah tercatat");
    await desk.sees(me, "⚡ Link Dinkes: Rina Wulandari menjawab ya, listrik padam.");
    // What the desk has said stays.
    await desk.press(me, "🏷 Penyebab dan bukti");
    expect(words()).toContain("🏷 Penyebab: Kabel putus");
    expect(words()).toMatch(/⚡ Rina Wulandari: ya, listrik padam \(.* WIB\)/);
  });

  test("is reported to the provider by words to copy", async () => {
    await desk.press(me, "📋 Salin laporan ke ISP");
    const report = words();
    expect(report).toContain(
      "Lokasi: Kantor Dinkes, Dinas Kesehatan\nAlamat: Kantor Dinkes: Jl. Merdeka 1, lantai 2\n",
    );
    expect(report).toContain("LAPORAN GANGGUAN kepada =PT Telkom\nNomor sirkit: 4700-1\nLink: Link Dinkes\n");
    expect(report).toMatch(
      /Terputus sejak: .* WIB\nSampai: masih terputus \(\d+ menit\)\nPaket hilang selama gangguan: 100%/,
    );
    expect(report).toContain(
      "Kontak di lokasi: Rina Wulandari, 0812-3456-7890\nPelapor: Syahrul Munthe, Diskominfo Kabupaten Uji",
    );
  });

  test("is not said to last where nobody knows", async () => {
    await markLook(desk.db, new Date(Date.now() - 90_000));
    await desk.press(me, "🏷 Penyebab dan bukti");
    expect(words()).toMatch(/Terakhir diketahui terputus .* WIB \(kurang dari semenit\)/);
    await desk.press(me, "📋 Salin laporan ke ISP");
    expect(words()).toMatch(/Sampai: terakhir diketahui terputus .* WIB \(kurang dari semenit\)\n/);
    expect(words()).toContain("Paket hilang selama gangguan: 100%\n");
    await markLook(desk.db, new Date());
  });

  test("has the loss of what is kept, where that is not all", async () => {
    const [outage] = await listOutagesOf(desk.db, targets["Link Dinkes"] ?? 0, 1);
    const began = (at: Date | undefined) =>
      desk.db
        .updateTable("outage")
        .set({ started_at: at })
        .where("id", "=", outage?.id ?? 0)
        .execute();
    await began(new Date(Date.now() - 8 * 86_400_000));
    await desk.press(me, "🏷 Penyebab dan bukti");
    await desk.press(me, "📋 Salin laporan ke ISP");
    await began(outage?.startedAt);
    expect(words()).toMatch(
      /Paket hilang selama gangguan: [\d,]+% \(dari sampel yang masih disimpan, sejak .* WIB\)\n/,
    );
  });

  test("has evidence for the provider: a PDF, and its samples as a list", async () => {
    await desk.press(me, "🏷 Penyebab dan bukti");
    const { message_id: before } = desk.newest(me);
    await desk.press(me, "📄 Berkas bukti");
    await desk.sees(me, "📄 Bukti gangguan Link Dinkes", before);
    await desk.sees(me, "📄 Sampel gangguan Link Dinkes", before);
    expect(await desk.pressAndRead(me, "📄 Berkas bukti")).toContain("baru saja diminta");
    const papers = await desk.db.selectFrom("paper").select("details").where("kind", "=", "outage-evidence").execute();
    expect(papers).toContainEqual({ details: expect.objectContaining({ as: "pdf", cause: "Kabel putus" }) });
  });

  test("shows people of the office how long and why, and nothing that is the desk's; others not even that", async () => {
    await desk.tell("user", "/status link dinkes");
    await desk.press("user", "🏷 Penyebab dan bukti");
    expect(words("user")).toContain("🏷 Penyebab: Kabel putus");
    expect(words("user")).not.toContain("0812");
    expect(words("user")).not.toContain("4700-1");
    expect(labels("user")).toEqual(["🔎 Buka Link Dinkes", "📶 Status jaringan"]);
    const [outage] = await listOutagesOf(desk.db, targets["Link Dinkes"] ?? 0, 1);
    expect(await pressAs("otherOffice", { do: "outage", outageId: outage?.id })).toBe("");
    expect(words("otherOffice")).toContain("Gangguan itu tidak ada dalam catatan");
    const { name: month } = monthOf(new Date(), { zone: "Asia/Jakarta" });
    const availability = { do: "availability-of", of: { targetId: targets["Link Dinkes"] }, month };
    expect(await pressAs("otherOffice", availability)).toBe("");
    expect(words("otherOffice")).toContain("tidak dipantau pada bulan itu");
    const deskOnly = [
      { do: "set-cause", outageId: outage?.id, cause: "power", former: "fibre-cut" },
      { do: "ask-power", outageId: outage?.id },
      { do: "outage-evidence", outageId: outage?.id },
      { do: "provider-report", outageId: outage?.id },
    ];
    for (const press of deskOnly) expect(await pressAs("otherOffice", press)).toContain("petugas");
    expect(await pressAs("otherOffice", { do: "draw-target", targetId: targets["Link Dinkes"], days: 1 })).toContain(
      "tidak dipantau",
    );
  });
});

describe("what a page does not hold", () => {
  /** Of yesterday and today, wherever the month ends. */
  async function openDays(): Promise<void> {
    await desk.tell(me, "/status");
    await desk.press(me, "📊 Ketersediaan");
    await desk.press(me, "🗓 Rentang lain");
    await desk.tell(me, "kemarin");
    await desk.tell(me, "hari ini");
  }
  const shown = (mark: string) => labels().filter((label) => label.startsWith(mark));

  test("comes on the next one: outages of a target, the last first", async () => {
    const targetId = targets["Link Disdik"] ?? 0;
    const at = (minutes: number) => new Date(Date.now() - 7_200_000 + minutes * 60_000);
    const outages = Array.from({ length: 12 }, (_, index) => {
      const [startedAt, endedAt] = [at(2 * index), at(2 * index + 1)];
      return { targetId, startedAt, confirmedAt: startedAt, endedAt };
    });
    await desk.db.transaction().execute((tx) => insertOutages(tx, outages));
    await openDays();
    await desk.press(me, "Link Disdik");
    expect(words()).toContain("Gangguan: 12 kali");
    expect(shown("⚫")).toHaveLength(10);
    await desk.press(me, "Berikutnya ▶️");
    expect(words()).toContain("Gangguan: 12 kali");
    expect(shown("⚫")).toHaveLength(2);
    expect(labels()).not.toContain("Berikutnya ▶️");
    await desk.press(me, "◀️ Sebelumnya");
    expect(shown("⚫")).toHaveLength(10);
  });

  test("comes on the next one: what belongs to an office", async () => {
    for (let number = 1; number <= 12; number += 1) await put(`AP ${number}`, { ...device, officeCode: "Disdik" });
    await openDays();
    await desk.press(me, "🏢 Per kantor");
    await desk.press(me, "Dinas Pendidikan");
    await desk.press(me, "Berikutnya ▶️");
    expect(shown("–")).toHaveLength(3);
  });

  test("is listed by what it is: devices among devices", async () => {
    await openDays();
    await desk.press(me, "🖥 Per perangkat");
    expect(words()).toContain("📊 Ketersediaan per perangkat");
    await desk.press(me, "AP 1");
    await desk.press(me, "📊 Ketersediaan");
    expect(words()).toContain("📊 Ketersediaan per perangkat");
    expect(labels()).not.toContain("⏱ Per pekerjaan berkala");
  });
});

/** Somebody presses what was made for another: as if the message had been theirs. */
async function pressAs(who: Who, press: object): Promise<string> {
  await desk.tell(who, "/status");
  const message = desk.newest(who);
  const [button] = desk.buttonsOf(message);
  const [token = ""] = (button?.callback_data ?? "").split(".");
  await desk.db
    .updateTable("outbox")
    .set({ presses: JSON.stringify([press]) })
    .where("token", "=", token)
    .execute();
  return desk.pressData(who, message.message_id, `${token}.0`);
}

describe("pictures", () => {
  test("of a target come when something was measured, and once in a minute", async () => {
    // Never asked: what was, may be rolled up already, which happens each minute.
    await desk.tell(me, "/status AP 12");
    expect(await desk.pressAndRead(me, "📈 30 hari")).toContain("belum ada yang terukur");
    await rollUpSamples({ db: desk.db, setting: () => desk.setting() });
    const { message_id: before } = desk.newest(me);
    // It follows its page by itself.
    await desk.tell(me, "/status link disdik");
    await desk.sees(me, "📈 Link Disdik, 24 jam", before);
    await desk.tell(me, "/status link disdik");
    expect(await desk.pressAndRead(me, "📈 24 jam")).toContain("baru saja diminta");
    await markLook(desk.db, new Date(Date.now() - 90_000));
    await desk.press(me, "📈 7 hari");
    const picture = await desk.sees(me, /^📈 Link Disdik, 7 hari\n⚠️ Pemantau tidak berjalan sejak/, before);
    await markLook(desk.db, new Date());
    // The page is above it: its buttons are at hand below the picture, and open it anew without another one.
    expect(desk.labels(picture)).toEqual(["📈 24 jam", "📈 30 hari", "◀️ Kembali", "📶 Status jaringan"]);
    const papers = () => desk.db.selectFrom("paper").select("id").execute();
    await desk.db
      .updateTable("paper")
      .set({ asked_at: new Date(Date.now() - 120_000) })
      .execute();
    const drawn = await papers();
    expect(await desk.pressOn(me, picture, "◀️ Kembali")).toBe("");
    expect(await papers()).toEqual(drawn);
    expect(desk.newest(me).message_id).toBeGreaterThan(picture.message_id);
    expect(words()).toContain("🔗 Link Disdik");
    expect(labels()).toContain("🔄 Periksa sekarang");
    const photos = desk.fromBot(me).filter((message) => "photo" in message);
    const titles = photos.map((photo) => desk.wordsOf(photo).split("\n")[0]);
    expect(titles).toEqual(["📈 Link Disdik, 24 jam", "📈 Link Disdik, 7 hari"]);
  });

  test("of the regency comes from the overview", async () => {
    await desk.tell(me, "/status");
    const { message_id: before } = desk.newest(me);
    await desk.press(me, "🖼 Gambar keadaan");
    await desk.sees(me, "🖼 Gambar sedang dibuat", before);
    const message = await desk.sees(me, /^🖼 Status jaringan dan aplikasi/, before);
    expect("photo" in message).toBe(true);
  });
});
