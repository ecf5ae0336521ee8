import { writeJournal } from "../db/journal/journal.ts";
import { findAccount } from "../db/people/accounts.ts";
import { findOfficeByCode } from "../db/people/offices.ts";
import {
  addRole,
  findPersonByPlaygroundKey,
  insertPerson,
  listPeopleWithRole,
  lockPerson,
} from "../db/people/people.ts";
import type { Tx } from "../db/tables.ts";
import type { Role } from "../domain/people/roles.ts";
import { makeLinkCode } from "./people/link-account.ts";
import type { Setting } from "./setting.ts";

type NewPerson = { name: string; nip: string | null; officeCode: string; roles: readonly Role[] };
/** `key` is the person's in the profile, by which a renamed one is found again. */
export type PlayedPerson = NewPerson & { key: string };
export type CodeForPerson = { name: string; code: string };

/** An office is run by two administrators: what needs a second one must not stand still. */
const administrators = 2;

/**
 * Of an administrator's codes as many are good at once. A start prints a new one, since only hashes are kept; what was handed out
 * before has to stay good, though several bots start, or a service manager starts one again. Source: office practice.
 */
const goodCodes = 5;

/**
 * The first and the second administrator, with a fresh code for each whose account is not linked. Who reads the
 * server's terminal, and nobody else, becomes administrator.
 */
export async function prepareAdministrators(
  tx: Tx,
  setting: Setting,
  input: { officeCode: string },
): Promise<CodeForPerson[]> {
  const present = await listPeopleWithRole(tx, "administrator");
  for (let number = present.length + 1; number <= administrators; number += 1) {
    const person = { name: `Administrator ${number}`, nip: null, ...input, roles: ["administrator"] as const };
    await addPersonOfInstallation(tx, person, setting);
  }
  const beside = goodCodes - 1;
  return codesForUnlinked(tx, await listPeopleWithRole(tx, "administrator"), setting, { beside });
}

/** The people whom the playground plays; each links itself by the code in its START button, as anybody would. */
export async function preparePlayground(
  tx: Tx,
  people: readonly PlayedPerson[],
  setting: Setting,
): Promise<(CodeForPerson & { key: string })[]> {
  const codes: (CodeForPerson & { key: string })[] = [];
  for (const person of people) {
    const known = await findPersonByPlaygroundKey(tx, person.key);
    const id = known?.id ?? (await addPersonOfInstallation(tx, person, setting, person.key));
    const [code] = await codesForUnlinked(tx, [{ id, name: known?.name ?? person.name }], setting);
    if (code !== undefined) codes.push({ ...code, key: person.key });
  }
  return codes;
}

async function addPersonOfInstallation(
  tx: Tx,
  person: NewPerson,
  setting: Setting,
  playgroundKey?: string,
): Promise<number> {
  const office = await findOfficeByCode(tx, person.officeCode);
  const id = await insertPerson(tx, {
    name: person.name,
    nip: person.nip,
    officeId: office.id,
    ...(playgroundKey === undefined ? {} : { playgroundKey }),
    now: setting.now,
  });
  for (const role of person.roles) await addRole(tx, { personId: id, role, grantedBy: null, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: null,
    event: "person-added",
    subject: { kind: "person", id },
    details: { officeId: office.id },
  });
  return id;
}

async function codesForUnlinked(
  tx: Tx,
  people: readonly { id: number; name: string }[],
  setting: Setting,
  options: { beside?: number } = {},
): Promise<CodeForPerson[]> {
  const codes: CodeForPerson[] = [];
  for (const { id, name } of people) {
    if ((await findAccount(tx, id)) !== undefined) continue;
    // Another process may be linking the account right now, and is waited for.
    await lockPerson(tx, id);
    if ((await findAccount(tx, id)) !== undefined) continue;
    codes.push({ name, code: await makeLinkCode(tx, id, null, setting, options) });
  }
  return codes;
}
