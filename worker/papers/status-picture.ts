import type { ShownState } from "../../core/domain/monitoring/present.ts";
import { fitted, svgText, widthOfText } from "./svg.ts";

/** What the picture of the regency shows. */
export type StatusPictureText = {
  /** "Keadaan 29 November 2026 10.00", and that nobody has looked since, where so */
  subtitle: string;
  /** How many of a kind are in which state. */
  bars: readonly { label: string; counts: Record<ShownState, number> }[];
  offices: readonly { code: string; state: ShownState; details: string }[];
};

/** The worst first. */
export const shownStates = [
  "down",
  "degraded",
  "unknown",
  "maintenance",
  "up",
  "paused",
] as const satisfies ShownState[];

const looks: Record<ShownState, { label: string; fill: string; stroke: string }> = {
  down: { label: "Terputus / tidak berkabar", fill: "#fecaca", stroke: "#dc2626" },
  degraded: { label: "Menurun", fill: "#fef08a", stroke: "#ca8a04" },
  unknown: { label: "Tidak diketahui", fill: "#e2e8f0", stroke: "#94a3b8" },
  maintenance: { label: "Pemeliharaan", fill: "#dbeafe", stroke: "#2563eb" },
  up: { label: "Normal", fill: "#bbf7d0", stroke: "#16a34a" },
  paused: { label: "Dijeda", fill: "#f8fafc", stroke: "#cbd5e1" },
};

const width = 1080;
const margin = 40;
const barsTop = 176;
const barHeight = 46;
const columns = 5;
const gap = 12;
const tileWidth = (width - 2 * margin - (columns - 1) * gap) / columns;
const tileHeight = 66;
const grey = "#475569";

/** Bars of each kind, and below them each office by its worst state. Pure: the same text gives the same picture. */
export function drawStatus({ subtitle, bars, offices }: StatusPictureText): string {
  const tilesTop = barsTop + bars.length * barHeight + 30;
  const height = tilesTop + Math.ceil(offices.length / columns) * (tileHeight + gap) + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto, Arial, sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    svgText(margin, 58, "Status jaringan dan aplikasi", { size: 34, weight: 500 }),
    svgText(margin, 92, subtitle, { size: 20, colour: grey }),
    ...drawLegend(),
    ...bars.map(drawBar),
    ...offices.map((office, index) => drawTile(office, index, tilesTop)),
    "</svg>",
  ].join("");
}

function drawLegend(): string[] {
  let x = margin;
  return shownStates.map((state) => {
    const { label, fill, stroke } = looks[state];
    const square = `<rect x="${x}" y="118" width="20" height="20" rx="3" fill="${fill}" stroke="${stroke}"/>`;
    const words = svgText(x + 30, 134, label, { size: 17 });
    x += 60 + widthOfText(label, 17);
    return square + words;
  });
}

function drawBar({ label, counts }: StatusPictureText["bars"][number], index: number): string {
  const y = barsTop + index * barHeight;
  const [from, wide] = [220, width - margin - 220];
  const total = shownStates.reduce((sum, state) => sum + counts[state], 0);
  let x: number = from;
  const parts = shownStates.map((state) => {
    const partWidth = total === 0 ? 0 : (wide * counts[state]) / total;
    const { fill, stroke } = looks[state];
    const part = `<rect class="${state}" x="${x}" y="${y}" width="${partWidth}" height="28" fill="${fill}" stroke="${stroke}"/>`;
    const words = svgText(x + partWidth / 2, y + 20, String(counts[state]), { size: 16, anchor: "middle" });
    x += partWidth;
    if (partWidth === 0) return "";
    return partWidth < 24 ? part : part + words;
  });
  return svgText(margin, y + 20, `${label} (${total})`, { size: 18 }) + parts.join("");
}

function drawTile({ code, state, details }: StatusPictureText["offices"][number], index: number, top: number): string {
  const x = margin + (index % columns) * (tileWidth + gap);
  const y = top + Math.floor(index / columns) * (tileHeight + gap);
  const { fill, stroke } = looks[state];
  return [
    `<rect x="${x}" y="${y}" width="${tileWidth}" height="${tileHeight}" rx="8" fill="${fill}" stroke="${stroke}"/>`,
    svgText(x + 12, y + 28, fitted(code, 18, tileWidth - 24), { size: 18, weight: 500 }),
    svgText(x + 12, y + 50, fitted(details, 15, tileWidth - 24), { size: 15, colour: grey }),
  ].join("");
}
