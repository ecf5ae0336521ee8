import { makePdf } from "./pdf.ts";

/** What stands on the record of a handover (BAST). */
export type HandoverRecordText = {
  kind: "received" | "returned";
  /** "Kabupaten Labuhanbatu Utara" */
  regency: string;
  /** "Dinas Komunikasi dan Informatika" */
  itOffice: string;
  recordNumber: string;
  /** "Jumat, 20 November 2026" */
  day: string;
  officeName: string;
  /** Who signs for that office. */
  counterpart: string;
  /** Who signs for the IT office; the NIP where there is one. */
  officer: { name: string; nip: string | null };
  devices: readonly HandedDevice[];
  /** "T-0042" */
  ticket: string | null;
};

export type HandedDevice = {
  name: string;
  model: string | null;
  serialNumber: string | null;
  assetTag: string | null;
  place: string;
  accessories: string | null;
};

const grey = "#555555";
const lineColour = "#94a3b8";

/** The record on A4, to be signed by both sides. Blocks while it draws. */
export function drawHandoverRecord(text: HandoverRecordText): Promise<Buffer> {
  return makePdf(pageOf(text));
}

function pageOf(text: HandoverRecordText) {
  const { regency, itOffice, recordNumber, day, ticket, devices } = text;
  const [giver, taker] = sidesOf(text);
  return {
    pageSize: "A4",
    pageMargins: [64, 56, 64, 64],
    info: { title: `BAST ${recordNumber}` },
    defaultStyle: { font: "Roboto", fontSize: 11, lineHeight: 1.3 },
    content: [
      { text: `PEMERINTAH ${regency.toUpperCase()}`, alignment: "center", fontSize: 12, characterSpacing: 0.5 },
      { text: itOffice.toUpperCase(), alignment: "center", bold: true, fontSize: 14 },
      rule(),
      { text: "BERITA ACARA SERAH TERIMA PERANGKAT", alignment: "center", bold: true, fontSize: 13 },
      { text: `Nomor: ${recordNumber}`, alignment: "center", margin: [0, 0, 0, 14] },
      { text: `Pada hari ini, ${day}, yang bertanda tangan di bawah ini:`, margin: [0, 0, 0, 6] },
      party("1.", giver, "PIHAK PERTAMA, yang menyerahkan"),
      party("2.", taker, "PIHAK KEDUA, yang menerima"),
      {
        text: "PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK PERTAMA, perangkat berikut:",
        margin: [0, 8, 0, 8],
      },
      deviceTable(text, devices),
      {
        text: "Demikian berita acara ini dibuat dengan sebenarnya, untuk dipergunakan sebagaimana mestinya.",
        margin: [0, 14, 0, 22],
      },
      { columns: [signature("PIHAK PERTAMA", giver), signature("PIHAK KEDUA", taker)], unbreakable: true },
    ],
    footer: {
      text: ticket === null ? "" : `Tiket ${ticket}`,
      alignment: "center",
      fontSize: 8,
      color: grey,
      margin: [0, 24, 0, 0],
    },
  };
}

type Side = { name: string; nip: string | null; office: string };

/** Who hands over comes first. */
function sidesOf({ kind, counterpart, officeName, officer, itOffice }: HandoverRecordText): [Side, Side] {
  const theirs = { name: counterpart, nip: null, office: officeName };
  const ours = { ...officer, office: itOffice };
  return kind === "received" ? [theirs, ours] : [ours, theirs];
}

function party(number: string, { name, nip, office }: Side, called: string) {
  const rows = [
    ["Nama", name],
    ...(nip === null ? [] : [["NIP", nip]]),
    ["Perangkat daerah", office],
    ["Selanjutnya disebut", called],
  ];
  return {
    columns: [
      { text: number, width: 18, margin: [0, 2, 0, 0] },
      {
        layout: "noBorders",
        table: { widths: [112, 6, "*"], body: rows.map(([label, value]) => [label, ":", value]) },
      },
    ],
    margin: [0, 0, 0, 6],
  };
}

function deviceTable({ kind }: HandoverRecordText, devices: readonly HandedDevice[]) {
  const place = kind === "received" ? "Tempat" : "Tempat semula";
  const head = ["No.", "Perangkat", "Merek dan tipe", "Nomor seri", place, "Kelengkapan"];
  return {
    fontSize: 9,
    table: {
      headerRows: 1,
      widths: [22, "*", "*", "*", 74, "*"],
      body: [
        head.map((label) => ({ text: label, bold: true, fillColor: "#eef2f6" })),
        ...devices.map(({ name, model, serialNumber, assetTag, place: where, accessories }, index) => [
          `${index + 1}`,
          assetTag === null ? name : `${name}\n(${assetTag})`,
          ...[model, serialNumber, where, accessories].map((cell) => cell ?? "-"),
        ]),
      ],
    },
    layout: {
      hLineColor: () => lineColour,
      vLineColor: () => lineColour,
      hLineWidth: () => 0.7,
      vLineWidth: () => 0.7,
    },
  };
}

function signature(called: string, { name, nip, office }: Side) {
  return {
    alignment: "center",
    stack: [
      { text: called, bold: true },
      { text: office, margin: [8, 0, 8, 58], fontSize: 10 },
      { text: name, bold: true, decoration: "underline" },
      { text: nip === null ? " " : `NIP ${nip}`, fontSize: 10 },
    ],
  };
}

/** Made anew each time: pdfmake writes into what it draws. */
function rule() {
  return {
    canvas: [{ type: "line", x1: 0, y1: 0, x2: 467, y2: 0, lineWidth: 1.5 }],
    margin: [0, 8, 0, 16],
  };
}
