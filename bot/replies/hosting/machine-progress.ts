import { findRun } from "../../../core/db/hosting/machine-runs.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findLastOfSteps } from "../../../core/db/ticket/done-steps.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import { hostingFailures } from "../../../core/domain/hosting/hosting-failure.ts";
import type { MachinePart, MachineRun, PartOfRun } from "../../../core/domain/hosting/machine-parts.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { readsInternalNotes, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showShortTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { wordsOf } from "../procedure-words.ts";
import { failureWords } from "./failure-words.ts";
import { machineWords } from "./machine-words.ts";
import { outdatedWords } from "./outdated-plan.ts";

const partWords: Record<MachinePart, string> = {
  image: "Image di host",
  recovery: "Sisa percobaan sebelumnya dibereskan",
  preview: "Rencana dibandingkan dengan host",
  update: "Pulumi",
  network: "Jaringan",
  volume: "Volume data",
  database: "Kontainer basis data",
  filling: "Isi basis data",
  container: "Kontainer aplikasi",
  "database-asked": "Basis data menjawab",
  routes: "Rute di proxy",
  "name-asked": "Diuji lewat nama domain",
  drain: "Permintaan lama diselesaikan",
  removal: "Penghapusan dari host",
};

/** For the desk: what a machine does for a ticket, part by part; nothing of it is secret. Comes without a sound. */
export async function renderMachineProgress(
  db: Db,
  viewer: Person,
  { runId }: { runId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const run = await findRun(db, runId);
  const ticket = run && (await findTicket(db, run.ticketId));
  if (run === undefined || ticket === undefined || !readsInternalNotes(viewer, ticket)) return undefined;
  return {
    as: "text",
    html: lines(
      html`🏗 <b>${ticketNumber(ticket.id)}</b>: ${stateWords(ticket, run)}`,
      html`Mulai ${showShortTime(run.begunAt, office)}`,
      ...run.parts.map((part) => partLine(part, run, office)),
      await endLine(db, run, ticket, office),
    ).markup,
    buttons: [[openButton(ticket.id)]],
    isSilent: true,
  };
}

function stateWords({ procedure }: Ticket, { doing }: MachineRun): string {
  return wordsOf({ name: procedure }).states[doing] ?? machineWords.states[doing] ?? doing;
}

/** "✅ Jaringan (3 detik)"; of what has ended without it, the part that was under way is where it stopped. */
function partLine({ part, begunAt, endedAt }: PartOfRun, run: MachineRun, office: OfficeWords): Html {
  const words = partWords[part];
  if (endedAt !== null) return html`✅ ${words} (${secondsBetween(begunAt, endedAt)} detik)`;
  return run.endedAt === null
    ? html`⏳ ${words}, sejak ${showShortTime(begunAt, office)}`
    : html`⏹ ${words}: tidak selesai`;
}

/** A clock may have been set back meanwhile. */
function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}

const endWords: Record<string, string> = {
  "application-planned": "✅ Rencana selesai",
  "application-built": "✅ Selesai",
  "planning-failed": "🔴 Rencana tidak dapat dibuat",
  "building-failed": "🔴 Terhenti",
  "building-cleared": "✅ Sudah dihapus dari host",
  "clearing-failed": "🔴 Belum dapat dihapus",
  "plan-outdated": "♻️ Rencananya tidak berlaku lagi, jadi dibuat lagi",
};

/** What a machine said with the end of its work. */
function whyIn(answers: Answers): string | undefined {
  const failed = hostingFailures.find((each) => each === answers["why-failed"]);
  return failed === undefined ? outdatedWords(answers["why-outdated"] ?? "") : failureWords(failed);
}

async function endLine(
  db: Db,
  { endedAt, endedBy }: MachineRun,
  ticket: Ticket,
  office: OfficeWords,
): Promise<Html | undefined> {
  if (endedAt === null || endedBy === null) return undefined;
  const entry = await findLastOfSteps(db, ticket.id, [endedBy]);
  const isOfThisEnd = entry?.at.getTime() === endedAt.getTime();
  const why = isOfThisEnd ? whyIn(entry.answers) : undefined;
  const because = why === undefined ? "" : `: ${why}`;
  return html`<b>${endWords[endedBy] ?? "⏹ Dihentikan"}</b>, ${showShortTime(endedAt, office)}${because}`;
}
