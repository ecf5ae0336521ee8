import type { Profile } from "../config/profile.ts";
import type { Answers } from "../core/domain/form/field.ts";
import type { TargetKind } from "../core/domain/monitoring/target.ts";

/** Something on the network of the playground, which answers at an address of this machine. */
export type PlayedThing = {
  kind: TargetKind;
  name: string;
  /** null: everybody's */
  officeCode: string | null;
  /** name of one that stands before it; while that is cut, this does not answer */
  behind: string | null;
  /** beside the name */
  answers: Answers;
  /** of 127.0.0.0/8, of nothing else on this machine */
  address: string;
  asked: "port" | "page";
  answersAfterMs: number;
};

export const trunkName = "Trunk Telkom";
const officesPlayed = 6;
const applicationsPlayed = ["SIMPEG", "e-Office"];

/** Trunk with offices behind it, one office with a way of its own, two applications. All is invented but the offices' names. */
export function playedRegency({ offices, playgroundPeople, itOffice }: Profile): PlayedThing[] {
  const residents = playgroundPeople.flatMap((person) => (person.stranger ? [] : [person]));
  const resident = residents.find(({ office }) => office !== itOffice);
  const home = resident?.office;
  const others = offices.map(({ code }) => code).filter((code) => code !== home && code !== itOffice);
  const codes = [...(home === undefined ? [] : [home]), ...others].slice(0, officesPlayed);
  const remote = codes.at(-1);
  const contact = resident === undefined ? {} : { contact: `${resident.name}, 0812-3456-7890` };
  const place = { place: "Jl. Merdeka No. 12, lantai 2" };
  const things = [
    trunk(),
    ...codes.map((code) => (code === remote ? satelliteOf(code) : linkOf(code))),
    ...codes.map((code) => siteOf(code, code === home ? { ...contact, ...place } : {})),
    ...applicationsPlayed.map(applicationOf),
  ];
  return things.map((thing, index) => ({ ...thing, address: `127.77.0.${index + 1}` }));
}

type Thing = Omit<PlayedThing, "address">;

const linkNameOf = (code: string) => `Link ${code}`;
const atOnce = { asked: "port", answersAfterMs: 0 } as const;

function trunk(): Thing {
  const contract = { provider: "PT Telkom Indonesia", "circuit-number": "4700001-10001", "noc-phone": "1500250" };
  const answers = { "link-kind": "internet", ...contract, "bandwidth-mbps": "1000", "ends-on": "2027-12-31" };
  return { kind: "link", name: trunkName, officeCode: null, behind: null, answers, ...atOnce };
}

function linkOf(code: string): Thing {
  const answers = { "link-kind": "closed", provider: "PT Telkom Indonesia", "bandwidth-mbps": "50" };
  return { kind: "link", name: linkNameOf(code), officeCode: code, behind: trunkName, answers, ...atOnce };
}

/** It is slow, as ways over satellites are. */
function satelliteOf(code: string): Thing {
  const answers = { "link-kind": "secured", provider: "PT Satelit Nusantara", "bandwidth-mbps": "10" };
  const slow = { asked: "page", answersAfterMs: 180 } as const;
  return { kind: "link", name: linkNameOf(code), officeCode: code, behind: null, answers, ...slow };
}

function siteOf(code: string, answers: Answers): Thing {
  return { kind: "site", name: `Kantor ${code}`, officeCode: code, behind: linkNameOf(code), answers, ...atOnce };
}

function applicationOf(name: string): Thing {
  const page = { asked: "page", answersAfterMs: 20 } as const;
  return { kind: "application", name, officeCode: null, behind: null, answers: {}, ...page };
}
