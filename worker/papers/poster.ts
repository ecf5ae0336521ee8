import bwipjs from "bwip-js";
import { makePdf } from "./pdf.ts";

/** What stands on a poster beside its fixed words. */
export type PosterText = {
  officeName: string;
  /** "Kabupaten Labuhanbatu Utara" */
  regency: string;
  /** The deep link behind the QR code. */
  link: string;
  /** "25 November 2026" */
  issuedOn: string;
};

const dark = "#12355b";
const grey = "#555555";
const qrWidth = 250;

/**
 * The poster on one page of A4, by which staff of an office register themselves: what it is for, three steps, the QR code, and the
 * link in words for who cannot scan it. Blocks while it draws.
 */
export function drawPoster(text: PosterText): Promise<Buffer> {
  return makePdf(pageOf(text));
}

function pageOf({ officeName, regency, link, issuedOn }: PosterText) {
  return {
    pageSize: "A4",
    pageMargins: [56, 52, 56, 64],
    info: { title: `Poster pendaftaran ${officeName}` },
    defaultStyle: { font: "Roboto", fontSize: 13, lineHeight: 1.2 },
    content: [
      { text: regency.toUpperCase(), fontSize: 13, color: grey, characterSpacing: 1.5, alignment: "center" },
      { text: officeName, fontSize: sizeOf(officeName), bold: true, alignment: "center", color: dark },
      rule(),
      { text: "Ada gangguan komputer, aplikasi, atau internet?", fontSize: 19, bold: true, alignment: "center" },
      {
        text: "Laporkan lewat Telegram kepada meja layanan Diskominfo, kirim fotonya, dan ikuti perkembangannya.",
        alignment: "center",
        margin: [0, 4, 0, 14],
      },
      { svg: qrOf(link), width: qrWidth, alignment: "center" },
      {
        text: "Pindai untuk mendaftar",
        fontSize: 16,
        bold: true,
        alignment: "center",
        color: dark,
        margin: [0, 8, 0, 14],
      },
      ...steps.map(step),
      {
        text: "Tidak bisa memindai? Buka tautan ini di Telegram:",
        alignment: "center",
        color: grey,
        margin: [0, 12, 0, 2],
      },
      { text: link, link, alignment: "center", bold: true, fontSize: 12 },
    ],
    footer: {
      text: `Hanya untuk pegawai ${officeName}. Diterbitkan ${issuedOn}.`,
      alignment: "center",
      fontSize: 9,
      color: grey,
      margin: [56, 20, 56, 0],
    },
  };
}

/** In points; the longest names take two or three lines, and all still stands on one page. */
function sizeOf(officeName: string): number {
  if (officeName.length > 90) return 17;
  return officeName.length > 45 ? 22 : 27;
}

/** Made anew each time: pdfmake writes into what it draws. */
function rule() {
  return {
    canvas: [{ type: "line", x1: 0, y1: 0, x2: 483, y2: 0, lineWidth: 1.5, lineColor: dark }],
    margin: [0, 12, 0, 16],
  };
}

const steps = [
  "Pindai kode ini dengan kamera ponsel; Telegram terbuka. Tekan MULAI (START).",
  "Ketik NIP dan nama lengkap Anda, periksa, lalu tekan Kirim.",
  "Tunggu persetujuan pejabat pengelola sistem kantor Anda. Setelah itu Anda dapat melapor.",
];

function step(words: string, index: number) {
  return {
    columns: [
      { text: `${index + 1}`, width: 34, fontSize: 22, bold: true, color: dark, alignment: "center" },
      { text: words, width: "*", margin: [4, 5, 0, 0] },
    ],
    margin: [10, 0, 10, 4],
  };
}

/** `eclevel` is the symbol's own, which the library's types leave out. */
const qr = { bcid: "qrcode", eclevel: "Q", scale: 4 };

/** With room for a thumb-tack and a crease: a quarter of the code may be unreadable. */
function qrOf(link: string): string {
  return bwipjs.toSVG({ ...qr, text: link });
}
