import type { Seal } from "../db/journal/seal.ts";
import type { Tasks } from "../db/tasks.ts";
import type { WorkingCalendar } from "../domain/calendar/working-calendar.ts";
import type { Catalogue } from "../domain/catalogue/catalogue.ts";
import type { HostingRules } from "../domain/hosting/hosting-rules.ts";
import type { Maintainers } from "../domain/maintenance/maintainer.ts";
import type { MonitoringRules } from "../domain/monitoring/monitoring-rules.ts";
import type { NameRules } from "../domain/names/name-rules.ts";
import type { ZoneRules } from "../domain/names/zone-file.ts";
import type { Role } from "../domain/people/roles.ts";

/** What the profile says, as far as actions need it. */
export type OfficeRules = {
  /** IANA name of the office's time zone. */
  zone: string;
  /** The code of the office that runs the main domain. */
  itOffice: string;
  /** What the profile says of names. */
  names: NameRules & ZoneRules;
  /** The sub-districts, in which villages lie. */
  districts: readonly string[];
  reopenWithinDays: number;
  undoWithinHours: number;
  /** Working days from one reminder to the next, for a requester who does not answer. */
  confirmationReminderDays: number;
  /** Working days after which a ticket whose requester did not answer is closed by rule. */
  closeSilentAfterDays: number;
  calendar: WorkingCalendar;
  linkCodeHours: number;
  draftDays: number;
  strangerRowsDays: number;
  /** How long a registration waits for a decision. */
  registrationDays: number;
  /** Roles that only civil servants may hold. */
  civilServantsOnly: readonly Role[];
  /** Who approves what a procedure asks for, one after the other; none means nobody. */
  approvers: (procedure: string) => readonly Role[];
  /** Working days that each approver has; then the request lapses. */
  approvalDays: number;
  /** Working days from one reminder to the next, for approvers who do not decide. */
  approvalReminderDays: number;
  /** Days before its end on which an exception is reminded of. */
  exceptionReminderDays: number;
  /** How long nobody gets an address, or a name, that was given back. */
  addressQuarantineDays: number;
  /** How long an address that somebody has may be silent before infrastructure is told. */
  addressSilentDays: number;
  /** Of a file that comes over a page. */
  largestUploadMegabytes: number;
  /** The small requests of every day. */
  catalogue: Catalogue;
  /** Who maintains what (R65). */
  maintainers: Maintainers;
  /** How links, sites, devices and applications are watched. */
  monitoring: MonitoringRules;
  /** Absent: no application is hosted by machine. */
  hosting?: HostingRules | undefined;
};

/**
 * The moment and the office in which something is done. Every action is `(tx, person, setting, input)`: it authorises,
 * locks the row, asks the domain, stores, writes the journal row and puts messages in the outbox, all in `tx`.
 */
export type Setting = {
  now: Date;
  rules: OfficeRules;
  tasks: Pick<Tasks, "enqueue">;
  /** Under which people reach the pages, ends in a slash. Absent: they do not, and no links are given out. */
  pagesUrl?: string | undefined;
  /** Closes secrets that are shown once. Absent: none are taken. */
  seal?: Seal | undefined;
  /** For what an action can answer by a refusal, and an operator has to mend all the same. Absent: nobody reads it. */
  report?: (what: string, fields: Record<string, string | number>) => void;
};
