import { findApplication } from "../../../core/db/hosting/applications.ts";
import { findIsolation, findOpenIsolation } from "../../../core/db/hosting/isolations.ts";
import { isOnDuty } from "../../../core/db/shift/on-duty.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findActing } from "../../../core/db/ticket/approvals.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Application } from "../../../core/domain/hosting/application.ts";
import { mayReadApplication, mayReadHosting } from "../../../core/domain/hosting/hosting-access.ts";
import {
  type Isolation,
  type IsolationDecision,
  isLifted,
  isolationDecisions,
} from "../../../core/domain/hosting/isolation.ts";
import { couldDecideIsolation, refusalOfIsolating } from "../../../core/domain/hosting/isolation-rules.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { failureWords } from "./failure-words.ts";

const longestReason = 300;

/** For the page of an application: how its isolation stands, and what this person may do about it. */
export async function isolationPart(
  db: Db,
  viewer: Person,
  application: Application,
  { office, now }: { office: OfficeWords; now: Date },
): Promise<{ lines: Html[]; buttons: Button[][] }> {
  const isolation = await findOpenIsolation(db, application.id);
  const isolate = await isolateButtons(db, viewer, application);
  if (isolation === undefined) return { lines: [], buttons: isolate };
  // What was lifted goes on before its names lead to it, and can be defaced again.
  const decide = await decisionButtons(db, viewer, isolation, now);
  return { lines: isolationLines(isolation, office), buttons: [...decide, ...isolate] };
}

/** Wherever an application is shown: for who may take it off the net, while it runs. */
export async function isolateButtons(db: Db, viewer: Person, application: Application): Promise<Button[][]> {
  if (!refusalOfIsolating(viewer, await isOnDuty(db, viewer), application).ok) return [];
  return [[{ label: "⛔️ Isolasi sekarang", press: { do: "isolate-application", applicationId: application.id } }]];
}

function isolationLines(isolation: Isolation, office: OfficeWords): Html[] {
  const { begunByName, begunAt, reason, closedAt, containedAt, evidenceAt, trouble, decisions, endedAt } = isolation;
  const part = (label: string, at: Date | null) =>
    at === null ? html`⏳ ${label}: belum` : html`✅ ${label}: ${showTime(at, office)}`;
  return [
    html`\n⛔️ <b>Diisolasi ${begunByName}</b>, ${showTime(begunAt, office)}: ${shorten(reason, longestReason)}`,
    part("Namanya menampilkan halaman penutup", closedAt),
    part("Kontainer dibekukan", containedAt),
    part("Bukti disimpan", evidenceAt),
    ...(trouble === null ? [] : [html`🔴 Belum berhasil: ${failureWords(trouble)} Dicoba lagi tiap menit.`]),
    ...(decisions.length === 0 ? [html`⏳ Menunggu keputusan pimpinan.`] : []),
    ...decisions.map(
      ({ decision, personName, at, reason: because }) =>
        html`${decidedWords[decision]} ${personName}, ${showTime(at, office)}: ${shorten(because, longestReason)}`,
    ),
    ...(isLifted(isolation) && endedAt === null ? [html`⏳ Sedang dikembalikan ke jaringan.`] : []),
  ];
}

const decidedWords: Record<IsolationDecision, string> = { confirmed: "✅ Dibenarkan", lifted: "▶️ Dicabut" };
const buttonWords: Record<IsolationDecision, string> = {
  confirmed: "✅ Benarkan isolasi",
  lifted: "▶️ Cabut isolasi",
};

async function decisionButtons(db: Db, viewer: Person, isolation: Isolation, now: Date): Promise<Button[][]> {
  const facts = { acting: await findActing(db, "leadership", viewer.id), now };
  const offered = isolationDecisions.filter((each) => couldDecideIsolation(viewer, isolation, each, facts));
  if (offered.length === 0) return [];
  const { id: isolationId } = isolation;
  return [
    offered.map((decision) => ({
      label: buttonWords[decision],
      press: { do: "decide-isolation", isolationId, decision } as const,
    })),
  ];
}

const decidedHeadings: Record<IsolationDecision, (stack: string) => Html> = {
  confirmed: (stack) => html`✅ Isolasi ${stack} dibenarkan pimpinan.`,
  lifted: (stack) => html`▶️ Isolasi ${stack} dicabut pimpinan; aplikasi dikembalikan ke jaringan.`,
};
const endedHeading = (stack: string): Html => html`🟢 ${stack} sudah kembali di jaringan.`;
const anewHeading = (stack: string): Html => html`⛔️ Isolasi ${stack} dicabut, lalu diisolasi lagi.`;

/** What has become of it; undefined: nobody has decided. */
function presentHeading(stack: string, { decisions, endedAt }: Isolation): Html | undefined {
  if (endedAt !== null) return endedHeading(stack);
  const last = decisions.at(-1);
  return last && decidedHeadings[last.decision](stack);
}

/** For leadership: it was isolated, and waits for their word; later, what has become of it. */
export function renderIsolationAsked(
  db: Db,
  viewer: Person,
  { isolationId, isReminder }: { isolationId: number; isReminder?: true },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  return renderAbout(db, viewer, isolationId, { office, now }, ({ stack }, isolation) => {
    const asked = isReminder
      ? html`🔔 Isolasi ${stack} masih menunggu keputusan Anda.`
      : html`🚨 ${stack} diambil dari jaringan. Benarkan atau cabut isolasinya.`;
    return presentHeading(stack, isolation) ?? asked;
  });
}

