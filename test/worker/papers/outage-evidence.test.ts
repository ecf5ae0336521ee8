import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acknowledgeAlert, insertAlert } from "../../../core/db/monitoring/monitor-alerts.ts";
import { insertCheck, markCheckRemoved } from "../../../core/db/monitoring/monitor-checks.ts";
import { dropPartitions } from "../../../core/db/monitoring/monitor-samples.ts";
import { findOutage } from "../../../core/db/monitoring/outages.ts";
import { runInThread } from "../../../worker/in-thread.ts";
import { outageEvidenceText, outageSamplesCsv } from "../../../worker/papers/outage-evidence-text.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { listOutagesOf } from "../../support/outages.ts";
import { second, withTargets } from "../../support/watched.ts";

const details = { as: "pdf", regency: "Kabupaten Uji", zoneLabel: "WIB" } as const;
const setting = { zone: "Asia/Jakarta", now: second(3_600), keepDays: 7 };
const thread = new URL("../../../worker/papers/outage-evidence-thread.ts", import.meta.url);

let office: TestOffice;
let outageId: number;
beforeAll(async () => {
  office = await openOffice();
  const watched = withTargets(office);
  const answers = { provider: "PT Telkom", "circuit-number": "4700-1", "bandwidth-mbps": "100" };
  const link = await watched.put("Link Dinkes", { kind: "link", officeCode: "Dinkes", answers, address: "10.20.1.1" });
  await watched.record(0, { up: [link.checkId] });
  for (let each = 0; each < 200; each += 1) await watched.record(60 + each, { down: [link.checkId] });
  await watched.record(270, { up: [link.checkId] });
  await watched.record(273, { up: [link.checkId] });
  outageId = (await listOutagesOf(office.db, link.targetId, 1))[0]?.id ?? 0;
}, 60_000);
afterAll(() => office.close());

