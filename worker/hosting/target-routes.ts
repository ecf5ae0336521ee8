import { listRouted } from "../../core/db/hosting/applications.ts";
import { findBuiltInput } from "../../core/db/hosting/stacks.ts";
import type { Db } from "../../core/db/tables.ts";
import { type Application, addressOfSlot, type Revision, type Slot } from "../../core/domain/hosting/application.ts";
import { asBuilt } from "../../core/domain/hosting/built-proxy.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { platformOf } from "../../core/domain/hosting/stack-names.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import type { Hosts } from "./hosts.ts";

type Changed = { application: Pick<Application, "id">; own: readonly Route[] };

/**
 * All routes of a target's proxy as they are to be now: those of what runs, and a plain page for what is isolated, whatever
 * else is being changed there.
 *
 * @param changed whose own routes are these from now on, and not recorded yet; none: it answers no more
 */
export async function routesOf(
  db: Db,
  target: string,
  changed?: Changed,
): Promise<{ routes: Route[]; answering: Application[] }> {
  const all = await listRouted(db, target);
  const isolated = all.filter(({ state }) => state === "isolated");
  const answering = all.filter(({ id, state }) => state === "built" && id !== changed?.application.id);
  const isClosed = isolated.some(({ id }) => id === changed?.application.id);
  const own = isClosed ? [] : (changed?.own ?? []);
  const closed = isolated.map((each) => ({ ...routeOf(each), isClosed: true as const }));
  return { routes: [...answering.map(routeOf), ...own, ...closed], answering };
}

/** A target's proxy gets all of its routes as they are to be now. @param options.signal of who gives them alone, if they do */
export async function giveRoutes(
  target: HostingTarget,
  { db, hosts, signal }: { db: Db; hosts: Pick<Hosts, "route">; signal: AbortSignal },
  changed?: Changed,
): Promise<void> {
  const { routes } = await routesOf(db, target.name, changed);
  const approved = await asApproved(db, target);
  // They may have been read before somebody else took over.
  signal.throwIfAborted();
  await hosts.route(approved, routes);
}

/** With what its proxy was built by. */
export async function asApproved(db: Db, target: HostingTarget): Promise<HostingTarget> {
  return asBuilt(target, await findBuiltInput(db, platformOf(target.name)));
}

/** Both slots, the one that is meant to answer first: while one takes over from the other, and after an update by hand. */
export function routeOf(application: Application): Route {
  return routeTo(application, application.revision.slot === "a" ? ["a", "b"] : ["b", "a"]);
}

/** The slot of the revision alone: what answers is that one. */
export function routeToItself(application: Application): Route {
  return routeTo(application, [application.revision.slot]);
}

/** To what stood before alone, if it answers: whatever becomes of the revision, nobody comes to that in its stead. */
export function routesToStanding(application: Application, standing: Revision | undefined): Route[] {
  return standing?.isRunning ? [routeToItself({ ...application, revision: standing })] : [];
}

function routeTo(application: Application, slots: readonly Slot[]): Route {
  const { reach, revision } = application;
  return { names: [revision.domainName], upstreams: slots.map((slot) => upstreamOf(application, slot)), reach };
}

/** Of its container in that slot: "10.40.0.2:8080". */
export function upstreamOf(application: Application, slot: Slot): string {
  return `${addressOfSlot(application, slot)}:${application.port}`;
}
