import { findApplication, lockApplication, updateApplication } from "../../db/hosting/applications.ts";
import {
  findIsolation,
  findOpenIsolation,
  insertDecision,
  insertIsolation,
  listOpenIsolations,
  lockIsolation,
  updateIsolation,
} from "../../db/hosting/isolations.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { findPerson } from "../../db/people/people.ts";
import { isOnDuty } from "../../db/shift/on-duty.ts";
import type { Tx } from "../../db/tables.ts";
import { findActing } from "../../db/ticket/approvals.ts";
import { insertAttachment, updateAttachment } from "../../db/ticket/attachments.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { holdFreeze, readFreeze } from "../../db/ticket/freeze.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { hourInMilliseconds } from "../../domain/durations.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import type { Application } from "../../domain/hosting/application.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import { type Isolation, type IsolationDecision, isLifted, isolationReason } from "../../domain/hosting/isolation.ts";
import { refusalOfDeciding, refusalOfIsolating } from "../../domain/hosting/isolation-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { reportUnreadable } from "../ticket/freeze.ts";
import { refreshCards } from "../ticket/refresh-cards.ts";
import { endAccessOf } from "./end-access.ts";
import { askDeciders, refreshMessages, tellOperators, tellOwners } from "./tell-of-isolation.ts";

/**
 * Takes a defaced application off the net at once; leadership approves afterwards. The host is changed by a task. A former isolation
 * of what goes on already, and has not got its names back, ends with that.
 */
export async function isolateApplication(
  tx: Tx,
  person: Person,
  setting: Setting,
  { applicationId, answers }: { applicationId: number; answers: Answers },
): Promise<Outcome<number>> {
  const found = await findApplication(tx, applicationId);
  if (found !== undefined) await lockTicket(tx, found.ticketId);
  const application = await lockApplication(tx, applicationId);
  const mayIsolate = refusalOfIsolating(person, await isOnDuty(tx, person), application);
  if (!mayIsolate.ok || application === undefined) return mayIsolate.ok ? refuse("no-such-application") : mayIsolate;
  const reason = readReason(setting, answers);
  if (!reason.ok) return reason;
  const lifted = await findOpenIsolation(tx, applicationId);
  if (lifted !== undefined) await endIsolation(tx, setting, lifted);
  const begun = { applicationId, personId: person.id, reason: reason.value, now: setting.now };
  const isolationId = await insertIsolation(tx, begun);
  await updateApplication(tx, applicationId, { state: "isolated" }, setting.now);
  await endAccessOf(tx, setting, application, "isolated");
  await setting.tasks.enqueue(tx, "isolate-application", { isolationId }, { isUrgent: true });
  await record(tx, setting, { applicationId, personId: person.id }, "application-isolated", { isolationId });
  await askDeciders(tx, setting, { id: isolationId, begunById: person.id, decisions: [], endedAt: null });
  await tellOwners(tx, setting, application, { isolationId });
  return accept(isolationId);
}

function readReason({ now, rules }: Setting, answers: Answers): Outcome<string> {
  const parsed = parseAnswers([isolationReason], answers, { now, zone: rules.zone });
  return parsed.ok ? accept(parsed.value.reason ?? "") : parsed;
}

/** Leadership says afterwards that it was right, or has the application given back to the net. */
export async function decideIsolation(
  tx: Tx,
  person: Person,
  setting: Setting,
  { isolationId, decision, answers }: { isolationId: number; decision: IsolationDecision; answers: Answers },
): Promise<Outcome> {
  const found = await lockWithApplication(tx, isolationId);
  const mayDecide = await mayDecideNow(tx, person, setting, { isolation: found?.isolation, decision });
  if (!mayDecide.ok || found === undefined) return mayDecide.ok ? refuse("no-such-isolation") : mayDecide;
  const reason = readReason(setting, answers);
  if (!reason.ok) return reason;
  const { isolation, application } = found;
  await insertDecision(tx, isolationId, { decision, personId: person.id, reason: reason.value, now: setting.now });
  if (decision === "lifted") await setting.tasks.enqueue(tx, "end-isolation", { isolationId });
  const event = decision === "lifted" ? "isolation-lifted" : "isolation-confirmed";
  await record(tx, setting, { applicationId: application.id, personId: person.id }, event, { isolationId });
  await refreshMessages(tx, setting, isolationId);
  // What is lifted is told of when it is back, or when something hinders that.
  if (decision === "confirmed")
    await tellOperators(tx, setting, isolation, { kind: "isolation-decided", isolationId, decision });
  return accept();
}

