import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadProfile, ProfileError, profileNames } from "../../config/profile.ts";
import { roles } from "../../core/domain/people/roles.ts";

const shipped = fileURLToPath(new URL("../../config/profiles", import.meta.url));

it("there are profiles for the three regencies", () => {
  expect(profileNames()).toEqual(["cianjur", "labura", "purwakarta"]);
});

it.each([
  ["labura", "Kabupaten Labuhanbatu Utara", "labura.go.id", 32, 8],
  ["cianjur", "Kabupaten Cianjur", "cianjurkab.go.id", 31, 32],
  ["purwakarta", "Kabupaten Purwakarta", "purwakartakab.go.id", 30, 17],
])("%s is %s with its domain, offices and sub-districts", (name, regency, domain, officeCount, districtCount) => {
  const profile = loadProfile(name);

  expect(profile).toMatchObject({ name, regency, domain, timezone: "Asia/Jakarta", timezoneLabel: "WIB" });
  expect(profile.offices.filter(({ kind }) => kind === "office")).toHaveLength(officeCount);
  expect(profile.offices.filter(({ kind }) => kind === "district")).toHaveLength(districtCount);
});

describe.each(profileNames())("profile %s", (name) => {
  const profile = loadProfile(name);
  const members = profile.playgroundPeople.filter((person) => !person.stranger);

  it("has one code for each office and knows the IT office", () => {
    const codes = profile.offices.map(({ code }) => code);

    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toContain(profile.itOffice);
  });

  it("gives every role a title", () => {
    expect(Object.keys(profile.roles).sort()).toEqual([...roles].sort());
  });

  it("has applications to choose from, each with its source", () => {
    expect(profile.applications.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["SIMPEG", "SIPD", "e-Kinerja"]),
    );
    expect(profile.applications.every(({ source }) => /^([LCP] [\dA-Z]|office practice$)/.test(source))).toBe(true);
  });

  it("states its intervals with unit and source", () => {
    expect(profile.intervals).toEqual({
      reopenWithinDays: { days: 7, source: "office practice" },
      confirmationReminderDays: { workingDays: 1, source: "office practice" },
      closeSilentAfterDays: { workingDays: 3, source: "office practice" },
      undoWithinHours: { hours: 24, source: "office practice" },
      linkCodeHours: { hours: 24, source: "office practice" },
      draftDays: { days: 7, source: "office practice" },
      strangerRowsDays: { days: 7, source: "office practice" },
      registrationDays: { days: 14, source: "office practice" },
      approvalDays: { workingDays: 5, source: "office practice" },
      approvalReminderDays: { workingDays: 2, source: "office practice" },
      exceptionReminderDays: { days: 7, source: "office practice" },
      addressQuarantineDays: { days: 30, source: "office practice" },
      addressSilentDays: { days: 30, source: "office practice" },
    });
  });

  it("names who approves, leadership in all of them", () => {
    expect(profile.approvals).toEqual({
      ...{ default: ["leadership"], hosting: ["leadership"], exception: ["leadership"] },
      "application-purge": ["infrastructure", "leadership"],
    });
  });

  it("plays everybody whom the procedures need", () => {
    const rolesByKey = Object.fromEntries(members.map(({ key, roles }) => [key, roles]));

    expect(rolesByKey).toEqual({
      user: ["user"],
      "system-officer": ["user", "system-officer"],
      "help-desk": ["help-desk"],
      "it-support": ["it-support"],
      "it-support-2": ["it-support"],
      "data-center": ["data-center"],
      infrastructure: ["infrastructure"],
      leadership: ["leadership"],
      administrator: ["administrator"],
      "administrator-2": ["administrator"],
      "non-technical": ["non-technical"],
    });
    expect(profile.playgroundPeople.filter(({ stranger }) => stranger)).toHaveLength(1);
  });

  it("plays a user and the system officer of one office, and the others in the IT office", () => {
    const [user, officer, ...others] = members.map(({ office }) => office);

    expect(user).toBe(officer);
    expect(user).not.toBe(profile.itOffice);
    expect(new Set(others)).toEqual(new Set([profile.itOffice]));
  });

  it("plays people with a NIP of their own, and one without", () => {
    const numbers = members.map(({ nip }) => nip);
    const given = numbers.filter((nip) => nip !== undefined);

    expect(numbers.length - given.length).toBe(1);
    expect(new Set(given).size).toBe(given.length);
    expect(given.every((nip) => /^19900101201501[12]9\d\d$/.test(nip))).toBe(true);
  });
});

