import type { Face, PlaceKind } from "../../core/domain/rack/place.ts";
import { showUnits } from "../../core/domain/rack/units.ts";
import { fitted, svgText, widthOfText } from "./svg.ts";

/** What the picture of a rack shows. */
export type RackPictureText = {
  /** "DC A2" */
  title: string;
  /** "Ruang server utama · keadaan 22 Nov 2026 09.00 WIB" */
  subtitle: string;
  /** How full it is, and its feeds. */
  meters: readonly Meter[];
  heightU: number;
  places: readonly PicturedPlace[];
};

/** @property label "Jalur daya A" @property value "1.200 dari 2.000 W" @property percent of the bar */
export type Meter = { label: string; value: string; percent: number };

/** Something in the rack, in half units above its bottom. */
export type PicturedPlace = {
  kind: PlaceKind;
  bottom: number;
  height: number;
  face: Face;
  name: string;
  /** "Dinkes · 300 W · port SW-1/7" */
  details: string;
};

const width = 1080;
const margin = 40;
const unitHeight = 28;
const halfHeight = unitHeight / 2;
const numbersWidth = 44;
const railWidth = 12;
const columnWidth = (width - 2 * margin - numbersWidth) / 2;
const metersTop = 124;
const meterHeight = 50;

const sides = [
  { face: "front", title: "DEPAN", x: margin },
  { face: "back", title: "BELAKANG", x: margin + columnWidth + numbersWidth },
] as const;

const looks: Record<PlaceKind, { fill: string; stroke: string; accent: string }> = {
  occupied: { fill: "#dbeafe", stroke: "#60a5fa", accent: "#2563eb" },
  reserved: { fill: "url(#hatch)", stroke: "#eab308", accent: "#ca8a04" },
};
const grey = "#475569";

/** A rack from in front and from behind, unit by unit. Pure: the same text gives the same picture. */
export function drawRack({ title, subtitle, meters, heightU, places }: RackPictureText): string {
  const top = metersTop + Math.ceil(meters.length / 2) * meterHeight + 96;
  const body = heightU * unitHeight;
  const height = top + body + railWidth + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Roboto, Arial, sans-serif">`,
    '<defs><pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="12" height="12" fill="#fefce8"/><rect width="5" height="12" fill="#fde68a"/></pattern></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    svgText(margin, 62, title, { size: 36, weight: 500 }),
    svgText(margin, 96, fitted(subtitle, 21, width - 2 * margin), { size: 21, colour: grey }),
    ...meters.map(drawMeter),
    ...drawLegend(top - 84),
    ...sides.flatMap(({ face, title: side, x }) => [
      svgText(x + columnWidth / 2, top - 22, side, { size: 17, weight: 500, colour: grey, anchor: "middle" }),
      drawFrame(x, top, body),
      ...drawEmptyUnits(x, top, heightU),
      ...places
        .filter((place) => place.face === face || place.face === "full")
        .map((place) => drawPlace(place, x, top + body)),
    ]),
    ...unitNumbers(top, heightU),
    "</svg>",
  ].join("");
}

/** Two in a row. */
function drawMeter({ label, value, percent }: Meter, index: number): string {
  const barWidth = (width - 3 * margin) / 2;
  const x = margin + (index % 2) * (barWidth + margin);
  const y = metersTop + Math.floor(index / 2) * meterHeight;
  const colour = percent >= 90 ? "#dc2626" : percent >= 75 ? "#ea580c" : "#16a34a";
  const filled = (barWidth * Math.min(100, percent)) / 100;
  return [
    svgText(x, y + 16, fitted(label, 18, barWidth - widthOfText(value, 18) - 10), { size: 18 }),
    svgText(x + barWidth, y + 16, value, { size: 18, colour: grey, anchor: "end" }),
    `<rect x="${x}" y="${y + 24}" width="${barWidth}" height="10" rx="5" fill="#e2e8f0"/>`,
    filled === 0 ? "" : `<rect x="${x}" y="${y + 24}" width="${filled}" height="10" rx="5" fill="${colour}"/>`,
  ].join("");
}

