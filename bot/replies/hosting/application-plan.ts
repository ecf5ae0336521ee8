import { findExposedPorts, listFilesOfKind } from "../../../core/db/hosting/machine-checks.ts";
import { findLatestPlan } from "../../../core/db/hosting/stack-plans.ts";
import { findWanted } from "../../../core/db/hosting/wanted.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findAttachment } from "../../../core/db/ticket/attachments.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import {
  type Application,
  type ApplicationChange,
  type ApplicationState,
  addressOfSlot,
  type RevisionState,
  type StackPlan,
} from "../../../core/domain/hosting/application.ts";
import { exposedPorts, mayAnswerAt } from "../../../core/domain/hosting/exposed-ports.ts";
import type { HostingRules } from "../../../core/domain/hosting/hosting-rules.ts";
import type { Wanted } from "../../../core/domain/hosting/wanted.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { stepsFrom } from "../../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../../core/domain/ticket/ticket.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { changeLine } from "./change-words.ts";
import { reachWords, showCpus, showSize } from "./hosting-titles.ts";
import { outdatedLine } from "./outdated-plan.ts";
import { plannedChangeInWords, unpreparedHost } from "./planned-change.ts";
import { wishLine } from "./wish-line.ts";

const applicationStateWords: Record<ApplicationState, string> = {
  planned: "📝 direncanakan",
  built: "🟢 berjalan",
  stopped: "⏸ dihentikan",
  isolated: "⛔️ diisolasi",
  deleted: "🗑 dihapus, data masih disimpan",
  removed: "⚪️ dihapus",
};
const progressWords: Partial<Record<RevisionState, string>> = { building: "🏗 sedang", failed: "🔴 terhenti saat" };
const beingChangedWords: Record<ApplicationChange, string> = {
  new: "dibangun",
  version: "diperbarui",
  size: "diubah ukurannya",
  name: "diganti namanya",
  stop: "dihentikan",
  start: "dijalankan",
  "roll-back": "dikembalikan ke versi lama",
  delete: "dihapus",
  purge: "dimusnahkan datanya",
  access: "dibukakan akses",
};
/** How far what is looked at has come; of what stands, how it stands. */
export function showState({ state, revision }: Pick<Application, "state" | "revision">): string {
  const progress = progressWords[revision.state];
  return progress === undefined ? applicationStateWords[state] : `${progress} ${beingChangedWords[revision.change]}`;
}

const longestImage = 19;
const longestHash = 12;
const longestFileName = 60;
const longestPorts = 40;

type PlanOffice = Pick<OfficeWords, "hosting" | "zone" | "zoneLabel">;

/** On the desk's card, and for who approves: what is to be built, and what a host would do for it. */
export async function planLines(
  db: Db,
  ticket: Pick<Ticket, "id" | "procedure" | "state">,
  { office, now }: { office: OfficeWords; now: Date },
): Promise<Html | undefined> {
  const wanted = await findWanted(db, ticket.id);
  if (wanted === undefined) return undefined;
  const plan = await findLatestPlan(db, wanted);
  return lines(
    ...(wanted.application === undefined
      ? platformLines(wanted, office)
      : await applicationLines(db, wanted.application, { ticket, office, plan })),
    await outdatedLine(db, ticket),
    ...(plan === undefined ? [] : changesOf(plan, office)),
    plan && expiredLine(plan, ticket, now),
  );
}

/** What to do about a plan that has expired, while it can be made anew. */
export async function expiredPlanLine(
  db: Db,
  ticket: Pick<Ticket, "id" | "procedure" | "state">,
  now: Date,
): Promise<Html | undefined> {
  const wanted = await findWanted(db, ticket.id);
  const plan = wanted && (await findLatestPlan(db, wanted));
  return plan && expiredLine(plan, ticket, now);
}

