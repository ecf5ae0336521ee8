import type { Answers } from "../../domain/form/field.ts";
import type { Refusal } from "../../domain/outcome.ts";

export type MonitorNotice =
  /** For infrastructure and who is on duty: something is down, or goes up and down, and what lies behind it. */
  | { kind: "outage-told"; alertId: number; isReminder?: true }
  /** For the same: it is back. */
  | { kind: "outage-over"; alertId: number }
  /** For the contact of a site: is there power? It says what was answered afterwards. */
  | { kind: "power-asked"; questionId: number }
  /** For who asked. */
  | { kind: "power-answered"; questionId: number }
  /** For who joined an outage, or was noted as affected: where it stands. */
  | { kind: "outage-joined"; outageId: number }
  /** For the same: it answers again, and its ticket is still worked on. */
  | { kind: "incident-restored"; ticketId: number }
  /** For the same: its ticket has ended. */
  | { kind: "incident-over"; ticketId: number }
  /** For infrastructure, and of applications the data center: these end soon. @property endsAt ISO 8601 */
  | { kind: "certificates-ending"; certificates: { targetId: number; endsAt: string }[] }
  /** For infrastructure and leadership: these end soon. @property endsOn 2027-12-31 */
  | { kind: "contracts-ending"; contracts: { targetId: number; endsOn: string }[] }
  /** For who is told of outages: nobody has looked around since. @property since ISO 8601 */
  | { kind: "monitor-stopped"; since: string }
  /** For who asked for it: what its checks have just found. `problem`: nobody could be asked. */
  | { kind: "target-asked"; targetId: number; problem?: "playground" | "not-asked" }
  /** For who wished another check, by a name: it is there, or why not. `unsureOf`: the name, of which no name server said anything. */
  | { kind: "check-tried"; targetId: number; refusal?: Refusal; answers?: Answers; unsureOf?: string }
  | { kind: "target-import"; importId: number }
  /** All that is wrong in a list of what is to be watched, as a document. */
  | { kind: "target-import-problems"; importId: number };
