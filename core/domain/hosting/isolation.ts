import type { Field } from "../form/field.ts";
import type { HostingFailure } from "./hosting-failure.ts";

/** What leadership says of an isolation afterwards; what was confirmed can be lifted later. */
export const isolationDecisions = ["confirmed", "lifted"] as const;
export type IsolationDecision = (typeof isolationDecisions)[number];

/** An application that was taken off the net at once. */
export type Isolation = {
  id: number;
  applicationId: number;
  begunById: number;
  begunByName: string;
  begunAt: Date;
  reason: string;
  /** when its names led nowhere any more, its containers stood still, and what is known of them was kept; null: not yet */
  closedAt: Date | null;
  containedAt: Date | null;
  evidenceAt: Date | null;
  /** why something of it could not be done, the last time */
  trouble: HostingFailure | null;
  remindedAt: Date;
  /** it answers again */
  endedAt: Date | null;
  decisions: readonly { decision: IsolationDecision; personId: number; personName: string; at: Date; reason: string }[];
};

/** Why it is taken off the net, or what is decided of that. */
export const isolationReason = { name: "reason", kind: "text", maxLength: 500 } as const satisfies Field;

export function isLifted({ decisions }: Pick<Isolation, "decisions">): boolean {
  return decisions.some(({ decision }) => decision === "lifted");
}
