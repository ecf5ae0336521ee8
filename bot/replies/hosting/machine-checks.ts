import { listMachineChecks } from "../../../core/db/hosting/machine-checks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findStepFacts } from "../../../core/db/ticket/step-facts.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type MachineCheck, machineCheckKey } from "../../../core/domain/hosting/machine-checks.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { stepsFor } from "../../../core/domain/ticket/step-rules.ts";
import { type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { mayReadChecks } from "../ticket/check-list.ts";
import { checkWords, explainFinding } from "./finding-words.ts";

const checksOnPage = 10;
const findingsShown = 15;
const longestNote = 200;
const longestFileName = 40;
const longestFileNameOnButton = 24;
const marks: Record<MachineCheck["result"], string> = { passed: "✅", failed: "❌", "not-checked": "❔" };
const resultWords: Record<MachineCheck["result"], string> = {
  passed: "Sesuai",
  failed: "Tidak sesuai",
  "not-checked": "Belum diperiksa",
};
/** The check list that leadership reads beside them. */
const byHand = "record-hosting-check";

/** What a machine has checked of an application, file by file. What nobody has decided on stands first. */
export async function renderMachineChecks(
  db: Db,
  viewer: Person,
  { ticketId, page }: { ticketId: number; page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !(await mayReadChecks(db, viewer, ticket, byHand, office))) return undefined;
  const all = (await listMachineChecks(db, ticketId)).toSorted(openFirst);
  const shown = all.slice(page * checksOnPage, (page + 1) * checksOnPage);
  return {
    as: "text",
    html: lines(
      html`🤖 <b>Pemeriksaan mesin ${ticketNumber(ticketId)}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...shown.flatMap((check, index) => [
        ...(check.attachmentId === shown[index - 1]?.attachmentId ? [] : [html`\n📄 ${fileOf(check)}`]),
        checkLine(check),
      ]),
    ).markup,
    buttons: [
      ...shown.map((check): Button[] => [
        {
          label: `${marks[check.result]} ${checkWords[check.check]}${ofFile(check, all)}${check.verdict === undefined ? " · putuskan" : ""}`,
          press: { do: "machine-check", ticketId, key: machineCheckKey(check) },
        },
      ]),
      ...((await mayJudge(db, viewer, ticket, office, now)) ? acceptAllButtons(ticket, all) : []),
      pageButtons(page, all.length > (page + 1) * checksOnPage, (to) => ({
        ...{ do: "machine-checks", ticketId, page: to, turns: true },
      })),
      [openButton(ticketId)],
    ],
  };
}

function openFirst(one: MachineCheck, other: MachineCheck): number {
  return Number(one.verdict !== undefined) - Number(other.verdict !== undefined);
}

/** Behind a check on a button: " (situs.zip)" where several files were handed in, which have checks of the same name. */
function ofFile({ fileName }: MachineCheck, all: readonly MachineCheck[]): string {
  const isAlone = new Set(all.map(({ attachmentId }) => attachmentId)).size === 1;
  return isAlone ? "" : ` (${shorten(fileName, longestFileNameOnButton)})`;
}

/** One is accepted on its own page. */
function acceptAllButtons({ id: ticketId, version }: Ticket, all: readonly MachineCheck[]): Button[][] {
  const keys = all
    .filter(({ result, verdict }) => result === "passed" && verdict === undefined)
    .map((each) => machineCheckKey(each));
  if (keys.length < 2) return [];
  const press = { do: "accept-passed-checks", ticketId, version, keys } as const;
  return [[{ label: `👍 Setujui semua yang lulus (${keys.length})`, press }]];
}

/** "simpeg-2c26b46b68ff.tar, dari registry registry.go.id/simpeg@sha256:2c26…" */
function fileOf({ fileName, imageReference }: MachineCheck): Html {
  const name = shorten(fileName, longestFileName);
  return imageReference === null ? html`${name}` : html`${name}, dari registry <code>${imageReference}</code>`;
}

/** "❌ Rahasia: Tidak sesuai → Sesuai menurut Budi: contoh saja, bukan kata sandi sungguhan" */
function checkLine(check: MachineCheck): Html {
  const { verdict, result } = check;
  const judged = verdict === undefined ? "" : ` → ${resultWords[verdict.is]} menurut ${verdict.byName}`;
  const note = verdict?.note === undefined ? "" : `: ${shorten(verdict.note, longestNote)}`;
  return html`${marks[result]} ${checkWords[check.check]}: ${resultWords[result]}${judged}${note}`;
}

/** What one check has found, with the buttons to accept or to overrule it. */
export async function renderMachineCheck(
  db: Db,
  viewer: Person,
  { ticketId, key }: { ticketId: number; key: string },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined || !(await mayReadChecks(db, viewer, ticket, byHand, office))) return undefined;
  const all = await listMachineChecks(db, ticketId);
  const check = all.find((each) => machineCheckKey(each) === key);
  if (check === undefined) return undefined;
  const { findings } = check;
  const left = findings.length - findingsShown;
  return {
    as: "text",
    html: lines(
      html`🤖 <b>${ticketNumber(ticketId)} · ${checkWords[check.check]}</b>`,
      html`📄 ${fileOf(check)}`,
      checkLine(check),
      findings.length === 0 ? html`\nTidak ada temuan.` : html`\n<b>Temuan</b>`,
      ...findings.slice(0, findingsShown).map((each) => html`• ${explainFinding(each)}`),
      left > 0 ? html`… dan ${left} lagi.` : undefined,
    ).markup,
    buttons: [
      ...((await mayJudge(db, viewer, ticket, office, now)) ? judgeButtons(ticket, check, ofFile(check, all)) : []),
      [{ label: "◀️ Semua pemeriksaan", press: { do: "machine-checks", ticketId, page: 0, turns: true } }],
    ],
  };
}

async function mayJudge(db: Db, viewer: Person, ticket: Ticket, office: OfficeWords, now: Date): Promise<boolean> {
  const facts = await findStepFacts(db, ticket, office);
  const steps = stepsFor(findProcedure(ticket.procedure), ticket, viewer, { ...facts, now, reopenWithinDays: 0 });
  return steps.some(({ judges }) => judges);
}

function judgeButtons({ id: ticketId, version }: Ticket, check: MachineCheck, file: string): Button[][] {
  const key = machineCheckKey(check);
  const overrule = (verdict: "passed" | "failed", label: string): Button[] => {
    const answers = { "machine-check": key, verdict };
    const press = { do: "step", ticketId, version, step: "overrule-machine-check", answers } as const;
    return [{ label: `${label}${file}`, press }];
  };
  const passes = overrule("passed", "✅ Sesuai, karena…");
  const fails = overrule("failed", "❌ Tidak sesuai, karena…");
  if (check.result === "not-checked") return [passes, fails];
  const agrees: Button = {
    label: `👍 Setuju: ${checkWords[check.check]}${file}`,
    press: { do: "accept-machine-check", ticketId, version, key },
  };
  return [[agrees], check.result === "passed" ? fails : passes];
}
