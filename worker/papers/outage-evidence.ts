import { makePdf } from "./pdf.ts";

/** What stands in the evidence of an outage. */
export type OutageEvidenceText = {
  /** "Diskominfo Kabupaten Labuhanbatu Utara" */
  head: string;
  /** "Gangguan Link Dinkes" */
  title: string;
  facts: readonly { label: string; value: string }[];
  timeline: readonly { at: string; what: string }[];
  /** The drawing of `drawChart`. */
  graph: string;
  samples: {
    /** What is left out, or that nothing is kept any more. */
    note: string | null;
    rows: readonly (readonly string[])[];
  };
  /** "Dibuat 29 November 2026 10.00 WIB" */
  made: string;
};

/** Of a row of samples. */
const sampleHeadings = ["Waktu", "Pemeriksaan", "Dikirim", "Diterima", "Rata-rata (ms)", "Jitter (ms)", "Hasil"];

const grey = "#555555";
const lineColour = "#94a3b8";

/** On A4, as many pages as the samples take. Blocks while it draws. */
export function drawOutageEvidence(text: OutageEvidenceText): Promise<Buffer> {
  return makePdf(pageOf(text));
}

function pageOf({ head, title, facts, timeline, graph, samples, made }: OutageEvidenceText) {
  const { note, rows } = samples;
  return {
    pageSize: "A4",
    pageMargins: [48, 48, 48, 56],
    info: { title },
    defaultStyle: { font: "Roboto", fontSize: 10, lineHeight: 1.25 },
    content: [
      { text: head, color: grey },
      { text: title, fontSize: 18, bold: true, margin: [0, 2, 0, 10] },
      table(
        facts.map(({ label, value }) => [{ text: label, color: grey }, value]),
        [150, "*"],
      ),
      heading("Urutan kejadian"),
      table(
        timeline.map(({ at, what }) => [{ text: at, color: grey }, what]),
        [150, "*"],
      ),
      heading("Grafik"),
      { svg: graph, width: 499 },
      // On a page of its own: at the end of the first one it would stand there without a row.
      { ...heading("Sampel mentah"), ...(rows.length === 0 ? {} : { pageBreak: "before" }) },
      ...(note === null ? [] : [{ text: note, margin: [0, 0, 0, 6] }]),
      ...(rows.length === 0 ? [] : [sampleTable(rows)]),
    ],
    footer: (page: number, pages: number) => ({
      text: `${made}. Halaman ${page} dari ${pages}.`,
      ...{ alignment: "center", fontSize: 8, color: grey, margin: [48, 20, 48, 0] },
    }),
  };
}

function heading(text: string) {
  return { text, fontSize: 12, bold: true, margin: [0, 14, 0, 6] };
}

function table(body: readonly (readonly (string | object)[])[], widths: readonly (number | string)[]) {
  return { table: { widths: [...widths], body: body.map((row) => [...row]) }, layout: "noBorders" };
}

function sampleTable(rows: OutageEvidenceText["samples"]["rows"]) {
  const heads = sampleHeadings.map((text) => ({ text, bold: true, fontSize: 8 }));
  const cells = rows.map((row) => row.map((text) => ({ text, fontSize: 8 })));
  return {
    table: { headerRows: 1, widths: [102, "*", 36, 40, 60, 52, 66], body: [heads, ...cells] },
    layout: { hLineColor: () => lineColour, vLineWidth: () => 0, hLineWidth: () => 0.5 },
  };
}
