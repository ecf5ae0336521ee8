/** Source: L IV (the desk's teams), L I (governance), L 9 (`system-officer`); `operator` and `administrator` are office practice. */
export const roles = [
  "user",
  "help-desk",
  "it-support",
  "data-center",
  "infrastructure",
  "non-technical",
  "leadership",
  "committee",
  "executive",
  "system-officer",
  "operator",
  "administrator",
] as const;

export type Role = (typeof roles)[number];

/** The teams of Diskominfo that hold work orders and may see every ticket. */
export const deskRoles = [
  "help-desk",
  "it-support",
  "data-center",
  "infrastructure",
  "non-technical",
  "leadership",
] as const satisfies readonly Role[];

/** Who may be named in a profile as approver. `administrator` never approves. */
export const approverRoles = [...deskRoles, "committee", "executive"] as const satisfies readonly Role[];

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