function drawLegend(y: number): string[] {
  const entries = [
    ["Terpasang", looks.occupied.fill, looks.occupied.stroke],
    ["Dipesan", looks.reserved.fill, looks.reserved.stroke],
    ["Bebas", "#f8fafc", "#cbd5e1"],
  ] as const;
  return entries.map(([label, fill, stroke], index) => {
    const x = margin + index * 150;
    const square = `<rect x="${x}" y="${y}" width="20" height="20" rx="3" fill="${fill}" stroke="${stroke}"/>`;
    return square + svgText(x + 30, y + 16, label, { size: 18 });
  });
}

/** Rails at both sides, a bar above and below. */
function drawFrame(x: number, top: number, body: number): string {
  return [
    `<rect x="${x}" y="${top - railWidth}" width="${columnWidth}" height="${body + 2 * railWidth}" rx="6" fill="#334155"/>`,
    `<rect x="${x + railWidth}" y="${top}" width="${columnWidth - 2 * railWidth}" height="${body}" fill="#cbd5e1"/>`,
  ].join("");
}

function drawEmptyUnits(x: number, top: number, heightU: number): string[] {
  return Array.from({ length: heightU }, (_, index) => {
    const y = top + index * unitHeight;
    return `<rect x="${x + railWidth}" y="${y + 0.5}" width="${columnWidth - 2 * railWidth}" height="${unitHeight - 1}" fill="#f8fafc"/>`;
  });
}

/** @param bottomY of the lowest unit */
function drawPlace({ kind, bottom, height, name, details }: PicturedPlace, x: number, bottomY: number): string {
  const { fill, stroke, accent } = looks[kind];
  const [left, wide] = [x + railWidth + 1, columnWidth - 2 * railWidth - 2];
  const high = height * halfHeight - 2;
  const y = bottomY - (bottom + height) * halfHeight + 1;
  const box = [
    `<rect x="${left}" y="${y}" width="${wide}" height="${high}" rx="3" fill="${fill}" stroke="${stroke}"/>`,
    `<rect x="${left}" y="${y}" width="6" height="${high}" rx="2" fill="${accent}"/>`,
  ].join("");
  return (
    box +
    (height >= 4 ? twoLines : oneLine)({ name, details: `${showUnits(height)}U · ${details}` }, { left, wide, y, high })
  );
}

type Box = { left: number; wide: number; y: number; high: number };
type Words = Pick<PicturedPlace, "name" | "details">;

/** In half a unit, or one: the name, and behind it what still has room. */
function oneLine({ name, details }: Words, { left, wide, y, high }: Box): string {
  const size = Math.min(16, high - 1);
  const small = Math.min(13, size);
  const baseline = y + high / 2 + size * 0.36;
  const shown = fitted(name, size, (wide - 26) * 0.6);
  const room = wide - 40 - widthOfText(shown, size);
  return [
    svgText(left + 14, baseline, shown, { size, weight: 500 }),
    svgText(left + wide - 10, baseline, fitted(details, small, room), { size: small, colour: grey, anchor: "end" }),
  ].join("");
}

function twoLines({ name, details }: Words, { left, wide, y, high }: Box): string {
  const middle = y + high / 2;
  return [
    svgText(left + 16, middle - 3, fitted(name, 18, wide - 30), { size: 18, weight: 500 }),
    svgText(left + 16, middle + 17, fitted(details, 14, wide - 30), { size: 14, colour: grey }),
  ].join("");
}

/** Between both sides, the highest above. */
function unitNumbers(top: number, heightU: number): string[] {
  const x = margin + columnWidth + numbersWidth / 2;
  return Array.from({ length: heightU }, (_, index) =>
    svgText(x, top + (index + 0.7) * unitHeight, String(heightU - index), { size: 15, colour: grey, anchor: "middle" }),
  );
}
