import type { Span } from "../../core/domain/monitoring/spans.ts";
import { fitted, svgText } from "./svg.ts";

/** What the picture of one target shows. */
export type ChartText = {
  /** "Link Dinkes" */
  title: string;
  /** "7 hari sampai 29 November 2026 10.00" */
  subtitle: string;
  /** "Tersedia 98,2% · 3 gangguan" */
  summary: string;
  /** "Terputus"; of a job "Tidak berkabar" */
  downLabel: string;
  span: Span;
  points: readonly ChartPoint[];
  down: readonly Span[];
  unknown: readonly Span[];
  maintenance: readonly Span[];
  ticks: readonly { at: Date; label: string }[];
};

/** What was found in a part of the time; null: nothing was, or no answer came. */
export type ChartPoint = Span & { meanUs: number | null; p95Us: number | null; lossPercent: number | null };

const width = 1080;
const margin = 40;
const left = 110;
const right = width - margin;
const latency = { top: 190, bottom: 430 };
const loss = { top: 470, bottom: 570 };
const height = 660;
const grey = "#475569";

const bandFills = { down: "#fecaca", maintenance: "#ddd6fe", unknown: "#e2e8f0" } as const;

/** Latency above, loss below, and over both when the target was down. Pure: the same text gives the same picture. */
export function drawChart(text: ChartText): string {
  const x = scaleOf(text.span);
  const highestMs = roundUp(Math.max(1, ...text.points.map(({ p95Us, meanUs }) => (p95Us ?? meanUs ?? 0) / 1_000)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto, Arial, sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    svgText(margin, 58, fitted(text.title, 34, width - 2 * margin), { size: 34, weight: 500 }),
    svgText(margin, 92, fitted(text.subtitle, 20, width - 2 * margin), { size: 20, colour: grey }),
    svgText(margin, 124, fitted(text.summary, 20, width - 2 * margin), { size: 20 }),
    ...drawLegend(text.downLabel),
    ...drawBands(text, x),
    ...drawAxis(latency, "Latensi: garis rata-rata, biru muda sampai persentil 95", [
      "0",
      showMs(highestMs / 2),
      `${showMs(highestMs)} ms`,
    ]),
    ...drawAxis(loss, "Hilang", ["0", "50", "100%"]),
    ...drawTicks(text, x),
    ...drawLatency(text.points, x, highestMs),
    ...drawLoss(text.points, x),
    "</svg>",
  ].join("");
}

type Scale = (at: Date) => number;

function scaleOf({ from, until }: Span): Scale {
  const length = until.getTime() - from.getTime();
  const at = (instant: Date) => left + ((instant.getTime() - from.getTime()) / length) * (right - left);
  return (instant) => round(Math.min(right, Math.max(left, at(instant))));
}

function drawLegend(downLabel: string): string[] {
  const labels = { down: downLabel, maintenance: "Pemeliharaan", unknown: "Tidak diketahui" };
  return (["down", "maintenance", "unknown"] as const).map((kind, index) => {
    const at = left + index * 200;
    return `<rect x="${at}" y="146" width="18" height="18" rx="3" fill="${bandFills[kind]}"/>${svgText(at + 26, 161, labels[kind], { size: 16, colour: grey })}`;
  });
}

/** What is down last, so that it is seen over the others. */
function drawBands(text: ChartText, x: Scale): string[] {
  return (["unknown", "maintenance", "down"] as const).flatMap((kind) =>
    text[kind].map(({ from, until }) => {
      const wide = Math.max(1.5, x(until) - x(from));
      return `<rect class="${kind}" x="${x(from)}" y="${latency.top}" width="${round(wide)}" height="${loss.bottom - latency.top}" fill="${bandFills[kind]}"/>`;
    }),
  );
}

type Axis = { top: number; bottom: number };

/** @param marks from the bottom to the top */
function drawAxis({ top, bottom }: Axis, label: string, marks: readonly string[]): string[] {
  const lines = marks.map((mark, index) => {
    const y = bottom - ((bottom - top) * index) / (marks.length - 1);
    const line = `<line x1="${left}" y1="${y}" x2="${right}" y2="${y}" stroke="#cbd5e1" stroke-width="1"/>`;
    return line + svgText(left - 10, y + 5, mark, { size: 15, colour: grey, anchor: "end" });
  });
  return [...lines, svgText(left, top - 8, label, { size: 15, weight: 500, colour: grey })];
}

function drawTicks({ ticks }: ChartText, x: Scale): string[] {
  return ticks.map(({ at, label }) => {
    const line = `<line x1="${x(at)}" y1="${latency.top}" x2="${x(at)}" y2="${loss.bottom}" stroke="#e2e8f0" stroke-width="1"/>`;
    return line + svgText(x(at), loss.bottom + 26, label, { size: 15, colour: grey, anchor: "middle" });
  });
}

/** The mean as a line, broken where nothing answered, and up to what 95 of 100 were below as an area. */
function drawLatency(points: readonly ChartPoint[], x: Scale, highestMs: number): string[] {
  const y = (us: number) => round(latency.bottom - (us / 1_000 / highestMs) * (latency.bottom - latency.top));
  return runsOf(points).flatMap((run) => {
    const middles = run.map(({ from, until, meanUs, p95Us }) => ({
      at: round((x(from) + x(until)) / 2),
      mean: y(meanUs ?? 0),
      high: y(p95Us ?? meanUs ?? 0),
    }));
    const [only] = middles;
    if (middles.length === 1 && only !== undefined) {
      return [`<circle cx="${only.at}" cy="${only.mean}" r="2.5" fill="#2563eb"/>`];
    }
    const above = middles.map(({ at, high }) => `${at},${high}`);
    const below = middles.map(({ at, mean }) => `${at},${mean}`);
    return [
      `<polygon points="${[...above, ...below.toReversed()].join(" ")}" fill="#bfdbfe" fill-opacity="0.8"/>`,
      `<polyline points="${below.join(" ")}" fill="none" stroke="#2563eb" stroke-width="2.5" stroke-linejoin="round"/>`,
    ];
  });
}

/** Parts of the time that follow each other, and answered. */
function runsOf(points: readonly ChartPoint[]): ChartPoint[][] {
  const runs: ChartPoint[][] = [];
  let last: ChartPoint | undefined;
  for (const point of points) {
    if (point.meanUs === null) continue;
    if (last?.until.getTime() === point.from.getTime()) runs.at(-1)?.push(point);
    else runs.push([point]);
    last = point;
  }
  return runs;
}

function drawLoss(points: readonly ChartPoint[], x: Scale): string[] {
  return points.flatMap(({ from, until, lossPercent }) => {
    if (lossPercent === null || lossPercent === 0) return [];
    const high = round(Math.max(2, (lossPercent / 100) * (loss.bottom - loss.top)));
    const wide = round(Math.max(1.5, x(until) - x(from)));
    return [
      `<rect class="loss" x="${x(from)}" y="${loss.bottom - high}" width="${wide}" height="${high}" fill="#dc2626"/>`,
    ];
  });
}

/** 1, 2 or 5 of a power of ten. */
function roundUp(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(ms));
  return power * ([1, 2, 5, 10].find((step) => step * power >= ms) ?? 10);
}

function showMs(ms: number): string {
  return ms.toLocaleString("id-ID", { maximumFractionDigits: 1 });
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
