import { DateTime } from "luxon";
import type { Catalogue } from "../../core/domain/catalogue/catalogue.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import type { Maintainers } from "../../core/domain/maintenance/maintainer.ts";
import type { MonitoringRules } from "../../core/domain/monitoring/monitoring-rules.ts";
import type { NameRules } from "../../core/domain/names/name-rules.ts";
import type { ZoneRules } from "../../core/domain/names/zone-file.ts";
import { isRole, type Role } from "../../core/domain/people/roles.ts";

/** The words and times of the office that the bot speaks for, from the profile. */
export type OfficeWords = {
  /** "Kabupaten Labuhanbatu Utara" */
  regency: string;
  /** IANA name. */
  zone: string;
  /** "WIB" */
  zoneLabel: string;
  roles: Record<Role, string>;
  /** Applications to choose from when one is reported. */
  applications: readonly string[];
  /** The small requests of every day, with what their forms ask. */
  catalogue: Catalogue;
  /** Who maintains what (R65). */
  maintainers: Maintainers;
  /** Absent: no application is hosted by machine. */
  hosting?: HostingRules | undefined;
  /** How long nobody gets an address, or a name, that was given back. */
  addressQuarantineDays: number;
  /** How long an address that somebody has may be silent before it counts as a difference. */
  addressSilentDays: number;
  /** What the profile says of names and zones. */
  names: NameRules & ZoneRules;
  /** The sub-districts, in which villages lie. */
  districts: readonly string[];
  /** How links, sites, devices and applications are watched. */
  monitoring: MonitoringRules;
  /** Whether people reach the pages, so that links to them are given out. */
  hasPages: boolean;
  botUsername: string;
};

/** Of a value that came with a refusal. */
export function roleInWords(role: unknown, { roles }: Pick<OfficeWords, "roles">): string {
  return typeof role === "string" && isRole(role) ? roles[role] : "lain";
}

/** Who did it; without a person it was the machine, by a rule of the desk. */
export function whoDid(personName: string | null): string {
  return personName ?? "Sistem";
}

/** "22 Nov 2026 08.30 WIB" */
export function showTime(at: Date, { zone, zoneLabel }: Pick<OfficeWords, "zone" | "zoneLabel">): string {
  return `${DateTime.fromJSDate(at, { zone }).setLocale("id").toFormat("d MMM yyyy HH.mm")} ${zoneLabel}`;
}

/** "22 Nov 2026" */
export function showDay(day: string): string {
  return DateTime.fromISO(day).setLocale("id").toFormat("d MMM yyyy");
}

/** The day of that instant, local in the office's zone. */
export function showDayOf(at: Date, { zone }: Pick<OfficeWords, "zone">): string {
  return DateTime.fromJSDate(at, { zone }).setLocale("id").toFormat("d MMM yyyy");
}

/** "November 2026" @param month 2026-11 */
export function showMonth(month: string, { zone }: Pick<OfficeWords, "zone">): string {
  return DateTime.fromFormat(month, "yyyy-MM", { zone }).setLocale("id").toFormat("LLLL yyyy");
}

/** A stored answer as people read it: instants in local time, days by their name, a place as coordinates to copy. */
export function showValue(answer: string, office: Pick<OfficeWords, "zone" | "zoneLabel">): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(answer)) return showTime(new Date(answer), office);
  if (/^\d{4}-\d{2}-\d{2}$/.test(answer)) return showDay(answer);
  return answer;
}

/** "22 Nov 08.30", for lists and histories. */
export function showShortTime(at: Date, { zone }: Pick<OfficeWords, "zone">): string {
  return DateTime.fromJSDate(at, { zone }).setLocale("id").toFormat("d MMM HH.mm");
}