it("reads a sub-district as an office", () => {
  expect(loadProfile("labura").offices).toContainEqual({
    code: "Kec. Aek Kuo",
    name: "Kecamatan Aek Kuo",
    verified: true,
    kind: "district",
  });
});

it("tells a customary name from one that was seen", () => {
  const { offices } = loadProfile("labura");

  expect(offices.find(({ code }) => code === "Disdukcapil")?.verified).toBe(true);
  expect(offices.find(({ code }) => code === "Disdik")?.verified).toBe(false);
});

it("keeps the data center for civil servants in purwakarta only (P G.4)", () => {
  expect(loadProfile("purwakarta").civilServantsOnly).toEqual(["data-center"]);
  expect(loadProfile("labura").civilServantsOnly).toEqual([]);
  expect(loadProfile("cianjur").civilServantsOnly).toEqual([]);
});

it.each([
  ["labura", "GCIO/Kepala Dinas", "Komite/Dewan TIK"],
  ["cianjur", "CIO", "Tim Pengarah TIK"],
  ["purwakarta", "Pimpinan", "Komite TIK"],
])("calls leadership and committee of %s by the names of its regulation", (name, leadership, committee) => {
  expect(loadProfile(name).roles).toMatchObject({ leadership, committee });
});

describe("a broken profile", () => {
  let profiles: string;

  beforeEach(() => {
    profiles = mkdtempSync(join(tmpdir(), "simpul-profiles-"));
    cpSync(join(shipped, "purwakarta"), join(profiles, "broken"), { recursive: true });
  });
  afterEach(() => rmSync(profiles, { recursive: true }));

  function edit(file: string, from: string | RegExp, to: string) {
    const path = join(profiles, "broken", file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, after);
  }

  function errorOf(name: string): ProfileError {
    try {
      loadProfile(name, profiles);
    } catch (error) {
      if (error instanceof ProfileError) return error;
      throw error;
    }
    throw new Error("the profile was accepted");
  }

  function places(): string[] {
    return errorOf("broken").problems.map(({ file, path }) => `${file}: ${path}`);
  }

  it("is a whole one before it is broken", () => {
    expect(loadProfile("broken", profiles).regency).toBe("Kabupaten Purwakarta");
  });

  it("lists every problem of every file with its path", () => {
    edit("profile.yaml", "purwakartakab.go.id", "https://purwakartakab.go.id");
    edit("profile.yaml", "Asia/Jakarta", "Asia/Purwakarta");
    edit("profile.yaml", "timezoneLabel: WIB", "timezoneLabel:");
    edit("profile.yaml", "linkCodeHours: { value: 24, unit: hours", "linkCodeHours: { value: 0, unit: days");
    edit("profile.yaml", "[data-center]", "[data-centre]");
    edit("profile.yaml", "  operator: Operator\n", "");
    edit("profile.yaml", "name: e-Office, source: P E.2", "name: e-Kinerja");
    edit("offices.yaml", "code: Dishub, name: Dinas Perhubungan, verified: true", "code: DLH, verified: yes");
    edit("offices.yaml", "  - Bungursari", "  - Bojong");
    edit("playground.yaml", '"199001012015012941"', "199001012015012941");
    edit("playground.yaml", "199001012015011942", "199002302015011942");
    edit("playground.yaml", "key: it-support-2", "key: it-support");
    edit("playground.yaml", "roles: [leadership]", "roles: []");
    edit("playground.yaml", "199001012015011949", "199001012015012948");

    expect(places().sort()).toEqual(
      [
        "offices.yaml: districts.2",
        "offices.yaml: offices.20",
        "offices.yaml: offices.19.name",
        "offices.yaml: offices.19.verified",
        "playground.yaml: 0.nip",
        "playground.yaml: 1.nip",
        "playground.yaml: 4",
        "playground.yaml: 7.roles",
        "playground.yaml: 9",
        "profile.yaml: applications.1",
        "profile.yaml: applications.1.source",
        "profile.yaml: civilServantsOnly.0",
        "profile.yaml: domain",
        "profile.yaml: intervals.linkCodeHours.unit",
        "profile.yaml: intervals.linkCodeHours.value",
        "profile.yaml: roles.operator",
        "profile.yaml: timezone",
        "profile.yaml: timezoneLabel",
      ].sort(),
    );
  });

  it("says what would be right", () => {
    edit("profile.yaml", "linkCodeHours: { value: 24", "linkCodeHours: { value: 1.5");

    const error = errorOf("broken");

    expect(error.name).toBe("ProfileError");
    expect(error.message).toBe(
      'reading profile "broken":\n' +
        "  profile.yaml: intervals.linkCodeHours.value: must be a whole number of at least 1, for example 7",
    );
  });

  it("refuses reminders that come no sooner than the end", () => {
    edit("profile.yaml", "confirmationReminderDays: { value: 1", "confirmationReminderDays: { value: 3");

    expect(errorOf("broken").problems).toEqual([
      {
        file: "profile.yaml",
        path: "intervals.confirmationReminderDays",
        message:
          "must be shorter than closeSilentAfterDays, for example 1 and 3: nobody is passed over without a reminder",
      },
    ]);
  });

  it("refuses that one person alone destroys what does not come back", () => {
    edit("profile.yaml", "application-purge: [infrastructure, leadership]", "application-purge: [leadership]");

    expect(errorOf("broken").problems).toEqual([
      {
        file: "profile.yaml",
        path: "approvals.application-purge",
        message:
          "must list at least two roles, for example [infrastructure, leadership]: what is destroyed does not come back",
      },
    ]);
  });

  it("names a key that nothing reads", () => {
    edit("profile.yaml", "timezoneLabel: WIB", "timezoneLabel: WIB\ntimezoneLable: WIB");

    expect(errorOf("broken").problems).toEqual([
      { file: "profile.yaml", path: "", message: "has unknown keys: timezoneLable" },
    ]);
  });

  it("names the line where a file is no YAML, and the problems of the other files", () => {
    writeFileSync(join(profiles, "broken", "offices.yaml"), "offices:\n  - { code: Setda\ndistricts: []\n");
    rmSync(join(profiles, "broken", "playground.yaml"));

    expect(errorOf("broken").problems).toEqual(
      expect.arrayContaining([
        { file: "offices.yaml", path: "line 3", message: expect.stringContaining("is not YAML") },
        { file: "playground.yaml", path: "", message: "cannot be read (ENOENT)" },
      ]),
    );
  });

  it("finds what is wrong between the files", () => {
    edit("profile.yaml", "itOffice: Diskominfo", "itOffice: Kominfo");
    edit("profile.yaml", "[data-center]", "[data-center, it-support]");
    edit("playground.yaml", "office: Disdik", "office: Dikbud");

    expect(places()).toEqual(["profile.yaml: itOffice", "playground.yaml: 0.office", "playground.yaml: 4.nip"]);
  });

  it("is told from one that is not there", () => {
    expect(errorOf("atlantis").message).toContain("no such profile; there are broken");
    expect(errorOf("../broken").message).toContain("no such profile");
  });
});
