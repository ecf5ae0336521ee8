import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveRollups } from "../../../core/db/monitoring/monitor-rollups.ts";
import { makePartitions } from "../../../core/db/monitoring/monitor-samples.ts";
import { rollUp } from "../../../core/domain/monitoring/rollup.ts";
import { type ChartText, drawChart } from "../../../worker/papers/chart.ts";
import { targetPictureText } from "../../../worker/papers/chart-text.ts";
import { makePng } from "../../../worker/papers/png.ts";
import { answer, miss } from "../../support/monitoring.ts";
import { morning, openOffice, type TestOffice } from "../../support/office.ts";
import { second, withTargets } from "../../support/watched.ts";

const pngSignature = [0x89, 0x50, 0x4e, 0x47];
const zone = "Asia/Jakarta";
const minute = (minutes: number) => second(minutes * 60);

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());

const text = (than: Partial<ChartText> = {}): ChartText => ({
  ...{
    title: "Trunk Utara",
    subtitle: "24 jam",
    summary: "Tersedia 99,3%",
    downLabel: "Terputus",
    span: { from: minute(0), until: minute(100) },
  },
  points: Array.from({ length: 20 }, (_, index) => ({
    ...{ from: minute(index * 5), until: minute(index * 5 + 5), meanUs: 2_000, p95Us: 3_000, lossPercent: 0 },
  })),
  ...{ down: [], unknown: [], maintenance: [], ticks: [{ at: minute(60), label: "10.00" }] },
  ...than,
});

const bandsOf = (svg: string, kind: string) =>
  [...svg.matchAll(new RegExp(`<rect class="${kind}" x="([\\d.]+)" y="\\d+" width="([\\d.]+)"`, "g"))].map(
    ([, x, wide]) => ({
      x: Number(x),
      until: Number(x) + Number(wide),
    }),
  );

describe("the picture of a target", () => {
  it("calls a job that gives no word as it is called elsewhere", async () => {
    const { targetId } = await watched.put("Backup", { kind: "job" });
    const drawn = drawChart(await targetPictureText(office.db, { targetId, days: 1 }, { zone, now: minute(0) }));
    expect(drawn).toContain(">Tidak berkabar<");
    expect(drawn).not.toContain(">Terputus<");
  });

  it("says what is in the database: latency, loss and outages of a day, and nothing of addresses", async () => {
    const { targetId, checkId } = await watched.put("Link Dinkes", {
      ...{ kind: "link", address: "10.20.30.40" },
      answers: { interval: "600" },
    });
    await watched.record(0, { up: [checkId] });
    await watched.record(600, { down: [checkId] });
    await watched.record(603, { down: [checkId] });
    await watched.record(1_200, { up: [checkId] });
    await watched.record(1_203, { up: [checkId] });
    const rollups = [
      { checkId, beginsAt: minute(0), rollup: rollUp([answer(0)]) },
      { checkId, beginsAt: minute(10), rollup: rollUp([miss(0)]) },
    ];
    await office.act(async (tx) => {
      await makePartitions(tx, ["2026-11-22"]);
      await saveRollups(tx, "minute", rollups);
    });
    const now = minute(40);
    const drawn = await targetPictureText(office.db, { targetId, days: 1 }, { zone, now });
    expect(drawn).toMatchObject({
      ...{
        title: "Link Dinkes",
        subtitle: "24 jam sampai 22 November 2026 09.40",
        summary: "Tersedia 75% · 1 gangguan",
      },
      down: [{ from: minute(10), until: minute(20) }],
      points: [
        { from: minute(0), meanUs: 1_000, lossPercent: 0 },
        { from: minute(10), meanUs: null, p95Us: null, lossPercent: 100 },
        // Not rolled up yet: of its samples.
        { from: minute(20), meanUs: 1_000, lossPercent: 0 },
      ],
    });
    // Before it was watched nobody knows.
    expect(drawn.unknown).toEqual([{ from: new Date(now.getTime() - 86_400_000), until: minute(0) }]);
    expect(drawn.ticks.map(({ label }) => label)).toEqual([
      "12.00",
      "15.00",
      "18.00",
      "21.00",
      "00.00",
      "03.00",
      "06.00",
      "09.00",
    ]);
    expect(drawChart(drawn)).not.toContain("10.20.30.40");
  });

  it("has what was down in its place, and nothing beyond the edges", () => {
    const svg = drawChart(
      text({
        down: [
          { from: minute(50), until: minute(60) },
          { from: minute(-50), until: minute(0) },
        ],
      }),
    );
    const [inside, outside] = bandsOf(svg, "down");
    expect(inside).toEqual({ x: 575, until: 668 });
    expect(outside?.until).toBeLessThan(113);
  });

  it("breaks the line where nothing answered", () => {
    const whole = drawChart(text());
    const points = text().points.map((point, index) =>
      index === 10 ? { ...point, meanUs: null, p95Us: null, lossPercent: 100 } : point,
    );
    const broken = drawChart(text({ points }));
    expect([...whole.matchAll(/<polyline/g)]).toHaveLength(1);
    expect([...broken.matchAll(/<polyline/g)]).toHaveLength(2);
    expect([...broken.matchAll(/class="loss"/g)]).toHaveLength(1);
  });

  it("keeps what people have written as words", () => {
    const svg = drawChart(text({ title: "<script>&" }));
    expect(svg).toContain("&lt;script&gt;&amp;");
    expect(svg).not.toContain("<script>");
  });

  it("is a PNG, also without anything measured", async () => {
    for (const each of [text(), text({ points: [], ticks: [] })]) {
      expect([...(await makePng(drawChart(each))).subarray(0, 4)]).toEqual(pngSignature);
    }
  });

  it("has nobody down while the monitor itself was cut off, though the outage lasts over it", async () => {
    const { targetId, checkId } = await watched.put("Link Sekolah", { kind: "link" });
    await watched.record(0, { up: [checkId] });
    await watched.record(60, { down: [checkId] });
    await watched.record(63, { down: [checkId] });
    await watched.record(120, { down: [checkId] }, "down");
    await watched.record(180, { down: [checkId] });
    await watched.record(183, { down: [checkId] });
    const { down, unknown } = await targetPictureText(office.db, { targetId, days: 1 }, { zone, now: second(240) });
    expect(unknown.at(-1)).toEqual({ from: second(120), until: second(180) });
    expect(down).toEqual([
      { from: second(60), until: second(120) },
      { from: second(180), until: second(240) },
    ]);
  });

  it("goes over hours where it goes over a week", async () => {
    const { targetId, checkId } = await watched.put("Link Disdik", { kind: "link" });
    await office.act((tx) => saveRollups(tx, "hour", [{ checkId, beginsAt: morning, rollup: rollUp([answer(0)]) }]));
    const drawn = await targetPictureText(office.db, { targetId, days: 7 }, { zone, now: minute(120) });
    expect(drawn.points).toEqual([
      { from: morning, until: minute(60), meanUs: 1_000, p95Us: expect.any(Number), lossPercent: 0 },
    ]);
    expect(drawn.ticks).toHaveLength(7);
  });
});
