import { stringify } from "yaml";
import { findLatestPlan } from "../../../core/db/hosting/stack-plans.ts";
import { findWanted } from "../../../core/db/hosting/wanted.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findApproval } from "../../../core/db/ticket/approvals.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { StackPlan } from "../../../core/domain/hosting/application.ts";
import { type PlannedChange, type PreviewStep, partsOfUrn } from "../../../core/domain/hosting/preview.ts";
import { noteOfDefaults } from "../../../core/domain/hosting/state-hash.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { isOfChain } from "../../../core/domain/ticket/approval-rules.ts";
import { readsInternalNotes, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Rendered } from "../../rendered.ts";
import { html } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { plannedChangeInWords, resourceInWords, unpreparedHost } from "./planned-change.ts";

/** All that Pulumi would do, and the file of the stack, as a text to read. For the desk, and who approves. */
export async function renderApplicationPlan(
  db: Db,
  viewer: Person,
  { ticketId }: { ticketId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined) return undefined;
  const mayRead = readsInternalNotes(viewer, ticket) || isOfChain(viewer, await findApproval(db, ticket, office));
  const wanted = mayRead ? await findWanted(db, ticketId) : undefined;
  const plan = wanted && (await findLatestPlan(db, wanted));
  if (plan === undefined) return undefined;
  const { id, stack, expiresAt } = plan;
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(planText(plan, office)),
    name: `${stack}-rencana-${id}.txt`,
    caption: html`📄 Rencana ${id} untuk ${ticketNumber(ticketId)}, berlaku sampai ${showTime(expiresAt, office)}`
      .markup,
  };
}

/** One change a block; what is secret in it is left out. */
export function planText(plan: StackPlan, office: Pick<OfficeWords, "zone" | "zoneLabel">): string {
  const { id, stack, ticketId, madeAt, expiresAt, imageId, changes, steps, input, hashes, isHostPrepared } = plan;
  const others = steps.filter((step) => !changes.some((change) => isOf(change, step)));
  return blocks(
    `RENCANA ${id}: ${stack}`,
    [
      `Tiket: ${ticketNumber(ticketId)}`,
      `Dibuat: ${showTime(madeAt, office)}`,
      `Berlaku sampai: ${showTime(expiresAt, office)}`,
      ...(imageId === null ? [] : [`Image: ${imageId}`]),
      ...(isHostPrepared === false ? [unpreparedHost] : []),
    ].join("\n"),
    `PERUBAHAN DI HOST (${changes.length})`,
    ...(changes.length === 0 ? ["Di host tidak ada yang berubah."] : []),
    ...changes.map((change, index) => changeBlock(index + 1, change, steps)),
    ...(others.length === 0 ? [] : [`LANGKAH PULUMI LAINNYA (${others.length})`]),
    ...others.map((step) => withInputs(`${operationInWords(step)}: ${resourceInWords(partsOfUrn(step.urn))}`, step)),
    "BERKAS STACK",
    indented(JSON.parse(input, withoutSecrets)),
    "YANG MENGIKAT PERSETUJUAN (SHA-256)",
    [
      `Rencana: ${hashes.preview}`,
      `Program: ${hashes.program}`,
      `Berkas stack: ${hashes.inputs}`,
      `Status Pulumi: ${hashes.state}`,
    ].join("\n"),
  );
}

function blocks(...all: string[]): string {
  return `${all.join("\n\n")}\n`;
}

/** What it is to be; of what replaces something not also what it was. */
function changeBlock(number: number, change: PlannedChange, steps: readonly PreviewStep[]): string {
  const step = steps.find((each) => isOf(change, each) && each.operation !== "delete-replaced");
  const title = `${number}. ${plannedChangeInWords(change)}`;
  return step === undefined ? title : withInputs(title, step);
}

const operationWords: Record<string, string> = {
  same: "Tetap",
  create: "Dibuat",
  update: "Diubah",
  delete: "Dihapus",
  read: "Dibaca",
  refresh: "Dibaca ulang",
};

function operationInWords({ operation }: PreviewStep): string {
  return operationWords[operation] ?? operation;
}

/** A stack itself has none. */
function withInputs(title: string, { inputs }: PreviewStep): string {
  const isWithout = inputs === null || (typeof inputs === "object" && Object.keys(inputs).length === 0);
  return isWithout ? title : `${title}\n${indented(inputs)}`;
}

function isOf({ kind, name }: PlannedChange, { urn }: PreviewStep): boolean {
  const parts = partsOfUrn(urn);
  return parts.kind === kind && parts.name === name;
}

function indented(value: unknown): string {
  const text = stringify(value, withoutNotes, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
  return text.replaceAll(/^/gm, "   ");
}

/** What Pulumi notes for itself is left out. */
function withoutNotes(key: unknown, value: unknown): unknown {
  return key === noteOfDefaults ? undefined : value;
}

/** What is sealed tells its length, and whether it was changed. */
function withoutSecrets(key: string, value: unknown): unknown {
  return key === "sealed" ? "[secret]" : value;
}
