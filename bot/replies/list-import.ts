import { problemsShown } from "../../core/actions/read-list-file.ts";
import type { ListImport } from "../../core/db/list-imports.ts";
import { shorten } from "../../core/domain/form/text.ts";
import type { Press } from "../presses/press.ts";
import type { Button, Rendered } from "../rendered.ts";
import { type Html, html, lines } from "./html.ts";

/** A spreadsheet reads the document with its letters by this mark. */
const byteOrderMark = "\ufeff";

/** Of lines that are there already. */
const spansShown = 15;

/** `problemsShown` of them, and the rest of the message, are less than the 4,096 characters that Telegram takes. */
const longestProblem = 300;

type Describe<Problem> = (problem: Problem) => string | Promise<string>;

type ShownList<Problem> = Pick<
  ListImport<unknown, Problem>,
  "state" | "ready" | "known" | "problems" | "marks" | "imported"
>;

/** What a list holds, with the question whether to import it, or what came of it. */
export async function renderList<Problem extends { line: number }>(
  list: ShownList<Problem>,
  {
    describe,
    why,
    buttons,
  }: {
    describe: Describe<Problem>;
    /** It was refused as a whole. */
    why: string;
    buttons: { back: Button; sendAgain: Button; take: Press; discard: Press };
  },
): Promise<Rendered> {
  const { ready, known, marks, state } = list;
  const back = [[buttons.back]];
  switch (state) {
    case "reading":
      return { as: "text", html: html`⏳ Berkas sedang dibaca.`.markup };
    case "refused":
      return { as: "text", html: lines(html`⚠️ ${why}`, sendAgain).markup, buttons: [[buttons.sendAgain], ...back] };
    case "discarded":
      return { as: "text", html: html`✖️ Impor dibatalkan; tidak ada yang ditambahkan.`.markup, buttons: back };
    case "imported": {
      const changed = marks.changed.length === 0 ? "" : ` (${marks.changed.length} di antaranya diubah)`;
      const counts = html`✅ <b>${list.imported ?? 0} baris diimpor</b>${changed}, ${known.length} sudah ada, ${wrongLines(list)} salah.`;
      const noted = [linesNoted("Diubah", marks.changed), linesNoted("Sudah ada", known), unsureLine(marks.unsure)];
      const problems = await firstProblems(list, describe);
      return { as: "text", html: lines(counts, ...noted, ...problems).markup, buttons: back };
    }
    case "checked": {
      const changed = marks.changed.length === 0 ? "" : ` (${marks.changed.length} mengubah yang ada)`;
      const counts = html`<b>${ready.length} baris siap${changed}, ${known.length} sudah ada, ${wrongLines(list)} salah</b>`;
      const noted = [
        linesNoted("Mengubah yang ada", marks.changed),
        ...[linesNoted("Sudah ada", known), unsureLine(marks.unsure)],
      ];
      const toMend = ready.length === 0 && list.problems.length > 0;
      const problems = await firstProblems(list, describe);
      return {
        as: "text",
        html: lines(
          ...[html`📄 Berkas sudah diperiksa.`, counts, ...noted, ...problems],
          toMend ? sendAgain : undefined,
        ).markup,
        buttons: [
          toMend ? [buttons.sendAgain] : [],
          ready.length === 0 ? [] : [{ label: `📥 Impor ${ready.length} baris`, press: buttons.take }],
          [{ label: "✖️ Batal", press: buttons.discard }],
        ],
      };
    }
  }
}

/** "Sudah ada: baris 2-40, 45, dan 7 yang lain" */
function linesNoted(what: string, numbers: readonly number[]): Html | undefined {
  return numbers.length === 0 ? undefined : html`${what}: baris ${showNumbers(numbers)}`;
}

function unsureLine(unsure: readonly number[]): Html | undefined {
  if (unsure.length === 0) return undefined;
  return html`⚠️ Server nama tidak menjawab, jadi nama di baris ${showNumbers(unsure)} belum dapat dipastikan. Pemeriksaannya tetap ditambahkan.`;
}

/** "2-40, 45, dan 7 yang lain" */
function showNumbers(numbers: readonly number[]): string {
  const spans = spansOf(numbers);
  const shown = spans.slice(0, spansShown);
  const left = spans.slice(spansShown).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const words = shown.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  return [...words, ...(left === 0 ? [] : [`dan ${left} yang lain`])].join(", ");
}

/** Of numbers in order, each run by its first and its last. */
function spansOf(numbers: readonly number[]): [first: number, last: number][] {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const span = spans.at(-1);
    if (span !== undefined && span[1] === number - 1) span[1] = number;
    else spans.push([number, number]);
  }
  return spans;
}

type Wrong = { problems: readonly { line: number }[] };

/** What to do with a list that was not taken, or of which nothing can be. */
export const sendAgain = html`Perbaiki berkasnya, tekan 📥 Impor CSV, lalu kirim lagi.`;

export function wrongLines({ problems }: Wrong): number {
  return new Set(problems.map(({ line }) => line)).size;
}

/** Those that a chat message has room for, each as `describe` says it. */
export async function firstProblems<Problem>(
  { problems }: { problems: readonly Problem[] },
  describe: Describe<Problem>,
): Promise<Html[]> {
  const described = await describeAll(problems.slice(0, problemsShown), describe);
  const left = problems.length - problemsShown;
  return [
    ...described.map((problem) => html`• ${shorten(problem, longestProblem)}`),
    ...(left > 0 ? [html`… dan ${left} lagi di dokumen di atas.`] : []),
  ];
}

/** All that is wrong, by line, as a document: a chat message holds only the first. */
export async function problemsDocument<Problem extends { line: number }>(
  list: { problems: readonly Problem[] },
  describe: Describe<Problem>,
): Promise<Rendered> {
  const text = (await describeAll(list.problems, describe)).join("\r\n");
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(`${byteOrderMark}${text}\r\n`),
    name: "baris-yang-salah.txt",
    caption: html`Semua baris yang salah (${wrongLines(list)})`.markup,
  };
}

/** One after the other: each may ask the database, and a list may have thousands. */
async function describeAll<Problem>(problems: readonly Problem[], describe: Describe<Problem>): Promise<string[]> {
  const described: string[] = [];
  for (const problem of problems) described.push(await describe(problem));
  return described;
}