export function renderIsolationProgress(
  db: Db,
  viewer: Person,
  { isolationId }: { isolationId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  return renderAbout(db, viewer, isolationId, { office, now }, ({ stack }, isolation) => {
    const { closedAt, containedAt, evidenceAt, trouble } = isolation;
    if (trouble !== null) return html`🔴 Isolasi ${stack} belum seluruhnya berhasil.`;
    const lifted = isLifted(isolation) ? presentHeading(stack, isolation) : undefined;
    if (lifted !== undefined) return lifted;
    const isDone = closedAt !== null && containedAt !== null && evidenceAt !== null;
    return isDone ? html`⛔️ ${stack} sudah diisolasi.` : html`⏳ Isolasi ${stack} berjalan.`;
  });
}

export function renderIsolationDecided(
  db: Db,
  viewer: Person,
  { isolationId, decision }: { isolationId: number; decision: IsolationDecision },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  return renderAbout(db, viewer, isolationId, { office, now }, ({ stack }) => decidedHeadings[decision](stack));
}

export function renderIsolationEnded(
  db: Db,
  viewer: Person,
  { isolationId }: { isolationId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  return renderAbout(db, viewer, isolationId, { office, now }, ({ stack }) => endedHeading(stack));
}

/** Nobody of leadership can decide on it: for who isolated it; for administrators without naming the application. */
export async function renderNoDecider(
  db: Db,
  viewer: Person,
  { isolationId }: { isolationId: number },
): Promise<Rendered | undefined> {
  const isolation = await findIsolation(db, isolationId);
  const application = isolation && (await findApplication(db, isolation.applicationId));
  if (application === undefined || isolation === undefined || isolation.decisions.length > 0) return undefined;
  const isAdministrator = hasRole(viewer, "administrator");
  const isReader = mayReadHosting(viewer);
  if (!isReader && !isAdministrator) return undefined;
  const text = html`⚠️ Isolasi ${isReader ? application.stack : "sebuah aplikasi"} menunggu keputusan pimpinan, tetapi tidak ada yang dapat memutuskannya: tidak ada pimpinan yang terhubung selain yang mengisolasinya sendiri atau mewakilinya. ${isAdministrator ? "Perlu pimpinan lain: periksa peran dan akunnya." : "Administrator sudah diberi tahu."}`;
  return {
    as: "text",
    html: text.markup,
    buttons: [
      isReader ? [{ label: "🛡 Pengawasan", press: { do: "watch", stack: application.stack } }] : [],
      isAdministrator ? [{ label: "👥 Orang dan peran", press: { do: "people", page: 0 } }] : [],
    ],
  };
}

/** For whose application it is. Why stands only where those read it who look into it. */
export async function renderIsolationTold(
  db: Db,
  viewer: Person,
  { isolationId, isBack }: { isolationId: number; isBack?: true },
): Promise<Rendered | undefined> {
  const isolation = await findIsolation(db, isolationId);
  const application = isolation && (await findApplication(db, isolation.applicationId));
  if (application === undefined || !mayReadApplication(viewer, application)) return undefined;
  const { id: applicationId, title, revision, ticketId, standingId } = application;
  const named = html`<b>${shorten(title, longestReason)}</b> (<code>${revision.domainName}</code>)`;
  const back =
    standingId === null
      ? html`🟢 Penghentian sementara ${named} sudah dicabut; pemasangannya dilanjutkan petugas.`
      : html`🟢 ${named} sudah kembali di jaringan.`;
  const text = isBack
    ? back
    : html`⛔️ ${named} diambil dari jaringan oleh petugas untuk sementara. Pengunjungnya melihat halaman 'dihentikan sementara'. Anda dikabari begitu kembali. Ada pertanyaan? Tulis di tiket ${ticketNumber(ticketId)}.`;
  return {
    as: "text",
    html: text.markup,
    buttons: [[{ label: "🏗 Buka aplikasi", press: { do: "application", applicationId } }]],
  };
}

async function renderAbout(
  db: Db,
  viewer: Person,
  isolationId: number,
  { office, now }: { office: OfficeWords; now: Date },
  heading: (application: Application, isolation: Isolation) => Html,
): Promise<Rendered | undefined> {
  const isolation = mayReadHosting(viewer) ? await findIsolation(db, isolationId) : undefined;
  const application = isolation && (await findApplication(db, isolation.applicationId));
  if (isolation === undefined || application === undefined) return undefined;
  const ticket = html`${shorten(application.title, longestReason)} (${ticketNumber(application.ticketId)}); berkas bukti ada di lampiran tiket itu.`;
  const isAnew = application.state === "isolated" && isolation.endedAt !== null;
  const first = isAnew ? anewHeading(application.stack) : heading(application, isolation);
  return {
    as: "text",
    html: lines(first, ticket, ...isolationLines(isolation, office)).markup,
    buttons: [
      ...(await decisionButtons(db, viewer, isolation, now)),
      [{ label: "🛡 Pengawasan", press: { do: "watch", stack: application.stack } }],
    ],
  };
}
