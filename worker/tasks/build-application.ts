import {
  beginBuilding,
  recordBuildFailure,
  recordBuilt,
  recordOutdated,
} from "../../core/actions/build-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findApplicationOfTicket, findLatestPlan, listBuilt } from "../../core/db/applications.ts";
import type { Tx } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/tickets.ts";
import { isLocal } from "../../core/domain/form/ip-address.ts";
import {
  type Application,
  type ApplicationPlan,
  isSamePlan,
  type PlanHashes,
} from "../../core/domain/hosting/application.ts";
import type { HostingFailure, SeenFrom } from "../../core/domain/hosting/hosting-failure.ts";
import type { HostingRules, HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { refusalOfPlan } from "../../core/domain/hosting/plan-rules.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import { whileHolding } from "../hosting/hold-stack.ts";
import { HostFailed } from "../hosting/hosts.ts";
import { orTold } from "../hosting/or-told.ts";
import type { HostingOptions } from "./plan-application.ts";

/**
 * Builds what was approved, and nothing else: it is previewed once more right before. What fails is told, and can be gone on
 * with; a throw makes the queue try again.
 */
export async function buildApplication(
  { ticketId }: { ticketId: number },
  options: HostingOptions,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, log } = options;
  const ticket = await findTicket(db, ticketId);
  const application = await findApplicationOfTicket(db, ticketId);
  const plan = application && (await findLatestPlan(db, application.id));
  if (ticket?.state !== "building-application" || application === undefined || plan === undefined) return;
  const work = () => whileHolding(db, application.stack, signal, (held) => build({ application, plan }, options, held));
  await orTold(work, {
    log,
    ticketId,
    doing: "building an application",
    tell: (why) => giveUp(ticketId, why, options),
  });
}

/** Every try failed. */
export function giveUpBuild({ ticketId }: { ticketId: number }, options: HostingOptions): Promise<void> {
  return giveUp(ticketId, "not-finished", options);
}

async function giveUp(
  ticketId: number,
  why: HostingFailure,
  { db, setting }: Pick<HostingOptions, "db" | "setting">,
): Promise<void> {
  await db.transaction().execute((tx) => recordBuildFailure(tx, setting(new Date()), { ticketId, why }));
}

type Approved = { application: Application; plan: ApplicationPlan };

async function build({ application, plan }: Approved, options: HostingOptions, signal: AbortSignal): Promise<void> {
  const { db, setting, hosts } = options;
  const { ticketId, stack } = application;
  const { hosting } = setting(new Date()).rules;
  const mayBuild = refusalOfPlan(plan, application, { now: new Date(), hosting });
  if (!mayBuild.ok || hosting === undefined) return outdated(ticketId, options);
  if (application.begunPlanId !== null) await hosts.recover(stack);
  const isBegun = application.begunPlanId === plan.id;
  const { hashes } = await hosts.preview(stack, plan.input, signal);
  if (!isAsApproved(plan.hashes, hashes, isBegun)) return outdated(ticketId, options);
  signal.throwIfAborted();
  const begin = { ticketId, planId: plan.id };
  const begun = await db.transaction().execute((tx) => beginBuilding(tx, setting(new Date()), begin));
  if (!begun.ok) return begun.refusal.code === "no-such-application" ? undefined : outdated(ticketId, options);
  await hosts.update(stack, signal);
  // One application of a target at a time: its proxy is given all routes at once.
  await whileHolding(db, `routes of ${application.target}`, signal, async () => {
    const seen = await publish(application, hosting, options);
    await db.transaction().execute((tx) => recordOrFail(tx, setting(new Date()), { application, seen }));
  });
}

/** A refusal takes all of it back, and is told: the ticket would wait for ever. */
async function recordOrFail(
  tx: Tx,
  setting: Setting,
  { application, seen }: { application: Application; seen: Parameters<typeof recordBuilt>[2]["seen"] },
): Promise<void> {
  const { ticketId, stack } = application;
  const recorded = await recordBuilt(tx, setting, { ticketId, seen });
  if (recorded.ok || recorded.refusal.code === "no-such-application") return;
  throw new HostFailed("name-taken", `recording stack ${stack} as built: ${recorded.refusal.code}`);
}

/** Of what was begun a part stands already, so that state and preview are others than when it was approved. */
function isAsApproved(approved: PlanHashes, now: PlanHashes, isBegun: boolean): boolean {
  if (isBegun) return approved.inputs === now.inputs && approved.program === now.program;
  return isSamePlan(approved, now);
}

async function outdated(ticketId: number, { db, setting }: Pick<HostingOptions, "db" | "setting">): Promise<void> {
  await db.transaction().execute((tx) => recordOutdated(tx, setting(new Date()), { ticketId }));
}

/** The proxy gets its route, and is asked for it by name as people will. */
async function publish(
  application: Application,
  hosting: HostingRules,
  { db, hosts }: HostingOptions,
): Promise<{ intranet: SeenFrom; internet: SeenFrom }> {
  const target = hosting.targets.find(({ name }) => name === application.target);
  const runtime = hosting.runtimes.find(({ name }) => name === application.runtime);
  if (target === undefined || runtime === undefined) {
    throw new HostFailed("profile-changed", `publishing ${application.stack}: its target or runtime is gone`);
  }
  const others = (await listBuilt(db, target.name)).filter(({ id }) => id !== application.id);
  await hosts.route(target, [...others, application].map(routeOf));
  const page = { port: target.proxy.httpsPort, name: application.domainName, path: runtime.healthPath };
  const answers = async (address: string) => isAnswer(await hosts.ask(address, page));
  for (const address of intranetSide(target)) {
    if (!(await answers(address))) throw silent(application, address);
  }
  if (application.reach === "intranet") return { intranet: "passed", internet: "not-applicable" };
  const outside = target.proxy.addresses.filter((address) => !isLocal(address));
  for (const address of outside) if (!(await answers(address))) throw silent(application, address);
  return { intranet: "passed", internet: outside.length === 0 ? "not-tested" : "passed" };
}

/** Where the proxy has only public addresses, the intranet reaches it by those. */
function intranetSide({ proxy: { addresses } }: HostingTarget): readonly string[] {
  const local = addresses.filter((address) => isLocal(address));
  return local.length === 0 ? addresses : local;
}

/** A page that asks for a name and password answers as well; 403 is what the proxy itself says to whom it lets nothing see. */
function isAnswer(status: number | undefined): boolean {
  return status !== undefined && (status < 400 || status === 401);
}

function silent({ stack, domainName }: Application, address: string): HostFailed {
  return new HostFailed("no-answer", `asking for ${domainName} of stack ${stack} at ${address}: no page came`);
}

function routeOf({ domainName, address, port, reach }: Application): Route {
  return { names: [domainName], upstreams: [`${address}:${port}`], reach };
}
