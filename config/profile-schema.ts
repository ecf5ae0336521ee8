import { z } from "zod";
import { assetKinds } from "../core/domain/inventory/asset.ts";
import { parseDomainName } from "../core/domain/names/domain-name.ts";
import { parseNip } from "../core/domain/people/nip.ts";
import { approverRoles, roles } from "../core/domain/people/roles.ts";
import { hostingSection } from "./hosting-schema.ts";
import { maintenanceKeys, teamProblems, vendorProblems } from "./maintenance-schema.ts";
import { monitoringSection } from "./monitoring-schema.ts";
import { shortName, text, unique, unknownKeysOr } from "./schema-messages.ts";

// The files of `profiles/<name>/`. Office people edit them, so each message shows a right value.

const approvers = z.array(z.enum(approverRoles, { error: `must be one of ${approverRoles.join(", ")}` }), {
  error: "must be a list of roles, one after the other, for example [leadership]; [] means nobody",
});
/** What cannot be undone is not one person's decision. */
const twoApprovers = approvers.min(2, {
  error: "must list at least two roles, for example [infrastructure, leadership]: what is destroyed does not come back",
});
const role = z.enum(roles, { error: `must be one of ${roles.join(", ")}` });
const source = text('"L 13(3)" or "office practice"');
const deviceName = z.enum(assetKinds, { error: `must be one of ${assetKinds.join(", ")}` });

function interval<Unit extends "days" | "hours" | "working days">(unit: Unit) {
  const whole = "must be a whole number of at least 1, for example 7";
  const example = `must be an interval, for example { value: 7, unit: ${unit}, source: office practice }`;
  return z.strictObject(
    {
      value: z.int({ error: whole }).min(1, { error: whole }),
      unit: z.literal(unit, { error: `must be ${unit}` }),
      source,
    },
    { error: unknownKeysOr(example) },
  );
}

/** What a bot can fetch itself, 20 MB, needs no page. */
const wholeMegabytes = "must be a whole number above 20, for example 2048";
const inDays = interval("days").transform(({ value, source }) => ({ days: value, source }));
const inWorkingDays = interval("working days").transform(({ value, source }) => ({ workingDays: value, source }));
const inHours = interval("hours").transform(({ value, source }) => ({ hours: value, source }));

