/** A job runs by a schedule, e.g. a backup. It is not asked: it gives word of itself. */
export type TargetKind = "site" | "link" | "device" | "application" | "job";

/** What is watched. */
export type Target = {
  id: number;
  kind: TargetKind;
  name: string;
  officeId: number | null;
  /** what it lies behind: while that is down, nobody reaches this */
  parentId: number | null;
  isPaused: boolean;
};

/** It is no part of the network: the data center looks after it, too. */
export function runsInDataCenter({ kind }: Pick<Target, "kind">): boolean {
  return kind === "application" || kind === "job";
}