function expiredLine(
  { id, expiresAt }: StackPlan,
  { procedure, state }: Pick<Ticket, "procedure" | "state">,
  now: Date,
): Html | undefined {
  const isRenewed = stepsFrom(findProcedure(procedure), state).some(({ renews }) => renews);
  return isRenewed && expiresAt <= now
    ? html`⌛ Rencana ${id} sudah kedaluwarsa. Infrastruktur menekan Buat rencana baru; rencana yang baru lalu diputuskan.`
    : undefined;
}

/** Where the image of a plan says that it answers elsewhere. It may answer here all the same, so that nothing is refused. */
async function portLine(
  db: Db,
  { runtime, port, revision }: Application,
  hosting: HostingRules | undefined,
): Promise<Html | undefined> {
  const planned = hosting?.runtimes.find(({ name }) => name === runtime);
  const exposed = exposedPorts(await findExposedPorts(db, revision.attachmentId));
  if (planned === undefined || mayAnswerAt(exposed, port, planned)) return undefined;
  const ports = shorten(exposed.join(", "), longestPorts);
  return html`⚠️ Image ini menyebut port ${ports} (EXPOSE), sedangkan aplikasinya ditanya di ${port}. Bila tidak menjawab di sana, pembangunannya gagal: pastikan dahulu kepada pembuatnya.`;
}

/** Where the page that is named is asked for by name alone, and not inside of the container. */
function pathLine({ runtime, healthPath }: Application, hosting: HostingRules | undefined): Html | undefined {
  const planned = hosting?.runtimes.find(({ name }) => name === runtime);
  if (healthPath === null || planned === undefined) return undefined;
  return planned.healthTest.some((part) => part.includes("{path}"))
    ? undefined
    : html`⚠️ Uji kontainer runtime ini tidak meminta halaman itu; tulis {path} di healthTest profil bila ujinya meminta halaman.`;
}

async function applicationLines(
  db: Db,
  application: Application,
  {
    ticket,
    office: { hosting },
    plan,
  }: { ticket: Pick<Ticket, "procedure" | "state">; office: OfficeWords; plan: StackPlan | undefined },
): Promise<(Html | undefined)[]> {
  const { stack, target, subnet, port, healthPath, reach, revision } = application;
  const file = await findAttachment(db, revision.attachmentId);
  const from = file?.imageReference ?? null;
  // What failed before is gone on with.
  const isGoneOnWith = ticket.state === "building-application";
  const present = showState(
    isGoneOnWith ? { ...application, revision: { ...revision, state: "building" } } : application,
  );
  return [
    html`\n🏗 <b>Aplikasi ${stack}</b>: ${present}`,
    await changeLine(db, application, { hosting, plan }),
    html`Nama: <code>${revision.domainName}</code> (${reachWords[reach]})`,
    html`Alamat kontainer: <code>${addressOfSlot(application, revision.slot)}</code>, port ${port}, subnet ${subnet}`,
    healthPath === null ? undefined : html`Halaman yang diperiksa: <code>${healthPath}</code>`,
    pathLine(application, hosting),
    html`Host: ${titleOf(hosting?.targets, target)}`,
    html`Ukuran: ${sizeOf(application, hosting)}`,
    ...(application.database === null
      ? []
      : [
          html`Basis data: ${titleOf(hosting?.databases, application.database)}, ${await contentWords(db, application)}`,
        ]),
    from === null ? html`Dari berkas: ${showFile(file)}` : html`Dari registry: <code>${from}</code>`,
    await portLine(db, application, hosting),
    await wishLine(db, application, from, hosting),
    takenOverLine(application, ticket),
  ];
}

/** A first build that failed, and is gone on with by hand: a machine removes nothing of it any more. */
function takenOverLine(
  { stack, revision }: Application,
  { procedure, state }: Pick<Ticket, "procedure" | "state">,
): Html | undefined {
  const isWithMachine = findProcedure(procedure).states[state]?.isBeingBuilt === true;
  if (revision.change !== "new" || revision.state !== "failed" || isWithMachine) return undefined;
  return html`⚠️ Dilanjutkan dengan tangan. Yang sudah dibuat mesin masih ada di host: kontainer dan jaringan ${stack}. Menghapusnya, di server Simpul: <code>npm run pulumi -- destroy --stack ${stack}</code> (bila ada volume, lihat docs/operations.md, Hosting). Alamat dan namanya tetap dipesan sampai Infrastruktur melepasnya lewat /ip dan /nama.`;
}

