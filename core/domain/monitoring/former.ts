import { maintenanceOf } from "./maintenance.ts";
import { intersect, type Span } from "./spans.ts";
import type { Target } from "./target.ts";

/** What is said of a target, may change, and is told of a month as it was then. */
export type Placed = Pick<Target, "officeId" | "parentId"> & {
  provider: string | null;
  circuitNumber: string | null;
  /** of itself; null: as what it lies behind */
  agreedPercent: number | null;
};

/** What was said of one until it changed. */
export type Former = Placed & { until: Date };

/** What is said of a target now, and what was before, in order. */
export type Known<Present extends Placed = Placed> = { present: Present; formers: readonly Former[] };

/** As it stood right before an instant. */
export function placedBefore<Present extends Placed>({ present, formers }: Known<Present>, at: Date): Present {
  const former = formers.find(({ until }) => until >= at);
  if (former === undefined) return present;
  const { until: _, ...placed } = former;
  return { ...present, ...placed };
}

/**
 * When targets were in maintenance within a period, each by what it lay behind at that time.
 *
 * @param known all that ever were, by their ids
 */
export function maintenanceIn(
  period: Span,
  known: ReadonlyMap<Target["id"], Known>,
  windows: Parameters<typeof maintenanceOf>[2],
): (targetId: Target["id"]) => Span[] {
  const parts = partsOf(period, known).flatMap((part) => {
    const within = windows.filter(({ beginsAt, endsAt }) => beginsAt < part.until && endsAt > part.from);
    return within.length === 0 ? [] : [{ part, within, tree: treeBefore(part.until, known) }];
  });
  return (targetId) =>
    parts.flatMap(({ part, within, tree }) => intersect([part], maintenanceOf(targetId, tree, within)));
}

/** What each lay behind right before an instant. */
function treeBefore(at: Date, known: ReadonlyMap<Target["id"], Known>) {
  return new Map([...known].map(([id, each]) => [id, placedBefore(each, at)]));
}

/** From one change of what lies behind what to the next. */
function partsOf({ from, until }: Span, known: ReadonlyMap<Target["id"], Known>): Span[] {
  const changed = [...known.values()].flatMap((each) =>
    each.formers.filter((former) => isMoved(former, each)).map((former) => former.until.getTime()),
  );
  const within = [...new Set(changed)].filter((at) => at > from.getTime() && at < until.getTime());
  const edges = [from.getTime(), ...within.sort((one, other) => one - other), until.getTime()];
  return edges.slice(1).map((end, index) => ({ from: new Date(edges[index] ?? end), until: new Date(end) }));
}

function isMoved(former: Former, { present, formers }: Known): boolean {
  const next = formers.find(({ until }) => until > former.until) ?? present;
  return next.parentId !== former.parentId;
}
