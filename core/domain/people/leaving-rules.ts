import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "./person.ts";

/**
 * Taking somebody out of an office, or out of the register. One administrator is enough, also where rights of leadership
 * or of an administrator end: that rights are taken away must not wait, and they are given back only by the ways in
 * which they are given. It is announced to those who hold them.
 *
 * @param otherAdministrators who are linked, without the person: one must stay who can act in the chat
 * source: office practice
 */
export function decideLeaving(administrator: Person, person: Person, otherAdministrators: number): Outcome {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (person.id === administrator.id) return refuse("not-yourself");
  if (!person.isActive) return refuse("person-inactive");
  if (person.roles.includes("administrator") && otherAdministrators < 1) return refuse("last-administrator");
  return accept();
}

export function decideTransfer(
  administrator: Person,
  person: Person,
  officeId: number,
  otherAdministrators: number,
): Outcome {
  const leaving = decideLeaving(administrator, person, otherAdministrators);
  if (!leaving.ok) return leaving;
  return person.officeId === officeId ? refuse("office-already", { field: "office" }) : accept();
}

export function decideReturn(administrator: Person, person: Person): Outcome {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator");
  if (person.id === administrator.id) return refuse("not-yourself");
  return person.isActive ? refuse("person-active") : accept();
}
