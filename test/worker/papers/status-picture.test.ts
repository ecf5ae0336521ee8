import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markLook } from "../../../core/db/monitoring/last-look.ts";
import { insertWindow } from "../../../core/db/monitoring/maintenance-windows.ts";
import { findTargetNamed } from "../../../core/db/monitoring/monitor-targets.ts";
import { makePng } from "../../../worker/papers/png.ts";
import { drawStatus } from "../../../worker/papers/status-picture.ts";
import { statusPictureText } from "../../../worker/papers/status-picture-text.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../support/office.ts";
import { withTargets } from "../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  const watched = withTargets(office);
  const trunk = await watched.put("Trunk", { kind: "link" });
  const dinkes = await watched.put("Kantor Dinkes", { kind: "site", officeCode: "Dinkes" });
  const router = await watched.put("Router Dinkes", { officeCode: "Dinkes" });
  const other = await watched.put("Kantor Disdukcapil", { kind: "site", officeCode: "Disdukcapil" });
  await watched.record(0, { up: [trunk, dinkes, router, other].map(({ checkId }) => checkId) });
  await watched.record(60, { down: [dinkes.checkId] });
  await watched.record(63, { down: [dinkes.checkId] });
  const job = await watched.put("Backup", { kind: "job", officeCode: "Disdukcapil" });
  await watched.record(0, { up: [job.checkId] });
  for (const seconds of [60, 63]) await watched.record(seconds, { down: [job.checkId] });
});
afterAll(() => office.close());

const seenBy = (who: "infrastructure" | "requester") =>
  statusPictureText(office.db, { personId: office.people[who].id }, { zone: "Asia/Jakarta", now: morning });

describe("the picture of the regency", () => {
  it("has each office by its worst state but that of its jobs, the worst first, and how many are in which", async () => {
    const { subtitle, offices, bars } = await seenBy("infrastructure");
    expect(subtitle).toBe("Keadaan 22 November 2026 09.00");
    expect(offices).toEqual([
      { code: "Dinkes", state: "down", details: "1 dari 2 normal" },
      { code: "Disdukcapil", state: "up", details: "1 dari 1 normal" },
      { code: "Milik bersama", state: "up", details: "1 dari 1 normal" },
    ]);
    expect(bars.map(({ label, counts }) => [label, counts.down, counts.up])).toEqual([
      ["Kantor", 1, 1],
      ["Link", 0, 1],
      ["Perangkat", 0, 1],
      ["Pekerjaan berkala", 1, 0],
    ]);
  });

  it("shows what is down in maintenance as such, and its office, too", async () => {
    const { db } = office;
    const targetId = (await findTargetNamed(db, "Kantor Dinkes"))?.id ?? 0;
    const window = {
      targetId,
      beginsAt: minutesAfter(morning, -5),
      endsAt: minutesAfter(morning, 60),
      reason: "Ganti router",
    };
    await office.act((tx) => insertWindow(tx, window, { setBy: office.people.infrastructure.id, now: morning }));
    const text = await seenBy("infrastructure");
    await db.deleteFrom("maintenance_window").execute();
    expect(text.offices).toContainEqual({ code: "Dinkes", state: "maintenance", details: "1 dari 2 normal" });
    expect(text.bars[0]?.counts).toMatchObject({ down: 0, maintenance: 1, up: 1 });
    expect(drawStatus(text)).toContain(">Pemeliharaan<");
  });

  it("shows people their own office and what is everybody's alone", async () => {
    const { offices, bars } = await seenBy("requester");
    expect(offices.map(({ code }) => code)).toEqual(["Disdukcapil", "Milik bersama"]);
    expect(bars.map(({ counts }) => counts.down)).toEqual([0, 0, 1]);
  });

  it("is of when somebody looked last, where nobody does now", async () => {
    await markLook(office.db, minutesAfter(morning, -90));
    const { subtitle } = await seenBy("infrastructure");
    await office.db.deleteFrom("monitor_look").execute();
    expect(subtitle).toBe("Keadaan 22 November 2026 07.30, sejak itu pemantau tidak berjalan");
  });

  it("is a PNG of bars and tiles, also of nothing", async () => {
    const svg = drawStatus(await seenBy("infrastructure"));
    expect([...svg.matchAll(/class="down"[^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([
      410, 820,
    ]);
    expect(svg).not.toContain("10.0.");
    expect(svg).toContain(">Terputus / tidak berkabar<");
    for (const each of [svg, drawStatus({ subtitle: "Keadaan", bars: [], offices: [] })]) {
      expect((await makePng(each)).length).toBeGreaterThan(1_000);
    }
  });
});
