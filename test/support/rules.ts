import type { OfficeRules } from "../../core/actions/setting.ts";
import { calendar } from "./calendar.ts";
import { testCatalogue } from "./catalogue.ts";
import { testMonitoring } from "./monitoring-rules.ts";

/** What the profile of the office in the tests says. */
export const testRules: OfficeRules = {
  zone: "Asia/Jakarta",
  itOffice: "Diskominfo",
  names: {
    domain: "labura.go.id",
    villageSuffix: "labura",
    nameServers: ["ns1.labura.go.id"],
    contact: "hostmaster@labura.go.id",
  },
  districts: ["Aek Kuo", "Kualuh Hulu", "Marbau", "Na IX-X"],
  reopenWithinDays: 7,
  undoWithinHours: 24,
  confirmationReminderDays: 1,
  closeSilentAfterDays: 3,
  calendar,
  linkCodeHours: 24,
  draftDays: 7,
  strangerRowsDays: 7,
  registrationDays: 14,
  civilServantsOnly: [],
  approvers: () => ["leadership"],
  approvalDays: 5,
  approvalReminderDays: 2,
  exceptionReminderDays: 7,
  addressQuarantineDays: 30,
  addressSilentDays: 30,
  monitoring: testMonitoring,
  largestUploadMegabytes: 2048,
  catalogue: testCatalogue,
  maintainers: {
    applications: [
      { name: "SIMPEG", maintainer: "dinas", team: "data-center" },
      { name: "SIPD", maintainer: "vendor", vendor: "Kementerian Dalam Negeri", contact: "021-345000" },
      { name: "e-Puskesmas", maintainer: "office" },
    ],
    devices: [
      { name: "pc", title: "Komputer atau laptop", maintainer: "office" },
      { name: "office-lan", title: "LAN kantor", maintainer: "dinas", team: "it-support" },
    ],
  },
};