/** Whether this person may decide so now, also before they are asked why. Nobody sets the freeze until a lifting is done. */
export async function mayDecideNow(
  tx: Tx,
  person: Person,
  setting: Setting,
  { isolation, decision }: { isolation: Isolation | undefined; decision: IsolationDecision },
): Promise<Outcome> {
  await holdFreeze(tx, { alone: false });
  const freeze = await readFreeze(tx);
  reportUnreadable(freeze, setting);
  // Rights may have ended while the locks were waited for.
  const present = (await findPerson(tx, person.id)) ?? person;
  const acting = await findActing(tx, "leadership", person.id);
  return refusalOfDeciding(present, isolation, decision, { acting, now: setting.now, freeze });
}

async function lockWithApplication(
  tx: Tx,
  isolationId: number,
): Promise<{ isolation: Isolation; application: Application } | undefined> {
  const seen = await findIsolation(tx, isolationId);
  const hosted = seen && (await findApplication(tx, seen.applicationId));
  if (hosted === undefined) return undefined;
  await lockTicket(tx, hosted.ticketId);
  const application = await lockApplication(tx, hosted.id);
  const isolation = await lockIsolation(tx, isolationId);
  return isolation && application && { isolation, application };
}

/** What a try came to. `evidence`: a file of the store; undefined: none was kept in this try. */
export type IsolationTry = {
  isolationId: number;
  isClosed: boolean;
  isContained: boolean;
  evidence: { sha256: string; sizeBytes: number } | undefined;
  trouble: HostingFailure | null;
};

/** Who works on it is told when all is done, and once of each thing that cannot be done; it is tried again each minute. */
export async function recordIsolation(tx: Tx, setting: Setting, done: IsolationTry): Promise<void> {
  const { isolationId, isClosed, isContained, evidence, trouble } = done;
  const found = await lockWithApplication(tx, isolationId);
  if (found === undefined || isLifted(found.isolation)) return;
  const { isolation, application } = found;
  const { now } = setting;
  const isNew = {
    closed: isClosed && isolation.closedAt === null,
    contained: isContained && isolation.containedAt === null,
    evidence: evidence !== undefined && isolation.evidenceAt === null,
  };
  await updateIsolation(tx, isolationId, {
    ...(isNew.closed ? { closedAt: now } : {}),
    ...(isNew.contained ? { containedAt: now } : {}),
    ...(isNew.evidence ? { evidenceAt: now } : {}),
    trouble,
  });
  if (isNew.evidence && evidence !== undefined) await attachEvidence(tx, setting, found, evidence);
  const isNews = isNew.closed || isNew.contained || isNew.evidence || trouble !== isolation.trouble;
  if (!isNews) return;
  const details = { isolationId, closed: Number(isClosed), contained: Number(isContained), trouble };
  await record(tx, setting, { applicationId: application.id, personId: null }, "isolation-tried", details);
  await refreshMessages(tx, setting, isolationId);
  await tellOperators(tx, setting, isolation, { kind: "isolation-progress", isolationId });
}