function domainName(example: string) {
  const error = `must be a domain name in small letters, for example ${example}`;
  return z.string({ error: `must be a domain name, for example ${example}` }).refine(
    (name) => {
      const parsed = parseDomainName(name);
      return parsed.ok && parsed.value === name && name.includes(".");
    },
    { error },
  );
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const profileFile = z.strictObject(
  {
    regency: text("Kabupaten Labuhanbatu Utara"),
    domain: domainName("labura.go.id"),
    villageSuffix: shortName("labura"),
    nameServers: z
      .array(domainName("ns1.labura.go.id"), {
        error: "must be a list of name servers, for example [ns1.labura.go.id]",
      })
      .min(1, { error: "must name a server, for example [ns1.labura.go.id]" }),
    zoneContact: z
      .string({ error: "must be an e-mail address, for example hostmaster@labura.go.id" })
      .regex(/^[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
        error: "must be an e-mail address in small letters, for example hostmaster@labura.go.id",
      }),
    timezone: text("Asia/Jakarta").refine(isTimezone, { error: "must be an IANA time zone, for example Asia/Jakarta" }),
    timezoneLabel: text("WIB"),
    itOffice: text("Diskominfo"),
    intervals: z
      .strictObject(
        {
          reopenWithinDays: inDays,
          confirmationReminderDays: inWorkingDays,
          closeSilentAfterDays: inWorkingDays,
          undoWithinHours: inHours,
          linkCodeHours: inHours,
          draftDays: inDays,
          strangerRowsDays: inDays,
          registrationDays: inDays,
          approvalDays: inWorkingDays,
          approvalReminderDays: inWorkingDays,
          exceptionReminderDays: inDays,
          addressQuarantineDays: inDays,
          addressSilentDays: inDays,
        },
        { error: unknownKeysOr("must list the intervals, each with value, unit and source") },
      )
      .refine((days) => days.confirmationReminderDays.workingDays < days.closeSilentAfterDays.workingDays, {
        path: ["confirmationReminderDays"],
        error:
          "must be shorter than closeSilentAfterDays, for example 1 and 3: nobody is passed over without a reminder",
      })
      .refine((days) => days.approvalReminderDays.workingDays < days.approvalDays.workingDays, {
        path: ["approvalReminderDays"],
        error: "must be shorter than approvalDays, for example 2 and 5: nothing lapses without a reminder",
      }),
    largestUpload: z.strictObject(
      {
        value: z.int({ error: wholeMegabytes }).min(21, { error: wholeMegabytes }),
        unit: z.literal("megabytes", { error: "must be megabytes" }),
        source,
      },
      { error: unknownKeysOr("must be a size, for example { value: 2048, unit: megabytes, source: office practice }") },
    ),
    approvals: z
      .object(
        { default: approvers, "application-purge": twoApprovers.default(["infrastructure", "leadership"]) },
        { error: "must list who approves, for example { default: [leadership], hosting: [committee, leadership] }" },
      )
      .catchall(approvers),
    civilServantsOnly: z.array(role, { error: "must be a list of roles, for example [data-center] or []" }),
    roles: z.record(role, text("Help Desk"), {
      error: unknownKeysOr("must give every role its title, for example help-desk: Help Desk"),
    }),
    applications: z
      .array(
        z
          .strictObject(
            { name: text("SIMPEG"), ...maintenanceKeys, source },
            {
              error: unknownKeysOr(
                "must be an application, for example { name: SIMPEG, maintainer: dinas, source: office practice }",
              ),
            },
          )
          .check(vendorProblems, teamProblems),
        { error: "must be a list, for example - { name: SIMPEG, maintainer: dinas, source: office practice }" },
      )
      .check(unique("application", (application) => application?.name)),
    devices: z
      .array(
        z
          .strictObject(
            { name: deviceName, title: text("Komputer atau laptop"), ...maintenanceKeys, source },
            {
              error: unknownKeysOr(
                "must be a class of devices, for example { name: pc, title: Komputer, maintainer: office, source: C 17(2) }",
              ),
            },
          )
          .check(vendorProblems, teamProblems),
        { error: "must be a list, for example - { name: pc, title: Komputer, maintainer: office, source: C 17(2) }" },
      )
      .check(unique("device", (device) => device?.name)),
    monitoring: monitoringSection,
    hosting: hostingSection.optional(),
  },
  { error: unknownKeysOr("must hold the keys of profiles/labura/profile.yaml") },
);

const office = z.strictObject(
  {
    code: text("Disdukcapil"),
    name: text("Dinas Kependudukan dan Pencatatan Sipil"),
    verified: z.boolean({ error: "must be true or false" }),
  },
  { error: unknownKeysOr("must be an office, for example { code: Dinkes, name: Dinas Kesehatan, verified: true }") },
);

export const officesFile = z
  .strictObject(
    {
      offices: z
        .array(office, {
          error: "must be a list, for example - { code: Dinkes, name: Dinas Kesehatan, verified: true }",
        })
        .check(unique("office", (office) => office?.code)),
      districts: z
        .array(text("Aek Kuo"), { error: "must be a list of sub-districts, for example - Aek Kuo" })
        .check(unique("district", (name) => name)),
    },
    { error: unknownKeysOr("must hold offices and districts, as profiles/labura/offices.yaml does") },
  )
  .transform(({ offices, districts }) => [
    ...offices.map((office) => ({ ...office, kind: "office" as const })),
    ...districts.map((name) => ({
      code: `Kec. ${name}`,
      name: `Kecamatan ${name}`,
      verified: true,
      kind: "district" as const,
    })),
  ]);

const nip = z
  .string({ error: 'must be 18 digits in quotation marks, for example "199001012015012901"' })
  .refine((digits) => parseNip(digits).ok, {
    error:
      'must be 18 digits: birth date, month of appointment, sex 1 or 2, sequence; for example "199001012015012901"',
  });

const key = shortName("it-support-2");
const personName = text("Nurhayati Siregar");
const person = unknownKeysOr("must be a person: key, name, office, roles and nip, or key, name and stranger: true");

const member = z.strictObject(
  {
    key,
    name: personName,
    stranger: z
      .literal(false)
      .optional()
      .transform(() => false as const),
    office: text("Disdukcapil"),
    roles: z
      .array(role, { error: "must be a list of roles, for example [help-desk]" })
      .min(1, { error: "must name a role, for example [user]" }),
    nip: nip.optional(),
  },
  { error: person },
);

const stranger = z.strictObject({ key, name: personName, stranger: z.literal(true) }, { error: person });

export const playgroundFile = z
  .array(z.discriminatedUnion("stranger", [member, stranger], { error: person }), {
    error: "must be a list of people, as in profiles/labura/playground.yaml",
  })
  .check(unique("key", (person) => person?.key))
  .check(unique("NIP", (person) => (person?.stranger ? undefined : person?.nip)));
