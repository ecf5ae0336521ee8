import { type Refusal, refuse } from "../outcome.ts";
import type { TargetKind } from "./target.ts";

/** What each target lies behind, by its id. */
export type Tree = ReadonlyMap<number, { parentId: number | null }>;

/** The nearest first. A cycle ends where it closes. */
export function ancestorsOf(targetId: number, tree: Tree): number[] {
  const ancestors = new Set<number>();
  let at = tree.get(targetId)?.parentId ?? null;
  while (at !== null && at !== targetId && !ancestors.has(at) && tree.has(at)) {
    ancestors.add(at);
    at = tree.get(at)?.parentId ?? null;
  }
  return [...ancestors];
}

/** A target cannot lie behind itself, nor behind what lies behind it. */
export function refusalOfParent(targetId: number, parentId: number, tree: Tree): Refusal | undefined {
  if (parentId === targetId) return refuse("target-behind-itself", { target: targetId }).refusal;
  if (!tree.has(parentId)) return refuse("target-unknown", { target: parentId }).refusal;
  if (!ancestorsOf(parentId, tree).includes(targetId)) return undefined;
  return refuse("target-cycle", { target: targetId, parent: parentId }).refusal;
}

/** By which link a target is reached: itself, or the nearest one that it lies behind. */
export function linkTo<Each extends { kind: TargetKind; parentId: number | null }>(
  targetId: number,
  targets: ReadonlyMap<number, Each>,
): Each | undefined {
  const nearest = [targetId, ...ancestorsOf(targetId, targets)].map((id) => targets.get(id));
  return nearest.find((target) => target?.kind === "link");
}

/** The link that failed where a target took others down: of what stands at its end that link, of an office's own device none. */
export function linkAtFault<Each extends { kind: TargetKind; parentId: number | null }>(
  rootId: number,
  targets: ReadonlyMap<number, Each>,
): Each | undefined {
  return targets.get(rootId)?.kind === "device" ? undefined : linkTo(rootId, targets);
}