/** It is filled once, before anybody uses it. */
async function contentWords(db: Db, { secrets, standingId, revision }: Application): Promise<string> {
  const isJustFilled = revision.change === "new" && standingId === revision.id;
  if (!isJustFilled && (secrets?.isFilled ?? standingId !== null)) {
    const dumps = revision.change === "version" ? await listFilesOfKind(db, revision.ticketId, "dump") : [];
    return dumps.length === 0 ? "isinya tetap" : "isinya tetap: dump pada permintaan ini tidak dimuat";
  }
  if (revision.dumpId === null) return "kosong";
  return `diisi dari dump ${showFile(await findAttachment(db, revision.dumpId))}`;
}

/** "simpeg.zip (SHA-256 9f86d081884c…)", by which who handed it in knows it again. */
function showFile(file: { name: string; sha256: string | null } | undefined): string {
  const name = shorten(file?.name ?? "tanpa nama", longestFileName);
  return file?.sha256 ? `${name} (SHA-256 ${file.sha256.slice(0, longestHash)}…)` : `${name}, yang sudah tidak ada`;
}

function platformLines({ stack, target }: Wanted, { hosting }: OfficeWords): Html[] {
  const known = hosting?.targets.find(({ name }) => name === target);
  if (known === undefined) return [html`\n🏗 <b>Proksi ${stack}</b>: host-nya tidak ada lagi di profil`];
  const { image, memoryMb, cpus, addresses, httpPort, httpsPort, intranet, acmeDirectory } = known.proxy;
  return [
    html`\n🏗 <b>Proksi ${stack}</b>`,
    html`Host: ${known.title}, alamat ${addresses.join(", ")}`,
    html`Image: <code>${image}</code> (${memoryMb} MB, ${showCpus(cpus)} CPU)`,
    html`Port ${httpPort} dan ${httpsPort}; dianggap intranet: ${intranet.join(", ")}`,
    acmeDirectory === undefined
      ? html`Sertifikat: dari otoritas proksi sendiri`
      : html`Sertifikat: dari <code>${acmeDirectory}</code>; nama intranet dari otoritas proksi sendiri`,
  ];
}

function changesOf(plan: StackPlan, office: PlanOffice & OfficeWords): Html[] {
  const { id, imageId, changes, expiresAt, isHostPrepared } = plan;
  return [
    ...(imageId === null ? [] : [html`Image: <code>${imageId.slice(0, longestImage)}…</code>`]),
    html`<b>Rencana ${id}</b>, berlaku sampai ${showTime(expiresAt, office)}:`,
    ...(changes.length === 0
      ? [html`Di host tidak ada yang berubah.`]
      : changes.map((change) => html`${plannedChangeInWords(change)}`)),
    ...(isHostPrepared === false ? [html`${unpreparedHost}`] : []),
  ];
}

function sizeOf({ revision: { size } }: Application, hosting: HostingRules | undefined): string {
  const known = hosting?.sizes.find(({ name }) => name === size);
  if (known === undefined) return size;
  const { temporaryMb } = known;
  return temporaryMb === undefined ? showSize(known) : `${showSize(known)}, folder sementara ${temporaryMb} MB`;
}

export function titleOf(all: readonly { name: string; title: string }[] = [], name: string): string {
  return all.find((each) => each.name === name)?.title ?? name;
}

export async function planButtons(db: Db, { id: ticketId }: Pick<Ticket, "id">): Promise<Button[][]> {
  const wanted = await findWanted(db, ticketId);
  const plan = wanted && (await findLatestPlan(db, wanted));
  if (plan === undefined) return [];
  return [[{ label: "📄 Rencana lengkap", press: { do: "application-plan", ticketId } }]];
}