describe("the evidence of an outage", () => {
  it("has the circuit, how long it was, what happened, and samples from before to after", async () => {
    const { head, title, facts, timeline, samples } = await outageEvidenceText(
      office.db,
      { ...details, outageId },
      setting,
    );
    expect([head, title]).toEqual(["Diskominfo Kabupaten Uji", "Gangguan Link Dinkes"]);
    expect(Object.fromEntries(facts.map(({ label, value }) => [label, value]))).toEqual({
      ...{ Penyedia: "PT Telkom", "Nomor sirkit": "4700-1", Link: "Link Dinkes", Bandwidth: "100 Mbps" },
      ...{ Lokasi: "Dinas Kesehatan", "Terputus sejak": "22 November 2026 09.01.00 WIB" },
      ...{ Sampai: "22 November 2026 09.04.30 WIB", Lama: "3 menit 30 detik", "Paket hilang": "100%" },
    });
    expect(timeline).toEqual([
      { at: "22 November 2026 09.01.00 WIB", what: "Pemeriksaan pertama yang tidak menjawab" },
      { at: "22 November 2026 09.01.01 WIB", what: "Gangguan dipastikan" },
      { at: "22 November 2026 09.04.30 WIB", what: "Jawaban pertama sesudah gangguan" },
    ]);
    expect(samples.rows).toHaveLength(120);
    expect(samples.rows[0]).toEqual(["22-11-2026 09.00.00 WIB", "ping 10.20.1.1", "5", "5", "1", "0,05", "menjawab"]);
    expect(samples.note).toBe("Di sini 60 yang pertama dan 60 yang terakhir; 83 di antaranya ada dalam berkas CSV.");
  });

  it("draws also what is not rolled up yet, from before the outage on", async () => {
    const { graph } = await outageEvidenceText(office.db, { ...details, outageId }, setting);
    const lost = [...graph.matchAll(/<rect class="loss" x="([\d.]+)"/g)].map(([, x]) => Number(x));
    const [, down] = graph.match(/<rect class="down" x="([\d.]+)"/) ?? [];
    expect(lost.length).toBeGreaterThan(1);
    expect(Math.min(...lost)).toBeLessThanOrEqual(Number(down));
    expect(graph).toContain("<circle");
  });

  it("says who took care of it, and when", async () => {
    const outage = await findOutage(office.db, outageId);
    const rootId = outage?.targetId ?? 0;
    const alertId = await office.act((tx) =>
      insertAlert(tx, {
        key: "x",
        kind: "down",
        rootId,
        children: [],
        since: second(60),
        toldAt: second(62),
        flippedAt: null,
      }),
    );
    const now = second(100);
    await office.act((tx) => acknowledgeAlert(tx, alertId, { personId: office.people.infrastructure.id, now }));
    const { timeline } = await outageEvidenceText(office.db, { ...details, outageId }, setting);
    await office.db.deleteFrom("monitor_alert").where("id", "=", alertId).execute();
    const what = `Diambil oleh ${office.people.infrastructure.name}`;
    expect(timeline[2]).toEqual({ at: "22 November 2026 09.01.40 WIB", what });
  });

  it("says where to go, whom to call there, and the cause where it was said", async () => {
    const watched = withTargets(office);
    const link = await watched.put("Link Dinsos", { kind: "link", officeCode: "Dinkes", address: "10.20.1.7" });
    const answers = { place: "Jl. Merdeka 1, lantai 2", contact: "Rina, 0812-3456-7890" };
    await watched.put("Kantor Dinsos", { kind: "site", officeCode: "Dinkes", behind: link.targetId, answers });
    await watched.record(0, { up: [link.checkId] });
    await watched.record(60, { down: [link.checkId] });
    await watched.record(63, { down: [link.checkId] });
    const [outage] = await listOutagesOf(office.db, link.targetId, 1);
    const about = { ...details, outageId: outage?.id ?? 0, cause: "Kabel putus" };
    const { facts } = await outageEvidenceText(office.db, about, setting);
    expect(Object.fromEntries(facts.map(({ label, value }) => [label, value]))).toMatchObject({
      ...{ Link: "Link Dinsos", Lokasi: "Kantor Dinsos, Dinas Kesehatan", Alamat: "Jl. Merdeka 1, lantai 2" },
      ...{ "Kontak di lokasi": "Rina, 0812-3456-7890", Penyebab: "Kabel putus" },
    });
  });

  it("has all samples in its list", async () => {
    const csv = await outageSamplesCsv(office.db, { ...details, outageId }, setting);
    const [heading, ...rows] = csv.trim().split("\r\n");
    expect(heading).toContain("waktu;pemeriksaan;dikirim;diterima");
    expect(rows).toHaveLength(203);
    expect(rows[1]).toBe("2026-11-22T09:01:00.000+07:00;ping 10.20.1.1;5;0;;;;;tidak menjawab");
  });

  it("says so in the list where there are more samples than it takes", async () => {
    const more = sql`
      insert into monitor_sample (at, check_id, sent, received, is_ok)
      select ${second(100)}::timestamptz + n * interval '1 millisecond', check_id, 1, 1, true
      from generate_series(1, 50000) as n, (select min(check_id) as check_id from monitor_sample) as watched
      on conflict do nothing`;
    const csv = await office.db.transaction().execute(async (tx) => {
      await more.execute(tx);
      const text = await outageSamplesCsv(tx, { ...details, outageId }, setting);
      await sql`delete from monitor_sample where sent = 1 and received = 1 and min_us is null`.execute(tx);
      return text;
    });
    const rows = csv.trim().split("\r\n");
    expect(rows).toHaveLength(50_002);
    expect(rows.at(-1)).toContain("Hanya 50.000 sampel yang pertama");
  });

  it("has what was asked in its time, also where the target was pinged before that, or is now", async () => {
    const watched = withTargets(office);
    const link = await watched.put("Link Disdik", { kind: "link", officeCode: "Dinkes", address: "10.20.1.2" });
    const settings = { kind: "tcp", address: "10.20.1.2", port: 22 } as const;
    const checkId = (await office.act((tx) =>
      insertCheck(tx, { targetId: link.targetId, settings, now: second(10) }),
    )) as number;
    await office.act((tx) => markCheckRemoved(tx, link.checkId, second(10)));
    await watched.record(20, { up: [checkId] });
    await watched.record(60, { down: [checkId] });
    await watched.record(63, { down: [checkId] });
    await watched.record(90, { up: [checkId] });
    await watched.record(93, { up: [checkId] });
    const ping = { kind: "icmp", address: "10.20.1.2" } as const;
    await office.act((tx) => insertCheck(tx, { targetId: link.targetId, settings: ping, now: second(600) }));
    const [outage] = await listOutagesOf(office.db, link.targetId, 1);
    const { samples } = await outageEvidenceText(office.db, { ...details, outageId: outage?.id ?? 0 }, setting);
    expect(samples.rows.map(([, check]) => check)).toEqual(Array(5).fill("TCP 10.20.1.2:22"));
  });

  it("is a PDF", async () => {
    const text = await outageEvidenceText(office.db, { ...details, outageId }, setting);
    const pdf = Buffer.from(await runInThread<Uint8Array>(thread, text, "drawing the evidence of an outage"));
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("says until when it was seen, where nobody knows whether it lasts", async () => {
    await office.db.updateTable("outage").set({ ended_at: null }).where("id", "=", outageId).execute();
    const { facts } = await outageEvidenceText(office.db, { ...details, outageId }, setting);
    await office.db
      .updateTable("outage")
      .set({ ended_at: second(270) })
      .where("id", "=", outageId)
      .execute();
    expect(Object.fromEntries(facts.map(({ label, value }) => [label, value]))).toMatchObject({
      ...{ Sampai: "terakhir diketahui terputus 22 November 2026 09.04.19 WIB", Lama: "3 menit 19 detik" },
    });
  });

  it("says so when its samples were dropped", async () => {
    const later = { ...setting, now: second(8 * 86_400) };
    await office.db.deleteFrom("monitor_sample").where("at", "<", second(100)).execute();
    const partly = await outageEvidenceText(office.db, { ...details, outageId }, later);
    expect(partly.facts).toContainEqual({
      label: "Paket hilang",
      value: "100% (dari sampel yang masih disimpan, sejak 22 November 2026 09.01.40 WIB)",
    });

    const before = new Date("2026-11-24T00:00:00Z");
    await office.act((tx) => dropPartitions(tx, { samplesBefore: before, minutesBefore: before }));
    const { samples, facts } = await outageEvidenceText(office.db, { ...details, outageId }, later);
    expect(samples).toEqual({
      rows: [],
      note: expect.stringContaining("Sampel mentah disimpan 7 hari dan sudah dihapus."),
    });
    expect(facts.map(({ label }) => label)).not.toContain("Paket hilang");
  });
});
