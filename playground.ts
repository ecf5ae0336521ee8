import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Profile } from "./config/profile.ts";
import type { PlayedPerson } from "./core/actions/prepare-installation.ts";
import type { FirstRegisters } from "./core/actions/prepare-registers.ts";
import { deskRoles } from "./core/domain/people/roles.ts";
import { openPlayedLinks, type PlayedLinks } from "./playground/links.ts";
import {
  openTelegramServer,
  type PlaygroundGroup,
  type PlaygroundPerson,
  type TelegramServer,
} from "./telegram-server/server.ts";

const loopback = "127.0.0.1";
/** Telegram ids of the playground's people begin here, in the order of the profile. */
const firstPlaygroundId = 7_000_001;

/** The forum group of the desk, where there is one. */
const staffGroupId = -1_007_000_000_001;

/** Seats of the regencies, where the playground puts a pin on the map at first; of others it takes the capital's. */
const officePoints: Record<string, { latitude: number; longitude: number }> = {
  labura: { latitude: 2.5583, longitude: 99.6217 },
  cianjur: { latitude: -6.8168, longitude: 107.1425 },
  purwakarta: { latitude: -6.5569, longitude: 107.4433 },
};

/** Addresses, a rack and a switch, so that a request for hosting or colocation can be carried out at once. */
export const playgroundRegisters: FirstRegisters = {
  prefixes: [
    { zone: "Utama", network: "10.10.5.0/24", name: "Server Data Center" },
    // Of the documentation (RFC 5737): nobody has these addresses.
    { zone: "Utama", network: "203.0.113.0/28", name: "Publik" },
  ],
  room: { code: "DC", name: "Ruang server Diskominfo" },
  rack: { code: "A1", height: "42" },
  feeds: [
    { name: "A", capacity: "3600" },
    { name: "B", capacity: "3600" },
  ],
  switch: {
    ...{ name: "SW-DC-1", model: "Switch 48 port", ports: 48, bottom: 82 },
    answers: { height: "1", face: "front", watts: "60", feeds: "2", basis: "Playground" },
  },
};

export type Playground = {
  webhook: undefined;
  server: TelegramServer;
  links: PlayedLinks;
  token: string;
  apiRoot: string;
  /** id of the desk's group */
  staffGroup: number | undefined;
};

/** The Bot API server, the people and the links that are played. The bot reaches it only by HTTP, as it would Telegram. */
export async function openPlayground(
  profile: Profile,
  folder: string,
  { hasGroup }: { hasGroup: boolean },
): Promise<Playground> {
  const token = await keepSecret(join(folder, "token"), () => `7000000000:${randomBytes(26).toString("base64url")}`);
  const links = await openPlayedLinks(profile);
  const server = await openTelegramServer({
    token,
    switches: links.switches,
    bot: { id: 7_000_000_000, firstName: `Meja layanan ${profile.regency}`, username: "simpul_bot" },
    people: profile.playgroundPeople.map((person, index) => playedPerson(person, index, profile)),
    groups: hasGroup ? [staffGroupOf(profile)] : [],
    ...(officePoints[profile.name] === undefined ? {} : { mapPoint: officePoints[profile.name] }),
    folder,
  });
  const { url } = await server.listen(0, loopback);
  return { server, links, token, apiRoot: url, webhook: undefined, staffGroup: hasGroup ? staffGroupId : undefined };
}

/** Who works at the desk is in it, and nobody else; the bot has all rights there. */
function staffGroupOf({ playgroundPeople }: Profile): PlaygroundGroup {
  const members = playgroundPeople.flatMap((person, index) => {
    const isOfDesk = !person.stranger && deskRoles.some((role) => person.roles.includes(role));
    return isOfDesk ? [firstPlaygroundId + index] : [];
  });
  return { id: staffGroupId, title: "Petugas Diskominfo", isForum: true, members };
}

function playedPerson(person: Profile["playgroundPeople"][number], index: number, profile: Profile): PlaygroundPerson {
  const [firstName = person.name, ...others] = person.name.split(" ");
  const label = person.stranger
    ? "Tidak terdaftar"
    : `${person.roles.map((role) => profile.roles[role]).join(", ")} · ${person.office}`;
  return {
    id: firstPlaygroundId + index,
    firstName,
    label,
    ...(others.length > 0 ? { lastName: others.join(" ") } : {}),
  };
}

/** Whose account is not linked finds the code behind START, as behind the link that an administrator sends. */
export function offerStart(
  server: TelegramServer,
  profile: Profile,
  codes: readonly { key: string; code: string }[],
): void {
  for (const [index, person] of profile.playgroundPeople.entries()) {
    const code = codes.find(({ key }) => key === person.key)?.code;
    server.setStartPayload(firstPlaygroundId + index, code);
  }
}

/** Those of them who are in the people register. */
export function playedPeople(profile: Profile): PlayedPerson[] {
  return profile.playgroundPeople
    .filter((person) => !person.stranger)
    .map(({ key, name, nip, office, roles }) => ({ key, name, nip: nip ?? null, officeCode: office, roles }));
}

/** A secret that is made once and kept for the owner only. */
async function keepSecret(path: string, make: () => string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ENOENT") throw fault;
  }
  const secret = make();
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}
