import { type LostImage, listLostImages, listMachineChecks } from "../../../core/db/hosting/machine-checks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { MachineCheck, MachineCheckCounts } from "../../../core/domain/hosting/machine-checks.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { failureWords } from "./failure-words.ts";
import { checkWords } from "./finding-words.ts";

const mostShown = 8;
const longestFileName = 40;
const longestNote = 100;

/** On the desk's card: how many checks there are, and how many of them wait for a verdict. */
export async function machineCheckLine(
  db: Db,
  { id }: Ticket,
  counts: MachineCheckCounts | undefined,
): Promise<Html | undefined> {
  const lost = counts === undefined ? [] : (await listLostImages(db, id)).map(lostLine);
  if (counts === undefined || counts.all + counts.waiting + lost.length === 0) return undefined;
  const { all, waiting, open } = counts;
  const running = waiting === 0 ? [] : [`${waiting} berkas masih diperiksa`];
  const judged = open === 0 ? "semua diputuskan" : `${open} belum diputuskan`;
  const summary = [...running, ...(all === 0 ? [] : [`${all} pemeriksaan, ${judged}`])].join("; ");
  const heading = html`\n🤖 <b>Pemeriksaan mesin</b>: ${summary || "belum ada"}`;
  return lines(heading, ...lost, ...failedLines(await listMachineChecks(db, id)));
}

function lostLine({ imageReference, trouble }: LostImage): Html {
  return html`⚠️ Image <code>${imageReference}</code> belum didapat. ${failureWords(trouble)}`;
}

/**
 * To what was checked by hand, for who decides and for who is told: what failed in the end, and what passes by the word of a
 * person alone, each with whose and why.
 */
export async function machineResults(db: Db, ticketId: number): Promise<Html | undefined> {
  const checks = await listMachineChecks(db, ticketId);
  if (checks.length === 0) return undefined;
  const said = checks.filter(isSaidToPass);
  const failed = checks.filter(isFailed).length;
  const open = checks.filter(({ result, verdict }) => result === "not-checked" && verdict === undefined).length;
  const passed = checks.length - said.length - failed - open;
  const counts = [
    `${passed === checks.length ? "semua" : passed} sesuai`,
    ...(said.length === 0 ? [] : [`${said.length} dinyatakan sesuai oleh petugas`]),
    ...(failed === 0 ? [] : [`${failed} tidak sesuai`]),
    ...(open === 0 ? [] : [`${open} tidak diperiksa`]),
  ];
  return lines(
    html`\n🤖 <b>Pemeriksaan mesin</b> (${checks.length}): ${counts.join(", ")}`,
    ...failedLines(checks),
    ...cut(
      said,
      (check) => html`✍️ ${named(check)}, ${resultWords[check.result]}. ${check.verdict?.byName ?? ""}${noteOf(check)}`,
    ),
  );
}

const resultWords: Record<MachineCheck["result"], string> = {
  passed: "sesuai menurut mesin",
  failed: "tidak sesuai menurut mesin",
  "not-checked": "tidak diperiksa mesin",
};

/** By a person, against what the machine found or where it found nothing. */
function isSaidToPass({ verdict, result }: MachineCheck): boolean {
  return verdict?.is === "passed" && result !== "passed";
}

function isFailed({ verdict, result }: MachineCheck): boolean {
  return (verdict?.is ?? result) === "failed";
}

function failedLines(checks: readonly MachineCheck[]): Html[] {
  return cut(checks.filter(isFailed), (check) => html`❌ ${named(check)}${noteOf(check)}`);
}

function cut(checks: readonly MachineCheck[], line: (check: MachineCheck) => Html): Html[] {
  const left = checks.length - mostShown;
  return [...checks.slice(0, mostShown).map(line), ...(left > 0 ? [html`… dan ${left} lagi.`] : [])];
}

function named({ check, fileName }: MachineCheck): Html {
  return html`${checkWords[check]} (${shorten(fileName, longestFileName)})`;
}

function noteOf({ verdict }: MachineCheck): string {
  return verdict?.note === undefined ? "" : `: ${shorten(verdict.note, longestNote)}`;
}

export function machineChecksButton({ id: ticketId }: Pick<Ticket, "id">, open = 0): Button {
  const label = `🤖 Pemeriksaan mesin${open === 0 ? "" : ` (${open} belum diputuskan)`}`;
  return { label, press: { do: "machine-checks", ticketId, page: 0 } };
}
