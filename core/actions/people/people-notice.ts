import type { Refusal } from "../../domain/outcome.ts";

/** What became of a substitution: for both, and for administrators. */
export type SubstitutionNews = "set" | "rejected" | "started" | "ended" | "not-started";

export type PeopleNotice =
  | { kind: "welcome" }
  | { kind: "command-menu" }
  | { kind: "unlinked" }
  | { kind: "roles-changed" }
  /** A substitute for leadership that waits for a second administrator, or how it stands. */
  | { kind: "substitution-proposed"; substitutionId: number }
  | { kind: "substitution-news"; substitutionId: number; news: SubstitutionNews }
  | { kind: "role-proposed"; proposalId: number }
  | { kind: "role-decided"; proposalId: number }
  /** For the one who registers: the present question, or what became of it. */
  | { kind: "registration"; registrationId: number; refusal?: Refusal }
  /** For those who decide on it. */
  | { kind: "registration-asked"; registrationId: number }
  | { kind: "transferred" }
  /** Rights of leadership or of an administrator ended, for who left or moved to another office; roles by name. */
  | { kind: "rights-ended"; personId: number; byPersonId: number; roles: string }
  | { kind: "people-import"; importId: number }
  /** All that is wrong in a list of people, as a document. */
  | { kind: "import-problems"; importId: number };
