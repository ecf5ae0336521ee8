import type { Role } from "./roles.ts";

/** Somebody in the people register, as rules see them. */
export type Person = {
  id: number;
  name: string;
  /** 18 digits; null for those who are not civil servants. */
  nip: string | null;
  officeId: number;
  roles: readonly Role[];
  isActive: boolean;
  /** Noted by the help desk for somebody who phoned, wrote or stood at the counter. */
  isProvisional: boolean;
};

export function hasRole(person: Person, role: Role): boolean {
  return person.isActive && person.roles.includes(role);
}
