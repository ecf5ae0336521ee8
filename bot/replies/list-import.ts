import { problemsShown } from "../../core/actions/read-list-file.ts";
import type { Rendered } from "../rendered.ts";
import { type Html, html } from "./html.ts";

/** A spreadsheet reads the document with its letters by this mark. */
const byteOrderMark = "\ufeff";

type Describe<Problem> = (problem: Problem) => string | Promise<string>;

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
    ...described.map((problem) => html`• ${problem}`),
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
