import { randomUUID } from "node:crypto";
import { findApplication } from "../../core/db/hosting/applications.ts";
import type { Db } from "../../core/db/tables.ts";
import { isLocal } from "../../core/domain/form/ip-address.ts";
import type { Application, Revision } from "../../core/domain/hosting/application.ts";
import type { HostingRules, HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import type { Seen } from "../../core/domain/hosting/seen.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import { HostFailed, type Hosts, type Page } from "./hosts.ts";
import { asApproved, giveRoutes, routesOf, routesToStanding, routeToItself, upstreamOf } from "./target-routes.ts";

/** Of what does not answer any more. */
export const notAsked: Seen = { intranet: "not-applicable", internet: "not-applicable" };

type Proxied = { application: Application; hosting: HostingRules; standing: Revision | undefined };

/** @property signal of who gives a target's routes alone */
type PublishOptions = { db: Db; hosts: Hosts; signal: AbortSignal };

/**
 * The proxy gets the application's route, and is asked for it by name as people will: of what takes over and does not answer
 * nothing may be answered by what stood before. A former name answers until the new one does.
 */
export async function publish({ application, hosting, standing }: Proxied, options: PublishOptions): Promise<Seen> {
  await refuseIsolated(application, options);
  const { revision } = application;
  const route = routeToItself(application);
  const names = standing?.isRunning ? [...new Set([...route.names, standing.domainName])] : route.names;
  await load({ application, hosting, own: [{ ...route, names }] }, options);
  const seen = await lookOrLeadBack({ application, hosting, standing }, { name: revision.domainName }, options);
  if (names.length > route.names.length) await load({ application, hosting, own: [route] }, options);
  return seen;
}

/**
 * What is to take over is asked through the proxy while what stands answers people: nobody gets there who does not know what is
 * drawn for it.
 *
 * @throws HostFailed no-answer
 */
export async function probe({ application, hosting, standing }: Proxied, options: PublishOptions): Promise<void> {
  await refuseIsolated(application, options);
  const { domainName, slot } = application.revision;
  const value = randomUUID();
  const probed = { upstream: upstreamOf(application, slot), value };
  const own = routesToStanding(application, standing).map((route) => ({ ...route, probe: probed }));
  await load({ application, hosting, own }, options);
  const asked = { name: standing?.domainName ?? domainName, probe: value };
  await lookOrLeadBack({ application, hosting, standing }, asked, options);
}

/** People are led to what answered them before: that alone, while it is there. */
async function leadBack({ application, hosting, standing }: Proxied, options: PublishOptions): Promise<void> {
  await load({ application, hosting, own: routesToStanding(application, standing) }, options);
}

/** A proxy that was made anew gets the routes of all that stands, and is asked for one of them. */
export async function publishAll(
  { target: name, hosting }: { target: string; hosting: HostingRules },
  options: PublishOptions,
): Promise<void> {
  const target = hosting.targets.find((each) => each.name === name);
  if (target === undefined) throw new HostFailed("profile-changed", `publishing on ${name}: it is gone`);
  const { routes, answering } = await routesOf(options.db, name);
  options.signal.throwIfAborted();
  await options.hosts.route(target, routes);
  const [asked] = answering;
  if (asked === undefined) return;
  await look({ application: asked, hosting, target }, { name: asked.revision.domainName }, options);
}

/** All routes of its target's proxy, with these of its own. */
export async function load(
  { application, hosting, own }: { application: Application; hosting: HostingRules; own: readonly Route[] },
  options: PublishOptions,
): Promise<void> {
  await giveRoutes(targetOf(application, hosting), options, { application, own });
}

/** What somebody took off the net meanwhile is not given back to it by a change that was under way. @throws HostFailed isolated */
export async function refuseIsolated(
  { id, stack }: Pick<Application, "id" | "stack">,
  { db }: { db: Db },
): Promise<void> {
  const present = await findApplication(db, id);
  if (present?.state === "isolated") throw new HostFailed("isolated", `changing stack ${stack}: it is isolated`);
}

type Asked = Pick<Page, "name" | "probe">;

/** @throws HostFailed no-answer */
async function lookOrLeadBack(proxied: Proxied, asked: Asked, options: PublishOptions): Promise<Seen> {
  const { application, hosting } = proxied;
  const target = await asApproved(options.db, targetOf(application, hosting));
  return look({ application, hosting, target }, asked, options).catch(async (fault) => {
    await leadBack(proxied, options);
    throw fault;
  });
}

/** @throws HostFailed no-answer */
async function look(
  { application, hosting, target }: { application: Application; hosting: HostingRules; target: HostingTarget },
  asked: Asked,
  { hosts }: { hosts: Hosts },
): Promise<Seen> {
  const { stack, healthPath } = application;
  const path = healthPath ?? runtimeOf(application, hosting).healthPath;
  const page = { port: target.proxy.httpsPort, path, ...asked };
  const needAnswer = async (address: string) => {
    if (isAnswer(await hosts.ask(address, page))) return;
    throw new HostFailed("no-answer", `asking for ${asked.name} of stack ${stack} at ${address}: no page came`);
  };
  for (const address of intranetSide(target)) await needAnswer(address);
  if (application.reach === "intranet") return { intranet: "passed", internet: "not-applicable" };
  const outside = target.proxy.addresses.filter((address) => !isLocal(address));
  for (const address of outside) await needAnswer(address);
  return { intranet: "passed", internet: outside.length === 0 ? "not-tested" : "passed" };
}

function targetOf({ stack, target }: Application, { targets }: HostingRules): HostingTarget {
  const found = targets.find(({ name }) => name === target);
  if (found === undefined) throw new HostFailed("profile-changed", `publishing ${stack}: its target is gone`);
  return found;
}

function runtimeOf({ stack, runtime }: Application, { runtimes }: HostingRules) {
  const found = runtimes.find(({ name }) => name === runtime);
  if (found === undefined) throw new HostFailed("profile-changed", `publishing ${stack}: its runtime is gone`);
  return found;
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
