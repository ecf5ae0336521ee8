import type { Cell, CellKind } from "../../core/domain/ipam/prefix-map.ts";
import { svgText } from "./svg.ts";

/** What the picture of a prefix shows. */
export type PrefixMapText = {
  /** "10.1.2.0/24" */
  network: string;
  name: string;
  /** "Zona Utama · 12% terpakai" */
  subtitle: string;
  /** "1 kotak = 4 alamat" */
  scale: string;
  columns: number;
  cells: readonly Cell[];
  /** The first address of each row. */
  rowLabels: readonly string[];
};

const colours: Record<CellKind | "free", string> = {
  free: "#eef2f6",
  assigned: "#2563eb",
  reserved: "#eab308",
  quarantined: "#f97316",
  "kept-free": "#9333ea",
  nested: "#64748b",
  edge: "#1e293b",
};

const legend: readonly (readonly [CellKind | "free", string])[] = [
  ["free", "Bebas"],
  ["assigned", "Dipakai"],
  ["reserved", "Dipesan"],
  ["quarantined", "Karantina"],
  ["kept-free", "Disisihkan"],
  ["nested", "Prefix di dalamnya"],
  ["edge", "Jaringan, broadcast"],
];

const width = 1080;
const margin = 40;
const labelWidth = 250;
const headerHeight = 200;
const footerHeight = 60;
const mostCell = 64;
/** Of a digit, as a part of the size of the text. */
const widestCharacter = 0.57;
/** Of a square of which only a part is taken. */
const partOpacity = 0.55;

/** A prefix as squares, row by row, each of one or many addresses. Pure: the same text gives the same picture. */
export function drawPrefixMap({ network, name, subtitle, scale, columns, cells, rowLabels }: PrefixMapText): string {
  const size = Math.min(mostCell, (width - 2 * margin - labelWidth) / columns);
  const left = margin + labelWidth;
  const squares = cells.map(({ kind, isFull }, index) => {
    const x = left + (index % columns) * size;
    const y = headerHeight + Math.floor(index / columns) * size;
    const opacity = kind === undefined || isFull ? 1 : partOpacity;
    return `<rect x="${x}" y="${y}" width="${size - 1.5}" height="${size - 1.5}" rx="2" fill="${colours[kind ?? "free"]}" fill-opacity="${opacity}"/>`;
  });
  const longest = Math.max(...rowLabels.map(({ length }) => length));
  const rowText = Math.min(18, size * 0.7, labelWidth / (longest * widestCharacter));
  const labels = rowLabels.map((label, row) => {
    return svgText(left - 12, headerHeight + (row + 0.7) * size, label, {
      size: rowText,
      anchor: "end",
      colour: "#475569",
    });
  });
  const height = headerHeight + rowLabels.length * size + footerHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    svgText(margin, 62, `${network}  ${name}`, { size: 34, weight: 500 }),
    svgText(margin, 98, subtitle, { size: 22, colour: "#475569" }),
    ...legend.map(([kind, label], index) => legendEntry(kind, label, index)),
    ...squares,
    ...labels,
    svgText(margin, height - 22, scale, { size: 20, colour: "#475569" }),
    "</svg>",
  ].join("");
}

function legendEntry(kind: CellKind | "free", label: string, index: number): string {
  const x = margin + (index % 4) * 250;
  const y = 122 + Math.floor(index / 4) * 32;
  const square = `<rect x="${x}" y="${y}" width="20" height="20" rx="2" fill="${colours[kind]}"/>`;
  return square + svgText(x + 30, y + 17, label, { size: 19 });
}
