import type { Profile } from "../config/profile.ts";
import type { OfficeRules } from "../core/actions/setting.ts";
import type { WorkingCalendar } from "../core/domain/calendar/working-calendar.ts";

/** What actions know of the office. @param playedAddresses of a playground's links; absent: nothing is played */
export function rulesOf(profile: Profile, calendar: WorkingCalendar, playedAddresses?: readonly string[]): OfficeRules {
  const { reopenWithinDays, undoWithinHours, confirmationReminderDays, closeSilentAfterDays } = profile.intervals;
  const { linkCodeHours, draftDays, strangerRowsDays, registrationDays } = profile.intervals;
  return {
    zone: profile.timezone,
    itOffice: profile.itOffice,
    ...namesOf(profile),
    reopenWithinDays: reopenWithinDays.days,
    undoWithinHours: undoWithinHours.hours,
    confirmationReminderDays: confirmationReminderDays.workingDays,
    closeSilentAfterDays: closeSilentAfterDays.workingDays,
    calendar,
    linkCodeHours: linkCodeHours.hours,
    draftDays: draftDays.days,
    strangerRowsDays: strangerRowsDays.days,
    registrationDays: registrationDays.days,
    civilServantsOnly: profile.civilServantsOnly,
    approvers: (procedure) => profile.approvals[procedure] ?? profile.approvals.default ?? [],
    approvalDays: profile.intervals.approvalDays.workingDays,
    approvalReminderDays: profile.intervals.approvalReminderDays.workingDays,
    exceptionReminderDays: profile.intervals.exceptionReminderDays.days,
    addressQuarantineDays: profile.intervals.addressQuarantineDays.days,
    addressSilentDays: profile.intervals.addressSilentDays.days,
    largestUploadMegabytes: profile.largestUpload.value,
    catalogue: profile.catalogue,
    maintainers: { applications: profile.applications, devices: profile.devices },
    monitoring: { ...profile.monitoring, ...(playedAddresses === undefined ? {} : { playedAddresses }) },
    hosting: profile.hosting,
  };
}

/** What messages say of it. */
export function officeWordsOf(profile: Profile, { hasPages }: { hasPages: boolean }) {
  return {
    regency: profile.regency,
    hasPages,
    zone: profile.timezone,
    zoneLabel: profile.timezoneLabel,
    roles: profile.roles,
    applications: profile.applications.map(({ name }) => name),
    catalogue: profile.catalogue,
    ...namesOf(profile),
    maintainers: { applications: profile.applications, devices: profile.devices },
    hosting: profile.hosting,
    monitoring: profile.monitoring,
    addressQuarantineDays: profile.intervals.addressQuarantineDays.days,
    addressSilentDays: profile.intervals.addressSilentDays.days,
  };
}

/** What the profile says of names and villages. */
function namesOf({ domain, villageSuffix, nameServers, zoneContact, offices }: Profile) {
  const districts = offices.filter(({ kind }) => kind === "district");
  return {
    names: { domain, villageSuffix, nameServers, contact: zoneContact },
    districts: districts.map(({ name }) => name.replace(/^Kecamatan /, "")),
  };
}
