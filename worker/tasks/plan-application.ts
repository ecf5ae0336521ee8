import { join } from "node:path";
import type { Logger } from "pino";
import { recordImage, recordPlan, recordPlanFailure } from "../../core/actions/plan-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findApplicationOfTicket } from "../../core/db/applications.ts";
import { findAttachment } from "../../core/db/attachments.ts";
import type { Db } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/tickets.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { HostingFailure } from "../../core/domain/hosting/hosting-failure.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { HostFailed, type Hosts } from "../hosting/hosts.ts";
import { orTold } from "../hosting/or-told.ts";

export type HostingOptions = {
  db: Db;
  setting: (now: Date) => Setting;
  /** Files lie here under their hash. */
  filesFolder: string;
  hosts: Hosts;
  log: Logger;
};

/**
 * Puts an application's image onto its host and has it previewed. What a host refuses is told; a throw makes the queue try
 * again.
 */
export async function planApplication(
  { ticketId }: { ticketId: number },
  options: HostingOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, log } = options;
  const application = await findPlanned(db, ticketId);
  if (application === undefined) return;
  const work = () => whileHolding(db, application.stack, signal, (held) => plan(application, options, held));
  await orTold(work, {
    log,
    ticketId,
    doing: "planning an application",
    tell: (why) => giveUp(ticketId, why, options),
  });
}

/** Every try failed. */
export function giveUpPlan({ ticketId }: { ticketId: number }, options: HostingOptions): Promise<void> {
  return giveUp(ticketId, "not-finished", options);
}

async function giveUp(
  ticketId: number,
  why: HostingFailure,
  { db, setting }: Pick<HostingOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordPlanFailure(tx, setting(new Date()), { ticketId, why }));
}

/** Nothing where the ticket has gone on without the machine. */
async function findPlanned(db: Db, ticketId: number): Promise<Application | undefined> {
  const ticket = await findTicket(db, ticketId);
  return ticket?.state === "planning-application" ? findApplicationOfTicket(db, ticketId) : undefined;
}

async function plan(
  application: Application,
  { db, setting, filesFolder, hosts }: HostingOptions,
  signal: AbortSignal,
): Promise<void> {
  const { stack } = application;
  const which = { ticketId: application.ticketId, applicationId: application.id };
  const { hosting } = setting(new Date()).rules;
  const target = hosting?.targets.find(({ name }) => name === application.target);
  const file = await findAttachment(db, application.attachmentId);
  if (hosting === undefined || target === undefined) throw gone(stack, "profile-changed", "its target is gone");
  if (file === undefined || file.sha256 === null) throw gone(stack, "image-missing", "its file is gone");
  const imageId = await hosts.loadImage(target, join(filesFolder, file.sha256));
  await db.transaction().execute((tx) => recordImage(tx, setting(new Date()), { ...which, imageId }));
  const input = renderApplication({ ...application, imageId }, hosting);
  if (input === undefined) throw gone(stack, "profile-changed", "its runtime or size is gone");
  // Of what was begun and did not end, the rest is in the way.
  if (application.begunPlanId !== null) await hosts.recover(stack);
  const previewed = await hosts.preview(stack, input, signal);
  signal.throwIfAborted();
  const made = { ...previewed, input, imageId };
  await db.transaction().execute((tx) => recordPlan(tx, setting(new Date()), { ...which, plan: made }));
}

function gone(stack: string, why: HostingFailure, what: string): HostFailed {
  return new HostFailed(why, `planning stack ${stack}: ${what}`);
}
