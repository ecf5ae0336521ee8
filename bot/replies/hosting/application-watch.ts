import { findApplication } from "../../../core/db/hosting/applications.ts";
import { type ForeignState, findForeignState, listForeignStates } from "../../../core/db/hosting/foreign-states.ts";
import { listDrift } from "../../../core/db/hosting/stack-drift.ts";
import { findWatched, type WatchedStack } from "../../../core/db/hosting/watched-stacks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Application } from "../../../core/domain/hosting/application.ts";
import { mayReadHosting } from "../../../core/domain/hosting/hosting-access.ts";
import type { HostingFailure } from "../../../core/domain/hosting/hosting-failure.ts";
import { operatesHosting } from "../../../core/domain/hosting/watch-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { showState } from "./application-plan.ts";
import { betweenLooks, driftLine } from "./drift-words.ts";
import { failureWords } from "./failure-words.ts";
import { isolationPart } from "./isolations.ts";

const longestTitle = 60;
const foreignShown = 3;

/** Opens what is watched of a stack, from a page that shows something else of it. */
export function watchButton(stack: string, label = "🛡 Pengawasan"): Button {
  return { label, press: { do: "watch", stack } };
}

/** What was found about a stack that stands, and what can be done about it. */
export async function renderWatch(
  db: Db,
  viewer: Person,
  { stack, heading }: { stack: string; heading?: Html },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const watched = mayReadHosting(viewer) ? await findWatched(db, stack) : undefined;
  if (watched === undefined) return undefined;
  const { applicationId } = watched;
  const application = applicationId === null ? undefined : await findApplication(db, applicationId);
  const part = await watchPart(db, viewer, watched, office);
  const isolation = application && (await isolationPart(db, viewer, application, { office, now }));
  return {
    as: "text",
    html: lines(
      heading,
      html`🛡 <b>Pengawasan ${stack}</b>`,
      titleLine(application),
      ...part.lines,
      ...(isolation?.lines ?? []),
    ).markup,
    buttons: [
      ...part.buttons,
      ...(isolation?.buttons ?? []),
      [{ label: "🏗 Aplikasi", press: { do: "applications", page: 0 } }],
    ],
  };
}

function titleLine(application: Application | undefined): Html {
  if (application === undefined) return html`Yang dipakai bersama oleh semua aplikasi di host itu`;
  return html`${shorten(application.title, longestTitle)} · ${showState(application)}`;
}

/** For any page of a stack: what was found by looking at its host and its state. */
async function watchPart(
  db: Db,
  viewer: Person,
  watched: WatchedStack,
  office: OfficeWords,
): Promise<{ lines: Html[]; buttons: Button[][] }> {
  const { stack, isChanging } = watched;
  const drift = await listDrift(db, stack);
  const foreign = await listForeignStates(db, stack);
  return {
    lines: [
      ...lookLines(watched, office),
      ...(drift.length === 0
        ? []
        : [html`\n<b>Berbeda dari yang disetujui</b>`, ...drift.map((each) => driftLine(each, office))]),
      ...foreignLines(foreign, office),
    ],
    buttons: operatesHosting(viewer) && !isChanging ? operatorButtons(watched, drift.length + foreign.length > 0) : [],
  };
}

function operatorButtons({ stack, applicationState }: WatchedStack, differs: boolean): Button[][] {
  if (applicationState === "isolated") return [];
  return [
    [{ label: "🔄 Bandingkan sekarang", press: { do: "compare-stack", stack } }],
    ...(differs
      ? [[{ label: "↩️ Kembalikan seperti disetujui", press: { do: "put-back-stack", stack } } satisfies Button]]
      : []),
  ];
}

function lookLines({ checkedAt, problem, failedAt, isChanging }: WatchedStack, office: OfficeWords): Html[] {
  const last =
    checkedAt === null
      ? html`Belum pernah dibandingkan dengan host.`
      : html`Dibandingkan dengan host ${showTime(checkedAt, office)}.`;
  return [
    last,
    ...(problem === null || failedAt === null
      ? []
      : [html`⚠️ Tidak dapat dibandingkan ${showTime(failedAt, office)}: ${failureWords(problem)}`]),
    ...(isChanging
      ? [html`🏗 Sedang diubah mesin, atau perubahan terakhir belum selesai; tidak dibandingkan dahulu.`]
      : []),
  ];
}

function foreignLines(foreign: readonly ForeignState[], office: OfficeWords): Html[] {
  if (foreign.length === 0) return [];
  return [
    html`\n<b>Status Pulumi ditulis orang lain</b>`,
    ...foreign.slice(0, foreignShown).map((each) => html`✍️ ${betweenLooks(each, office)}`),
  ];
}

/** For the data center. */
export function renderDriftFound(
  db: Db,
  viewer: Person,
  { stack }: { stack: string },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const heading = html`⚠️ Ada yang diubah dengan tangan di host.\n`;
  return renderWatch(db, viewer, { stack, heading }, office, now);
}

/** For who asked. */
export function renderCompared(
  db: Db,
  viewer: Person,
  { stack, problem }: { stack: string; problem?: HostingFailure },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const heading =
    problem === undefined
      ? html`🔄 Perbandingan yang Anda minta selesai.\n`
      : html`🔴 ${stack} belum dapat dibandingkan: ${failureWords(problem)} Lalu tekan lagi tombolnya.\n`;
  return renderWatch(db, viewer, { stack, heading }, office, now);
}

/** For who asked for it. */
export function renderPutBack(
  db: Db,
  viewer: Person,
  { stack, problem }: { stack: string; problem: HostingFailure | null },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const heading =
    problem === null
      ? html`✅ ${stack} sudah dikembalikan seperti disetujui.\n`
      : html`🔴 ${stack} belum dapat dikembalikan: ${failureWords(problem)} Lalu tekan lagi tombolnya.\n`;
  return renderWatch(db, viewer, { stack, heading }, office, now);
}

/** For leadership. */
export async function renderForeignState(
  db: Db,
  viewer: Person,
  { foreignStateId }: { foreignStateId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const found = mayReadHosting(viewer) ? await findForeignState(db, foreignStateId) : undefined;
  if (found === undefined) return undefined;
  const { stack } = found;
  return {
    as: "text",
    html: lines(
      html`✍️ <b>Status Pulumi ${stack} ditulis orang lain</b>`,
      html`Bukan oleh mesin Simpul, ${betweenLooks(found, office)}. Mungkin seseorang menjalankan <code>pulumi up</code> dengan tangan.`,
      html`Tanyakan ke Infrastruktur dan Data Center. Rencana berikutnya dibuat di atas keadaan itu; di 🛡 Pengawasan dapat dikembalikan seperti disetujui.`,
    ).markup,
    buttons: [[watchButton(stack)]],
  };
}
