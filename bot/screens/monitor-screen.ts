import type { TargetKind } from "../../core/domain/monitoring/target.ts";

/** What is shown of what is watched, beside what is told of it. */
export type MonitorScreen =
  /** How all is that this person may see. */
  | { kind: "status" }
  | { kind: "status-export" }
  /** What is watched, as a list that can be imported. */
  | { kind: "target-export" }
  | { kind: "targets"; of: TargetKind; page: number }
  | { kind: "targets-found"; text: string; page: number }
  /** Somebody asked for an office of which nothing is watched. */
  | { kind: "office-unwatched"; officeId: number }
  | { kind: "target"; targetId: number }
  /** What lies right behind it. */
  | { kind: "target-behind"; targetId: number; page: number }
  /** How it is watched, with the buttons that change that. */
  | { kind: "target-checks"; targetId: number }
  /** Asks once more before the address of a heartbeat is good no more. */
  | { kind: "beat-renewing"; checkId: number }
  /** Asks once more before a heartbeat is awaited no more. */
  | { kind: "check-removing"; checkId: number }
  /** Asks once more before what is down is not looked at any more. */
  | { kind: "target-pausing"; targetId: number }
  /** Asks once more before it is watched no more. */
  | { kind: "target-removing"; targetId: number }
  /** Before something is filed: what is known of it already. */
  | { kind: "trouble-known"; draftId: number }
  /** For who noted somebody as affected. */
  | { kind: "affected-noted"; outageId: number; personId: number };
