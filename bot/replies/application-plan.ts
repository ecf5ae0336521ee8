import { findApplicationOfTicket, findLatestPlan } from "../../core/db/applications.ts";
import { findApproval } from "../../core/db/approvals.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/tickets.ts";
import type { Application, ApplicationPlan, ApplicationState } from "../../core/domain/hosting/application.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import type { PlannedChange } from "../../core/domain/hosting/preview.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { isOfChain } from "../../core/domain/ticket/approval-rules.ts";
import { readsInternalNotes, type Ticket, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../rendered.ts";
import { type Html, html, lines } from "./html.ts";
import { type OfficeWords, showTime } from "./office-words.ts";

export const applicationStateWords: Record<ApplicationState, string> = {
  planned: "📝 direncanakan",
  building: "🏗 sedang dibangun",
  built: "🟢 berjalan",
  failed: "🔴 terhenti saat dibangun",
  removed: "⚪️ dihapus",
};
const reachWords = { internet: "internet dan intranet", intranet: "intranet saja" };
const changeWords: Record<PlannedChange["change"], string> = {
  create: "➕ Dibuat",
  update: "✏️ Diubah",
  replace: "♻️ Diganti",
  delete: "🗑 Dihapus",
};
const kindWords: Record<PlannedChange["kind"], string> = {
  container: "kontainer",
  network: "jaringan",
  volume: "volume data",
  other: "lainnya",
};
const longestImage = 19;

type PlanOffice = Pick<OfficeWords, "hosting" | "zone" | "zoneLabel">;

/** On the desk's card, and for who approves: what is to be built, and what a host would do for it. */
export async function planLines(db: Db, { id }: Pick<Ticket, "id">, office: OfficeWords): Promise<Html | undefined> {
  const application = await findApplicationOfTicket(db, id);
  if (application === undefined) return undefined;
  const plan = await findLatestPlan(db, application.id);
  return lines(
    html`\n🏗 <b>Aplikasi ${application.stack}</b>: ${applicationStateWords[application.state]}`,
    html`Nama: <code>${application.domainName}</code> (${reachWords[application.reach]})`,
    html`Alamat: <code>${application.address}</code>, port ${application.port}, subnet ${application.subnet}`,
    html`Host: ${titleOf(office.hosting?.targets, application.target)}`,
    html`Ukuran: ${sizeOf(application, office.hosting)}`,
    ...(plan === undefined ? [] : changesOf(plan, office)),
  );
}

function changesOf({ id, imageId, changes, expiresAt }: ApplicationPlan, office: PlanOffice & OfficeWords): Html[] {
  return [
    html`Image: <code>${imageId.slice(0, longestImage)}…</code>`,
    html`<b>Rencana ${id}</b>, berlaku sampai ${showTime(expiresAt, office)}:`,
    ...(changes.length === 0 ? [html`Tidak ada yang berubah.`] : changes.map(changeLine)),
  ];
}

/** "♻️ Diganti: kontainer web-a (image, memory)" */
function changeLine({ change, kind, name, properties }: PlannedChange): Html {
  const what = properties.length === 0 ? "" : ` (${properties.join(", ")})`;
  return html`${changeWords[change]}: ${kindWords[kind]} ${name}${what}`;
}

function sizeOf({ size }: Application, hosting: HostingRules | undefined): string {
  const known = hosting?.sizes.find(({ name }) => name === size);
  return known === undefined
    ? size
    : `${known.title} (${known.memoryMb} MB, ${String(known.cpus).replace(".", ",")} CPU)`;
}

export function titleOf(all: readonly { name: string; title: string }[] = [], name: string): string {
  return all.find((each) => each.name === name)?.title ?? name;
}

export async function planButtons(db: Db, { id: ticketId }: Pick<Ticket, "id">): Promise<Button[][]> {
  const application = await findApplicationOfTicket(db, ticketId);
  const plan = application && (await findLatestPlan(db, application.id));
  if (plan === undefined) return [];
  return [[{ label: "📄 Rencana lengkap", press: { do: "application-plan", ticketId } }]];
}

/** All that Pulumi would do, and the file of the stack; what is secret in it is left out. For the desk, and who approves. */
export async function renderApplicationPlan(
  db: Db,
  viewer: Person,
  { ticketId }: { ticketId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  if (ticket === undefined) return undefined;
  const mayRead = readsInternalNotes(viewer, ticket) || isOfChain(viewer, await findApproval(db, ticket, office));
  const application = mayRead ? await findApplicationOfTicket(db, ticketId) : undefined;
  const plan = application && (await findLatestPlan(db, application.id));
  if (application === undefined || plan === undefined) return undefined;
  const { hashes, imageId, changes, steps, input } = plan;
  const whole = { plan: plan.id, stack: application.stack, imageId, hashes, changes, steps, input: JSON.parse(input) };
  return {
    as: "file",
    fileKind: "document",
    bytes: Buffer.from(`${JSON.stringify(whole, null, 2)}\n`),
    name: `${application.stack}-rencana-${plan.id}.json`,
    caption:
      html`📄 Rencana ${plan.id} untuk ${ticketNumber(ticketId)}, berlaku sampai ${showTime(plan.expiresAt, office)}`
        .markup,
  };
}
