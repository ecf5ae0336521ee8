import type { OfficeWords } from "../../bot/replies/office-words.ts";
import { type Role, roles } from "../../core/domain/people/roles.ts";
import { testRules } from "./rules.ts";

/** Of an office whose register is empty; roles are their names in brackets. */
export const testWords: OfficeWords = {
  regency: "Kabupaten Uji",
  zone: "Asia/Jakarta",
  zoneLabel: "WIB",
  roles: Object.fromEntries(roles.map((role) => [role, `[${role}]`])) as Record<Role, string>,
  applications: [],
  catalogue: [],
  maintainers: { applications: [], devices: [] },
  addressQuarantineDays: 30,
  addressSilentDays: 30,
  monitoring: testRules.monitoring,
  hasPages: false,
  names: testRules.names,
  districts: testRules.districts,
  botUsername: "simpul_bot",
};
