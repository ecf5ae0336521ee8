import { sinceOf } from "./heartbeat.ts";
import type { Seen } from "./root-cause.ts";
import { isReached, type State } from "./state.ts";
import type { Target, TargetKind } from "./target.ts";
import { ancestorsOf } from "./tree.ts";

/** What may stand on the public page: applications and jobs by their names, links and sites by their offices. */
export const publicKinds = ["applications", "offices", "jobs"] as const;
export type PublicKind = (typeof publicKinds)[number];

/** As what it stands there, if at all. */
export function publicKindOf(kind: TargetKind): PublicKind | undefined {
  const kinds = {
    application: "applications",
    site: "offices",
    link: "offices",
    job: "jobs",
    device: undefined,
  } as const;
  return kinds[kind];
}

/** One line of the public page: nothing but what everybody may know. */
export type PublicService = {
  kind: PublicKind;
  name: string;
  /** degraded, too, where only a part of an office is down */
  state: State;
  /** null: never known */
  since: Date | null;
  /** that last or are to come, in their order */
  maintenance: Planned[];
};

type Planned = { beginsAt: Date; endsAt: Date };
type Watched = Pick<Target, "kind" | "name" | "officeId"> & { isPublic: boolean } & Pick<
    Seen,
    "id" | "parentId" | "isPaused" | "state" | "since" | "answeredAt"
  >;

/**
 * How what is public stands. An office is judged by its sites, else by its links; what is everybody's or paused belongs to none. What
 * is kept off the page is not judged, so an office whose sites are kept off is not there.
 *
 * @param windows of maintenance that are not over; one holds for what lies behind it, too
 */
export function publicStatus(
  targets: readonly Watched[],
  offices: readonly { id: number; name: string }[],
  windows: readonly (Planned & { targetId: number })[],
  kinds: readonly PublicKind[],
): PublicService[] {
  const tree = new Map(targets.map((target) => [target.id, target]));
  const shown = targets.filter(({ isPaused }) => !isPaused);
  const serviceOf = (kind: PublicKind, name: string, of: readonly Watched[]): PublicService => {
    const concerned = new Set(of.flatMap(({ id }) => [id, ...ancestorsOf(id, tree)]));
    const maintenance = windows.filter(({ targetId }) => concerned.has(targetId));
    return { kind, name, ...stateOfAll(of), maintenance: inOrder(maintenance) };
  };
  const byName = (kind: "application" | "job", as: PublicKind) =>
    shown
      .filter((target) => target.kind === kind && target.isPublic)
      .map((target) => serviceOf(as, target.name, [{ ...target, since: sinceOf(target, target) }]));
  const ofOffices = offices.flatMap((office) => {
    const own = shown.filter(({ officeId }) => officeId === office.id);
    const sites = own.filter(({ kind }) => kind === "site");
    const ofKind = sites.length > 0 ? sites : own.filter(({ kind }) => kind === "link");
    const judged = ofKind.filter(({ isPublic }) => isPublic);
    return judged.length === 0 ? [] : [serviceOf("offices", office.name, judged)];
  });
  return [...byName("application", "applications"), ...byName("job", "jobs"), ...ofOffices]
    .filter(({ kind }) => kinds.includes(kind))
    .sort((one, other) => one.name.localeCompare(other.name, "id"));
}

/** Down where all are, degraded where one is not as it should be, and since the last of them became so. */
function stateOfAll(targets: readonly Watched[]): Pick<PublicService, "state" | "since"> {
  const known = targets.filter(({ state }) => state !== "unknown");
  const state = together(known.map((each) => each.state));
  const instants = known.flatMap(({ state: own, since }) =>
    since !== null && (state === "up" || own !== "up") ? [since.getTime()] : [],
  );
  return { state, since: instants.length === 0 ? null : new Date(Math.max(...instants)) };
}

function together(states: readonly State[]): State {
  if (states.length === 0) return "unknown";
  if (states.every((state) => state === "up")) return "up";
  return states.some(isReached) ? "degraded" : "down";
}

function inOrder(windows: readonly Planned[]): Planned[] {
  return windows
    .map(({ beginsAt, endsAt }) => ({ beginsAt, endsAt }))
    .sort((one, other) => one.beginsAt.getTime() - other.beginsAt.getTime());
}
