import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "./person.ts";
import type { Role } from "./roles.ts";

/** Roles that people get in the chat; `administrator` comes only by a code printed on the server's terminal. */
export type GrantRules = {
  /** Roles that only civil servants may hold beside leadership, by profile (Purwakarta: P G.4). */
  civilServantsOnly: readonly Role[];
};

/**
 * Whether only who has a NIP may hold it. Who approves is a civil servant in every office, and by the NIP one line of the register:
 * by a second one somebody would approve what they asked for themself. source: office practice
 */
export function needsNip(role: Role, { civilServantsOnly }: GrantRules): boolean {
  return role === "leadership" || civilServantsOnly.includes(role);
}

export function needsSecondAdministrator(role: Role): boolean {
  return role === "leadership";
}

/** @returns whether the role is given at once or waits for a second administrator */
export function decideGrant(
  administrator: Person,
  person: Person,
  role: Role,
  rules: GrantRules,
): Outcome<"granted" | "needs-second-administrator"> {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (role === "administrator") return refuse("administrator-by-terminal-only");
  if (person.id === administrator.id) return refuse("not-for-yourself");
  if (!person.isActive) return refuse("person-inactive");
  if (person.roles.includes(role)) return refuse("role-held-already");
  if (role === "leadership" && person.roles.includes("administrator")) return refuse("administrator-never-approves");
  if (needsNip(role, rules) && person.nip === null) return refuse("civil-servants-only");
  return accept(needsSecondAdministrator(role) ? "needs-second-administrator" : "granted");
}

/** Rights that no administrator gives alone, neither by a role nor by the code that links an account to who holds them. */
export function holdsReservedRights({ roles }: Pick<Person, "roles">): boolean {
  return roles.includes("leadership") || roles.includes("administrator");
}

/**
 * Whether a proposal is still about the account that the person had when it was made. For another one it is made anew:
 * else who proposes could link an account of their own in between, and the second administrator would not know.
 *
 * @param account the one that is linked now
 * source: office practice
 */
export function refusalOfConfirming(proposal: { proposedAt: Date }, account: { linkedAt: Date } | undefined): Outcome {
  const isSame = account !== undefined && account.linkedAt <= proposal.proposedAt;
  return isSame ? accept() : refuse("linked-since-proposal");
}

export function decideProposal(
  administrator: Person,
  proposal: { personId: number; proposedBy: number; decidedBy: number | null },
): Outcome {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (proposal.decidedBy !== null) return refuse("decided-already", { decidedBy: proposal.decidedBy });
  if (proposal.proposedBy === administrator.id) return refuse("not-your-own-proposal");
  if (proposal.personId === administrator.id) return refuse("not-for-yourself");
  return accept();
}