/** As a file of an internal note: it may hold what the application logged of people. */
async function attachEvidence(
  tx: Tx,
  setting: Setting,
  { isolation, application }: { isolation: Isolation; application: Application },
  { sha256, sizeBytes }: { sha256: string; sizeBytes: number },
): Promise<void> {
  const { ticketId, stack } = application;
  const by = { ticketId, personId: isolation.begunById };
  const note = {
    kind: "internal-note",
    at: setting.now,
    answers: { about: "isolation", note: isolation.reason },
  } as const;
  const entryId = await insertEntry(tx, { ...by, ...note });
  const name = `${stack}-isolation-${isolation.id}.txt`;
  const file = { kind: "document", name, mimeType: "text/plain", telegramFileId: null } as const;
  const attachment = { ...file, ...by, entryId, draftId: null, field: null, now: setting.now };
  const attachmentId = await insertAttachment(tx, attachment);
  await updateAttachment(tx, attachmentId, { state: "stored", sha256, size_bytes: sizeBytes });
  const details = { isolationId: isolation.id, sha256, attachmentId };
  await record(tx, setting, { applicationId: application.id, personId: null }, "isolation-evidence-kept", details);
  await refreshCards(tx, ticketId, setting);
}

/** Its containers go on; from now on its route may be given again. @returns false: its isolation was not lifted */
export async function recordReleased(tx: Tx, setting: Setting, isolationId: number): Promise<boolean> {
  const found = await lockWithApplication(tx, isolationId);
  if (found === undefined || !isLifted(found.isolation) || found.isolation.endedAt !== null) return false;
  const { id, state, standingId } = found.application;
  const former = standingId === null ? "planned" : "built";
  if (state === "isolated") await updateApplication(tx, id, { state: former }, setting.now);
  return true;
}

/** It answers again. */
export async function recordIsolationEnded(tx: Tx, setting: Setting, isolationId: number): Promise<void> {
  const found = await lockWithApplication(tx, isolationId);
  if (found === undefined || found.isolation.endedAt !== null) return;
  await endIsolation(tx, setting, found.isolation);
  const { decisions } = found.isolation;
  const lifters = decisions.filter(({ decision }) => decision === "lifted").map(({ personId }) => personId);
  await tellOperators(tx, setting, found.isolation, { kind: "isolation-ended", isolationId }, lifters);
  await tellOwners(tx, setting, found.application, { isolationId, isBack: true });
}

async function endIsolation(tx: Tx, setting: Setting, { id: isolationId, applicationId }: Isolation): Promise<void> {
  await updateIsolation(tx, isolationId, { endedAt: setting.now, trouble: null });
  await record(tx, setting, { applicationId, personId: null }, "isolation-ended", { isolationId });
  await refreshMessages(tx, setting, isolationId);
}

/** What hindered it is told once; it is tried again each minute. */
export async function recordLiftTrouble(
  tx: Tx,
  setting: Setting,
  { isolationId, trouble }: { isolationId: number; trouble: HostingFailure },
): Promise<void> {
  const found = await lockWithApplication(tx, isolationId);
  if (found === undefined || found.isolation.endedAt !== null || found.isolation.trouble === trouble) return;
  await updateIsolation(tx, isolationId, { trouble });
  await refreshMessages(tx, setting, isolationId);
  await tellOperators(tx, setting, found.isolation, { kind: "isolation-progress", isolationId });
}

const remindAfterHours = 24;

/** Each minute: a host may have started its containers again, and a try may have failed. Leadership is reminded each day. */
export async function keepIsolations(tx: Tx, setting: Setting): Promise<void> {
  for (const isolation of await listOpenIsolations(tx)) {
    const { id: isolationId, decisions, remindedAt } = isolation;
    const task = isLifted(isolation) ? "end-isolation" : "isolate-application";
    await setting.tasks.enqueue(tx, task, { isolationId });
    const isDue = setting.now.getTime() - remindedAt.getTime() >= remindAfterHours * hourInMilliseconds;
    if (decisions.length > 0 || !isDue) continue;
    await updateIsolation(tx, isolationId, { remindedAt: setting.now });
    await askDeciders(tx, setting, isolation, true);
  }
}

/** @param by.personId null: a machine */
function record(
  tx: Tx,
  { now }: Setting,
  { applicationId, personId }: { applicationId: number; personId: number | null },
  event: string,
  details: Record<string, string | number | null>,
): Promise<void> {
  return writeJournal(tx, {
    at: now,
    actorId: personId,
    event,
    subject: { kind: "application", id: applicationId },
    details,
  });
}
