import { listMachineChecks } from "../../core/db/machine-checks.ts";
import type { Db } from "../../core/db/tables.ts";
import { shorten } from "../../core/domain/form/text.ts";
import type { MachineCheck, MachineCheckCounts } from "../../core/domain/hosting/machine-checks.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import type { Button } from "../rendered.ts";
import { checkWords } from "./finding-words.ts";
import { type Html, html, lines } from "./html.ts";

const failedShown = 8;
const longestFileName = 40;
const longestNote = 100;

/** On the desk's card: how many checks there are, and how many of them wait for a verdict. */
export async function machineCheckLine(
  db: Db,
  { id }: Ticket,
  counts: MachineCheckCounts | undefined,
): Promise<Html | undefined> {
  if (counts === undefined || counts.all + counts.waiting === 0) return undefined;
  const { all, waiting, open } = counts;
  const running = waiting === 0 ? [] : [`${waiting} berkas masih diperiksa`];
  const judged = open === 0 ? "semua diputuskan" : `${open} belum diputuskan`;
  const summary = [...running, ...(all === 0 ? [] : [`${all} pemeriksaan, ${judged}`])].join("; ");
  return lines(html`\n🤖 <b>Pemeriksaan mesin</b>: ${summary}`, ...failedLines(await listMachineChecks(db, id)));
}

/** To what was checked by hand, for who decides and for who is told: what failed in the end, and why. */
export async function machineResults(db: Db, ticketId: number): Promise<Html | undefined> {
  const checks = await listMachineChecks(db, ticketId);
  if (checks.length === 0) return undefined;
  const failed = checks.filter(isFailed).length;
  const counts = failed === 0 ? "semua sesuai" : `${checks.length - failed} sesuai, ${failed} tidak sesuai`;
  return lines(html`\n🤖 <b>Pemeriksaan mesin</b> (${checks.length}): ${counts}`, ...failedLines(checks));
}

function isFailed({ verdict, result }: MachineCheck): boolean {
  return (verdict?.is ?? result) === "failed";
}

function failedLines(checks: readonly MachineCheck[]): Html[] {
  const failed = checks.filter(isFailed);
  const left = failed.length - failedShown;
  return [
    ...failed.slice(0, failedShown).map(({ check, fileName, verdict }) => {
      const note = verdict?.note === undefined ? "" : `: ${shorten(verdict.note, longestNote)}`;
      return html`❌ ${checkWords[check]} (${shorten(fileName, longestFileName)})${note}`;
    }),
    ...(left > 0 ? [html`… dan ${left} lagi.`] : []),
  ];
}

export function machineChecksButton({ id: ticketId }: Pick<Ticket, "id">, open = 0): Button {
  const label = `🤖 Pemeriksaan mesin${open === 0 ? "" : ` (${open} belum diputuskan)`}`;
  return { label, press: { do: "machine-checks", ticketId, page: 0 } };
}
