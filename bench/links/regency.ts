import type { Answers } from "../../core/domain/form/field.ts";
import type { Wanted } from "./office.ts";

/** A regency of 400 targets: what lies behind what, whose it is, and how it is asked. */
const officeCount = 60;
const providers = ["PT Telkom", "PT Icon Plus", "PT Lintasarta", "PT Moratel", "PT Indosat"];
const behindGate = 30;
const counts = { links: 129, devices: 70, applications: 40 };

export const offices = Array.from({ length: officeCount }, (_, index) => ({
  code: codeOf(index),
  name: `Dinas Nomor ${index + 1}`,
}));

/** Their places in the list: the core, and a gate behind which thirty sites lie. */
const [core, gate] = [0, 1];
/** Those that are down in the end: the gate with what is behind it, and some links. */
export const downPlaces = [...range(gate, 1 + behindGate), ...range(gate + 1 + behindGate, 10)];

export function regency(): Wanted[] {
  const firstLink = gate + 1 + behindGate;
  const linkOf = (index: number) => firstLink + (index % counts.links);
  return [
    { kind: "device", name: "Core", check: ping(core) },
    { kind: "device", name: "Gerbang Utara", behind: core, check: ping(gate) },
    ...range(gate + 1, behindGate).map((place) => site(place, gate)),
    ...range(firstLink, counts.links).map(link),
    ...range(firstLink + counts.links, counts.links).map((place, index) => site(place, linkOf(index))),
    ...range(firstLink + 2 * counts.links, counts.devices).map((place, index): Wanted => {
      return { kind: "device", name: `Switch ${place}`, ...owned(place), behind: linkOf(index), check: ping(place) };
    }),
    ...range(firstLink + 2 * counts.links + counts.devices, counts.applications).map((place): Wanted => {
      const check = { check: "http", url: `http://${addressOf(place)}/` };
      return { kind: "application", name: `Aplikasi ${place}`, ...owned(place), check };
    }),
  ];
}

function site(place: number, behind: number): Wanted {
  return { kind: "site", name: `Kantor ${place}`, ...owned(place), behind, check: ping(place) };
}

function link(place: number): Wanted {
  const answers: Answers = {
    "link-kind": "internet",
    provider: providers[place % providers.length] ?? "",
    "circuit-number": `1220${place}`,
    "bandwidth-mbps": "50",
  };
  return { kind: "link", name: `Link ${place}`, ...owned(place), behind: core, check: ping(place), answers };
}

function owned(place: number): { officeCode: string } {
  return { officeCode: codeOf(place % officeCount) };
}

function ping(place: number): Answers {
  return { check: "icmp", address: addressOf(place) };
}

function addressOf(place: number): string {
  return `10.${Math.floor(place / 250)}.${place % 250}.1`;
}

function codeOf(index: number): string {
  return `Dinas-${String(index + 1).padStart(2, "0")}`;
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
