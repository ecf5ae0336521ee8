import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { type CatalogueEntry, deviceQuestion } from "../core/domain/catalogue/catalogue.ts";
import { OperatorFault } from "../core/domain/operator-fault.ts";
import { needsNip } from "../core/domain/people/grant-rules.ts";
import { procedures } from "../core/domain/procedures/index.ts";
import { catalogueFile } from "./catalogue-schema.ts";
import { officesFile, playgroundFile, profileFile } from "./profile-schema.ts";
import { describeProblem, type FileProblem, readYaml } from "./yaml-file.ts";

/**
 * What differs from regency to regency, read from `profiles/<name>/`: `profile.yaml`, `offices.yaml`,
 * `catalogue.yaml`, `playground.yaml`.
 * A fourth regency is a new folder, not new code; `profiles/labura` is the example to copy.
 */
export type Profile = z.output<typeof profileFile> & {
  /** the folder's name, for example `labura` */
  name: string;
  /** offices in the order of the file, then the sub-districts; `code` is unique */
  offices: Office[];
  /** the small requests of every day, in the order of the file */
  catalogue: CatalogueEntry[];
  playgroundPeople: PlaygroundPerson[];
};

/** `verified: false` is the customary name, not seen in a public text; a sub-district is `kind: "district"`. */
export type Office = z.output<typeof officesFile>[number];

/** A person that the playground plays; a stranger is in no register and has neither office nor roles. */
export type PlaygroundPerson = z.output<typeof playgroundFile>[number];

/** `file` is empty when the profile as a whole is meant. */
export type ProfileProblem = FileProblem;

export class ProfileError extends OperatorFault {
  override readonly name = "ProfileError";
  readonly problems: ProfileProblem[];

  constructor(profile: string, problems: ProfileProblem[]) {
    super(`reading profile "${profile}":\n${problems.map(describeProblem).join("\n")}`);
    this.problems = problems;
  }
}

const profilesDirectory = fileURLToPath(new URL("profiles", import.meta.url));

/** The profiles there are, in alphabetical order. */
export function profileNames(directory = profilesDirectory): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * @param directory where the profiles lie; tests give their own
 * @throws ProfileError with the problems of all files
 */
export function loadProfile(name: string, directory = profilesDirectory): Profile {
  const names = profileNames(directory);
  if (!names.includes(name)) {
    throw new ProfileError(name, [{ file: "", path: "", message: `no such profile; there are ${names.join(", ")}` }]);
  }

  const problems: ProfileProblem[] = [];
  function read<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> | undefined {
    const result = readYaml(join(directory, name), file, schema);
    if (result.ok) return result.value;
    problems.push(...result.problems);
    return undefined;
  }
  const profile = read("profile.yaml", profileFile);
  const offices = read("offices.yaml", officesFile);
  const catalogue = read("catalogue.yaml", catalogueFile);
  const playgroundPeople = read("playground.yaml", playgroundFile);

  if (profile && offices) problems.push(...itOfficeProblems(profile.itOffice, offices));
  if (profile && catalogue) problems.push(...deviceProblems(catalogue, profile.devices));
  if (playgroundPeople && offices) problems.push(...playgroundOfficeProblems(playgroundPeople, offices));
  if (profile) problems.push(...approvalProblems(profile.approvals));
  if (playgroundPeople && profile) problems.push(...civilServantProblems(playgroundPeople, profile.civilServantsOnly));

  if (!profile || !offices || !catalogue || !playgroundPeople || problems.length > 0)
    throw new ProfileError(name, problems);
  return { ...profile, name, offices, catalogue, playgroundPeople };
}

// What is right in each file but not together.

function itOfficeProblems(itOffice: string, offices: Office[]): ProfileProblem[] {
  if (offices.some((office) => office.code === itOffice)) return [];
  return [{ file: "profile.yaml", path: "itOffice", message: `offices.yaml has no office "${itOffice}"` }];
}

/** A name that is misspelt would leave the procedure to the default approvers. */
function approvalProblems(approvals: Profile["approvals"]): ProfileProblem[] {
  const known = ["default", ...procedures.map(({ name }) => name)];
  const unknown = Object.keys(approvals).filter((name) => !known.includes(name));
  const message = `must be default or one of ${procedures.map(({ name }) => name).join(", ")}`;
  return unknown.map((name) => ({ file: "profile.yaml", path: `approvals.${name}`, message }));
}

/** Who maintains a device that can be chosen is known. */
function deviceProblems(catalogue: CatalogueEntry[], devices: { name: string }[]): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  const known = new Set(devices.map(({ name }) => name));
  for (const [index, { form }] of catalogue.entries()) {
    const at = form.findIndex(({ name }) => name === deviceQuestion);
    const field = form[at];
    if (field?.kind !== "choice") continue;
    for (const device of field.choices.filter((each) => !known.has(each))) {
      const message = `profile.yaml has no device "${device}"; it has ${[...known].join(", ")}`;
      problems.push({ file: "catalogue.yaml", path: `${index}.questions.${at}.choices.${device}`, message });
    }
  }
  return problems;
}

function playgroundOfficeProblems(people: PlaygroundPerson[], offices: Office[]): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  const codes = new Set(offices.map((office) => office.code));
  for (const [index, person] of people.entries()) {
    if (person.stranger || codes.has(person.office)) continue;
    const message = `offices.yaml has no office "${person.office}"`;
    problems.push({ file: "playground.yaml", path: `${index}.office`, message });
  }
  return problems;
}

function civilServantProblems(
  people: PlaygroundPerson[],
  civilServantsOnly: Profile["civilServantsOnly"],
): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  for (const [index, person] of people.entries()) {
    if (person.stranger || person.nip) continue;
    for (const role of person.roles.filter((role) => needsNip(role, { civilServantsOnly }))) {
      const message = `must be given: "${role}" is for civil servants only`;
      problems.push({ file: "playground.yaml", path: `${index}.nip`, message });
    }
  }
  return problems;
}
