export type TargetKind = "site" | "link" | "device" | "application";

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
