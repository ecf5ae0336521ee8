import type { AccountProblem } from "../../domain/hosting/database-account.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import type { IsolationDecision } from "../../domain/hosting/isolation.ts";
import type { Refusal } from "../../domain/outcome.ts";

export type HostingNotice =
  /** What a machine does for a ticket, and how far it has come: one message, which is edited. */
  | { kind: "machine-progress"; ticketId: number; runId: number }
  /** For who approved a plan, or asked for that: it counts no more, and why; that entry says so. */
  | { kind: "plan-outdated"; ticketId: number; entryId: number }
  /** For the data center: what a database is opened by could not be offered to who asked for the application, or for that access. */
  | { kind: "account-not-offered"; applicationId: number; accessId?: number | undefined; problem: AccountProblem }
  /** For the data center: what was deleted was kept for its time, and may be purged. `nameKept`: why its name stays, for infrastructure, too. */
  | { kind: "application-kept-over"; applicationId: number; nameKept?: Refusal }
  /** For the data center: something of a stack is not as it was built. */
  | { kind: "drift-found"; stack: string }
  /** For who asked: what a look at a stack found. */
  | { kind: "stack-compared"; stack: string; problem?: HostingFailure }
  /** For who asked: it is as it was approved again; `problem`: why not. */
  | { kind: "stack-put-back"; stack: string; problem: HostingFailure | null }
  /** For leadership: somebody else wrote the state of a stack. */
  | { kind: "foreign-state-found"; foreignStateId: number }
  /** For leadership: an application was taken off the net, and waits for their word. */
  | { kind: "isolation-asked"; isolationId: number; isReminder?: true }
  /** For who isolated it and the data center: how far it has come, or what cannot be done. */
  | { kind: "isolation-progress"; isolationId: number }
  /** For who isolated it and the data center: what leadership said. */
  | { kind: "isolation-decided"; isolationId: number; decision: IsolationDecision }
  /** For the same: it answers again. */
  | { kind: "isolation-ended"; isolationId: number }
  /** Nobody can decide on it: for who isolated it, and, without the application, for administrators. */
  | { kind: "no-isolation-decider"; isolationId: number }
  /** For whose application it is: it was taken off the net; `isBack`: it answers again. */
  | { kind: "isolation-told"; isolationId: number; isBack?: true }
  /** For who asked: a vendor can get at the application's files or database, and how. */
  | { kind: "access-granted"; accessId: number }
  /** For the same and the data center: nobody gets in any more. */
  | { kind: "access-ended"; accessId: number }
  /** For the data center: an access has ended and could not be shut. */
  | { kind: "access-trouble"; accessId: number }
  /** For its person, in private. The link is taken out when it has gone. */
  | { kind: "secret-offered"; secretId: number; link: string }
  | { kind: "secret-expired"; secretId: number };
