import bwipjs from "bwip-js";
import { makePdf } from "./pdf.ts";

/** One label, for one end of a cable. */
export type LabelText = {
  /** "K-0042" */
  number: string;
  /** "DC.A2.20:1/DC.A2.42:14" */
  code: string;
  /** The port on which it is put, "DC.A2.20:1". */
  here: string;
  /** The port at the far end. */
  there: string;
  /** The device there. */
  thereName: string;
  /** "T-0042", or "". */
  ticket: string;
  /** The deep link behind the QR code. */
  link: string;
};

export type CableLabelsText = { labels: readonly LabelText[] };

const pointsPerMm = 72 / 25.4;
/**
 * Labels of 70 × 37 mm, 3 × 8 on a sheet of A4 without a margin at the sides, as they are sold everywhere (Avery Zweckform
 * 3474 and its likes). Folded once around the cable such a label is a flag of 35 × 37 mm: the QR code on one face, the words on
 * the other. Source: office practice.
 */
export const sheet = { columns: 3, rows: 8, widthMm: 70, heightMm: 37, topMm: 0.5 };
/** Printers leave the edge of a sheet white, and the fold of a flag takes a part of its middle. */
const paddingMm = 4;
const qrMm = 24;
const halfMm = sheet.widthMm / 2;

/** Sheets of labels, row by row. Blocks while it draws: a code takes longest, and both labels of a cable have the same. */
export function drawCableLabels({ labels }: CableLabelsText): Promise<Buffer> {
  const links = [...new Set(labels.map(({ link }) => link))];
  const codes = new Map(links.map((link) => [link, qrOf(link)]));
  return makePdf({
    pageSize: "A4",
    pageMargins: 0,
    info: { title: "Label kabel" },
    defaultStyle: { font: "Roboto", fontSize: 7, lineHeight: 1.05 },
    content: labels.flatMap((label, index) => drawLabel(label, codes.get(label.link) ?? "", index)),
  });
}

/** pdfmake puts what has an `absolutePosition` exactly there, in points from the top left corner of the page. */
function drawLabel(label: LabelText, code: string, index: number) {
  const { columns, rows, widthMm, heightMm, topMm } = sheet;
  const onPage = index % (columns * rows);
  const left = (onPage % columns) * widthMm;
  const top = topMm + Math.floor(onPage / columns) * heightMm;
  const place = (x: number, y: number) => ({ x: (left + x) * pointsPerMm, y: (top + y) * pointsPerMm });
  const isNewPage = index > 0 && onPage === 0;
  const wordsWidth = (halfMm - 1.5 * paddingMm) * pointsPerMm;
  return [
    ...(isNewPage ? [{ text: "", pageBreak: "before" }] : []),
    { svg: code, width: qrMm * pointsPerMm, absolutePosition: place((halfMm - qrMm) / 2, paddingMm) },
    {
      columns: [{ text: numbers(label), width: halfMm * pointsPerMm, alignment: "center", bold: true, fontSize: 9 }],
      absolutePosition: place(0, paddingMm + qrMm + 0.5),
    },
    {
      columns: [{ stack: words(label), width: wordsWidth }],
      absolutePosition: place(halfMm + paddingMm / 2, paddingMm),
    },
  ];
}

function numbers({ number, ticket }: LabelText): string {
  return ticket === "" ? number : `${number} · ${ticket}`;
}

function words({ code, here, there, thereName }: LabelText) {
  const size = sizeOf(Math.max(here.length, there.length));
  return [
    { text: "DI SINI", fontSize: 5, color: grey },
    { text: breakable(here), bold: true, fontSize: size, margin: [0, 0, 0, 3] },
    { text: "UJUNG JAUH", fontSize: 5, color: grey },
    { text: breakable(there), bold: true, fontSize: size },
    { text: thereName, fontSize: 5.5, margin: [0, 1, 0, 3] },
    { text: breakable(code), fontSize: code.length > 80 ? 3 : 5.5, color: grey },
  ];
}

const grey = "#444444";

/** In points: "DC.A2.20:14" in one line, the longest names of devices in four. */
function sizeOf(length: number): number {
  if (length > 60) return 3.5;
  if (length > 40) return 5;
  if (length > 22) return 6.5;
  return length > 13 ? 8 : 10;
}

/** A long name breaks anywhere: by a space of no width behind each tenth character. */
function breakable(text: string): string {
  return text.replace(/.{10}/gu, "$&\u200B");
}

/** `eclevel` is the symbol's own, which the library's types leave out. A quarter of the code may be scratched. */
const qr = { bcid: "qrcode", eclevel: "Q", scale: 2 };

function qrOf(link: string): string {
  return bwipjs.toSVG({ ...qr, text: link });
}
